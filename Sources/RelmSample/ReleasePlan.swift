/// Which release goes to production on which day, and what goes otherwise in which.
struct ReleasePlan {
  private let calendar: WorkCalendar
  /// How many releases of each package there were.
  private var counts: [String: Int] = [:]
  private var ordinaryCount = 0
  private var regulatedCount = 0

  /// The first releases go out before a policy holds; what the stricter one looks at begins under it.
  private static let firstOrdinary = 5
  private static let firstRegulated = 17
  /// How long before its deployment a release is begun, at most.
  private static let longestPlanning = 7

  init(_ calendar: WorkCalendar) { self.calendar = calendar }

  /// Every release, by the day of its deployment.
  func stories() -> [(story: ReleaseStory, twist: Twist?)] {
    var plan = self
    var stories: [(ReleaseStory, Twist?)] = []
    for day in Self.firstOrdinary..<calendar.count + Self.longestPlanning {
      if let freeze = Freezes.all.first(where: { $0.days.contains(day) }) {
        if day == freeze.days.lowerBound + 2 { stories.append(plan.emergency(on: day, in: freeze)) }
        continue
      }
      stories.append(plan.ordinary(on: day))
      let isWednesday = day % WorkCalendar.week == 2
      if isWednesday, day >= Self.firstRegulated { stories.append(plan.regulated(on: day)) }
    }
    return stories
  }

  private mutating func ordinary(on day: Int) -> (ReleaseStory, Twist?) {
    let packages = Team.allCases.filter { !$0.isRegulated }.flatMap(\.packages)
    let package = packages[day % packages.count]
    let twists = Twist.ofOrdinary
    let twist = ordinaryCount % 5 == 4 ? twists[ordinaryCount / 5 % twists.count] : nil
    ordinaryCount += 1
    // What does not go everywhere still goes wherever a story needs it to.
    let isEverywhere = twist != nil || day % 5 != 4
    var story = ReleaseStory.ordinary(
      package, number(of: package), on: day, to: isEverywhere ? House.production : [House.eu], calendar)
    twist?.apply(to: &story)
    return (story, twist)
  }

  private mutating func regulated(on day: Int) -> (ReleaseStory, Twist?) {
    let packages = Team.allCases.filter(\.isRegulated).flatMap(\.packages)
    let package = packages[regulatedCount % packages.count]
    let twists = Twist.ofRegulated
    let twist = regulatedCount % 4 == 2 ? twists[regulatedCount / 4 % twists.count] : nil
    regulatedCount += 1
    var story = ReleaseStory.regulated(package, number(of: package), on: day, to: House.production, calendar)
    twist?.apply(to: &story)
    return (story, twist)
  }

  /// What cannot wait: in each freeze something breaks.
  private mutating func emergency(on day: Int, in freeze: Freeze) -> (ReleaseStory, Twist?) {
    let package = "crane-control"
    var story = ReleaseStory.emergency(package, number(of: package), on: day, in: freeze, calendar)
    if !freeze.isOverrideRatified { Twist.neverRatified.apply(to: &story) }
    return (story, freeze.isOverrideRatified ? .overridden : .neverRatified)
  }

  /// How many releases of a package there were before this one.
  private mutating func number(of package: String) -> Int {
    defer { counts[package, default: 0] += 1 }
    return counts[package, default: 0]
  }
}
