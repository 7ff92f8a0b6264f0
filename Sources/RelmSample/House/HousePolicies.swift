/// What the house asks of production: the starting policies that keep duties apart and that suit what is regulated, with
/// what a house changes in them.
enum HousePolicies {
  /// Everything in production: duties kept apart. The gate is asked where the stricter one holds as well.
  static func separationOfDuties(reviewBy: SampleValue) -> SampleValue {
    [
      "id": "separation-of-duties", "version": "1", "title": "Changes to production, with duties kept apart",
      "purpose": "Nobody approves a change of their own, nor what they deploy themselves.",
      "context": "production", "reviewBy": reviewBy,
      "criticalWhen": ["classes": ["emergency"], "residualRisk": 15, "securityImpact": "high"],
      "lateWithin": "PT4H", "gateValidity": "PT4H", "nonWaivable": ["approved", "authorised"],
      "rules": [
        ["rule": "planned"], ["rule": "classified"], ["rule": "risk-assessed", "maximumResidual": 15],
        ["rule": "built", "by": evidence()], ["rule": "tested", "by": evidence(but: ["author", "initiator"])],
        [
          "rule": "approved", "quorum": 2, "level": 5, "separate": ["author", "deployer"],
          "scopes": ["deployment"],
        ],
        ["rule": "authorised"], ["rule": "not-frozen"], ["rule": "releasable"], ["rule": "requirements-met"],
        ["rule": "rollback-planned"], ["rule": "verified", "within": "PT4H", "by": evidence()],
        ["rule": "reconciled", "within": "P1D", "by": evidence()], ["rule": "reviewed", "within": "P30D"],
        ["rule": "recorded-promptly", "within": "PT4H"], ["rule": "personnel-competent"],
      ],
    ]
  }

  /// What customs and the collection of dues rest on: every step recorded, shown and approved.
  static func regulated(reviewBy: SampleValue) -> SampleValue {
    [
      "id": "regulated", "version": "1", "title": "Changes to regulated production",
      "purpose":
        "What reaches production can be shown to have been planned, tested, approved and handed over as it should.",
      "context": "production", "reviewBy": reviewBy,
      "appliesTo": ["services": .list(Team.allCases.filter(\.isRegulated).map { .text($0.service) })],
      "criticalWhen": ["classes": ["emergency"], "residualRisk": 10, "securityImpact": "medium"],
      "lateWithin": "PT1H", "gateValidity": "PT2H",
      "nonWaivable": ["tested", "approved", "authorised", "gated", "attested"],
      "rules": .list(regulatedBefore + regulatedAfter),
    ]
  }

  private static let regulatedBefore: [SampleValue] = [
    ["rule": "planned"], ["rule": "classified"], ["rule": "designed"],
    [
      "rule": "components-assessed", "assessments": ["function", "vulnerability", "licence"], "by": evidence(),
    ],
    ["rule": "risk-assessed", "maximumResidual": 9, "by": ["kinds": ["human"]]],
    ["rule": "built", "capabilities": ["build-farm"], "by": evidence()],
    [
      "rule": "tested", "suites": ["regression", "acceptance"], "by": evidence(but: ["author", "initiator"]),
    ],
    ["rule": "validated", "by": evidence(but: ["author"])],
    ["rule": "baselined", "moments": ["before", "after"], "by": evidence()], ["rule": "scheduled"],
    ["rule": "partners-consulted", "partners": ["business", "it"]],
    ["rule": "communicated", "audiences": ["users"], "leadTime": "P1D"],
    [
      "rule": "approved", "quorum": 2, "level": 5,
      "separate": ["requester", "author", "initiator", "deployer"],
      "scopes": ["plan", "deployment"],
    ],
    ["rule": "authorised"], ["rule": "gated"], ["rule": "not-frozen"], ["rule": "releasable"],
    ["rule": "requirements-met"], ["rule": "rollback-planned"],
    ["rule": "attested", "predicateTypes": ["https://slsa.dev/provenance/v1"], "by": evidence()],
    ["rule": "capability-in-place", "capabilities": ["build-farm", "test-bench"]],
  ]

  private static let regulatedAfter: [SampleValue] = [
    ["rule": "verified", "within": "PT4H", "by": evidence()],
    ["rule": "reconciled", "within": "P1D", "by": evidence()],
    ["rule": "handed-over", "communities": ["operations", "users"], "within": "P14D"],
    ["rule": "supported", "minimum": "P5D"], ["rule": "reviewed", "within": "P30D"],
    ["rule": "recorded-promptly", "within": "PT1H"], ["rule": "personnel-competent"],
  ]

  /// Evidence counts from linked humans and from service accounts that have an owner, and not from whoever had a duty.
  private static func evidence(but duties: [SampleValue] = []) -> SampleValue {
    ["kinds": ["human", "service"], "independentOf": duties.isEmpty ? .absent : .list(duties)]
  }
}
