internal import RelmDomain
internal import RelmProof

/// One release, from its plan to its review: what is told of it, each part by a name, so that what went otherwise can be
/// said as a change of the story by the book.
struct ReleaseStory {
  let package: String
  let version: String
  /// The version that comes after it.
  let successor: String
  let team: Team
  let calendar: WorkCalendar
  /// The working day on which it is deployed to production.
  let day: Int
  /// Where it goes, in this order.
  let environments: [String]
  var chance: Chance
  private(set) var steps: [SampleStep] = []

  /// Who wrote it; the first has it built.
  let authors: [String]
  /// Who approve it.
  let approvers: [String]
  /// Who deploys it.
  let deployer: String

  /// - Parameter number: how many releases of the package there were before: every tenth is another major one.
  init(_ package: String, _ number: Int, on day: Int, to environments: [String], _ calendar: WorkCalendar) {
    self.package = package
    version = Self.version(number)
    successor = Self.version(number + 1)
    self.day = day
    self.environments = environments
    self.calendar = calendar
    team = .of(package)
    chance = Chance(seed: SampleYear.seed, of: "\(package) \(version)")
    authors = chance.some(chance.number(in: 1...2), of: House.developers)
    approvers = chance.some(2, of: House.leads)
    deployer = chance.one(of: House.operators)
  }

  private static func version(_ number: Int) -> String { "\(3 + number / 10).\(number % 10).0" }

  /// The release's stream.
  var subject: String { "release/\(package)/\(version)" }
  var manager: String { team.manager }

  /// What a part of this release is called in the whole year.
  func name(_ part: String) -> String { "\(package)-\(version)-\(part)" }
  /// Where a part of this release stands in the log.
  func place(_ part: String) -> SampleValue { .position(of: name(part)) }

  /// A time of a working day before or after the deployment.
  func at(_ days: Int, _ hour: Int, _ minute: Int = 0) -> Instant { calendar.at(day + days, hour, minute) }

  /// What a build of this release makes: the digest of something that is only named.
  func digest(ofBuild number: Int = 1) -> String {
    Self.digest(of: "\(package) \(version), build \(number)")
  }

  static func digest(of text: String) -> String { "sha256:" + Digest(of: Array(text.utf8)).hex }

  /// `eu`, of `production/eu`.
  static func short(_ environment: String) -> String {
    String(environment.split(separator: "/").last ?? "")
  }
}

// MARK: Telling

extension ReleaseStory {
  /// Tells one part of it, as people and machines do: a machine within seconds, somebody within minutes.
  ///
  /// - Parameters:
  ///   - part: what it is called in this story.
  ///   - subject: what it is about; the release without it.
  mutating func tell(
    _ part: String, _ type: EventType, by: String, at happened: Instant, about subject: String? = nil,
    evidence: [UInt8]? = nil, _ data: [String: SampleValue]
  ) {
    let account = House.account(by)
    let recorded =
      House.isMachine(account)
      ? happened.later(seconds: chance.number(in: 1...4)) : happened.later(seconds: chance.number(in: 20...240))
    steps.append(
      SampleStep(
        name: name(part), by: account, happened: happened, recorded: recorded,
        deed: .record(type: type, subject: subject ?? self.subject, data: .object(data)), evidence: evidence))
  }

  /// Has the gate asked for one of its environments.
  mutating func askGate(_ part: String, for environment: String, at moment: Instant) {
    steps.append(
      SampleStep(
        name: name(part), by: House.account(House.builder), happened: moment, recorded: moment,
        deed: .askGate(package: package, version: version, environment: environment)))
  }
}

// MARK: What went otherwise

extension ReleaseStory {
  /// Leaves parts out that would have been told.
  mutating func leaveOut(_ parts: String...) {
    leaveOut { parts.contains($0) }
  }

  /// Leaves every part out whose name is such.
  mutating func leaveOut(where isLeftOut: (_ part: String) -> Bool) {
    let kept = steps.filter { !isLeftOut(part($0)) }
    precondition(kept.count < steps.count, "nothing of \(subject) is left out")
    steps = kept
  }

  /// Says other things in a part than by the book.
  mutating func change(_ part: String, _ members: [String: SampleValue]) {
    let index = index(of: part)
    guard case .record(let type, let subject, let data) = steps[index].deed else {
      preconditionFailure("\(steps[index].name) says nothing")
    }
    steps[index].deed = .record(type: type, subject: subject, data: data.with(members))
  }

  /// Has somebody else tell a part.
  mutating func retell(_ part: String, by name: String) { steps[index(of: part)].by = House.account(name) }

  /// Has a part happen at another time, or be told at one.
  ///
  /// - Parameters:
  ///   - happened: when it happened; nil where that is as it was.
  ///   - told: when the ledger is told.
  mutating func retell(_ part: String, happened: Instant? = nil, told: Instant) {
    let index = index(of: part)
    steps[index].happened = happened ?? steps[index].happened
    steps[index].recorded = told
  }

  /// Has every part whose name is such say another text wherever it says one.
  mutating func say(_ text: String, insteadOf other: String, where isMeant: (_ part: String) -> Bool) {
    for index in steps.indices where isMeant(part(steps[index])) {
      guard case .record(let type, let subject, let data) = steps[index].deed else { continue }
      steps[index].deed = .record(type: type, subject: subject, data: data.saying(text, insteadOf: other))
    }
  }

  /// When a part of it happens.
  func moment(of part: String) -> Instant { steps[index(of: part)].happened }

  private func index(of part: String) -> Int {
    guard let index = steps.firstIndex(where: { $0.name == name(part) }) else {
      preconditionFailure("\(subject) has no part \(part)")
    }
    return index
  }

  /// What a step is called in this story.
  private func part(_ step: SampleStep) -> String { String(step.name.dropFirst(name("").count)) }
}
