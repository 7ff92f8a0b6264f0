import Foundation
import Testing

/// Keys in what is attached, wherever in it they stand.
@Suite("A key within an attachment")
struct SecretScanTests {
  private let desk: Desk
  /// As many bytes as are read at once.
  private static let block = 1 << 16

  init() throws { desk = try Desk.withLedger() }

  private func attach(_ bytes: Data) throws -> Desk.Run {
    try bytes.write(to: URL(filePath: desk.path("document.bin")))
    return try desk.relm("attach", "document.bin", "-s", "release/web/1.0")
  }

  private static let line = String(repeating: "MIIEvQIBADANBgkq", count: 4)
  static let keys = [
    "-----BEGIN RSA PRIVATE KEY-----\n\(line)\n", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n",
    #"{"private_key":"-----BEGIN PRIVATE KEY-----\n\#(line)\n"}"#,
    "  key: |\n    -----BEGIN PRIVATE KEY-----\n    \(line)\n",
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n\(line)\n",
    "openssh-key-v1\0", "AGE-SECRET-KEY-1" + String(repeating: "QF3", count: 20),
    "PuTTY-User-Key-File-3: ssh-ed25519\n",
    "PRIVATE+KEY+example.org/r+12ab34cd+" + line, "VAULT+KEY+" + line,
    #"{"accounts":["a@b"],"key":"\#(String(repeating: "k", count: 43))=","names":["A"],"person":"person:0193"#,
  ]

  @Test("is found behind any number of bytes, and leaves nothing of the file", arguments: keys)
  func anywhere(key: String) throws {
    for place in [0, 5000, Self.block - 7, 3 * Self.block + 100] {
      let run = try attach(Data(repeating: UInt8(ascii: "x"), count: place) + Data("\n\(key)".utf8))
      #expect(run.status == 65, "at \(place): \(run.remarks)")
    }
    #expect(try desk.size() == 1)
    #expect(try desk.relm("verify").lines.contains("evidence   0 files read again"))
  }

  @Test("is found across the border of two blocks, wherever that cuts it")
  func borders() throws {
    let key = Data("\n-----BEGIN PRIVATE KEY-----\n\(Self.line)\n".utf8)
    for cut in stride(from: 1, to: 60, by: 7) {
      let run = try attach(Data(repeating: UInt8(ascii: "x"), count: Self.block - cut) + key)
      #expect(run.status == 65, "cut after \(cut)")
    }
  }

  @Test(
    "is not what speaks of keys, nor a public one",
    arguments: [
      "Keys begin with -----BEGIN PRIVATE KEY-----, and end with -----END PRIVATE KEY-----.",
      "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----",
      "-----BEGIN CERTIFICATE-----\n\(line)\n", "-----BEGIN PUBLIC KEY-----\n\(line)\n",
      "The line is PRIVATE+KEY+<name>+<hash>+<key>",
      "age keys begin with AGE-SECRET-KEY-1, and PuTTY's with PuTTY-User-Key-File-",
    ])
  func words(text: String) throws {
    let run = try attach(Data("Notes\n\(text)".utf8))
    #expect(run.status == 0, "\(run.remarks)")
  }
}
