extension Year {
  /// July and August: release 1.2.0 fails and is rolled back; 1.2.1 mends it, approved by who stands in for the
  /// approver.
  static let failure = [
    YearEvent(
      "plan-1.2.0", "release.planned", v120, by: "iva", at: "07-01 09:00",
      #"""
      {"basedOn":"\#(v110)","class":"normal","manager":"iva@example.org","requestedBy":"gus@example.org",
      "requires":
      ["\#(v110)"],"services":["payments"]}
      """#),
    YearEvent(
      "design-1.2.0", "release.designed", v120, by: "dee", at: "07-02 09:00",
      #"{"plan":"@{plan-1.2.0}","strategy":"rolling","takeBack":"rollBack"}"#),
    YearEvent("build-1.2.0-a", "build.started", v120, by: "ci", at: "07-14 09:00", #"{"build":"b-120"}"#),
    YearEvent(
      "build-1.2.0-z", "build.finished", v120, by: "ci", at: "07-14 09:10",
      #"{"artifacts":[{"digest":"\#(digest("30"))","name":"image"}],"build":"b-120","outcome":"succeeded"}"#),
    YearEvent(
      "test-1.2.0-a", "test.started", v120, by: "ci", at: "07-14 10:00",
      #"{"suite":"acceptance","test":"t-120"}"#),
    YearEvent(
      "test-1.2.0-x", "test.finished", v120, by: "ci", at: "07-14 11:00",
      #"""
      {"counts":{"errored":1,"failed":2,"passed":810},"outcome":"failed","suite":"acceptance","test":"t-120"}
      """#
    ),
    YearEvent(
      "test-1.2.0-b", "test.started", v120, by: "ci", at: "07-15 10:00",
      #"{"suite":"acceptance","test":"t-121"}"#),
    YearEvent(
      "test-1.2.0-z", "test.finished", v120, by: "ci", at: "07-15 11:00",
      #"{"counts":{"failed":0,"passed":813},"outcome":"succeeded","suite":"acceptance","test":"t-121"}"#),
    YearEvent(
      "approve-1.2.0", "approval.given", v120, by: "bo", at: "07-16 09:00",
      #"""
      {"digests":["\#(digest("30"))"],"environment":"production/eu","plan":"@{plan-1.2.0}","scope":"deployment"}
      """#),
    YearEvent(
      "deploy-1.2.0-a", "deployment.started", v120, by: "ci", at: "07-17 09:00",
      #"{"deployment":"d-120","digests":["\#(digest("30"))"],"environment":"production/eu"}"#),
    YearEvent(
      "deploy-1.2.0-h", "deployment.progressed", v120, by: "ci", at: "07-17 09:20",
      #"""
      {"analysis":"errors","decision":"hold","deployment":"d-120","environment":"production/eu","share":30}
      """#),
    YearEvent(
      "incident-9", "incident.opened", "incident/INC-9", by: "uma", at: "07-17 09:25",
      #"""
      {"environment":"production/eu","services":["payments"],"severity":"high","summary":"payments taken twice"}
      """#
    ),
    YearEvent(
      "deploy-1.2.0-z", "deployment.finished", v120, by: "ci", at: "07-17 09:30",
      #"{"deployment":"d-120","environment":"production/eu","outcome":"failed"}"#),
    YearEvent(
      "back-1.2.0", "deployment.rolledback", v120, by: "eli", at: "07-17 09:40",
      #"""
      {"deployment":"d-120","environment":"production/eu","incident":"INC-9","initiator":"eli@example.org",
      "reason":
      "payments taken twice","restores":"1.1.0","restoresDigests":["\#(digest("21"))"]}
      """#),
    YearEvent(
      "escalate-1.2.0", "escalation.raised", v120, by: "eli", at: "07-17 09:45",
      #"""
      {"details":"Forty merchants are affected","due":"2026-07-17T12:00:00Z","escalation":"e-120",
      "severity":"high","to":
      "cyd@example.org","topic":"who pays back what was taken twice"}
      """#),
    YearEvent(
      "attributed-9", "incident.attributed", "incident/INC-9", by: "dee", at: "07-17 10:30",
      #"""
      {"causes":[{"deployment":"d-120","release":"\#(v120)"}],"confidence":"confirmed","explanation":
      "a retry without a key"}
      """#),
    YearEvent(
      "escalate-1.2.0-z", "escalation.resolved", v120, by: "cyd", at: "07-17 11:00",
      #"{"decision":"we pay it back today","details":"Agreed on the phone","escalation":"e-120"}"#),
    YearEvent(
      "incident-9-z", "incident.resolved", "incident/INC-9", by: "eli", at: "07-17 18:00",
      #"{"resolvedAt":"2026-07-17T17:30:00Z","summary":"taken back, and all is paid back"}"#),
    YearEvent(
      "close-1.2.0", "release.closed", v120, by: "iva", at: "07-24 09:00",
      #"{"outcome":"unsuccessful","summary":"rolled back within the hour"}"#),

    YearEvent(
      "delegate", "authority.granted", "person/dee@example.org", by: "ana", at: "07-27 09:00",
      #"""
      {"contexts":["production"],"delegatedFrom":"@{grant-bo}","level":5,"reason":"stands in while Bo is away",
      "services":["payments"],"until":"@until{2026-08-31T00:00:00Z}"}
      """#),
    YearEvent(
      "plan-1.2.1", "release.planned", v121, by: "iva", at: "07-28 09:00",
      #"""
      {"basedOn":"\#(v120)","class":"standard","fixes":["INC-9"],"requestedBy":"gus@example.org",
      "services":["payments"]}
      """#
    ),
    YearEvent(
      "build-1.2.1", "build.finished", v121, by: "ci", at: "08-05 09:00",
      #"""
      {"artifacts":[{"digest":"\#(digest("31"))","name":"image"}],"backfilled":true,"build":"b-121","outcome":
      "succeeded"}
      """#),
    YearEvent(
      "test-1.2.1", "test.finished", v121, by: "ci", at: "08-05 10:00",
      #"{"backfilled":true,"outcome":"succeeded","suite":"acceptance","test":"t-121"}"#),
    YearEvent(
      "approve-1.2.1", "approval.given", v121, by: "dee", at: "08-06 09:00",
      #"""
      {"digests":["\#(digest("31"))"],"environment":"production/eu","plan":"@{plan-1.2.1}","scope":"deployment"}
      """#),
    YearEvent(
      "deploy-1.2.1-a", "deployment.started", v121, by: "ci", at: "08-06 10:00",
      #"{"deployment":"d-121","digests":["\#(digest("31"))"],"environment":"production/eu"}"#),
    YearEvent(
      "deploy-1.2.1-z", "deployment.finished", v121, by: "ci", at: "08-06 10:10",
      #"{"deployment":"d-121","environment":"production/eu","outcome":"succeeded"}"#),
    YearEvent(
      "support-1.2.1-a", "support.opened", v121, by: "eli", at: "08-06 11:00",
      #"{"criteria":["nobody pays twice"],"support":"s-121"}"#),
    YearEvent(
      "support-1.2.1-z", "support.closed", v121, by: "eli", at: "08-20 11:00",
      #"{"criteria":[{"criterion":"nobody pays twice","result":"met"}],"support":"s-121"}"#),
  ]
}
