internal import Glibc

/// Looks for keys in all of what streams by, however long it is. Little of it is held: the end of what came, so that what
/// lies across two blocks is found as well.
///
/// A document may speak of keys. So it takes more than their words: a header with the text of a key behind it, as a file, a
/// configuration or a script has it. What is packed or encrypted cannot be seen.
struct SecretScan {
  /// How far before its end a key shows itself.
  private static let reach = 1 << 14

  private var end: [UInt8] = []
  private var isFirst = true

  /// What kind of secret has come with the next block; nil for none.
  mutating func kind(after block: ArraySlice<UInt8>) -> String? {
    defer { isFirst = isFirst && block.isEmpty }
    if isFirst, let kind = SecretText.kind(ofBeginning: block) { return kind }
    let text = end + block
    defer { end = Array(text.suffix(Self.reach)) }
    for mark in Self.marks {
      if let kind = text.withUnsafeBytes({ mark.kind(in: $0) }) { return kind }
    }
    return nil
  }

  private static let marks = [
    Mark("-----BEGIN ", "a private key (PEM)", isPrivatePEM),
    Mark("openssh-key-v1\0", "a private key") { _ in true },
    // The same in base64.
    Mark("b3BlbnNzaC1rZXktdjEA", "a private key") { _ in true },
    Mark("PuTTY-User-Key-File-", "a private key") { rest in
      rest.dropFirst().first == UInt8(ascii: ":")
    },
    Mark("AGE-SECRET-KEY-1", "a private key") { rest in isBase64(rest, atLeast: 16) },
    Mark("PRIVATE+KEY+", "a ledger's signing key", isSigningKey),
    Mark("VAULT+KEY+", "a vault's key") { rest in isBase64(rest, atLeast: 16) },
    Mark(#""key":""#, "a person's file of a vault", isOfPerson),
  ]

  /// The rest of `-----BEGIN RSA PRIVATE KEY-----`, and a key behind it: right there, indented, in quotes, or with its line
  /// break written as `\n`.
  private static func isPrivatePEM(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard let dashes = find("-----", in: rest.prefix(64)) else { return false }
    let label = String(decoding: rest[..<dashes], as: UTF8.self)
    guard label.contains("PRIVATE KEY") else { return false }
    var body = rest[dashes...].dropFirst(5).prefix(256)
    while let byte = body.first {
      if byte == UInt8(ascii: "\\") {
        body = body.dropFirst(2)
      } else if byte <= 0x20 || "\"'>#*|,".utf8.contains(byte) {
        body = body.dropFirst()
      } else {
        break
      }
    }
    // What was encrypted has a header or two before.
    return isBase64Line(body)
      || ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].contains { body.starts(with: $0.utf8) }
  }

  /// The rest of `PRIVATE+KEY+<name>+<hash>+<key>`.
  private static func isSigningKey(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    let parts = rest.prefix(1024).split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    let isHex =
      parts.count == 3 && parts[1].count >= 4
      && parts[1].allSatisfy { byte in
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
      }
    return isHex && isBase64(parts[2], atLeast: 4)
  }

  /// The rest of a person's key of 32 bytes, and the person behind it.
  private static func isOfPerson(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard rest.dropFirst(43).starts(with: #"=""#.utf8), isBase64(rest, atLeast: 43) else { return false }
    return find(#""person":"person:"#, in: rest.prefix(reach)) != nil
  }

  /// Whether it begins with a line of base64: a whole one, or one so long that it is no word.
  private static func isBase64Line(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    let line = bytes.prefix { isOfBase64($0) || $0 == UInt8(ascii: "=") }
    guard line.count < 24 else { return true }
    guard line.count >= 4, let end = bytes.dropFirst(line.count).first else { return false }
    return "\r\n\\\"'".utf8.contains(end)
  }

  private static func isBase64(_ bytes: Slice<UnsafeRawBufferPointer>, atLeast count: Int) -> Bool {
    let beginning = bytes.prefix(count)
    return beginning.count == count
      && beginning.allSatisfy { isOfBase64($0) }
  }

  private static func isOfBase64(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/")
  }

  private static func find(_ words: String, in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: words.utf8) }
  }

  /// Words that a secret has, and what must stand behind them for them to be one.
  private struct Mark: Sendable {
    private let words: [UInt8]
    private let kind: String
    private let isOne: @Sendable (_ rest: Slice<UnsafeRawBufferPointer>) -> Bool

    init(
      _ words: String, _ kind: String, _ isOne: @escaping @Sendable (Slice<UnsafeRawBufferPointer>) -> Bool
    ) {
      self.words = Array(words.utf8)
      self.kind = kind
      self.isOne = isOne
    }

    func kind(in text: UnsafeRawBufferPointer) -> String? {
      guard let base = text.baseAddress, text.count >= words.count else { return nil }
      let last = text.count - words.count
      var start = 0
      while start <= last, let found = memchr(base + start, Int32(words[0]), last - start + 1) {
        let place = UnsafeRawPointer(found) - base
        start = place + 1
        if memcmp(base + place, words, words.count) == 0, isOne(text[(place + words.count)...]) { return kind }
      }
      return nil
    }
  }
}
