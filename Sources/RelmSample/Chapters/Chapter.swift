internal import RelmDomain

/// A part of the year that is no release: what is told of it, each step by a name of its own in the whole year.
struct Chapter {
  let calendar: WorkCalendar
  private(set) var steps: [SampleStep] = []
  private var chance: Chance

  init(_ name: String, _ calendar: WorkCalendar) {
    self.calendar = calendar
    chance = Chance(seed: SampleYear.seed, of: name)
  }

  /// Tells something, as people and machines do: a machine within seconds, somebody within minutes.
  mutating func tell(
    _ name: String, _ type: EventType, _ subject: String, by: String, at happened: Instant,
    _ data: [String: SampleValue]
  ) {
    let account = House.account(by)
    let seconds = House.isMachine(account) ? chance.number(in: 1...4) : chance.number(in: 20...50)
    add(
      SampleStep(
        name: name, by: account, happened: happened, recorded: happened.later(seconds: seconds),
        deed: .record(type: type, subject: subject, data: .object(data))))
  }

  mutating func add(_ step: SampleStep) { steps.append(step) }
}
