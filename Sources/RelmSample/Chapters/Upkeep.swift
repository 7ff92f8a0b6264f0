internal import RelmDomain

extension Chapter {
  /// What a house looks after besides its releases: authority, capabilities, policies and procedures, by their due times.
  static func upkeep(_ calendar: WorkCalendar) -> Chapter {
    var chapter = Chapter("upkeep", calendar)
    chapter.reviewAuthority(on: 124)
    chapter.assessCapabilities(on: 132)
    chapter.establishServices(on: 40)
    chapter.tell(
      "policy-reviewed", .policyReviewed, "policy/separation-of-duties", by: House.compliance,
      at: calendar.at(236, 11),
      ["version": "1", "outcome": "kept", "reviewBy": calendar.at(360, 0).written])
    chapter.exchangeConfiguration()
    for quarter in 1...4 { chapter.seal(quarter, on: quarter * 65 - 1) }
    return chapter
  }

  /// Every fourth Monday the database of the data centre is told what runs, and now and then it does not listen.
  private mutating func exchangeConfiguration() {
    for (place, day) in stride(from: 20, to: calendar.count, by: 20).enumerated() {
      tell(
        "exchanged-\(place + 1)", .configurationExchanged, "environment/\(House.production[place % 2])",
        by: House.observer, at: calendar.at(day, 4, 30),
        [
          "direction": "toConfigurationManagement", "database": "cmdb", "record": "CI-\(4100 + place)",
          "outcome": place % 7 == 5 ? "failed" : "succeeded",
        ])
    }
  }

  /// The root of the tree and of all streams is written into the log at the end of a quarter.
  private mutating func seal(_ quarter: Int, on day: Int) {
    let moment = calendar.at(day, 17, 40)
    add(
      SampleStep(
        name: "sealed-\(quarter)", by: House.account(House.compliance), happened: moment, recorded: moment,
        deed: .seal(reason: "The end of quarter \(quarter)")))
  }

  /// Half a year on, everybody's authority is looked at again; for one of them nobody finds the time.
  private mutating func reviewAuthority(on day: Int) {
    let names = House.managers + House.leads + [House.platform, House.testing, House.operations]
    for (place, name) in (names + House.operators + House.developers.dropLast()).enumerated() {
      tell(
        "authority-reviewed-\(name)", .authorityReviewed, "person/\(House.account(name))", by: House.head,
        at: calendar.at(day, 10, place * 2),
        ["grant": .position(of: "granted-\(name)"), "outcome": "kept", "reviewBy": calendar.at(290, 0).written])
    }
  }

  private mutating func assessCapabilities(on day: Int) {
    for (place, id) in ["build-farm", "test-bench", "change-enablement"].enumerated() {
      tell(
        "capability-\(id)-assessed-again", .capabilityAssessed, "capability/\(id)", by: House.testing,
        at: calendar.at(day, 13, place * 10),
        [
          "verdict": "acceptable", "assessor": House.person(House.testing),
          "validUntil": calendar.at(320, 0).written,
        ])
    }
  }

  private mutating func establishServices(on day: Int) {
    for (place, team) in Team.allCases.enumerated() {
      let first = "\(team.packages[0])/3.0.0"
      tell(
        "service-\(team.service)", .serviceEstablished, "service/\(team.service)", by: team.manager,
        at: calendar.at(day, 15, place * 7),
        [
          "release": .text("release/\(first)"),
          "specification": .text(ReleaseStory.digest(of: "how \(team.service) serves")),
          "owner": House.person(team.manager), "tier": team.isRegulated ? "gold" : "silver",
          "userCommunity": "Harbour offices on both sides of the ocean",
        ])
    }
  }
}
