/// Release 1.0.0, by the book: from the plan in January to the closed review in May.
extension Year {
  static let cleanPlanning = [
    YearEvent(
      "plan-1.0.0", "release.planned", v100, by: "iva", at: "01-19 09:00",
      #"""
      {"changes":[{"id":"CHG-101","system":"changes","uri":"https://changes.example.org/101"}],"class":"normal",
      "components":[{"name":"ledger-core","purl":"pkg:deb/debian/ledger-core@3.1","version":"3.1"}],"manager":
      "iva@example.org","procedure":"deploy-to-production","purpose":"the first release of the service",
      "requestedBy":"gus@example.org","services":["payments"]}
      """#),
    YearEvent(
      "scope-1.0.0", "release.scope.changed", v100, by: "iva", at: "01-21 09:00",
      #"""
      {"changes":[{"id":"CHG-101","system":"changes"},{"id":"CHG-104","system":"changes"}],
      "commits":[{"authors":
      ["dee@example.org"],"committedAt":"2026-01-20T16:00:00Z","id":"7a1f","repository":
      "https://code.example.org/payments","reviewers":["fay@example.org"]}],"reason":"refunds belong to it"}
      """#),
    YearEvent(
      "design-1.0.0", "release.designed", v100, by: "dee", at: "01-22 09:00",
      #"""
      {"acceptanceCriteria":["a payment takes less than a second"],"migrations":[{"explanation":"adds a table",
      "migration":"0001","reverses":true}],"order":["ledger-core","payments-api"],"plan":"@{scope-1.0.0}",
      "rollbackPlan":"take the old image","strategy":"phased","takeBack":"rollBack"}
      """#),
    YearEvent(
      "component-1.0.0-a", "component.assessed", v100, by: "fay", at: "01-23 09:00",
      #"""
      {"component":{"name":"ledger-core","version":"3.1"},"kind":"vulnerability","mode":"automatic",
      "specialists":
      ["fay@example.org"],"tool":{"name":"scanner","version":"8"},"verdict":"acceptable"}
      """#),
    YearEvent(
      "component-1.0.0-b", "component.assessed", v100, by: "fay", at: "01-23 09:30",
      #"""
      {"component":{"name":"ledger-core"},"findings":["notice is missing"],"kind":"licence",
      "verdict":"conditional"}
      """#
    ),
    YearEvent(
      "risk-1.0.0", "risk.assessed", v100, by: "iva", at: "01-26 09:00",
      #"""
      {"assessors":["fay@example.org","eli@example.org"],"impact":4,"likelihood":3,"mitigations":["phases"],
      "plan":"@{scope-1.0.0}","residualImpact":3,"residualLikelihood":2,"securityImpact":"medium"}
      """#),
    YearEvent(
      "windows-1.0.0-p", "schedule.proposed", v100, by: "iva", at: "01-28 09:00",
      #"""
      {"reason":"after the month's end","schedule":"february","windows":[{"environment":"production/eu","from":
      "2026-02-10T06:00:00Z","until":"2026-02-10T10:00:00Z"}]}
      """#),
    YearEvent(
      "windows-1.0.0-a", "schedule.agreed", v100, by: "iva", at: "01-29 09:00",
      #"""
      {"agreedWith":["eli@example.org","uma@example.org"],"partners":["card network"],"schedule":"february",
      "windows":
      [{"environment":"production/eu","from":"2026-02-10T06:00:00Z","until":"2026-02-10T12:00:00Z"}]}
      """#),
    YearEvent(
      "partner-1.0.0", "partner.consulted", v100, by: "iva", at: "01-30 09:00",
      #"""
      {"about":"the day and the test cards","name":"card network","outcome":"agreed","partner":"business",
      "people":
      ["gus@example.org"],"summary":"They asked for two more test cards"}
      """#),
    YearEvent(
      "told-1.0.0", "communication.sent", v100, by: "iva", at: "02-02 09:00",
      #"""
      {"audience":"merchants","channel":"mail","message":"On the tenth it begins","phase":"plan",
      "recipients":412,
      "topic":"the beginning"}
      """#),
    YearEvent(
      "doc-1.0.0", "document.attached", v100, by: "iva", at: "02-02 10:00",
      #"{"evidence":\#(evidence("d1", "release-plan.pdf")),"kind":"plan","title":"Release plan"}"#),
    YearEvent(
      "approve-plan-1.0.0", "approval.given", v100, by: "bo", at: "02-02 11:00",
      #"{"meaning":"review","plan":"@{scope-1.0.0}","scope":"plan"}"#),
  ]

  static let cleanBuilding = [
    YearEvent(
      "build-1.0.0-a", "build.started", v100, by: "ci", at: "02-03 09:00",
      #"""
      {"build":"b-100","initiator":"dee@example.org","mode":"automatic","tool":{"capability":"build-farm",
      "name":"farm"}}
      """#
    ),
    YearEvent(
      "build-1.0.0-z", "build.finished", v100, by: "ci", at: "02-03 09:20",
      #"""
      {"artifacts":[{"digest":"\#(digest("10"))","mediaType":"application/vnd.oci.image.manifest.v1+json",
      "name":
      "image","purl":"pkg:oci/payments-api@1.0.0"}],"build":"b-100","commits":[{"id":"7a1f"}],
      "initiator":"dee@example.org","outcome":"succeeded","tool":{"capability":"build-farm","name":"farm"}}
      """#),
    YearEvent(
      "test-1.0.0-a", "test.started", v100, by: "ci", at: "02-03 10:00",
      #"""
      {"digests":["\#(digest("10"))"],"environment":"staging","level":"acceptance","suite":"acceptance",
      "test":"t-100"}
      """#
    ),
    YearEvent(
      "test-1.0.0-z", "test.finished", v100, by: "ci", at: "02-03 11:00",
      #"""
      {"counts":{"failed":0,"passed":812,"skipped":3},"digests":["\#(digest("10"))"],"environment":"staging",
      "evidence":[\#(evidence("e2", "acceptance.xml", type: "application/xml"))],"level":"acceptance","outcome":
      "succeeded","suite":"acceptance","test":"t-100"}
      """#),
    YearEvent(
      "valid-1.0.0", "validation.finished", v100, by: "fay", at: "02-04 09:00",
      #"""
      {"criteria":[{"criterion":"a payment takes less than a second","result":"met"}],"environment":"staging",
      "outcome":"succeeded","validation":"v-100","validators":["fay@example.org","uma@example.org"]}
      """#),
    YearEvent(
      "result-1.0.0", "result.logged", v100, by: "fay", at: "02-04 10:00",
      #"""
      {"environment":"staging","measurements":[{"name":"p99","unit":"ms","value":"640"}],"of":"load test",
      "outcome":
      "succeeded","phase":"test","result":"holds 300 payments a second"}
      """#),
    YearEvent(
      "package-1.0.0", "package.published", v100, by: "ci", at: "02-05 09:00",
      #"""
      {"derivation":"signed","derivedFrom":["\#(digest("10"))"],"digest":"\#(digest("11"))",
      "name":"payments-api",
      "purl":"pkg:oci/payments-api@1.0.0","registry":"https://registry.example.org/payments-api"}
      """#),
    YearEvent(
      "attest-1.0.0", "attestation.recorded", v100, by: "ci", at: "02-05 09:05",
      #"""
      {"builder":"https://farm.example.org","digest":"\#(digest("11"))","predicateType":
      "https://slsa.dev/provenance/v1",
      "statement":\#(evidence("a1", "provenance.json", type: "application/json"))}
      """#),
    YearEvent(
      "approve-1.0.0", "approval.given", v100, by: "bo", at: "02-09 09:00",
      #"""
      {"digests":["\#(digest("10"))","\#(digest("11"))"],"environment":"production/eu","meaning":"approval",
      "plan":
      "@{scope-1.0.0}","reason":"all criteria are met","scope":"deployment"}
      """#),
    YearEvent(
      "approve-1.0.0-2", "approval.given", v100, by: "iva", at: "02-09 09:30",
      #"""
      {"digests":["\#(digest("11"))"],"meaning":"responsibility","plan":"@{scope-1.0.0}","scope":"release"}
      """#),
  ]

  static let cleanDeployment = [
    YearEvent(
      "deploy-stage-a", "deployment.started", v100, by: "ci", at: "02-03 09:30",
      #"{"deployment":"d-100-s","digests":["\#(digest("10"))"],"environment":"staging","kind":"code"}"#),
    YearEvent(
      "deploy-stage-z", "deployment.finished", v100, by: "ci", at: "02-03 09:40",
      #"{"deployment":"d-100-s","environment":"staging","outcome":"succeeded"}"#),
    YearEvent(
      "base-1", "baseline.recorded", eu, by: "ci", at: "02-10 06:00",
      #"""
      {"baseline":"eu-1","deployment":"d-100","items":[{"name":"load-balancer","version":"2.8"}],
      "moment":"before",
      "release":"\#(v100)"}
      """#),
    YearEvent(
      "cmdb-out-1", "configuration.exchanged", eu, by: "ci", at: "02-10 06:05",
      #"""
      {"database":"cmdb","direction":"fromConfigurationManagement","items":[{"name":"load-balancer",
      "record":"CI-7"}],
      "outcome":"succeeded"}
      """#),
    YearEvent(
      "step-1", "procedure.step.completed", v100, by: "iva", at: "02-10 06:30",
      #"""
      {"deployment":"d-100","procedure":"deploy-to-production","result":"412 mails","step":"announce",
      "version":"2"}
      """#
    ),
    YearEvent(
      "deploy-eu-a", "deployment.started", v100, by: "ci", at: "02-10 07:00",
      #"""
      {"deployment":"d-100","digests":["\#(digest("11"))"],"environment":"production/eu","initiator":
      "iva@example.org","kind":"code","participants":[{"part":"watcher","person":"eli@example.org"}]}
      """#),
    YearEvent(
      "deploy-eu-50", "deployment.progressed", v100, by: "ci", at: "02-10 07:20",
      #"""
      {"analysis":"no errors","decision":"continue","deployment":"d-100","environment":"production/eu",
      "share":50}
      """#
    ),
    YearEvent(
      "deploy-eu-z", "deployment.finished", v100, by: "ci", at: "02-10 07:40",
      #"""
      {"deployment":"d-100","digests":["\#(digest("11"))"],"environment":"production/eu","outcome":"succeeded"}
      """#),
    YearEvent(
      "step-2", "procedure.step.completed", v100, by: "ci", at: "02-10 07:41",
      #"""
      {"deployment":"d-100","mode":"automatic","procedure":"deploy-to-production","step":"deploy","version":"2"}
      """#
    ),
    YearEvent(
      "verify-1.0.0", "verification.finished", v100, by: "eli", at: "02-10 08:00",
      #"""
      {"checks":[{"criterion":"a payment goes through","result":"met"}],"deployment":"d-100","digests":
      ["\#(digest("11"))"],"environment":"production/eu","outcome":"succeeded"}
      """#),
    YearEvent(
      "step-3", "procedure.step.completed", v100, by: "eli", at: "02-10 08:05",
      #"{"deployment":"d-100","procedure":"deploy-to-production","step":"verify","version":"2"}"#),
    YearEvent(
      "step-4", "procedure.step.skipped", v100, by: "eli", at: "02-10 08:06",
      #"{"procedure":"deploy-to-production","reason":"nothing is cached yet","step":"warm","version":"2"}"#),
    YearEvent(
      "base-2", "baseline.recorded", eu, by: "ci", at: "02-10 08:30",
      #"""
      {"baseline":"eu-2","deployment":"d-100","items":[{"name":"load-balancer","version":"2.8"},{"digest":
      "\#(digest("11"))","name":"payments-api","version":"1.0.0"}],"moment":"after","release":"\#(v100)"}
      """#),
    YearEvent(
      "cmdb-in-1", "configuration.exchanged", eu, by: "ci", at: "02-10 08:35",
      #"""
      {"database":"cmdb","deployment":"d-100","direction":"toConfigurationManagement",
      "items":[{"name":"payments-api",
      "record":"CI-9","version":"1.0.0"}],"outcome":"succeeded","record":"REC-31","release":"\#(v100)"}
      """#),
    YearEvent(
      "service-1", "service.established", "service/payments", by: "iva", at: "02-10 09:00",
      #"""
      {"deployment":"d-100","environment":"production/eu","owner":"gus@example.org","release":"\#(v100)",
      "specification":"\#(digest("51"))","tier":"gold","userCommunity":"merchants in Europe"}
      """#),
    YearEvent(
      "deploy-us-a", "deployment.started", v100, by: "ci", at: "02-17 15:00",
      #"{"deployment":"d-100-us","digests":["\#(digest("11"))"],"environment":"production/us"}"#),
    YearEvent(
      "deploy-us-z", "deployment.finished", v100, by: "ci", at: "02-17 15:30", recorded: "02-19 08:00",
      #"""
      {"deployment":"d-100-us","environment":"production/us","outcome":"succeeded","note":"told two days late"}
      """#
    ),
    YearEvent(
      "activity-1.0.0", "activity.recorded", v100, by: "eli", at: "02-10 08:10",
      #"""
      {"activity":"watched the first hour","environment":"production/eu","mode":"manual","outcome":"succeeded",
      "phase":
      "deploy","startedAt":"2026-02-10T07:00:00Z","participants":[{"part":"on call",
      "person":"eli@example.org"}]}
      """#),
  ]

  static let cleanHandover = [
    YearEvent(
      "offer-ops", "handover.offered", v100, by: "iva", at: "02-11 09:00",
      #"""
      {"criteria":[{"criterion":"a runbook is there","result":"met"}],"due":"2026-02-20T00:00:00Z",
      "environment":
      "production/eu","handover":"h-ops","knownErrors":[{"id":"KE-1","summary":"a slow first payment",
      "workaround":
      "wait"}],"onCall":"payments-on-call","party":"eli@example.org",
      "runbook":"https://wiki.example.org/payments",
      "services":["payments"],"to":"operations"}
      """#),
    YearEvent(
      "accept-ops", "handover.accepted", v100, by: "eli", at: "02-12 09:00",
      #"""
      {"conditions":[{"condition":"alerts reach the on-call phone","due":"2026-02-20T00:00:00Z","id":"c1",
      "owner":
      "dee@example.org"},{"condition":"the runbook names the partner","due":"2026-02-28T00:00:00Z","id":"c2",
      "owner":
      "iva@example.org"}],"handover":"h-ops"}
      """#),
    YearEvent(
      "met-1", "handover.condition.met", v100, by: "eli", at: "02-18 09:00",
      #"{"condition":"c1","handover":"h-ops","result":"it rang"}"#),
    YearEvent(
      "met-2", "handover.condition.met", v100, by: "eli", at: "03-03 09:00",
      #"{"condition":"c2","evidence":[\#(evidence("e3", "runbook.pdf"))],"handover":"h-ops"}"#),
    YearEvent(
      "offer-users-1", "handover.offered", v100, by: "iva", at: "02-11 10:00",
      #"""
      {"handover":"h-users-1","party":"uma@example.org","releaseNotes":"https://example.org/notes/1.0.0",
      "to":"users",
      "training":"https://example.org/training"}
      """#),
    YearEvent(
      "reject-users", "handover.rejected", v100, by: "uma", at: "02-13 10:00",
      #"{"handover":"h-users-1","reason":"the notes are in one language only"}"#),
    YearEvent(
      "offer-users-2", "handover.offered", v100, by: "iva", at: "02-16 10:00",
      #"{"handover":"h-users-2","party":"uma@example.org","to":"users"}"#),
    YearEvent(
      "accept-users", "handover.accepted", v100, by: "uma", at: "02-17 10:00",
      #"{"handover":"h-users-2","reason":"now in four"}"#),
  ]

  static let cleanReview = [
    YearEvent(
      "support-a", "support.opened", v100, by: "eli", at: "02-12 10:00",
      #"""
      {"audience":"merchants","channel":"phone","criteria":["fewer than five calls a day"],"environment":
      "production/eu","lead":"eli@example.org","support":"s-100","until":"2026-03-12T00:00:00Z"}
      """#),
    YearEvent(
      "support-1", "support.advised", v100, by: "eli", at: "02-14 11:00",
      #"""
      {"advice":"Ask for a new token","asker":"user","question":"Why is my token refused?","support":"s-100",
      "topic":
      "tokens"}
      """#),
    YearEvent(
      "support-2", "support.advised", v100, by: "dee", at: "02-20 11:00",
      #"{"advice":"Raise the pool to forty","asker":"operations","support":"s-100"}"#),
    YearEvent(
      "support-z", "support.closed", v100, by: "eli", at: "03-12 10:00",
      #"""
      {"criteria":[{"criterion":"fewer than five calls a day","result":"met"}],"outcome":"succeeded","summary":
      "two calls in four weeks","support":"s-100"}
      """#),
    YearEvent(
      "review-a", "review.opened", v100, by: "iva", at: "03-16 09:00",
      #"""
      {"due":"2026-04-30T00:00:00Z","lead":"iva@example.org","participants":[{"part":"operations","person":
      "eli@example.org"}],"review":"r-100","scope":"the first release"}
      """#),
    YearEvent(
      "finding-1", "review.finding.recorded", v100, by: "iva", at: "03-18 09:00",
      #"""
      {"finding":"f1","kind":"success","positions":["@{deploy-eu-z}"],"review":"r-100","statement":"no outage"}
      """#
    ),
    YearEvent(
      "finding-2", "review.finding.recorded", v100, by: "eli", at: "03-18 09:30",
      #"""
      {"about":["iva@example.org"],"finding":"f2","kind":"deviation","positions":["@{deploy-us-z}",
      "@{reject-users}"],
      "review":"r-100","severity":"low","statement":"the end in the US was told two days late"}
      """#),
    YearEvent(
      "action-a", "review.action.raised", v100, by: "iva", at: "03-18 10:00",
      #"""
      {"action":"a1","due":"2026-04-15T00:00:00Z","finding":"f2","owner":"dee@example.org","review":"r-100",
      "task":
      "let the farm tell it"}
      """#),
    YearEvent(
      "action-z", "review.action.completed", v100, by: "dee", at: "04-10 10:00",
      #"{"action":"a1","result":"the farm tells it","review":"r-100"}"#),
    YearEvent(
      "review-z", "review.closed", v100, by: "iva", at: "04-20 10:00",
      #"{"lessons":["tell at once"],"outcome":"successful","review":"r-100","summary":"as planned"}"#),
    YearEvent(
      "close-1.0.0", "release.closed", v100, by: "iva", at: "05-04 09:00",
      #"{"outcome":"successful","summary":"the service is there"}"#),
  ]
}
