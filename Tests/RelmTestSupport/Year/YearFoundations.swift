extension Year {
  /// January: who may do what, by which means, where, and under which policies.
  static let foundations = [
    YearEvent(
      "grant-cyd", "authority.granted", "person/cyd@example.org", by: "ana", at: "01-05 09:00",
      #"{"contexts":["development","production"],"level":6,"reason":"second of two who answer for it all"}"#),
    YearEvent(
      "grant-bo", "authority.granted", "person/bo@example.org", by: "ana", at: "01-05 09:05",
      #"""
      {"contexts":["production","development"],"level":5,"reviewBy":"2026-07-01T00:00:00Z","reason":"approver"}
      """#
    ),
    YearEvent(
      "grant-dee", "authority.granted", "person/dee@example.org", by: "ana", at: "01-05 09:10",
      #"{"contexts":["development"],"level":4,"reviewBy":"2026-07-01T00:00:00Z","note":"joined in December"}"#),
    YearEvent(
      "grant-iva", "authority.granted", "person/iva@example.org", by: "cyd", at: "01-05 09:15",
      #"{"contexts":["development","production"],"level":5,"services":["payments"],"reason":"release manager"}"#
    ),
    YearEvent(
      "link-bo", "person.linked", "person/bo@example.org", by: "ana", at: "01-05 09:20",
      #"{"accounts":["bo-admin@example.org"],"kind":"human","reason":"the account for administration"}"#),
    YearEvent(
      "confirm-bo", "person.link.confirmed", "person/bo@example.org", by: "bo", at: "01-05 09:22",
      #"{"account":"bo-admin@example.org","reason":"it is mine"}"#),
    YearEvent(
      "link-ci", "person.linked", "person/ci@example.org", by: "ana", at: "01-05 09:25",
      #"{"kind":"service","owner":"bo@example.org","reason":"the build farm's account"}"#),

    YearEvent(
      "cap-farm", "capability.registered", "capability/build-farm", by: "bo", at: "01-07 10:00",
      #"""
      {"kind":"tool","mode":"automatic","owner":"dee@example.org","services":["payments"],
      "title":"The build farm",
      "validUntil":"2026-07-31T00:00:00Z","version":"4.2"}
      """#),
    YearEvent(
      "cap-managers", "capability.registered", "capability/release-managers", by: "bo", at: "01-07 10:05",
      #"""
      {"kind":"personnel","owner":"cyd@example.org","people":["bo@example.org","iva@example.org"],
      "title":"Trained release managers"}
      """#),
    YearEvent(
      "cap-enablement", "capability.registered", "capability/change-enablement", by: "bo", at: "01-07 10:10",
      #"{"kind":"process","mode":"manual","owner":"bo@example.org","title":"Change enablement"}"#),
    YearEvent(
      "cap-nights", "capability.registered", "capability/night-deployments", by: "bo", at: "01-07 10:15",
      #"{"kind":"technique","owner":"eli@example.org","title":"Deployments by night"}"#),
    YearEvent(
      "cap-farm-1", "capability.assessed", "capability/build-farm", by: "bo", at: "01-20 10:00",
      #"""
      {"assessor":"fay@example.org","findings":["two of eight hosts are past support"],"validUntil":
      "2026-07-31T00:00:00Z","verdict":"conditional","version":"4.2"}
      """#),
    YearEvent(
      "cap-farm-2", "capability.assessed", "capability/build-farm", by: "bo", at: "02-02 10:00",
      #"""
      {"assessor":"fay@example.org","evidence":[\#(evidence("e1", "build-farm.pdf"))],"validUntil":
      "2026-12-31T00:00:00Z","verdict":"acceptable","version":"4.3"}
      """#),
    YearEvent(
      "cap-managers-1", "capability.assessed", "capability/release-managers", by: "cyd", at: "02-02 11:00",
      #"{"findings":["both passed the course"],"verdict":"acceptable"}"#),
    YearEvent(
      "cap-nights-0", "capability.withdrawn", "capability/night-deployments", by: "eli", at: "03-02 10:00",
      #"{"reason":"nobody deploys by night any more","replacedBy":"change-enablement"}"#),

    YearEvent(
      "env-dev", "environment.registered", "environment/development", by: "ana", at: "01-08 09:00",
      #"{"context":"development","owner":"dee@example.org","purpose":"daily work","tier":"development"}"#),
    YearEvent(
      "env-staging", "environment.registered", "environment/staging", by: "ana", at: "01-08 09:05",
      #"{"context":"development","owner":"fay@example.org","purpose":"acceptance","tier":"staging"}"#),
    YearEvent(
      "env-eu", "environment.registered", eu, by: "eli", at: "01-08 09:10",
      #"{"context":"production","owner":"eli@example.org","region":"eu-central","tier":"production"}"#),
    YearEvent(
      "env-us", "environment.registered", "environment/production/us", by: "eli", at: "01-08 09:15",
      #"{"context":"production","owner":"eli@example.org","region":"us-east","tier":"production"}"#),
    YearEvent(
      "seen-eu-1", "environment.observed", eu, by: "ci", at: "01-08 10:00",
      #"{"coverage":"complete","mode":"automatic","observer":"inventory","tool":{"name":"inventory"}}"#),

    YearEvent(
      "policy-prod-1", "policy.adopted", "policy/production-changes", by: "cyd", at: "01-12 09:00",
      #"""
      {"document":{"appliesTo":{"services":["payments"]},"context":"production",
      "criticalWhen":{"residualRisk":10,
      "securityImpact":"high"},"gateValidity":"PT4H","id":"production-changes","lateWithin":"P5D","nonWaivable":
      ["approved"],"reviewBy":"2026-06-30T00:00:00Z","rules":[{"rule":"planned"},{"rule":"built"},
      {"rule":"tested",
      "suites":["acceptance"]},{"rule":"approved","level":5,"quorum":1,"scopes":["deployment"],"separate":
      ["requester"]},{"rule":"not-frozen"}],"title":"Changes of production","version":"1"}}
      """#),
    YearEvent(
      "policy-dev-1", "policy.adopted", "policy/development-changes", by: "cyd", at: "01-12 09:05",
      #"""
      {"document":{"context":"development","id":"development-changes","rules":[{"rule":"built"}],"title":
      "Changes of development","version":"1"},"reason":"something has to hold there too"}
      """#),
    YearEvent(
      "policy-windows", "policy.adopted", "policy/night-windows", by: "ana", at: "01-12 09:10",
      #"""
      {"document":{"appliesTo":{"environments":["production/us"]},"context":"production","id":"night-windows",
      "rules":[{"rule":"scheduled"}],"title":"Windows by night","version":"1"}}
      """#),
    YearEvent(
      "policy-windows-0", "policy.retired", "policy/night-windows", by: "ana", at: "03-02 11:00",
      #"{"reason":"nobody deploys by night any more","replacedBy":"production-changes"}"#),
    YearEvent(
      "policy-prod-r1", "policy.reviewed", "policy/production-changes", by: "cyd", at: "06-29 09:00",
      #"""
      {"outcome":"toBeChanged","reason":"canaries are missing","reviewBy":"2026-09-01T00:00:00Z","version":"1"}
      """#
    ),
    YearEvent(
      "policy-prod-2", "policy.adopted", "policy/production-changes", by: "cyd", at: "07-06 09:00",
      #"""
      {"document":{"appliesTo":{"services":["payments"]},"context":"production","effectiveFrom":
      "2026-07-13T00:00:00Z","id":"production-changes","nonWaivable":["approved"],"reviewBy":
      "2026-12-31T00:00:00Z","rules":[{"rule":"planned"},{"rule":"designed"},{"rule":"built"},{"rule":"tested",
      "suites":["acceptance"]},{"rule":"approved","level":5,"quorum":1,"scopes":["deployment"]},
      {"rule":"not-frozen"}],"title":"Changes of production","version":"2"},"replaces":"1"}
      """#),
    YearEvent(
      "policy-prod-r2", "policy.reviewed", "policy/production-changes", by: "ana", at: "12-14 09:00",
      #"{"outcome":"kept","reviewBy":"2027-06-30T00:00:00Z","version":"2"}"#),
  ]

  /// How releases are done here, in steps.
  static let procedures = [
    YearEvent(
      "proc-deploy-1", "procedure.published", "procedure/deploy-to-production", by: "bo", at: "01-13 09:00",
      #"""
      {"document":{"appliesTo":{"services":["payments"]},"id":"deploy-to-production","owner":"bo@example.org",
      "reviewBy":"2026-03-31T00:00:00Z","steps":[{"mandatory":true,"step":"deploy","title":"Deploy"}],"title":
      "Deploy to production","version":"1"}}
      """#),
    YearEvent(
      "proc-deploy-r", "procedure.reviewed", "procedure/deploy-to-production", by: "bo", at: "01-26 09:00",
      #"{"outcome":"toBeChanged","reason":"it says nothing of telling anybody","version":"1"}"#),
    YearEvent(
      "proc-deploy-2", "procedure.published", "procedure/deploy-to-production", by: "bo", at: "01-27 09:00",
      #"""
      {"document":{"appliesTo":{"services":["payments"]},"id":"deploy-to-production","owner":"bo@example.org",
      "reviewBy":"2027-01-31T00:00:00Z","steps":[{"mandatory":true,"role":"release manager","step":"announce",
      "title":"Tell everybody"},{"mandatory":true,"step":"deploy","title":"Deploy"},{"mandatory":true,
      "step":"verify",
      "title":"Verify"},{"mandatory":false,"step":"warm","title":"Warm the caches"}],
      "title":"Deploy to production",
      "version":"2"},"replaces":"1","reason":"announcing and verifying"}
      """#),
    YearEvent(
      "proc-hand-1", "procedure.published", "procedure/deploy-by-hand", by: "bo", at: "01-13 10:00",
      #"""
      {"document":{"id":"deploy-by-hand","owner":"eli@example.org","preauthorises":false,
      "steps":[{"step":"copy",
      "title":"Copy the files"}],"title":"Deploy by hand","version":"1"}}
      """#),
    YearEvent(
      "proc-hand-0", "procedure.retired", "procedure/deploy-by-hand", by: "bo-admin", at: "01-27 10:00",
      #"{"reason":"nobody should","replacedBy":"deploy-to-production"}"#),
    YearEvent(
      "proc-deploy-r2", "procedure.reviewed", "procedure/deploy-to-production", by: "iva", at: "12-15 09:00",
      #"{"outcome":"kept","reviewBy":"2027-12-31T00:00:00Z","version":"2"}"#),
  ]
}
