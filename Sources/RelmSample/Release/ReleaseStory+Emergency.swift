internal import RelmDomain

/// A release that cannot wait: what breaks by night, in a freeze, is mended within hours, and looked at afterwards.
extension ReleaseStory {
  static func emergency(
    _ package: String, _ number: Int, on day: Int, in freeze: Freeze, _ calendar: WorkCalendar
  ) -> ReleaseStory {
    var story = ReleaseStory(package, number, on: day, to: [House.eu], calendar)
    story.breakDown()
    story.planInHaste()
    story.build(daysBefore: 0, hour: 3)
    story.test("smoke", at: story.at(0, 3, 45))
    story.breakGlass(freeze)
    story.deploy(to: House.eu, at: story.at(0, 5), ["override": story.place("override")])
    story.tell(
      "mended", .incidentResolved, by: House.operations, at: story.at(0, 5, 40), about: story.incident,
      [
        "release": .text(story.subject), "deployment": .text(story.name("d")),
        "resolvedAt": story.at(0, 5, 30).written, "summary": "The cranes answer again",
      ])
    story.ratify(after: 1)
    story.lookBack(after: 4)
    return story
  }

  var incident: String { "incident/inc-\(name("1"))" }

  private mutating func breakDown() {
    tell(
      "incident", .incidentOpened, by: House.operations, at: at(0, 2, 10), about: incident,
      [
        "severity": "critical", "summary": "No crane of the west quay takes an order",
        "services": [.text(team.service)], "environment": .text(House.eu), "detectedAt": at(0, 2, 4).written,
        "beganAt": at(0, 1, 58).written,
      ])
  }

  private mutating func planInHaste() {
    tell(
      "planned", .releasePlanned, by: House.operationsHead, at: at(0, 2, 30),
      [
        "class": "emergency", "purpose": "Let the cranes take orders again", "services": [.text(team.service)],
        "fixes": [.text("inc-\(name("1"))")], "manager": House.person(House.operationsHead),
        "requestedBy": House.person(House.operations),
        "commits": [
          ["id": .text(commit(0)), "authors": House.people(authors), "committedAt": at(0, 2, 25).written]
        ],
      ])
    tell(
      "designed", .releaseDesigned, by: House.operationsHead, at: at(0, 2, 38),
      ["strategy": "allAtOnce", "takeBack": "fixForward"])
    tell(
      "risk", .riskAssessed, by: House.operationsHead, at: at(0, 2, 45),
      [
        "likelihood": 3, "impact": 4, "residualLikelihood": 2, "residualImpact": 4, "securityImpact": "low",
        "mitigations": ["the foreman of the quay is on the phone"],
      ])
  }

  /// Who may breaks the freeze, and does without approvals: nobody who could give them is awake.
  private mutating func breakGlass(_ freeze: Freeze) {
    let authorisation: SampleValue = "a-\(name("1"))"
    let covered: [String: SampleValue] = ["plan": place("planned"), "digests": [.text(digest())]]
    tell(
      "authorisation-asked", .authorisationRequested, by: House.operations, at: at(0, 4, 30),
      covered.merging([
        "authorisation": authorisation, "activity": "deploy to production by night",
        "of": House.person(House.operationsHead), "reason": "No crane of the west quay moves",
      ]) { $1 })
    tell(
      "authorised", .authorisationGranted, by: House.operationsHead, at: at(0, 4, 40),
      covered.merging(["authorisation": authorisation, "until": at(0, 8).written]) { $1 })
    tell(
      "override", .overrideDeclared, by: House.operationsHead, at: at(0, 4, 48),
      covered.merging([
        "rules": ["approved", "not-frozen"], "environment": .text(House.eu), "freeze": .text(freeze.id),
        "incident": .text("inc-\(name("1"))"), "reason": "No crane of the west quay moves",
        "until": at(0, 8).written,
      ]) { $1 })
  }

  private mutating func ratify(after days: Int) {
    tell(
      "ratified", .approvalGiven, by: House.compliance, at: at(days, 10, 15),
      [
        "scope": "deployment", "plan": place("planned"), "digests": [.text(digest())],
        "environment": .text(House.eu), "ratifies": place("override"), "reason": "There was no other way",
      ])
  }

  private mutating func lookBack(after days: Int) {
    review(after: days)
    change(
      "reviewed",
      [
        "outcome": "partlySuccessful", "overrides": [place("override")],
        "lessons": ["Watch when certificates end", "Two who may approve are on call"],
      ])
  }
}
