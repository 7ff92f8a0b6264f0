import Foundation
import Testing

@Suite("The auditor's sample at the command line")
struct SampleTests {
  private let desk: Desk

  /// Six releases, of which each was deployed once, and the first of them to a second place as well.
  init() throws {
    desk = try Desk.withLedger()
    var events: [String] = []
    func event(_ type: String, _ subject: String, _ data: String) {
      let day = 10 + events.count / 10
      events.append(
        #"{"specversion":"1.0","type":"relm.\#(type)","source":"/test","id":"e-\#(events.count)","#
          + #""subject":"release/web/\#(subject)","time":"2026-03-\#(day)T09:00:00Z","data":\#(data)}"#)
    }
    for number in 1...6 {
      let release = "\(number).0"
      event("release.planned", release, #"{"class":"normal"}"#)
      event(
        "risk.assessed", release,
        #"{"likelihood":3,"impact":4,"residualLikelihood":2,"residualImpact":3}"#)
      event("deployment.started", release, #"{"deployment":"d-\#(number)","environment":"live"}"#)
      event(
        "deployment.finished", release,
        #"{"deployment":"d-\#(number)","environment":"live","outcome":"succeeded"}"#)
      event(
        "verification.finished", release,
        #"{"deployment":"d-\#(number)","environment":"live","outcome":"succeeded"}"#)
    }
    event("deployment.started", "1.0", #"{"deployment":"d-7","environment":"island"}"#)
    try desk.done("append", input: events.joined(separator: "\n"))
  }

  private func report(_ words: String...) throws -> [String: Any] {
    let run = try desk.run(Desk.program, ["sample", "--format", "json"] + words)
    try #require(run.status == 0, "\(run.remarks)")
    return try Desk.object(run.text)
  }

  private func walks(_ report: [String: Any]) throws -> [[String: Any]] {
    try #require(report["sample"] as? [[String: Any]])
  }

  /// The walk-through of the one deployment to the island.
  private func island() throws -> [String: Any] {
    let drawn = try walks(report("--size", "1", "--seed", "a", "--environment", "island"))
    return try #require(drawn.first)
  }

  private static func records(_ walk: [String: Any]) -> [[String: Any]] {
    (walk["steps"] as? [[String: Any]] ?? []).flatMap { $0["records"] as? [[String: Any]] ?? [] }
  }

  @Test(
    "an auditor draws the same sample from the population and the root, and folds every proof, in plain Python")
  func drawnAgain() throws {
    try desk.write(
      try desk.done("sample", "--size", "3", "--seed", "größe 7", "--format", "json"), to: "sample.json")
    try desk.write(
      """
      import base64, hashlib, json
      told = json.load(open("sample.json"))
      root, size = base64.b64decode(told["asOf"]["root"]), told["asOf"]["events"]
      def lot(position):
          return hashlib.sha256(told["seed"].encode() + b"\\0" + root + position.to_bytes(8, "big")).digest()
      drawn = sorted(told["population"], key=lot)[:told["asked"]]
      assert drawn == [walk["position"] for walk in told["sample"]], drawn
      assert [base64.b64encode(lot(p)).decode() for p in drawn] == [walk["draw"] for walk in told["sample"]]
      records = [r for w in told["sample"] for s in w["steps"] for r in s.get("records", [])]
      for record in records:  # RFC 9162, section 2.1.3.2
          node, first, last = base64.b64decode(record["hash"]), record["position"], size - 1
          for sibling in map(base64.b64decode, record.get("path", [])):
              if first % 2 or first == last:
                  node = hashlib.sha256(b"\\1" + sibling + node).digest()
                  while first % 2 == 0 and first:
                      first, last = first >> 1, last >> 1
              else:
                  node = hashlib.sha256(b"\\1" + node + sibling).digest()
              first, last = first >> 1, last >> 1
          assert node == root and last == 0, record
      print(len(told["population"]), len(records))
      """, to: "again.py")
    let run = try desk.run("python3", ["again.py"])
    #expect(run.status == 0, "\(run.remarks)")
    let counts = run.text.split(separator: " ")
    #expect(counts.first == "7")
  }

  @Test("the population is that of the compliance report, and the options narrow both")
  func population() throws {
    let whole = try report("--size", "2", "--seed", "a")
    #expect((whole["population"] as? [Int])?.count == 7)
    #expect(try walks(whole).count == 2)
    let island = try report("--size", "2", "--seed", "a", "--environment", "island")
    #expect((island["population"] as? [Int])?.count == 1)
    let compliance = try desk.relm("report", "compliance", "--format", "json")
    let listed = try #require(try Desk.object(compliance.text)["population"] as? [[String: Any]])
    #expect(listed.map { $0["position"] as? Int } == (whole["population"] as? [Int])?.map(Optional.some))
  }

  @Test(
    "a walk-through has the steps of the release and of this deployment, and says where nothing is recorded")
  func walkThrough() throws {
    let walk = try island()
    let steps = try #require(walk["steps"] as? [[String: Any]])
    #expect(
      steps.map { $0["step"] as? String } == [
        "request", "assessment", "risk", "build", "test", "approval", "gate", "deployment", "verification",
        "handover",
        "review", "other",
      ])
    // What is about d-1 alone, which went elsewhere, is not told of d-7.
    #expect(
      Self.records(walk).map { $0["type"] as? String } == [
        "relm.release.planned", "relm.risk.assessed", "relm.deployment.started",
      ])
    let text = try desk.done("sample", "--size", "1", "--seed", "a", "--environment", "island")
    for line in ["Sample of 1 of 1 deployment", "   Review: nothing recorded", "   Gate: nothing recorded"] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
    #expect(text.contains("– ana@example.org"))
    let markdown = try desk.done(
      "sample", "--size", "1", "--seed", "a", "--environment", "island", "--format", "markdown")
    #expect(markdown.hasPrefix("# Sample of 1 of 1 deployment to production\n"))
    #expect(markdown.contains("### Review\n\nNothing recorded.\n"))
  }

  @Test("an annulled record is shown, and what annuls it")
  func annulled() throws {
    let planned = try #require(Self.records(try island()).first?["position"] as? Int)
    try desk.done(
      "record", "authority.granted", "-s", "person/gus@example.org", "level=5", "contexts=production")
    try desk.done(
      "record", "event.annulled", "-s", "ledger", "position=\(planned)", "reason=Wrong release", "--actor",
      "gus@example.org")
    let walk = try island()
    #expect(Self.records(walk).first?["annulled"] as? Int == (try desk.size()) - 1)
  }

  @Test("the same moment gives the same bytes whatever is recorded later, and the proofs are against its root")
  func asOf() throws {
    let size = try desk.size()
    let words = ["--size", "3", "--seed", "x", "--at", "\(size - 1)"]
    let before = try report("--size", "3", "--seed", "x", "--at", "\(size - 1)")
    try desk.done("append", input: Desk.activity("late"))
    let run = try desk.run(
      Desk.program, ["sample", "--format", "json"] + words + ["--proofs", "proofs"])
    #expect(run.status == 0, "\(run.remarks)")
    let after = try Desk.object(run.text)
    #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after))
    let cited = Set(try walks(after).flatMap(Self.records).compactMap { $0["position"] as? Int })
    let files = try FileManager.default.contentsOfDirectory(atPath: desk.path("proofs"))
    #expect(Set(files) == Set(cited.map { "\($0).tlog-proof" }))
    for file in files {
      let check = try desk.relm("prove", "--check", "proofs/\(file)")
      #expect(
        check.status == 0 && check.text.contains("of the \(size) records"), "\(check.remarks)\(check.text)")
    }
  }

  @Test("a sample larger than the population is all of it, and says so")
  func small() throws {
    let run = try desk.relm("sample", "--size", "50", "--seed", "x", "--format", "json")
    #expect(run.status == 0)
    #expect(run.remarks == #"{"remark":"the population has 7 deployments, fewer than --size 50"}"# + "\n")
    #expect(try walks(Desk.object(run.text)).count == 7)
  }

  @Test(
    "what is misread is refused",
    arguments: [
      ["--seed", "x"], ["--size", "3"], ["--size", "0", "--seed", "x"], ["--size", "3", "--seed", ""],
      ["--size", "3", "--seed", "a\nb"], ["--size", "3", "--seed", "x", "--key", "k"],
      ["--size", "3", "--seed", "x", "--proofs", ""], ["--size", "3", "--seed", "x", "--format", "html"],
    ])
  func refused(words: [String]) throws {
    #expect(try desk.run(Desk.program, ["sample"] + words).status == 64)
  }
}
