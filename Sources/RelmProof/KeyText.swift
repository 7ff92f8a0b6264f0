internal import RelmBytes

/// The three parts of a key's text, `NAME+ID+BASE64`: C2SP signed-note, "Verifier keys". The base64 can have
/// plus signs in it, the name cannot.
struct KeyText {
  let name: String
  let keyID: UInt32
  let algorithm: KeyAlgorithm
  /// The public key, or the seed of a private one.
  let material: [UInt8]

  init(name: String, keyID: UInt32, algorithm: KeyAlgorithm, material: [UInt8]) {
    self.name = name
    self.keyID = keyID
    self.algorithm = algorithm
    self.material = material
  }

  init(_ text: Substring) throws(NoteError) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw NoteError(.keyFormat) }
    guard KeyName.isValid(parts[0]) else { throw NoteError(.keyName) }
    guard parts[1].utf8.count == 8, let keyID = UInt32(parts[1], radix: 16), Self.hex(keyID) == parts[1],
      let bytes = Base64.decode(parts[2]), let kind = bytes.first
    else { throw NoteError(.keyFormat) }
    guard let algorithm = KeyAlgorithm(rawValue: kind) else { throw NoteError(.keyAlgorithm) }
    self.init(name: String(parts[0]), keyID: keyID, algorithm: algorithm, material: Array(bytes.dropFirst()))
  }

  var description: String {
    "\(name)+\(Self.hex(keyID))+\(Base64.encode([algorithm.rawValue] + material))"
  }

  private static func hex(_ keyID: UInt32) -> String {
    withUnsafeBytes(of: keyID.bigEndian) { bytes in Hex.encode(bytes) }
  }
}
