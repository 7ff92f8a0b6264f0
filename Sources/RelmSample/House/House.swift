/// Kaiwerk, a made-up house that makes software for harbours: who works there, and as what.
///
/// Every account ends in `.invalid`, which by RFC 2606 is nobody's for ever.
package enum House {
  package static let name = "kaiwerk"
  /// The name that the sample's checkpoints bear: whoever sees it knows that it is none of a house that exists.
  package static let origin = "sample.invalid/kaiwerk"

  /// The account of somebody who works there.
  package static func account(_ name: String) -> String { "\(name)@\(Self.name).invalid" }

  static func person(_ name: String) -> SampleValue { .text(account(name)) }
  static func people(_ names: [String]) -> SampleValue { .list(names.map(person)) }

  // MARK: Who answers for it all

  /// Who opens the ledger and grants the first authority.
  static let head = "edda"
  package static let opener = account(head)
  static let compliance = "matteo"
  static let operationsHead = "ines"

  // MARK: Releasing

  /// Leads of the teams, who approve what others have written.
  static let leads = ["hanne", "olek", "priya", "lucio"]
  static let platform = "nils"
  static let testing = "greta"
  static let operations = "bram"
  static let operators = ["jonna", "timo"]
  static let developers = ["aino", "bela", "chidi", "dagny", "emil", "farah", "goran", "hilde"]
  /// Speaks for those who use the software.
  static let users = "femke"
  /// Asks for changes, for the business.
  static let product = "wim"
  /// New in the house, without authority so far.
  static let newcomer = "kees"
  /// The second account of one of the leads, which nobody has linked to anybody.
  static let stranger = "olek-admin"
  /// Leaves in autumn.
  static let leaver = "piet"

  static let managers = Team.allCases.map(\.manager)

  static let humans =
    [head, compliance, operationsHead] + managers + leads + [platform, testing, operations] + operators
    + developers + [users, product, newcomer, leaver]

  // MARK: Machines

  /// Builds and deploys; Nils answers for it.
  static let builder = "ci"
  /// Runs the tests; Greta answers for it, who writes nothing of what is tested.
  static let tester = "tests"
  /// Looks at what runs; Bram answers for it.
  static let observer = "probe"

  static let machines: [(name: String, owner: String)] = [
    (builder, platform), (tester, testing), (observer, operations),
  ]

  /// Whether an account is somebody's of the house, who has what authority they have.
  static func knows(_ account: String?) -> Bool {
    account.map { humans.map(Self.account).contains($0) } ?? false
  }

  static func isMachine(_ account: String) -> Bool {
    machines.contains { Self.account($0.name) == account }
  }

  // MARK: Places

  static let eu = "production/eu"
  static let us = "production/us"
  static let staging = "staging"
  static let production = [eu, us]
}

/// A team: the service that it answers for, and the packages that make it up.
enum Team: String, CaseIterable {
  case berths, cargo, customs, dues

  /// The service that its releases change.
  var service: String {
    switch self {
    case .berths: "berthing"
    case .cargo: "cargo"
    case .customs: "customs"
    case .dues: "harbour-dues"
    }
  }

  var packages: [String] {
    switch self {
    case .berths: ["berth-planner", "pilot-roster", "tide-tables"]
    case .cargo: ["cargo-manifest", "crane-control", "yard-map"]
    case .customs: ["customs-gateway", "duty-calculator", "seal-registry"]
    case .dues: ["dues-ledger", "invoice-run", "payments-bridge"]
    }
  }

  /// The release manager.
  var manager: String {
    switch self {
    case .berths: "ruben"
    case .cargo: "saskia"
    case .customs: "tomas"
    case .dues: "yara"
    }
  }

  /// Whether the law looks at what it makes: then the stricter policy holds as well.
  var isRegulated: Bool {
    switch self {
    case .berths, .cargo: false
    case .customs, .dues: true
    }
  }

  static func of(_ package: String) -> Team {
    guard let team = allCases.first(where: { $0.packages.contains(package) }) else {
      preconditionFailure("every package is some team's")
    }
    return team
  }
}
