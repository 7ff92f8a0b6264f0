import Foundation
import Testing

@Suite("relm init")
struct InitTests {
  @Test("init makes ./.relm, names its verifier key and says where the private key lies")
  func initHere() throws {
    let desk = try Desk()
    let run = try desk.relm("init", "--origin", "example.org/releases", "--owner", "ana@example.org")
    #expect(run.status == 0)
    #expect(run.lines.count == 3)
    #expect(run.lines.first == "made the ledger .relm of example.org/releases, owned by ana@example.org")
    #expect(run.lines.last?.hasPrefix("example.org/releases+") == true)
    #expect(
      run.remarks == "the private key lies in .relm/vault/signing.key; back it up, and apart from the log\n")
    for part in ["log", "views", "vault", "evidence", "local"] {
      #expect(desk.exists(".relm/\(part)"), "\(part)")
    }
  }

  @Test("the private key is for its owner's eyes alone")
  func keyMode() throws {
    let desk = try Desk.withLedger()
    #expect(try mode(desk.path(".relm/vault/signing.key")) == 0o600)
  }

  @Test("init DIR makes DIR")
  func initDirectory() throws {
    let desk = try Desk()
    try desk.done("init", "book", "--origin", "example.org/book", "--owner", "ana@example.org")
    #expect(desk.exists("book/log"))
    #expect(!desk.exists(".relm"))
    #expect(try desk.done("log", "--raw", "--ledger", "book").contains("relm.ledger.opened"))
  }

  @Test("init into a directory that holds something exits 73 and touches nothing")
  func notEmpty() throws {
    let desk = try Desk()
    try FileManager.default.createDirectory(atPath: desk.path("full"), withIntermediateDirectories: false)
    try desk.write("mine", to: "full/file")
    let run = try desk.relm("init", "full", "--origin", "example.org/x", "--owner", "ana@example.org")
    #expect(run.status == 73)
    #expect(run.text.isEmpty)
    #expect(run.remarks == "relm: there is something at full already; name another directory\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path("full")) == ["file"])
  }

  @Test("init over a ledger exits 73 and leaves it as it was")
  func again() throws {
    let desk = try Desk.withLedger()
    let before = try desk.done("log", "--raw")
    #expect(try desk.relm("init", "--origin", "example.org/x", "--owner", "bo@example.org").status == 73)
    #expect(try desk.done("log", "--raw") == before)
  }

  @Test(
    "an origin that no checkpoint can bear exits 65 and makes nothing", arguments: ["two words", "a+b", "a\tb"])
  func badOrigin(origin: String) throws {
    let desk = try Desk()
    let run = try desk.relm("init", "--origin", origin, "--owner", "ana@example.org")
    #expect(run.status == 65)
    #expect(run.remarks.contains("origin"))
    #expect(!desk.exists(".relm"))
  }

  @Test("--key and RELM_KEY put the private key elsewhere, with mode 0600", arguments: [true, false])
  func keyElsewhere(byOption: Bool) throws {
    let desk = try Desk()
    if !byOption { desk.environment["RELM_KEY"] = desk.path("private.key") }
    let option = byOption ? ["--key", "private.key"] : []
    let run = try desk.run(
      Desk.program, ["init", "--origin", "example.org/x", "--owner", "ana@example.org"] + option)
    #expect(run.status == 0, "\(run.remarks)")
    #expect(try mode(desk.path("private.key")) == 0o600)
    #expect(!desk.exists(".relm/vault/signing.key"))
    #expect(run.remarks.contains(desk.path("private.key")))
    // The ledger remembers where it lies.
    desk.environment["RELM_KEY"] = nil
    #expect(try desk.done("checkpoint").hasPrefix("example.org/x\n1\n"))
  }

  @Test("a sample says what it is and how to look at it, and every command that it names works")
  func sample() throws {
    let desk = try Desk()
    let run = try desk.relm("init", "--sample", "year", "--owner", "me@example.org")
    try #require(run.status == 0, "\(run.remarks)")
    #expect(run.lines.first?.hasPrefix("made the sample year: a year of a made-up house, in ") == true)
    #expect(run.text.contains("export RELM_LEDGER=\(desk.path("year")) RELM_ACTOR=me@example.org"))
    desk.environment["RELM_LEDGER"] = desk.path("year")
    let commands = run.lines.filter { $0.hasPrefix("  relm ") }
    #expect(commands.count == 4)
    for command in commands {
      let shown = try desk.run(Desk.program, command.split(separator: " ").dropFirst().map(String.init))
      // A report with exceptions answers no.
      #expect(shown.status == (command.contains("compliance") ? 1 : 0), "\(command): \(shown.remarks)")
      #expect(shown.lines.count > 5, "\(command)")
    }
    #expect(try desk.done("checkpoint").hasPrefix("sample.invalid/kaiwerk\n"))
  }

  @Test(
    "a sample's origin is nobody's to choose, and a ledger without one is asked for it: 64, and nothing is made"
  )
  func sampleOrigin() throws {
    let desk = try Desk()
    for arguments in [
      ["--sample", "--origin", "example.org/releases"], ["--origin", "example.org/x"], ["--owner", "a@b.org"],
    ] {
      let run = try desk.run(Desk.program, ["init", "year"] + arguments)
      #expect(run.status == 64, "\(arguments)")
      #expect(run.remarks.contains("--origin") || run.remarks.contains("--owner"))
    }
    #expect(!desk.exists("year"))
  }

  @Test("a sample goes nowhere where something is: 73, and that is left")
  func sampleNotEmpty() throws {
    let desk = try Desk.withLedger()
    let before = try desk.done("log", "--raw")
    #expect(try desk.relm("init", "--sample").status == 73)
    #expect(try desk.done("log", "--raw") == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).filter { $0.contains("creating") }
        == [])
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }
}

