extension Year {
  /// June: release 1.1.0 mends an outage in the middle of a freeze, and is ratified afterwards. Two overrides:
  /// the first covers a build that turned out not to help.
  static let emergency = [
    YearEvent(
      "freeze-summer", "freeze.declared", eu, by: "cyd", at: "05-20 09:00",
      #"""
      {"freeze":"summer-sale","from":"2026-06-01T00:00:00Z","mayOverride":["eli@example.org"],"reason":
      "the summer sale","services":["payments"],"until":"2026-06-15T00:00:00Z"}
      """#),
    YearEvent(
      "freeze-us", "freeze.declared", "environment/production/us", by: "cyd", at: "05-20 09:05",
      #"""
      {"freeze":"summer-sale","from":"2026-06-01T00:00:00Z","reason":"the sale","until":"2026-06-15T00:00:00Z"}
      """#
    ),
    YearEvent(
      "freeze-us-0", "freeze.lifted", "environment/production/us", by: "ana", at: "06-08 09:00",
      #"{"freeze":"summer-sale","reason":"there is no sale in the US"}"#),
    YearEvent(
      "incident-7", "incident.opened", "incident/INC-7", by: "eli", at: "06-10 02:05",
      #"""
      {"beganAt":"2026-06-10T01:58:00Z","detectedAt":"2026-06-10T02:01:00Z","environment":"production/eu",
      "services":
      ["payments"],"severity":"critical","summary":"no payment goes through"}
      """#),
    YearEvent(
      "plan-1.1.0", "release.planned", v110, by: "eli", at: "06-10 02:20",
      #"""
      {"basedOn":"\#(v100)","class":"emergency","fixes":["INC-7"],"manager":"eli@example.org","purpose":
      "let payments through again","requestedBy":"eli@example.org","services":["payments"]}
      """#),
    YearEvent(
      "build-1.1.0-x", "build.finished", v110, by: "ci", at: "06-10 02:40",
      #"""
      {"artifacts":[{"digest":"\#(digest("20"))","name":"image"}],"backfilled":true,"build":"b-110","outcome":
      "succeeded"}
      """#),
    YearEvent(
      "override-1", "override.declared", v110, by: "iva", at: "06-10 02:45",
      #"""
      {"digests":["\#(digest("20"))"],"environment":"production/eu","freeze":"summer-sale","incident":"INC-7",
      "plan":
      "@{plan-1.1.0}","reason":"no payment goes through","rules":["not-frozen","tested","approved"],"until":
      "@until{2026-06-10T06:00:00Z}"}
      """#),
    YearEvent(
      "test-1.1.0", "test.finished", v110, by: "ci", at: "06-10 02:50",
      #"{"backfilled":true,"outcome":"failed","suite":"smoke","test":"t-110"}"#),
    YearEvent(
      "build-1.1.0-a", "build.started", v110, by: "ci", at: "06-10 02:55", #"{"build":"b-111"}"#),
    YearEvent(
      "build-1.1.0-z", "build.finished", v110, by: "ci", at: "06-10 03:05",
      #"{"artifacts":[{"digest":"\#(digest("21"))","name":"image"}],"build":"b-111","outcome":"succeeded"}"#),
    YearEvent(
      "override-2", "override.declared", v110, by: "iva", at: "06-10 03:08",
      #"""
      {"digests":["\#(digest("21"))"],"environment":"production/eu","freeze":"summer-sale","incident":"INC-7",
      "plan":
      "@{plan-1.1.0}","ratifyBy":"2026-06-15T03:00:00Z","reason":"the second build helps on staging","rules":
      ["not-frozen","tested","approved"],"until":"@until{2026-06-10T06:00:00Z}"}
      """#),
    YearEvent(
      "deploy-1.1.0-a", "deployment.started", v110, by: "eli", at: "06-10 03:10",
      #"""
      {"deployment":"d-110","digests":["\#(digest("21"))"],"environment":"production/eu","initiator":
      "eli@example.org","mode":"manual","override":"@{override-2}"}
      """#),
    YearEvent(
      "deploy-1.1.0-z", "deployment.finished", v110, by: "eli", at: "06-10 03:20",
      #"{"deployment":"d-110","environment":"production/eu","outcome":"succeeded"}"#),
    YearEvent(
      "verify-1.1.0", "verification.finished", v110, by: "eli", at: "06-10 03:25",
      #"{"deployment":"d-110","environment":"production/eu","outcome":"succeeded"}"#),
    YearEvent(
      "incident-7-z", "incident.resolved", "incident/INC-7", by: "eli", at: "06-10 03:30",
      #"""
      {"deployment":"d-110","release":"\#(v110)","resolvedAt":"2026-06-10T03:22:00Z","summary":
      "payments go through"}
      """#),
    YearEvent(
      "ratify-1.1.0", "approval.given", v110, by: "bo", at: "06-11 09:00",
      #"""
      {"digests":["\#(digest("21"))"],"environment":"production/eu","plan":"@{plan-1.1.0}","ratifies":
      "@{override-2}","reason":"there was no other way","scope":"deployment"}
      """#),
    YearEvent(
      "continued-1.1.0", "service.continued", "service/payments", by: "iva", at: "06-11 10:00",
      #"{"deployment":"d-110","environment":"production/eu","release":"\#(v110)"}"#),
    // Due on the fifteenth with the ratification, and opened two weeks late.
    YearEvent(
      "review-1.1.0-a", "review.opened", v110, by: "iva", at: "06-29 09:00",
      #"{"due":"2026-06-15T03:00:00Z","review":"r-110","scope":"the night of the tenth"}"#),
    YearEvent(
      "finding-1.1.0", "review.finding.recorded", v110, by: "iva", at: "06-30 09:00",
      #"""
      {"finding":"f1","kind":"cause","positions":["@{override-1}","@{test-1.1.0}"],"review":"r-110",
      "severity":"high",
      "statement":"a certificate had run out"}
      """#),
    YearEvent(
      "action-1.1.0-a", "review.action.raised", v110, by: "iva", at: "06-30 09:30",
      #"""
      {"action":"a1","due":"2026-07-31T00:00:00Z","owner":"eli@example.org","review":"r-110",
      "task":"watch them"}
      """#
    ),
    YearEvent(
      "action-1.1.0-z", "review.action.completed", v110, by: "eli", at: "08-03 09:00",
      #"{"action":"a1","result":"an alarm rings a month before","review":"r-110"}"#),
    YearEvent(
      "review-1.1.0-z", "review.closed", v110, by: "iva", at: "07-10 09:00",
      #"""
      {"lessons":["watch certificates"],"outcome":"partlySuccessful","overrides":["@{override-1}",
      "@{override-2}"],
      "review":"r-110"}
      """#),
    YearEvent(
      "close-1.1.0", "release.closed", v110, by: "iva", at: "08-04 09:00", #"{"outcome":"successful"}"#),
  ]
}
