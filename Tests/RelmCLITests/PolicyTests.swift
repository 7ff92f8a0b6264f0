import Foundation
import Testing

@Suite("relm policy")
struct PolicyTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private static let head = "id: p\nversion: 1\ntitle: t\ncontext: production\n"
  private static let good = head + "rules:\n  - rule: planned\n"
  private static let page = """
    policy      p version 1
    title       t
    context     production
    applies to  everything in its context
    in force    from its adoption

    RULE     PARAMETERS  WAIVABLE
    planned              yes

    """

  private func makeLedger() throws {
    try desk.done("init", "--origin", "example.org/releases", "--owner", "ana@example.org")
    desk.environment["RELM_ACTOR"] = "ana@example.org"
  }

  /// Runs a command and compares all of it.
  private func policy(
    _ words: String..., input: String? = nil, output: String = "", remarks: String = "", status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try desk.run(Desk.program, ["policy"] + words, input: input)
    #expect(run.text == output, sourceLocation: sourceLocation)
    #expect(run.remarks == remarks, sourceLocation: sourceLocation)
    #expect(run.status == status, sourceLocation: sourceLocation)
  }

  // MARK: Checking

  @Test("a policy that may be adopted is shown with what it asks, without any ledger")
  func check() throws {
    try desk.write(Self.good, to: "p.yaml")
    try policy("check", "p.yaml", output: Self.page)
    try policy("check", "-", input: Self.good, output: Self.page)
    let json =
      #"{"context":"production","id":"p","rules":[{"rule":"planned"}],"title":"t","version":"1"}"# + "\n"
    try policy("check", "p.yaml", "--format", "json", output: json)
    try policy("check", "-", "--format", "json", input: json, output: json)
    #expect(!desk.exists(".relm"))
    let full = """
      id: p
      version: 1.10
      title: No changes by night
      purpose: Sleep
      context: production
      appliesTo: {packages: [a], services: [b, c], environments: [d], classes: [normal]}
      criticalWhen: {classes: [emergency], services: [b], residualRisk: 12, securityImpact: high}
      lateWithin: PT1H
      gateValidity: PT2H
      nonWaivable: [approved]
      rules:
        - {rule: approved, quorum: 2, level: 5, separate: [author, approver], scopes: [plan, deployment]}
        - {rule: verified, within: PT4H}
      effectiveFrom: 2037-01-01T00:00:00Z
      reviewBy: "2038-01-01T00:00:00Z"
      """
    try policy(
      "check", "-", input: full,
      output: """
        policy      p version 1.10
        title       No changes by night
        purpose     Sleep
        context     production
        applies to  packages a; services b, c; environments d; classes normal
        critical    class emergency; or service b; or residual risk from 12; or security impact from high
        not waived  approved
        late within PT1H
        gate open   PT2H
        in force    from 2037-01-01T00:00:00Z
        review by   2038-01-01T00:00:00Z

        RULE      PARAMETERS                                                             WAIVABLE
        approved  quorum 2; level 5; separate author, approver; scopes plan, deployment  no
        verified  within PT4H                                                            yes

        """)
  }

  /// What is written, and all that is told of it, without the name of the file.
  private static let mistakes: [(String, String)] = [
    (
      "\(head)rules:\n  - rule: planed\n",
      "6:11: /rules/0/rule: “planed” is none of …; did you mean “planned”?"
    ),
    (
      "\(head)rules:\n  - rule: approved\n    quorm: 2\n",
      "7:5: /rules/0/quorm: “quorm” is not known here; did you mean “quorum”?"
    ),
    (
      "\(head)rules:\n  - rule: scheduled\n    leadTime: P1D\n",
      "7:5: /rules/0/leadTime: scheduled has no parameter leadTime; it takes none. Leave it out, or set the rule that takes it: communicated"
    ),
    (
      "\(head)rules: [{rule: tested, within: PT1H}]\n",
      "5:24: /rules/0/within: tested has no parameter within; it takes suites, capabilities, by. Leave it out, or set the rule that takes it: verified, reconciled, …"
    ),
    (
      "\(head)rules:\n  - rule: capability-in-place\n",
      "6:5: /rules/0: capability-in-place needs capabilities, without which it asks nothing. Add capabilities"
    ),
    (
      "\(head)rules:\n  - rule: approved\n    quorum: two\n",
      "7:13: /rules/0/quorum: a number is needed here, not a string"
    ),
    (
      "\(head)rules:\n  - rule: approved\n    quorum: 0\n",
      "7:13: /rules/0/quorum: a quorum of 0 asks for nobody. Give at least 1, or leave the rule out"
    ),
    ("\(head)rules: planned\n", "5:8: /rules: an array is needed here, not a string"),
    (
      "\(head)rules:\n  - rule: verified\n    within: 5 days\n",
      "7:13: /rules/0/within: a length of time is needed here, such as PT4H, P5D or P2W, not “5 days”"
    ),
    ("\(head)", "1:1: /rules: rules is missing"),
    ("id: p\nid: q\n", "2:1: the key “id” stands twice, first at 1:1"),
    ("\(head)rules:\n\t- rule: planned\n", "6:1: a tab stands here; YAML indents with spaces"),
    ("", "1:1: there is nothing in it but space and comments"),
    ("# nothing\n", "1:1: there is nothing in it but space and comments"),
    ("\(good)---\n\(good)", "8:1: a second document begins before here; write one to a file"),
    (
      "\(head)rules:\n  - &r\n    rule: planned\n  - *r\n",
      "6:5: “&r” is an anchor; write things out where they belong"
    ),
    (
      "\(good)effectiveFrom: 2037-02-01T00:00:00Z\nreviewBy: 2037-01-01T00:00:00Z\n",
      "8:11: /reviewBy: the review would be due before the policy is in force. Correct effectiveFrom or reviewBy"
    ),
    ("\(good)effectiveFrom: 2037-02-31\n", "7:16: /effectiveFrom: …"),
    (
      "{\"id\": \"p\",\n \"version\": 1,\n \"titel\": \"t\",\n \"context\": \"production\", \"rules\": [{\"rule\": \"planned\"}]}",
      "1:1: /title: title is missing\n3:2: /titel: “titel” is not known here; did you mean “title”?"
    ),
  ]

  @Test("what is wrong is named by line, column and field, with what is near", arguments: mistakes)
  func faults(_ text: String, _ told: String) throws {
    try desk.write(text, to: "p.yaml")
    let run = try desk.relm("policy", "check", "p.yaml")
    #expect(run.status == 65)
    #expect(run.text == "")
    let lines = run.remarks.split(separator: "\n").map(String.init)
    let wanted = told.split(separator: "\n").map { "p.yaml:" + $0 }
    #expect(lines.count == wanted.count, "\(run.remarks)")
    for (line, wanted) in zip(lines, wanted) {
      // A list of words that may grow is not written out.
      let parts = wanted.components(separatedBy: "…")
      #expect(line.hasPrefix(parts[0]) && line.hasSuffix(parts.count > 1 ? parts[1] : parts[0]), "\(line)")
    }
    // What may not be adopted is not adopted either.
    #expect(try desk.relm("policy", "adopt", "p.yaml").remarks == run.remarks)
  }

  @Test("a text that is no text, too large, a bomb or not there ends at once, with its place")
  func hostile() throws {
    try Data(Array("id: p\ntitle: \"".utf8) + [0xFF, 0x22, 0x0A]).write(
      to: desk.folder.appending(path: "p.yaml"))
    try policy("check", "p.yaml", remarks: "p.yaml:2:9: it is not UTF-8 from here on\n", status: 65)
    try desk.write(Self.good + String(repeating: "# more\n", count: 500_000), to: "huge.yaml")
    try policy("check", "huge.yaml", remarks: "huge.yaml:1:1: the text is larger than 1 MiB\n", status: 65)
    let bomb = (1...12).map { level in
      "l\(level): &l\(level) ["
        + (1...9).map { _ in level == 1 ? "x" : "*l\(level - 1)" }.joined(separator: ", ") + "]\n"
    }.joined()
    try desk.write(bomb, to: "bomb.yaml")
    try policy(
      "check", "bomb.yaml",
      remarks: "bomb.yaml:1:5: here anchors and aliases begin; write things out where they belong\n", status: 65
    )
    try policy(
      "check", "gone.yaml", remarks: "relm: cannot read gone.yaml: No such file or directory\n", status: 66)
    try policy(
      "check", "-", input: "a: \u{1B}[31m",
      remarks: "standard input:1:4: a control character stands here, U+001B\n", status: 65)
  }

  @Test("what is no mistake and yet not as it reads is remarked upon")
  func remarks() throws {
    let text =
      Self.head + """
        appliesTo: {packages: [payments-api, web], services: [payments], environments: [production/eu]}
        nonWaivable: [approved]
        rules:
          - rule: procedure-applied
            procedures: [standard]
          - {rule: built, capabilities: [build-farm]}
        effectiveFrom: 2020-01-01T00:00:00Z
        reviewBy: 2020-06-01T00:00:00Z

        """
    try desk.write(text, to: "p.yaml")
    let always = """
      p.yaml:11:16: /effectiveFrom: remark: that is past; it will be in force from its adoption, and never before
      p.yaml:12:11: /reviewBy: remark: that is past; its review is overdue at once
      p.yaml:6:15: /nonWaivable/0: remark: the policy does not ask approved, so nothing is kept from being waived

      """
    var run = try desk.relm("policy", "check", "p.yaml")
    #expect(run.remarks == always)
    #expect(run.status == 0)
    try makeLedger()
    try desk.done("record", "release.planned", "--subject", "release/web/1.0", "class=normal")
    run = try desk.relm("policy", "check", "p.yaml")
    #expect(
      run.remarks == always + """
        p.yaml:5:24: /appliesTo/packages/0: remark: no release of package “payments-api” is recorded in this ledger
        p.yaml:5:55: /appliesTo/services/0: remark: no service “payments” is recorded in this ledger
        p.yaml:5:81: /appliesTo/environments/0: remark: no environment “production/eu” is recorded in this ledger
        p.yaml:9:18: /rules/0/procedures/0: remark: no procedure “standard” is recorded in this ledger
        p.yaml:10:34: /rules/1/capabilities/0: remark: no capability “build-farm” is recorded in this ledger

        """)
    #expect(run.status == 0)
    desk.environment["RELM_LEDGER"] = desk.path("gone")
    #expect(try desk.relm("policy", "check", "p.yaml").status == 66)
  }

  // MARK: Starting policies

  @Test(
    "a starting policy is written once, passes without a remark, and is adopted as it stands",
    arguments: [
      "small-team", "separation-of-duties", "regulated",
    ])
  func starting(_ name: String) throws {
    let file = "\(name).policy.yaml"
    try policy(
      "init", name, output: "wrote \(file)\n",
      remarks:
        "edit it, try it with 'relm policy check \(file)', and adopt it with 'relm policy adopt \(file)'\n")
    try policy(
      "init", name,
      remarks: "relm: \(file) is there already and stays as it is; name another file with --output\n",
      status: 73)
    try desk.done("policy", "init", name, "-o", "other.yaml")
    #expect(try desk.bytes(of: "other.yaml") == desk.bytes(of: file))
    try makeLedger()
    let checked = try desk.relm("policy", "check", file)
    #expect(checked.remarks == "")
    #expect(checked.status == 0)
    try policy(
      "adopt", file, "--id", "a1", output: "1 recorded policy.adopted policy/\(name) a1\n",
      remarks: "policy \(name) version 1, in force from its recording\n")
    let yaml = try desk.done("policy", "show", name, "--format", "yaml")
    #expect(try desk.relm("policy", "check", "-", input: yaml).text == checked.text)

    // Every key that is misspelt is found, and every line above a rule is words for a reader.
    let lines = String(decoding: try desk.bytes(of: file), as: UTF8.self).components(separatedBy: "\n")
    for (index, line) in lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      var spoilt = lines
      spoilt[index].insert("x", at: colon)
      let run = try desk.relm("policy", "check", "-", input: spoilt.joined(separator: "\n"))
      #expect(run.status == 65, "\(spoilt[index])")
      #expect(run.remarks.contains("standard input:\(index + 1):"), "\(spoilt[index]): \(run.remarks)")
      #expect(run.remarks.contains("did you mean"), "\(spoilt[index]): \(run.remarks)")
      if line.hasPrefix("  - rule:") { #expect(lines[index - 1].hasPrefix("  #"), "\(line)") }
    }
  }

  @Test("without a name the starting policies are listed, and a misspelt one is answered with the nearest")
  func listed() throws {
    let run = try desk.relm("policy", "init")
    #expect(
      run.lines.map { $0.split(separator: " ")[0] } == [
        "NAME", "small-team", "separation-of-duties", "regulated",
      ])
    try policy(
      "init", "smalteam", remarks: "relm: there is no starting policy 'smalteam'; did you mean 'small-team'?\n",
      status: 64)
  }

  // MARK: Life

  @Test("a policy is adopted, replaced, compared, reviewed and retired, and every version stays to be seen")
  func life() throws {
    try makeLedger()
    try desk.write(Self.good, to: "p1.yaml")
    try desk.write(
      Self.good.replacing("version: 1", with: "version: 2") + "  - {rule: approved, quorum: 2}\n", to: "p2.yaml"
    )
    try policy(
      "adopt", "p1.yaml", "--dry-run", "--id", "a1", output: "1 would-record policy.adopted policy/p a1\n",
      remarks: "policy p version 1, in force from its recording\n")
    for word in ["recorded", "duplicate"] {
      try policy(
        "adopt", "p1.yaml", "--reason", "Ours", "--id", "a1", output: "1 \(word) policy.adopted policy/p a1\n",
        remarks: "policy p version 1, in force from its recording\n")
    }
    try policy(
      "adopt", "p1.yaml",
      remarks:
        "relm: /data/document/version: version 1 was adopted already, at position 1. Give the new version "
        + "another name.\n", status: 65)
    for word in ["recorded", "duplicate"] {
      try policy(
        "adopt", "p2.yaml", "--id", "a2", output: "2 \(word) policy.adopted policy/p a2\n",
        remarks: "policy p version 2, in force from its recording; replaces version 1\n")
    }
    try policy(
      "diff", "p", "1", "2",
      output:
        "rules[approved].quorum  – → 2\nrules[approved].rule    – → \"approved\"\nversion                 \"1\" → \"2\"\n",
      remarks: "3 fields differ\n")
    try policy(
      "diff", "p1.yaml", "p2.yaml", "--format", "csv",
      output:
        "field,before,after\r\nrules[approved].quorum,,2\r\nrules[approved].rule,,\"\"\"approved\"\"\"\r\n"
        + "version,\"\"\"1\"\"\",\"\"\"2\"\"\"\r\n")
    try policy("diff", "p", "1", "1", remarks: "they ask the same\n")
    try policy(
      "review", "p", "--outcome", "kept", "--review-by", "2037-06-30", "--id", "r1",
      output: "3 recorded policy.reviewed policy/p r1\n",
      remarks: "policy p version 2: kept; next review by 2037-06-30T23:59:59Z\n")
    let listed = try desk.done("policy", "list", "--format", "csv")
    #expect(listed.contains("p,2,production,t,"))
    #expect(listed.contains("2037-06-30T23:59:59Z,in force"))
    #expect(try desk.done("policy", "list", "--at", "1", "--format", "csv").contains("p,1,production,t,"))
    #expect(try desk.done("policy", "show", "p", "--at", "1", "--format", "yaml").contains("version: \"1\"\n"))
    #expect(try desk.done("policy", "show", "policy/p", "--format", "yaml").contains("version: \"2\"\n"))
    #expect(
      try desk.done("policy", "show", "p", "--version", "1", "--format", "json").contains(#""version":"1""#))
    let page = try desk.done("policy", "show", "p", "--version", "1")
    #expect(
      page.hasPrefix(Self.page.components(separatedBy: "\n\n")[0] + "\nstate       replaced\nadopted     20"))
    #expect(page.contains(", position 1, by ana@example.org\nreason      Ours\nreviewed    20"))
    #expect(page.contains("versions    1, 2\n"))
    try policy(
      "retire", "p", "--reason", "Over", "--id", "e1", output: "4 recorded policy.retired policy/p e1\n",
      remarks: "policy p is retired\n")
    try policy(
      "retire", "p", "--reason", "Over",
      remarks: "relm: /type: it ended already, at position 4. Nothing is left to do.\n", status: 65)
    #expect(try desk.done("policy", "show", "p").contains("\nstate       retired at 20"))
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("a version that waits is shown so, and one that never comes is told of")
  func waiting() throws {
    try makeLedger()
    func adopt(_ version: Int, from: String?) throws -> String {
      try desk.write(
        Self.good.replacing("version: 1", with: "version: \(version)")
          + (from.map { "effectiveFrom: \($0)\n" } ?? ""),
        to: "p.yaml")
      return try desk.relm("policy", "adopt", "p.yaml").remarks
    }
    #expect(try adopt(1, from: nil) == "policy p version 1, in force from its recording\n")
    #expect(
      try adopt(2, from: "2037-01-01T00:00:00Z")
        == "policy p version 2, in force from 2037-01-01T00:00:00Z; replaces version 1\n")
    #expect(try desk.done("policy", "show", "p", "--format", "yaml").contains("version: \"1\"\n"))
    #expect(
      try desk.done("policy", "show", "p", "--version", "2").contains(
        "\nstate       not yet in force; from 2037-01-01T00:00:00Z\n"))
    #expect(
      try desk.relm("policy", "check", "p.yaml").remarks
        == "p.yaml:2:10: /version: remark: this version is adopted already, at position 2\n")
    #expect(
      try adopt(3, from: "2036-01-01T00:00:00Z")
        == "policy p version 3, in force from 2036-01-01T00:00:00Z; replaces version 1; version 2, which was to be in "
        + "force from 2037-01-01T00:00:00Z, never will be\n")
    #expect(try desk.done("policy", "show", "p", "--version", "2").contains("\nstate       replaced\n"))
    try desk.write(Self.good + "  - rule: built\n", to: "p.yaml")
    #expect(
      try desk.relm("policy", "check", "p.yaml").remarks
        == "p.yaml:2:10: /version: remark: another text was adopted as this version, at position 1; give it another "
        + "one\n")
  }

  @Test("only who has level 6 may, and what is not there is answered with what is")
  func refusals() throws {
    try makeLedger()
    try desk.write(Self.good, to: "p.yaml")
    let refused = try desk.relm("policy", "adopt", "p.yaml", "--actor", "bo@example.org")
    #expect(refused.status == 77)
    #expect(refused.text == "")
    #expect(try desk.size() == 1)
    try policy("list", remarks: "no policy is adopted; 'relm policy init' writes one to begin with\n")
    try policy(
      "show", "p", remarks: "relm: no policy 'p' was adopted; 'relm policy list' shows what there is\n",
      status: 66)
    try desk.done("policy", "adopt", "p.yaml")
    try policy(
      "retire", "p2", "--reason", "x", remarks: "relm: no policy 'p2' was adopted; did you mean 'p'?\n",
      status: 66)
    try policy("diff", "p", "1", "3", remarks: "relm: policy p has no version 3; there are 1\n", status: 66)
    try policy(
      "review", "p", "--outcome", "keept", remarks: "relm: --outcome is 'keept'; did you mean 'kept'?\n",
      status: 64)
    try policy(
      remarks:
        "relm: name what to do: init, check, adopt, list, show, diff, review or retire. See 'relm policy --help'\n",
      status: 64)
  }

  @Test("a policy whose rules cannot be meant is refused however it is recorded")
  func recorded() throws {
    try makeLedger()
    let run = try desk.relm(
      "record", "policy.adopted", "--subject", "policy/p",
      #"document:={"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"scheduled","leadTime":"P1D"}]}"#
    )
    #expect(run.status == 65)
    #expect(
      run.remarks
        == "relm: /data/document/rules/0/leadTime: scheduled has no parameter leadTime; it takes none. "
        + "Leave it out, or set the rule that takes it: communicated.\n")
  }
}
