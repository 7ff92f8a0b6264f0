import Foundation
import Testing

@Suite("Where a page or report is written to")
struct OutputPlaceTests {
  private let desk: Desk
  private static let commands = [
    ["timeline", "web/1.0"], ["report", "compliance", "--format", "html"],
    ["report", "compliance", "--format", "csv"],
    ["sample", "--size", "1", "--seed", "s"],
  ]

  init() throws {
    desk = try Desk.withDeployments()
  }

  @Test(
    "a FIFO is written through to who reads it, and never replaced; one that nobody reads is refused, and not waited for"
  )
  func fifo() throws {
    try #require(mkfifo(desk.path("pipe"), 0o600) == 0)
    for words in Self.commands {
      let alone = try desk.run("timeout", ["20", Desk.program] + words + ["-o", "pipe"])
      #expect(alone.status == 73, "\(words): \(alone.status) \(alone.remarks)")
      let script =
        "exec 9<>pipe; cat <pipe >got 9>&- & \"$@\" -o pipe; status=$?; exec 9>&-; wait; exit $status"
      let read = try desk.run("timeout", ["20", "bash", "-c", script, "bash", Desk.program] + words)
      let plain = try desk.run(Desk.program, words)
      #expect(read.status == plain.status, "\(words): \(read.remarks)")
      #expect(try !desk.bytes(of: "got").isEmpty, "\(words)")
      #expect(try desk.run("test", ["-p", "pipe"]).status == 0)
    }
  }

  @Test("a device is written to, and a link is followed to what it leads to; neither is replaced")
  func others() throws {
    try desk.write("before", to: "kept")
    try FileManager.default.createSymbolicLink(atPath: desk.path("link"), withDestinationPath: "kept")
    try FileManager.default.createSymbolicLink(atPath: desk.path("null"), withDestinationPath: "/dev/null")
    for words in Self.commands {
      for place in ["link", "null"] {
        let run = try desk.run(Desk.program, words + ["-o", place])
        #expect(run.status < 2, "\(words): \(run.remarks)")
        #expect(try desk.run("test", ["-L", place]).status == 0)
      }
      #expect(try String(decoding: desk.bytes(of: "kept"), as: UTF8.self) != "before")
      try desk.write("before", to: "kept")
    }
    #expect(try desk.run("test", ["-c", "/dev/null"]).status == 0)
  }

  @Test("a sample that cannot write its proofs says nothing of what it drew")
  func proofs() throws {
    try #require(mkfifo(desk.path("pipe"), 0o600) == 0)
    try desk.write("", to: "file")
    for place in ["pipe", "file", "nowhere/proofs"] {
      let run = try desk.relm("sample", "--size", "1", "--seed", "s", "--proofs", place)
      #expect(run.status == 73 && run.text.isEmpty, "\(place): \(run.status) \(run.text)")
    }
  }
}
