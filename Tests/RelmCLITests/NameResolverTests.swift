import Foundation
import Testing

@Suite("What a person types is turned into what is meant, in one way for all commands")
struct NameResolverTests {
  private let desk: Desk
  private static let digest = "sha256:" + String(repeating: "ab12", count: 16)
  /// The same artifact's, by another algorithm.
  private static let longDigest = "sha512:" + String(repeating: "cd34", count: 32)

  init() throws {
    desk = try Desk.withLedger()
    for place in ["eu", "us"] {
      try desk.done(
        "record", "environment.registered", "-s", "environment/production/\(place)", "context=production")
    }
    try desk.done("record", "release.planned", "-s", "release/payments-api/1.9.0", "class=normal")
    try desk.done(
      "record", "release.planned", "-s", "release/payments-api/1.10.0", "class=normal", "--id", "plan-1")
    try desk.done("record", "build.started", "-s", "release/payments-api/1.10.0", "build=b")
    try desk.done(
      "record", "build.finished", "-s", "release/payments-api/1.10.0", "build=b", "outcome=succeeded",
      #"artifacts:=[{"name":"image","digest":"\#(Self.digest)","digests":["\#(Self.longDigest)"]}]"#)
    for (package, place) in [("payments-api", "eu"), ("web", "us")] {
      try desk.done("record", "release.planned", "-s", "release/\(package)/2.0", "class=normal")
      for step in ["started", "finished"] {
        try desk.done(
          "record", "deployment.\(step)", "-s", "release/\(package)/2.0", "deployment=d-1",
          "environment=production/\(place)", step == "finished" ? "outcome=succeeded" : "kind=code")
      }
    }
  }

  @Test(
    "a release is meant by its subject, its name, the beginning of any of its digests, a position and an event's id",
    arguments: [
      "release/payments-api/1.10.0", "payments-api/1.10.0", "sha256:ab12ab12ab12", digest,
      "sha512:cd34cd34cd34", "4", "plan-1",
    ])
  func release(_ word: String) throws {
    #expect(try desk.done("state", word).hasPrefix("release/payments-api/1.10.0: "))
    #expect(try desk.done("timeline", word).contains("payments-api/1.10.0"))
    #expect(try desk.done("replay", word).contains("build.started"))
    #expect(try desk.relm("obligations", word).status == 0)
    #expect(try desk.relm("gate", word, "--to", "production/eu", "--dry-run").status == 1)
  }

  @Test("a digest that was only deployed means its release too, and too little of one is refused")
  func deployedDigest() throws {
    let digest = "sha256:" + String(repeating: "cd34", count: 16)
    try desk.done(
      "record", "deployment.started", "-s", "release/web/2.0", "deployment=d-2", "environment=production/us",
      "digests=\(digest)")
    #expect(try desk.done("state", "sha256:cd34cd34cd34").hasPrefix("release/web/2.0: "))
    #expect(try desk.relm("state", "sha256:cd34").status == 64)
  }

  @Test("an environment and a person are meant without their kinds")
  func otherKinds() throws {
    #expect(try desk.done("state", "production/eu").contains("environment production/eu: production"))
    #expect(try desk.done("log", "production/eu").contains("environment.registered"))
    #expect(try desk.done("state", "ana@example.org") == desk.done("state", "person/ana@example.org"))
  }

  @Test(
    "what does not exist ends with 66 and the nearest names, whichever command is asked",
    arguments: [
      (["log", "release/payments-api/1.10.1"], "payments-api/1.10.0"),
      (["log", "payments-apo"], "payments-api"),
      (["log", "--type", "aproval.given"], "approval.given"),
      (["log", "--type", "deploymnt.*"], "deployment.*"),
      (["obligations", "release/payments-api/1.10.1"], "payments-api/1.10.0"),
      (["timeline", "payments-apu/2.0"], "payments-api/2.0"), (["state", "production/ue"], "production/eu"),
      (["state", "environment/production"], "production/eu"),
      (["state", "running", "produktion/eu"], "production/eu"),
      (["state", "running", "payments-apo"], "payments-api"), (["replay", "wbe/2.0"], "web/2.0"),
      (["state", "person/anna@example.org"], "ana@example.org"), (["diff", "0", "now", "webb"], "web"),
      (["state", "sha256:0123456789ab"], "relm state"), (["log", "release/none/9"], "relm state"),
      (["state", "release/none/9"], "relm state"),
    ])
  func unknown(_ words: [String], _ nearest: String) throws {
    let run = try desk.run(Desk.program, words)
    #expect(run.status == 66, "\(words): \(run.remarks)")
    #expect(run.remarks.contains(nearest), "\(words): \(run.remarks)")
    #expect(run.text.isEmpty)
  }

  @Test("nothing is due, and there are no events, only where there is what was asked for")
  func nothingThere() throws {
    #expect(try desk.relm("obligations", "payments-api/1.9.0").status == 0)
    #expect(try desk.relm("log", "payments-api/1.9.0", "--type", "approval.given").status == 0)
    #expect(try desk.relm("obligations", "payments-api").status == 0)
    #expect(try desk.relm("obligations", "environment/production").status == 0)
  }

  @Test("a word after a view is what alone is listed: an environment, what is below it, or a package")
  func filters() throws {
    func listed(_ words: String...) throws -> [String] {
      try desk.run(Desk.program, ["state"] + words + ["--format", "csv"]).text.split(separator: "\r\n")
        .dropFirst().map {
          $0.split(separator: ",").prefix(2).joined(separator: " ")
        }
    }
    let all = ["production/eu payments-api", "production/us web"]
    #expect(try listed("running") == all)
    #expect(try listed("running", "production") == all)
    #expect(try listed("running", "production/us") == [all[1]])
    #expect(try listed("running", "environment/production/us") == [all[1]])
    #expect(try listed("running", "payments-api") == [all[0]])
    #expect(try listed("environments", "production").count == 2)
    #expect(try listed("releases", "web") == ["web 2.0"])
  }

  @Test("versions are listed as versions, the oldest first, and packages as words")
  func order() throws {
    try desk.done("record", "release.planned", "-s", "release/Orders/1.0", "class=normal")
    let listed = try desk.done("state", "--format", "csv").split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",").prefix(2).joined(separator: " ")
    }
    #expect(
      listed == ["Orders 1.0", "payments-api 1.9.0", "payments-api 1.10.0", "payments-api 2.0", "web 2.0"])
  }

  @Test("who waits for events to come is told that there is nothing of that name yet, and waits")
  func waiting() throws {
    let run = try desk.relm("watch", "release/payments-api/3.0", "--from", "0", "--once", "--format", "ndjson")
    #expect(run.status == 0 && run.remarks.contains("nothing is recorded about"))
  }

  @Test(
    "what is recorded may name its subject without the kind, which its type tells, and what cannot be the first of nothing is 66"
  )
  func recorded() throws {
    try desk.done("record", "build.started", "-s", "payments-api/1.9.0", "build=b-9")
    #expect(try desk.done("log", "payments-api/1.9.0").contains("build.started"))
    try desk.done("record", "result.logged", "-s", Self.digest, "of=the image", "result=good")
    #expect(try desk.done("log", "payments-api/1.10.0").contains("result.logged"))
    try desk.done("record", "environment.registered", "-s", "production/ap", "context=production")
    #expect(try desk.done("state", "environment/production/ap").contains("production/ap: production"))
    let retired = try desk.relm("record", "environment.retired", "-s", "production/app", "reason=r")
    #expect(retired.status == 66 && retired.remarks.contains("environment/production/ap"), "\(retired.remarks)")
    #expect(try desk.relm("record", "build.started", "-s", "payments-api", "build=b").status == 65)
  }

  @Test("a subject that is spelt otherwise is refused with the character and its right spelling")
  func spelling() throws {
    for (word, what) in [
      ("release/api/1.0.0 1", "%20"), ("release/api/1.0.0%2B1", "write release/api/1.0.0+1"),
    ] {
      let run = try desk.relm("record", "release.planned", "-s", word, "class=normal")
      #expect(run.status == 65 && run.remarks.contains(what), "\(run.remarks)")
      #expect(try desk.relm("log", word).remarks.contains(what))
    }
  }
}
