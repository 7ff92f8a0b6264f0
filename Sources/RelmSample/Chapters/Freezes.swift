internal import RelmDomain

/// A time in which nothing is to go to production.
struct Freeze {
  let id: String
  let reason: String
  /// The working days that it takes.
  let days: Range<Int>
  /// Whether somebody else says afterwards that the override was right by which it was broken.
  let isOverrideRatified: Bool
}

enum Freezes {
  static let all = [
    Freeze(
      id: "data-hall", reason: "The data hall moves to the other quay", days: 95..<100, isOverrideRatified: true
    ),
    Freeze(
      id: "fleet-week", reason: "Fleet week: the harbour is full", days: 215..<220, isOverrideRatified: false),
  ]
}

extension Chapter {
  /// The freezes, each told two weeks before.
  static func freezes(_ calendar: WorkCalendar) -> Chapter {
    var chapter = Chapter("freezes", calendar)
    for freeze in Freezes.all {
      chapter.tell(
        "freeze-\(freeze.id)", .freezeDeclared, "environment/production/*", by: House.operationsHead,
        at: calendar.at(freeze.days.lowerBound - 10, 9, 30),
        [
          "freeze": .text(freeze.id), "from": calendar.at(freeze.days.lowerBound, 0).written,
          "until": calendar.at(freeze.days.upperBound, 0).written, "reason": .text(freeze.reason),
          "mayOverride": [House.person(House.operationsHead)],
        ])
    }
    return chapter
  }
}
