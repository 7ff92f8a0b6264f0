/// What a witness adds to a checkpoint: a time and a signature over both (C2SP tlog-cosignature, "Format" and
/// "Ed25519 signed message").
package struct Cosignature: Sendable {
  /// Seconds since 1970, below 2^63.
  package let timestamp: UInt64
  let signature: ArraySlice<UInt8>

  init(timestamp: UInt64, signature: ArraySlice<UInt8>) {
    self.timestamp = timestamp
    self.signature = signature
  }

  /// Reads a `timestamped_signature`; nil unless the signature has its length and the time is below 2^63.
  ///
  /// It says nothing about who signed; ask `VerifierKey.verify`.
  package init?(_ signature: NoteSignature) {
    guard signature.bytes.count == 72 else { return nil }
    let timestamp = signature.bytes.prefix(8).reduce(0) { time, byte in time << 8 | UInt64(byte) }
    guard timestamp <= Int64.max else { return nil }
    self.init(timestamp: timestamp, signature: signature.bytes.dropFirst(8))
  }

  var bytes: [UInt8] { withUnsafeBytes(of: timestamp.bigEndian) { time in Array(time) } + signature }

  static func message(_ text: String, at timestamp: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(timestamp)\n\(text)".utf8)
  }
}
