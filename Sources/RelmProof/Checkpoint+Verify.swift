/// Believing a checkpoint: C2SP tlog-proof, "Verifying a tlog proof", steps 2 and 3.
extension Checkpoint {
  /// Reads the checkpoint out of a note, if its own log signed it.
  ///
  /// The log is known by its name: one of `keys` must be named as the origin is, sign notes (witnesses' keys do
  /// not make a checkpoint), and have signed. A bad signature by any of the keys refuses it.
  ///
  /// - Parameters:
  ///   - note: a signed note.
  ///   - keys: those that the caller trusts, the log's and perhaps witnesses'.
  package static func open(_ note: SignedNote, with keys: [VerifierKey]) -> CheckpointVerdict {
    let verified: [VerifiedSignature]
    switch note.verify(with: keys) {
    case .refused(let refusal): return .refused(.signatures(refusal))
    case .verified(let signatures): verified = signatures
    }
    let checkpoint: Checkpoint
    do throws(NoteError) {
      checkpoint = try Checkpoint(text: note.text)
    } catch {
      return .refused(.notACheckpoint(error))
    }
    let isByItsLog = verified.contains { signature in
      signature.key.algorithm == .ed25519 && KeyName.areSame(signature.key.name, checkpoint.origin)
    }
    guard isByItsLog else { return .refused(.notSignedByItsLog(origin: checkpoint.origin)) }
    return .trusted(checkpoint, verified)
  }
}

/// What came of checking a checkpoint's note.
package enum CheckpointVerdict: Hashable, Sendable {
  /// The checkpoint, and all signatures that hold, witnesses' too.
  case trusted(Checkpoint, [VerifiedSignature])
  case refused(CheckpointRefusal)
}

/// Why a note is not a checkpoint to be trusted.
package enum CheckpointRefusal: Hashable, Sendable {
  case signatures(SignatureRefusal)
  case notACheckpoint(NoteError)
  case notSignedByItsLog(origin: String)
}

extension CheckpointRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .signatures(let refusal): refusal.description
    case .notACheckpoint(let error): "what was signed is not a checkpoint: \(error)"
    case .notSignedByItsLog(let origin): "no trusted key with the name of its origin, \(origin), has signed it"
    }
  }
}
