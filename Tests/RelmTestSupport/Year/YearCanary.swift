extension Year {
  /// October and November: the canary of 2.1.0 is aborted, and 2.1.1 takes its place.
  static let canary = [
    YearEvent(
      "plan-2.1.0", "release.planned", v210, by: "iva", at: "10-06 09:00",
      #"{"class":"normal","requestedBy":"gus@example.org","services":["payments"]}"#),
    YearEvent(
      "design-2.1.0", "release.designed", v210, by: "dee", at: "10-07 09:00",
      #"{"strategy":"canary","takeBack":"rollBack"}"#),
    YearEvent("build-2.1.0-a", "build.started", v210, by: "ci", at: "10-12 09:00", #"{"build":"b-210"}"#),
    YearEvent(
      "build-2.1.0-z", "build.finished", v210, by: "ci", at: "10-12 09:10",
      #"{"artifacts":[{"digest":"\#(digest("60"))","name":"image"}],"build":"b-210","outcome":"succeeded"}"#),
    YearEvent(
      "approve-2.1.0", "approval.given", v210, by: "bo-admin", at: "10-13 09:00",
      #"""
      {"digests":["\#(digest("60"))"],"environment":"production/eu","plan":"@{plan-2.1.0}","scope":"deployment"}
      """#),
    YearEvent(
      "deploy-2.1.0-a", "deployment.started", v210, by: "ci", at: "10-14 09:00",
      #"{"deployment":"d-210","digests":["\#(digest("60"))"],"environment":"production/eu"}"#),
    YearEvent(
      "canary-5", "deployment.progressed", v210, by: "ci", at: "10-14 09:30",
      #"{"decision":"continue","deployment":"d-210","environment":"production/eu","share":5}"#),
    YearEvent(
      "canary-20", "deployment.progressed", v210, by: "ci", at: "10-14 10:00",
      #"""
      {"analysis":"p99 doubles","decision":"abort","deployment":"d-210","environment":"production/eu",
      "share":20,"tool":
      {"name":"canary-analysis"}}
      """#),
    YearEvent(
      "deploy-2.1.0-z", "deployment.finished", v210, by: "ci", at: "10-14 10:05",
      #"{"deployment":"d-210","environment":"production/eu","outcome":"cancelled"}"#),
    YearEvent(
      "plan-2.1.1", "release.planned", v211, by: "iva", at: "10-15 09:00",
      #"{"basedOn":"\#(v210)","class":"normal","requestedBy":"gus@example.org","services":["payments"]}"#),
    YearEvent(
      "superseded-2.1.0", "release.superseded", v210, by: "iva", at: "10-15 09:05",
      #"{"by":"\#(v211)","reason":"a query without its index"}"#),
    YearEvent(
      "design-2.1.1", "release.designed", v211, by: "dee", at: "10-15 10:00",
      #"{"strategy":"canary","takeBack":"rollBack"}"#),
    YearEvent("build-2.1.1-a", "build.started", v211, by: "ci", at: "10-20 09:00", #"{"build":"b-211"}"#),
    YearEvent(
      "build-2.1.1-z", "build.finished", v211, by: "ci", at: "10-20 09:10",
      #"{"artifacts":[{"digest":"\#(digest("61"))","name":"image"}],"build":"b-211","outcome":"succeeded"}"#),
    YearEvent(
      "test-2.1.1", "test.finished", v211, by: "ci", at: "10-20 12:00",
      #"{"backfilled":true,"outcome":"succeeded","suite":"acceptance","test":"t-211"}"#),
    YearEvent(
      "approve-2.1.1", "approval.given", v211, by: "bo", at: "10-21 09:00",
      #"""
      {"digests":["\#(digest("61"))"],"environment":"production/eu","plan":"@{plan-2.1.1}","scope":"deployment"}
      """#),
    YearEvent(
      "deploy-2.1.1-a", "deployment.started", v211, by: "ci", at: "10-22 09:00",
      #"{"deployment":"d-211","digests":["\#(digest("61"))"],"environment":"production/eu"}"#),
    YearEvent(
      "canary-2.1.1", "deployment.progressed", v211, by: "ci", at: "10-22 09:30",
      #"{"decision":"continue","deployment":"d-211","environment":"production/eu","share":20}"#),
    YearEvent(
      "deploy-2.1.1-z", "deployment.finished", v211, by: "ci", at: "10-22 11:00",
      #"""
      {"deployment":"d-211","digests":["\#(digest("61"))"],"environment":"production/eu","outcome":"succeeded"}
      """#
    ),
    YearEvent(
      "verify-2.1.1", "verification.finished", v211, by: "eli", at: "10-22 12:00",
      #"{"deployment":"d-211","environment":"production/eu","outcome":"succeeded"}"#),
    YearEvent(
      "review-2.1.1-a", "review.opened", v211, by: "iva", at: "11-02 09:00",
      #"{"review":"r-211","scope":"the second canary"}"#),
    YearEvent(
      "review-2.1.1-z", "review.closed", v211, by: "iva", at: "11-09 09:00",
      #"{"outcome":"successful","review":"r-211"}"#),
  ]
}
