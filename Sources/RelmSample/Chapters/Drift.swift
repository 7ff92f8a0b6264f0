internal import RelmDomain

extension Chapter {
  /// What is found in an environment that nobody has put there: put back, accepted, a mistake, and one that is still open.
  static func drift(_ calendar: WorkCalendar) -> Chapter {
    var chapter = Chapter("drift", calendar)
    let cases: [(day: Int, item: String, resolution: String?)] = [
      (33, "load-balancer", "restored"), (77, "time-server", "accepted"), (112, "debug-shell", "restored"),
      (163, "certificate-store", "mistaken"), (209, "load-balancer", "restored"), (258, "debug-shell", nil),
    ]
    for (place, found) in cases.enumerated() {
      let environment = House.production[place % 2]
      chapter.tell(
        "drift-\(place + 1)", .driftDetected, "environment/\(environment)", by: House.observer,
        at: calendar.at(found.day, 3, 40),
        [
          "drift": "dr-\(place + 1)", "item": .text(found.item), "severity": "medium",
          "found": ["name": .text(found.item), "version": "2.9"], "owner": House.person(House.operations),
          "due": calendar.at(found.day + 5, 0).written,
        ])
      guard let resolution = found.resolution else { continue }
      chapter.tell(
        "drift-\(place + 1)-resolved", .driftResolved, "environment/\(environment)", by: House.operations,
        at: calendar.at(found.day + 2, 10, 20),
        [
          "drift": "dr-\(place + 1)", "resolution": .text(resolution),
          "reason": "Looked at with the data centre",
        ])
    }
    return chapter
  }
}
