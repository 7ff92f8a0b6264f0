internal import RelmDomain

/// What the probe sees every night: all that runs in each environment, by what has happened there.
struct Observations {
  private(set) var steps: [SampleStep] = []

  /// - Parameter told: what else is told of the year.
  init(of told: [SampleStep], _ calendar: WorkCalendar) {
    let changes = told.compactMap(Change.init).sorted { $0.at < $1.at }
    for environment in House.production + [House.staging] {
      watch(environment, changes.filter { $0.environment == environment }, calendar)
    }
  }

  private mutating func watch(_ environment: String, _ changes: [Change], _ calendar: WorkCalendar) {
    var running: [String: [Change]] = [:]
    var left = changes[...]
    for night in 1..<calendar.nights {
      let now = calendar.at(calendarDay: night, 3, environment.utf8.count)
      while let change = left.first, change.at <= now {
        left.removeFirst()
        if change.isTakenBack {
          running[change.package]?.removeLast()
        } else {
          running[change.package, default: []].append(change)
        }
      }
      let items = running.values.compactMap(\.last).sorted { $0.package < $1.package }.map(\.item)
      guard !items.isEmpty else { continue }
      steps.append(
        SampleStep(
          name: "seen-\(ReleaseStory.short(environment))-\(night)", by: House.account(House.observer),
          happened: now,
          recorded: now.later(seconds: 9),
          deed: .record(
            type: .environmentObserved, subject: "environment/\(environment)",
            data: [
              "observer": "probe", "coverage": "complete", "mode": "automatic", "running": .list(items),
            ])))
    }
  }

  /// Something that comes to run in an environment, or is taken back there.
  private struct Change {
    let at: Instant
    let environment: String
    let package: String
    let version: String
    let digest: SampleValue
    let isTakenBack: Bool

    init?(_ step: SampleStep) {
      guard let (type, subject, data) = step.event, let environment = data["environment"]?.string else {
        return nil
      }
      let names = subject.split(separator: "/")
      guard names.count == 3 else { return nil }
      switch type {
      case .deploymentFinished where data["outcome"]?.string == "succeeded": isTakenBack = false
      case .deploymentRolledback: isTakenBack = true
      default: return nil
      }
      (at, self.environment) = (step.happened, environment)
      (package, version) = (String(names[1]), String(names[2]))
      guard case .list(let digests)? = data["digests"] else {
        digest = .absent
        return
      }
      digest = digests.first ?? .absent
    }

    var item: SampleValue { ["name": .text(package), "version": .text(version), "digest": digest] }
  }
}
