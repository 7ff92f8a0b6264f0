internal import RelmDomain

/// What goes otherwise where somebody has to say yes.
extension ReleaseStory {
  /// Who approves it has written of it as well.
  mutating func haveApproverWrite() {
    let commits: SampleValue = [
      [
        "id": .text(commit(0)), "authors": House.people([authors[0], approvers[0]]),
        "committedAt": at(-4, 15).written,
      ]
    ]
    change("planned", ["commits": commits])
    change("built", ["commits": commits])
  }

  /// A lead who has nothing to do with it.
  var otherLead: String {
    guard let other = House.leads.first(where: { !approvers.contains($0) }) else {
      preconditionFailure("there are more leads than approvers")
    }
    return other
  }

  /// Somebody refuses it, and it is deployed all the same.
  mutating func haveRefused() {
    tell(
      "refused", .approvalRefused, by: otherLead, at: at(-1, 16, 10),
      [
        "scope": "deployment", "plan": place("planned"), "digests": [.text(digest())],
        "reason": "The quay staff has not seen it",
      ])
  }

  /// It is critical, and is authorised by who may do that.
  mutating func haveAuthorised() {
    change("risk", ["securityImpact": "high"])
    let authorisation: SampleValue = "a-\(name("1"))"
    tell(
      "authorisation-asked", .authorisationRequested, by: manager, at: at(-1, 15),
      [
        "authorisation": authorisation, "activity": "deploy to production",
        "of": House.person(House.operationsHead),
        "reason": "It changes who may log in", "plan": place("planned"), "digests": [.text(digest())],
      ])
    tell(
      "authorised", .authorisationGranted, by: House.operationsHead, at: at(-1, 16, 20),
      [
        "authorisation": authorisation, "plan": place("planned"), "digests": [.text(digest())],
        "conditions": ["the control room is staffed by two"], "until": at(2, 18).written,
      ])
  }

  /// A test fails for a known reason, and the rule is waived, with something else in its place.
  mutating func waiveTest() {
    change("tested-regression", ["outcome": "failed", "counts": ["passed": 611, "failed": 2, "skipped": 4]])
    tell(
      "waived", .waiverGranted, by: House.compliance, at: at(-2, 16),
      [
        "waiver": "w-\(name("1"))", "rule": "tested",
        "reason": "Both need the crane model, which is being moved",
        "control": "Greta runs the two cases by hand after the deployment", "until": at(3, 18).written,
        "excuses": House.people(authors),
      ])
  }

  /// It is withdrawn, and deployed all the same.
  mutating func withdraw() {
    tell(
      "withdrawn", .releaseWithdrawn, by: manager, at: at(-1, 17),
      ["reason": "The port authority puts its own change off"])
  }
}
