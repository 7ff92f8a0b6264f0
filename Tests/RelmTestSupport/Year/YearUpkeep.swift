/// What goes on beside the releases, and what is put right or comes to its end.
extension Year {
  /// Drift, and authority that is looked after.
  static let upkeep = [
    YearEvent(
      "drift-1", "drift.detected", eu, by: "ci", at: "04-02 03:00",
      #"""
      {"baseline":"eu-2","drift":"dr-1","due":"2026-04-09T00:00:00Z","expected":{"name":"load-balancer",
      "version":
      "2.8"},"found":{"name":"load-balancer","version":"2.9"},"item":"load-balancer","owner":"eli@example.org",
      "severity":"medium"}
      """#),
    YearEvent(
      "drift-1-z", "drift.resolved", eu, by: "eli", at: "04-07 10:00",
      #"{"drift":"dr-1","reason":"the provider had done it; put back","resolution":"restored"}"#),
    YearEvent(
      "drift-2", "drift.detected", eu, by: "ci", at: "08-10 03:00",
      #"{"drift":"dr-2","found":{"name":"debug-shell"},"item":"debug-shell","severity":"high"}"#),
    YearEvent(
      "drift-2-z", "drift.resolved", eu, by: "eli", at: "08-10 09:00",
      #"{"drift":"dr-2","resolution":"mistaken"}"#),
    YearEvent(
      "seen-eu-2", "environment.observed", eu, by: "ci", at: "11-01 03:00",
      #"""
      {"coverage":"partial","observer":"inventory","running":[{"digest":"\#(digest("61"))",
      "name":"payments-api",
      "version":"2.1.1"}]}
      """#),
    YearEvent(
      "base-3", "baseline.recorded", eu, by: "ci", at: "11-01 03:05",
      #"{"baseline":"eu-3","items":[{"name":"payments-api","version":"2.1.1"}],"moment":"regular"}"#),
    YearEvent(
      "grant-bo-r", "authority.reviewed", "person/bo@example.org", by: "ana", at: "06-30 10:00",
      #"{"grant":"@{grant-bo}","outcome":"kept","reviewBy":"2027-01-01T00:00:00Z"}"#),
    YearEvent(
      "grant-dee-r", "authority.reviewed", "person/dee@example.org", by: "cyd", at: "10-01 10:00",
      #"{"grant":"@{grant-dee}","outcome":"toBeRevoked","reason":"moves to another team"}"#),
    YearEvent(
      "grant-dee-0", "authority.revoked", "person/dee@example.org", by: "cyd", at: "11-16 10:00",
      #"{"grant":"@{grant-dee}","reason":"has moved to another team"}"#),
    YearEvent(
      "hold", "hold.placed", "ledger", by: "cyd", at: "07-20 09:00",
      #"""
      {"evidence":["\#(digest("e2"))"],"ground":"a merchant sues over INC-9","hold":"inc-9","persons":
      ["uma@example.org"],"subjects":["\#(v120)","incident/INC-9"],"until":"2026-12-31T00:00:00Z"}
      """#),
    YearEvent(
      "hold-0", "hold.released", "ledger", by: "ana", at: "12-01 09:00",
      #"{"hold":"inc-9","reason":"the merchant has withdrawn"}"#),
    YearEvent(
      "history", "history.accepted", "ledger", by: "ana", at: "12-17 09:00",
      #"{"reason":"the old ledger of deployments, looked through by two","source":"/old","until":"2026-12-31T00:00:00Z"}"#
    ),
  ]

  /// What was recorded by mistake.
  static let corrections = [
    YearEvent(
      "wrong", "activity.recorded", v110, by: "eli", at: "08-11 09:00",
      #"{"activity":"warmed the caches","environment":"production/eu"}"#),
    YearEvent(
      "right", "activity.recorded", v121, by: "eli", at: "08-11 09:00", recorded: "08-11 15:00",
      #"{"activity":"warmed the caches","environment":"production/eu"}"#),
    YearEvent(
      "annul-wrong", "event.annulled", "ledger", by: "bo", at: "08-11 15:05",
      #"{"position":"@{wrong}","reason":"it was another release","replacedBy":"right"}"#),
    YearEvent(
      "log-1", "result.logged", v121, by: "fay", at: "08-12 09:00",
      #"{"of":"double payments","outcome":"succeeded","result":"none in a week"}"#),
    YearEvent(
      "annul-log", "event.annulled", "ledger", by: "iva", at: "08-12 10:00",
      #"{"position":"@{log-1}","reason":"it seems to be of another week"}"#),
    YearEvent(
      "annul-annul", "event.annulled", "ledger", by: "bo", at: "08-12 11:00",
      #"{"position":"@{annul-log}","reason":"it was this week after all"}"#),
    YearEvent(
      "blame", "incident.attributed", "incident/INC-7", by: "dee", at: "06-12 09:00",
      #"{"causes":[{"release":"\#(v100)"}],"confidence":"suspected"}"#),
    YearEvent(
      "annul-blame", "event.annulled", "ledger", by: "cyd", at: "06-15 09:00",
      #"{"position":"@{blame}","reason":"it was a certificate, and no release"}"#),
  ]

  /// What ends, and what is still open when the year does.
  static let endings = [
    YearEvent(
      "legacy", "service.established", "service/payments-legacy", by: "gus", at: "01-09 09:00",
      #"""
      {"owner":"gus@example.org","release":"release/payments-legacy/7","specification":"\#(digest("50"))",
      "userCommunity":"merchants of old"}
      """#),
    YearEvent(
      "legacy-0", "service.retired", "service/payments-legacy", by: "gus", at: "05-29 09:00",
      #"{"reason":"nobody uses it","release":"release/payments-legacy/7","replacedBy":"payments"}"#),
    YearEvent(
      "stage-gone", "deployment.removed", v100, by: "eli", at: "12-02 09:00",
      #"{"deployment":"d-100-s","environment":"staging","reason":"staging goes"}"#),
    YearEvent(
      "env-staging-0", "environment.retired", "environment/staging", by: "cyd", at: "12-03 09:00",
      #"{"reason":"acceptance is done in development"}"#),
    YearEvent(
      "plan-2.2.0", "release.planned", v220, by: "iva", at: "11-23 09:00",
      #"{"class":"normal","services":["payments"]}"#),
    // Its only approval, so that nobody has said anything of it any more.
    YearEvent(
      "approve-2.2.0", "approval.given", v220, by: "bo", at: "11-24 09:00",
      #"{"plan":"@{plan-2.2.0}","scope":"plan"}"#),
    YearEvent(
      "approve-2.2.0-w", "approval.withdrawn", v220, by: "bo-admin", at: "12-04 09:00",
      #"{"approval":"@{approve-2.2.0}","reason":"there is no money for it"}"#),
    YearEvent(
      "withdrawn-2.2.0", "release.withdrawn", v220, by: "iva", at: "12-07 09:00",
      #"{"reason":"the budget is spent"}"#),
    YearEvent(
      "freeze-end", "freeze.declared", eu, by: "ana", at: "12-09 09:00",
      #"""
      {"freeze":"year-end","from":"2026-12-18T00:00:00Z","reason":"the year ends",
      "until":"2027-01-04T00:00:00Z"}
      """#
    ),
    YearEvent(
      "plan-3.0.0", "release.planned", "release/payments-api/3.0.0", by: "iva", at: "12-16 09:00",
      #"{"class":"normal","purpose":"next year","services":["payments"]}"#),
  ]
}
