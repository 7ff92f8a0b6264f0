extension Year {
  /// September: release 2.0.0 is critical, and is authorised on conditions after a first refusal.
  static let critical = [
    YearEvent(
      "plan-2.0.0", "release.planned", v200, by: "iva", at: "09-01 09:00",
      #"""
      {"class":"normal","critical":true,"manager":"iva@example.org","purpose":"instant payments","requestedBy":
      "gus@example.org","services":["payments"]}
      """#),
    YearEvent(
      "risk-2.0.0", "risk.assessed", v200, by: "iva", at: "09-02 09:00",
      #"""
      {"impact":5,"likelihood":4,"plan":"@{plan-2.0.0}","residualImpact":5,"residualLikelihood":2,
      "securityImpact":
      "high"}
      """#),
    YearEvent(
      "partner-2.0.0", "partner.consulted", v200, by: "iva", at: "09-02 10:00",
      #"{"about":"their new interface","name":"clearing house","outcome":"objected","partner":"it"}"#),
    YearEvent(
      "request-1", "authorisation.requested", v200, by: "iva", at: "09-03 09:00",
      #"""
      {"activity":"deploy without a pilot","authorisation":"auth-1","due":"2026-09-07T00:00:00Z","of":
      "cyd@example.org","plan":"@{plan-2.0.0}","reason":"the law begins in October"}
      """#),
    YearEvent(
      "refused-1", "authorisation.refused", v200, by: "cyd", at: "09-04 09:00",
      #"{"authorisation":"auth-1","reason":"not without a pilot"}"#),
    YearEvent(
      "scope-2.0.0", "release.scope.changed", v200, by: "iva", at: "09-07 09:00",
      #"{"purpose":"instant payments, with a pilot","reason":"the refusal"}"#),
    YearEvent(
      "partner-2.0.0-2", "partner.consulted", v200, by: "iva", at: "09-07 11:00",
      #"{"about":"the pilot","name":"clearing house","outcome":"agreed","partner":"it"}"#),
    YearEvent(
      "build-2.0.0", "build.finished", v200, by: "ci", at: "09-08 09:00",
      #"""
      {"artifacts":[{"digest":"\#(digest("40"))","name":"image"},{"digest":"\#(digest("41"))",
      "name":"migrations"}],
      "backfilled":true,"build":"b-200","outcome":"succeeded"}
      """#),
    YearEvent(
      "test-2.0.0", "test.finished", v200, by: "ci", at: "09-08 12:00",
      #"{"backfilled":true,"outcome":"succeeded","suite":"acceptance","test":"t-200"}"#),
    YearEvent(
      "refuse-2.0.0", "approval.refused", v200, by: "bo", at: "09-09 09:00",
      #"""
      {"digests":["\#(digest("40"))"],"environment":"production/eu","plan":"@{scope-2.0.0}","reason":
      "the pilot has not begun","scope":"deployment"}
      """#),
    YearEvent(
      "approve-2.0.0-a", "approval.given", v200, by: "cyd", at: "09-14 09:00",
      #"""
      {"digests":["\#(digest("40"))","\#(digest("41"))"],"environment":"production/eu","plan":"@{scope-2.0.0}",
      "scope":
      "deployment"}
      """#),
    YearEvent(
      "approve-2.0.0-w", "approval.withdrawn", v200, by: "cyd", at: "09-14 10:00",
      #"{"approval":"@{approve-2.0.0-a}","reason":"the wrong tab: the pilot has two days to go"}"#),
    YearEvent(
      "waiver-1", "waiver.granted", v200, by: "ana", at: "09-15 09:00",
      #"""
      {"control":"eli@ watches it by hand","environment":"production/eu","excuses":["fay@example.org"],"reason":
      "the design document is with the clearing house","rule":"designed","until":"@until{2026-09-30T00:00:00Z}",
      "waiver":"w-1"}
      """#),
    YearEvent(
      "design-2.0.0", "release.designed", v200, by: "dee", at: "09-16 08:00",
      #"{"plan":"@{scope-2.0.0}","strategy":"blueGreen","takeBack":"fixForward"}"#),
    YearEvent(
      "waiver-1-0", "waiver.revoked", v200, by: "cyd", at: "09-16 08:30",
      #"{"reason":"the design is there","waiver":"w-1"}"#),
    YearEvent(
      "approve-2.0.0", "approval.given", v200, by: "bo", at: "09-16 09:00",
      #"""
      {"digests":["\#(digest("40"))","\#(digest("41"))"],"environment":"production/eu","plan":"@{scope-2.0.0}",
      "scope":
      "deployment"}
      """#),
    YearEvent(
      "request-2", "authorisation.requested", v200, by: "iva", at: "09-16 10:00",
      #"""
      {"activity":"deploy after the pilot","authorisation":"auth-2","digests":["\#(digest("40"))"],
      "environment":
      "production/eu","of":"ana@example.org","plan":"@{scope-2.0.0}","reason":"the pilot went well"}
      """#),
    YearEvent(
      "granted-2", "authorisation.granted", v200, by: "cyd", at: "09-17 09:00",
      #"""
      {"authorisation":"auth-2","conditions":["the partner is on the phone","blue stays for a day"],"digests":
      ["\#(digest("40"))","\#(digest("41"))"],"plan":"@{scope-2.0.0}","until":"@until{2026-09-25T00:00:00Z}"}
      """#),
    YearEvent(
      "deploy-2.0.0-a", "deployment.started", v200, by: "ci", at: "09-18 07:00",
      #"""
      {"deployment":"d-200","digests":["\#(digest("40"))","\#(digest("41"))"],"environment":"production/eu"}
      """#),
    YearEvent(
      "deploy-2.0.0-m", "deployment.started", v200, by: "ci", at: "09-18 06:30",
      #"{"deployment":"d-200-m","environment":"production/eu","kind":"dataMigration"}"#),
    YearEvent(
      "deploy-2.0.0-n", "deployment.finished", v200, by: "ci", at: "09-18 06:50",
      #"{"deployment":"d-200-m","environment":"production/eu","kind":"dataMigration","outcome":"succeeded"}"#),
    YearEvent(
      "deploy-2.0.0-z", "deployment.finished", v200, by: "ci", at: "09-18 07:30",
      #"{"deployment":"d-200","environment":"production/eu","outcome":"succeeded"}"#),
    YearEvent(
      "continued-2.0.0", "service.continued", "service/payments", by: "iva", at: "09-18 09:00",
      #"""
      {"release":"\#(v200)","specification":"\#(digest("52"))","tier":"platinum","userCommunity":
      "merchants in Europe and their banks"}
      """#),
    YearEvent(
      "close-2.0.0", "release.closed", v200, by: "iva", at: "10-05 09:00", #"{"outcome":"partlySuccessful"}"#),
  ]
}
