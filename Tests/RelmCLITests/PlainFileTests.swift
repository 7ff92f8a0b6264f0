import Foundation
import Testing

/// FIFOs, sockets, directories, devices and links that lead nowhere, in the places of plain files.
@Suite("What is no plain file")
struct PlainFileTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("append", input: Desk.activity("e-1"))
  }

  enum Kind: CaseIterable {
    case fifo, socket, directory, brokenLink

    var words: String {
      switch self {
      case .fifo: "a FIFO"
      case .socket: "a socket"
      case .directory: "a directory"
      case .brokenLink: "a symbolic link that leads nowhere"
      }
    }
  }

  /// Puts something in the place of what is there.
  private func put(_ kind: Kind, at name: String) throws {
    let path = desk.path(name)
    if desk.exists(name) { try FileManager.default.removeItem(atPath: path) }
    switch kind {
    case .fifo: try #require(mkfifo(path, 0o600) == 0)
    case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .brokenLink: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nothing")
    case .socket:
      // From within its directory, as a socket's path is short.
      let script =
        "import os, socket, sys; os.chdir(sys.argv[1]); socket.socket(socket.AF_UNIX).bind(sys.argv[2])"
      let place = URL(filePath: path)
      let made = try desk.run(
        "python3", ["-c", script, place.deletingLastPathComponent().path, place.lastPathComponent])
      try #require(made.status == 0, "\(made.remarks)")
    }
  }

  /// Runs relm, which has twenty seconds; 124 where it needs more.
  private func relm(_ words: [String]) throws -> Desk.Run {
    try desk.run("timeout", ["20", Desk.program] + words, input: Desk.activity("e-2"))
  }

  private func generation() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/views"))
    return ".relm/views/" + (try #require(names.first { $0.count == 16 }))
  }

  @Test(
    "that somebody names as one is refused by name, with 65; a link that leads nowhere with 66",
    arguments: Kind.allCases)
  func named(kind: Kind) throws {
    try put(kind, at: "thing")
    let web = "release/web/1.0"
    let commands = [
      ["record", "activity.recorded", "-s", web, "activity=@thing"], ["append", "thing"],
      ["append", "--chunked", "thing"], ["attach", "thing", "-s", web], ["policy", "check", "thing"],
      ["policy", "adopt", "thing"], ["verify", "--against", "thing"], ["prove", "--check", "thing"],
      ["controls", "list", "--controls", "thing"], ["import", "dpkg-log", "thing"],
    ]
    for words in commands {
      let run = try relm(words)
      #expect(run.status == (kind == .brokenLink ? 66 : 65), "\(words): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains("thing") && run.remarks.contains(kind.words), "\(words): \(run.remarks)")
    }
    #expect(try desk.size() == 2)
  }

  @Test("that is named as a key is refused with 65, a device without an end too")
  func key() throws {
    for kind in [Kind.fifo, .directory, .brokenLink] {
      try put(kind, at: "thing")
      let run = try relm(["checkpoint", "--key", "thing"])
      #expect(run.status == 65 && run.remarks.contains(kind.words), "\(kind): \(run.status) \(run.remarks)")
    }
    let run = try relm(["checkpoint", "--key", "/dev/zero"])
    #expect(run.status == 65 && run.remarks.contains("a device"), "\(run.status) \(run.remarks)")
  }

  @Test(
    "in the place of a lock or the data of the log ends with 74, and says what it is", arguments: Kind.allCases)
  func log(kind: Kind) throws {
    for file in ["write.lock", "lock.mdb", "data.mdb"] {
      try desk.copy(".relm", to: "kept")
      try put(kind, at: ".relm/log/" + file)
      let run = try relm(["record", "activity.recorded", "-s", "release/web/1.0", "activity=x"])
      #expect(run.status == 74, "\(file): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains(file) && run.remarks.contains(kind.words), "\(file): \(run.remarks)")
      try FileManager.default.removeItem(atPath: desk.path(".relm"))
      try FileManager.default.moveItem(atPath: desk.path("kept"), toPath: desk.path(".relm"))
    }
    #expect(try desk.size() == 2)
  }

  @Test(
    "in the place of a file of the views is thrown away with them, and of their lock is told",
    arguments: Kind.allCases)
  func views(kind: Kind) throws {
    let right = try desk.done("state")
    for file in ["write.lock", "lock.mdb", "data.mdb", "mark"] {
      try put(kind, at: try generation() + "/" + file)
      let run = try relm(["state"])
      #expect(run.status == 0 && run.text == right, "\(file): \(run.status) \(run.remarks)")
    }
    try put(kind, at: ".relm/views/lock")
    try FileManager.default.removeItem(atPath: desk.path(try generation()))
    let run = try relm(["state"])
    if run.status == 0 {
      #expect(run.text == right)
    } else {
      #expect(run.status == 74, "\(run.status) \(run.remarks)")
      #expect(run.remarks.contains("views/lock") && run.remarks.contains(kind.words), "\(run.remarks)")
    }
  }

  @Test("in the place of a file of the vault ends with 74, and says what it is", arguments: Kind.allCases)
  func vault(kind: Kind) throws {
    let people = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/people"))
    let accounts = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/accounts"))
    let files = [
      "people/" + (try #require(people.first { $0.hasSuffix(".json") })),
      "accounts/" + (try #require(accounts.first)),
    ]
    for file in files {
      try desk.copy(".relm", to: "kept")
      try put(kind, at: ".relm/vault/" + file)
      let run = try relm(["record", "activity.recorded", "-s", "release/web/1.0", "activity=x"])
      #expect(run.status == 74, "\(file): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains(file) && run.remarks.contains(kind.words), "\(file): \(run.remarks)")
      try FileManager.default.removeItem(atPath: desk.path(".relm"))
      try FileManager.default.moveItem(atPath: desk.path("kept"), toPath: desk.path(".relm"))
    }
  }

  @Test(
    "in the place of evidence is found by verify, and is not taken for what was attached",
    arguments: Kind.allCases)
  func evidence(kind: Kind) throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", "release/web/1.0")
    let sum = try desk.run("sha256sum", ["leave.txt"]).text.prefix(64)
    try put(kind, at: ".relm/evidence/\(sum.prefix(2))/\(sum)")
    let found = try relm(["verify"])
    #expect(found.status == 2 && found.text.contains(sum), "\(found.status) \(found.text)\(found.remarks)")
    let again = try relm(["attach", "leave.txt", "-s", "release/web/2.0"])
    #expect(again.status == 74 && again.remarks.contains(kind.words), "\(again.status) \(again.remarks)")
  }

  @Test("that stands open already is read: what a shell hands on, as standard input or as <(…)")
  func pipes() throws {
    let event = Desk.activity("e-3")
    for words in ["append /dev/stdin", "append -"] {
      let run = try desk.run("bash", ["-c", "printf '%s' '\(event)' | '\(Desk.program)' \(words)"])
      #expect(run.status == 0, "\(run.remarks)")
    }
    let field = try desk.run(
      "bash",
      [
        "-c",
        "'\(Desk.program)' record activity.recorded -s release/web/1.0 activity=@<(printf 'rolled out')",
      ])
    #expect(field.status == 0, "\(field.remarks)")
    #expect(try desk.done("log", "--raw").contains("rolled out"))
  }
}
