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
    return chapter
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
          "release": .text("release/\(first)"), "specification": .text(ReleaseStory.digest(of: "how \(team.service) serves")),
          "owner": House.person(team.manager), "tier": team.isRegulated ? "gold" : "silver",
          "userCommunity": "Harbour offices on both sides of the ocean",
        ])
    }
  }
}
