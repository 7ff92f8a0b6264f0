internal import RelmDomain

extension Chapter {
  /// Who comes, who goes, and whom the law protects.
  static func people(_ calendar: WorkCalendar) -> Chapter {
    var chapter = Chapter("people", calendar)
    let (newcomer, leaver) = (House.account(House.newcomer), House.account(House.leaver))
    chapter.tell(
      "granted-newcomer", .authorityGranted, "person/\(newcomer)", by: House.head, at: calendar.at(200, 9, 10),
      [
        "level": 4, "contexts": ["development", "production"], "reason": "Has done the course",
        "reviewBy": calendar.at(300, 0).written,
      ])
    chapter.tell(
      "revoked-leaver", .authorityRevoked, "person/\(leaver)", by: House.head, at: calendar.at(150, 16),
      ["grant": .position(of: "granted-\(House.leaver)"), "reason": "Leaves the house"])
    chapter.tell(
      "hold", .holdPlaced, "ledger", by: House.compliance, at: calendar.at(141, 10),
      [
        "hold": "berth-14", "persons": [.text(leaver)], "ground": "A shipping line sues about berth 14",
        "subjects": ["service/berthing"],
      ])
    chapter.tell(
      "hold-released", .holdReleased, "ledger", by: House.compliance, at: calendar.at(192, 10),
      ["hold": "berth-14", "reason": "Settled out of court"])
    chapter.erase("erased-leaver", leaver, by: House.compliance, at: calendar.at(201, 11))
    return chapter
  }

  /// Erases somebody who asked for it.
  private mutating func erase(_ name: String, _ account: String, by: String, at moment: Instant) {
    add(
      SampleStep(
        name: name, by: House.account(by), happened: moment, recorded: moment.later(seconds: 30),
        deed: .erase(
          account: account,
          data: ["person": .text(account), "ground": "GDPR art. 17", "request": "dsr-2"])))
  }
}
