/// Checking who signed: C2SP signed-note, "Signatures".
extension SignedNote {
  /// Checks each signature that names one of these keys, and passes over all others.
  ///
  /// A signature of a known key that does not hold refuses the whole note, however many others hold. So does a
  /// second signature of one key: it says nothing new, and whoever counts signatures must not count it.
  ///
  /// - Parameter keys: those that the caller trusts.
  package func verify(with keys: [VerifierKey]) -> SignatureVerdict {
    var verified: [VerifiedSignature] = []
    for signature in signatures {
      let candidates = keys.filter { key in key.isNamed(by: signature) }
      guard !candidates.isEmpty else { continue }
      guard let key = candidates.first(where: { key in key.verify(signature, of: text) }) else {
        return .refused(.badSignature(name: signature.name, keyID: signature.keyID))
      }
      guard !verified.contains(where: { earlier in earlier.key.isNamed(by: signature) }) else {
        return .refused(.secondSignature(name: signature.name, keyID: signature.keyID))
      }
      verified.append(VerifiedSignature(key: key, signature: signature))
    }
    return verified.isEmpty ? .refused(.noKnownKey) : .verified(verified)
  }
}

/// A signature and the key that made it.
package struct VerifiedSignature: Hashable, Sendable {
  package let key: VerifierKey
  package let signature: NoteSignature

  /// For a witness's cosignature, when it was made, in seconds since 1970.
  package var timestamp: UInt64? {
    key.algorithm == .cosignature ? Cosignature(signature)?.timestamp : nil
  }
}

/// What came of checking a note's signatures.
package enum SignatureVerdict: Hashable, Sendable {
  /// At least one, each by another key.
  case verified([VerifiedSignature])
  case refused(SignatureRefusal)
}

/// Why a note's signatures are not to be trusted.
package enum SignatureRefusal: Hashable, Sendable {
  case noKnownKey
  case badSignature(name: String, keyID: UInt32)
  case secondSignature(name: String, keyID: UInt32)
}

extension SignatureRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noKnownKey: "no key that is trusted here has signed it"
    case .badSignature(let name, let keyID):
      "the signature of \(name) (key \(String(keyID, radix: 16))) does not belong to this text"
    case .secondSignature(let name, let keyID):
      "\(name) (key \(String(keyID, radix: 16))) has signed it twice"
    }
  }
}
