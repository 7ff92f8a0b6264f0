/// A policy to begin with, with comments for who edits it.
enum StartingPolicy: String, CaseIterable {
  case smallTeam = "small-team"
  case separationOfDuties = "separation-of-duties"
  case regulated = "regulated"

  static let names = allCases.map(\.rawValue)

  /// What it asks, in a sentence without its stop.
  var summary: String {
    switch self {
    case .smallTeam:
      "Planned, built, tested, and somebody who did not write it has said yes; a way back, and a look afterwards"
    case .separationOfDuties:
      "Two approvals by people who neither wrote it nor deploy it; risks are assessed"
    case .regulated:
      "Every step is recorded and shown, from design to handover and review, and little can be waived"
    }
  }

  /// The YAML text.
  var text: String {
    switch self {
    case .smallTeam: Self.smallTeamText
    case .separationOfDuties: Self.separationOfDutiesText
    case .regulated: Self.regulatedText
    }
  }
}