@Suite("Which ledger a command is about")
struct LedgerSearchTests {
  @Test("the nearest .relm upwards is found")
  func upwards() throws {
    let desk = try Desk.withLedger()
    try FileManager.default.createDirectory(atPath: desk.path("a/b"), withIntermediateDirectories: true)
    let run = try desk.relm("log", "--raw", in: "a/b")
    #expect(run.status == 0)
    #expect(run.text.contains("relm.ledger.opened"))
  }

  @Test("RELM_LEDGER names a ledger, and --ledger one before it")
  func named() throws {
    let desk = try Desk()
    for name in ["one", "two", "three"] {
      try desk.done(
        "init", name == "three" ? ".relm" : name, "--origin", "example.org/\(name)", "--owner",
        "ana@example.org")
    }
    #expect(try desk.done("checkpoint").hasPrefix("example.org/three\n"))
    desk.environment["RELM_LEDGER"] = desk.path("one")
    #expect(try desk.done("checkpoint").hasPrefix("example.org/one\n"))
    #expect(try desk.done("checkpoint", "--ledger", "two").hasPrefix("example.org/two\n"))
  }

  @Test("where there is no ledger every command exits 66 and says how to make one")
  func none() throws {
    let desk = try Desk()
    for verb in [
      ["state"], ["log"], ["verify"], ["checkpoint"], ["stats"], ["views"], ["show", "1"], ["prove", "1"],
    ] {
      let run = try desk.run(Desk.program, verb)
      #expect(run.status == 66, "\(verb)")
      #expect(run.text.isEmpty)
      #expect(
        run.remarks
          == "relm: there is no ledger here or upwards from here; make one with 'relm init', or name one with --ledger\n"
      )
    }
    #expect(try desk.relm("state", "--ledger", "nowhere").status == 66)
  }

  @Test("RELM_LEDGER that is set and empty is refused, not passed over")
  func emptyVariable() throws {
    let desk = try Desk.withLedger()
    desk.environment["RELM_LEDGER"] = ""
    let run = try desk.relm("state")
    #expect(run.status == 64)
    #expect(run.remarks == "relm: RELM_LEDGER is set but empty; set it to a value, or unset it\n")
  }
}
