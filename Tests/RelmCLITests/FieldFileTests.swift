import Foundation
import Testing

@Suite("key=@FILE")
struct FieldFileTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  private func record(_ field: String, _ more: String...) throws -> Desk.Run {
    try desk.run(
      Desk.program, ["record", "activity.recorded", "-s", Self.web, "--format", "json", field] + more)
  }

  /// The text that was recorded last.
  private func recorded() throws -> String {
    let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
    let data = try #require(try Desk.object(String(last))["data"] as? [String: Any])
    return try #require(data["activity"] as? String)
  }

  @Test("a file's text becomes the field's, and @@ is a text that begins with @")
  func text() throws {
    try desk.write("rolled out\nto all", to: "said.txt")
    #expect(try record("activity=@said.txt").status == 0)
    #expect(try recorded() == "rolled out\nto all")
    #expect(try record("activity=@@ana said so").status == 0)
    #expect(try recorded() == "@ana said so")
    #expect(try record("activity=mail to a@b").status == 0)
  }

  @Test("--literal takes every value as it stands")
  func literal() throws {
    #expect(try record("activity=@said.txt", "--literal").status == 0)
    #expect(try recorded() == "@said.txt")
    #expect(try record("activity=@@x", "--literal").status == 0)
    #expect(try recorded() == "@@x")
  }

  @Test(
    "--no-files and RELM_NO_FILES=1 turn reading files off, and say how a text goes in",
    arguments: [true, false])
  func noFiles(byOption: Bool) throws {
    try desk.write("x", to: "said.txt")
    if !byOption { desk.environment["RELM_NO_FILES"] = "1" }
    let refused = try desk.run(
      Desk.program,
      ["record", "activity.recorded", "-s", Self.web, "activity=@said.txt"] + (byOption ? ["--no-files"] : []))
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("@@") && refused.remarks.contains("--literal"))
    #expect(try record("activity=@@x").status == 0)
    desk.environment["RELM_NO_FILES"] = "yes"
    #expect(try record("activity=x").status == 64)
    desk.environment["RELM_NO_FILES"] = "0"
    #expect(try record("activity=@said.txt").status == 0)
  }

  @Test("what the kernel tells of a process goes in from nowhere", arguments: ["environ", "cmdline", "maps"])
  func processes(file: String) throws {
    let run = try record("activity=@/proc/self/\(file)")
    #expect(run.status == 65 && run.remarks.contains("a file of the running system"))
    #expect(try desk.run(Desk.program, ["attach", "/proc/self/\(file)", "-s", Self.web]).status == 65)
  }

  @Test("no file of the vault goes in, by whatever name, link or copy")
  func vault() throws {
    let people = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/people"))
    let person = ".relm/vault/people/" + (try #require(people.first))
    let files = FileManager.default
    try files.createSymbolicLink(atPath: desk.path("soft"), withDestinationPath: desk.path(person))
    try files.createSymbolicLink(atPath: desk.path("folder"), withDestinationPath: desk.path(".relm/vault"))
    try files.linkItem(atPath: desk.path(person), toPath: desk.path("hard"))
    try desk.copy(person, to: "copy")
    try desk.copy(".relm/vault/signing.key", to: "key-copy")
    try desk.copy(".relm/vault/seal.key", to: "seal-copy")
    let names = [
      ".relm/vault/signing.key", ".relm/vault/seal.key", ".relm/vault/../vault/signing.key", person, "soft",
      "hard",
      "folder/signing.key", "copy", "key-copy", "seal-copy", "/dev/fd/../../\(desk.path(person))",
    ]
    for name in names {
      let refused = try record("activity=@\(name)")
      #expect(refused.status == 65 || refused.status == 66, "\(name): \(refused.remarks)")
      #expect(
        !refused.remarks.contains("PRIVATE+KEY") && !refused.remarks.contains("ana@"), "\(refused.remarks)")
      let attached = try desk.relm("attach", name, "-s", Self.web)
      #expect(attached.status == 65 || attached.status == 66, "\(name): \(attached.remarks)")
    }
    #expect(try desk.size() == 1)
    #expect(try desk.relm("verify").lines.contains("evidence   0 files read again"))
  }

  @Test("a private key that lies elsewhere is known as the ledger's by what it is")
  func keyElsewhere() throws {
    try desk.done("init", "other", "--origin", "example.org/o", "--owner", "ana@example.org", "--key", "my.key")
    #expect(try record("activity=@my.key", "--ledger", "other").status == 65)
  }

  @Test(
    "a key goes in from nowhere, known by how it reads",
    arguments: [
      "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
      "Bag Attributes\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
      "PRIVATE+KEY+example.org+1234+AAAA\n", "PuTTY-User-Key-File-3: ssh-ed25519\n",
    ])
  func keys(text: String) throws {
    try desk.write(text, to: "innocent.txt")
    let refused = try record("activity=@innocent.txt")
    #expect(refused.status == 65)
    #expect(refused.remarks.contains("key"))
    #expect(try desk.size() == 1)
  }

  @Test("a certificate and words about keys are no keys")
  func noKeys() throws {
    try desk.write("-----BEGIN CERTIFICATE-----\nMIIE\n", to: "certificate.pem")
    #expect(try record("activity=@certificate.pem").status == 0)
    try desk.write("The PRIVATE KEY was rotated", to: "said.txt")
    #expect(try record("activity=@said.txt").status == 0)
  }

  @Test("more than a record holds is not read")
  func tooLong() throws {
    try desk.write(String(repeating: "x", count: 65_536), to: "long.txt")
    let refused = try record("activity=@long.txt")
    #expect(refused.status == 65)
    #expect(refused.remarks.contains("65535 bytes"))
  }

  @Test("what other options take is text, whatever it begins with")
  func otherOptions() throws {
    try desk.write("secret", to: "file")
    try desk.done("key", "rotate", "--reason", "@file")
    try desk.done("seal", "--reason", "@.relm/vault/signing.key")
    try desk.record("release.planned", Self.web, "class=normal")
    try desk.done("review", "open", "web/1.0", "@file", "--lead", "@file")
    let log = try desk.done("log", "--raw")
    #expect(log.contains(#""reason":"@file""#) && log.contains(#""reason":"@.relm/vault/signing.key""#))
    #expect(!log.contains("secret"))
  }
}
