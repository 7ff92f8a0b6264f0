/// Keys and people's files by how they read, wherever they lie: what is in the log stays there, for everybody.
enum SecretText {
  /// What a text is that must not get into a log; nil where it is none of these.
  static func kind(of text: some StringProtocol) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      if let kind = kind(ofLine: line) { return kind }
    }
    return nil
  }

  /// The same for how a file begins: what is a key as a whole, and not what speaks of one.
  static func kind(ofBeginning bytes: ArraySlice<UInt8>) -> String? {
    let line = String(decoding: bytes.prefix(4096), as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.flatMap(kind(ofLine:))
  }

  private static func kind(ofLine line: some StringProtocol) -> String? {
    if let begin = line.firstRange(of: "-----BEGIN "), line[begin.upperBound...].contains("PRIVATE KEY") {
      return "a private key (PEM)"
    }
    if line.contains("PRIVATE+KEY+") { return "a ledger's signing key" }
    if line.contains("VAULT+KEY+") { return "a vault's key" }
    if line.contains("AGE-SECRET-KEY-") || line.contains("PuTTY-User-Key-File-")
      || line.contains("openssh-key-v1")
    {
      return "a private key"
    }
    if line.contains(#""key":""#), line.contains(#""person":"person:"#) { return "a person's file of a vault" }
    return nil
  }
}
