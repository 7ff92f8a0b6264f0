package import RelmDomain
package import RelmProof

/// What a verification found, and over what.
package struct Verification: Sendable {
  /// Something that is not as it must be.
  package struct Problem: Sendable, Equatable, CustomStringConvertible {
    /// What was looked at: `records`, `tree`, `head`, `streams`, `views`, `evidence`, `vault`, `checkpoint`.
    package let subject: String
    /// What is wrong, with the place.
    package let reason: String

    package var description: String { "\(subject): \(reason)" }
  }

  /// How many records were read.
  package var size = TreeSize(0)
  /// The root that the records themselves give.
  package var root = Digest.emptyTree
  /// What is wrong with what must never change: the ledger's integrity is broken.
  package var problems: [Problem] = []
  /// Checkpoints that say nothing of this ledger, because they are not its own or not signed by a key that is known.
  package var unusable: [Problem] = []
  /// What is wrong with what can be rebuilt, or be put right by hand without a loss.
  package var viewProblems: [Problem] = []
  /// How many rows of the views were compared with rebuilt ones.
  package var rowsCompared = 0
  /// How many evidence files were read again.
  package var evidenceFiles = 0
  /// Digests of attached documents that no file has: missing on this machine, which breaks no proof.
  package var evidenceMissing: [String] = []
  /// Whether evidence that is missing is nothing wrong: a copy of the log alone is looked at.
  package var isEvidenceOptional = false
  /// Whether there is no vault: then nobody is known, and the log is whole all the same.
  package var isVaultMissing = false
  /// How many people's files of the vault were read and held against each other.
  package var people = 0
  /// Who is erased and still told of in the vault: an erasure that was broken off, or an old copy put back.
  package var unerased: [PersonID] = []
  /// Checkpoints, by their size, that the log continues.
  package var checkpointsHeld: [TreeSize] = []

  /// Nothing is wrong.
  package var isClean: Bool {
    problems.isEmpty && viewProblems.isEmpty && unusable.isEmpty && unerased.isEmpty
      && (isEvidenceOptional || evidenceMissing.isEmpty)
  }

  mutating func report(_ subject: String, _ reason: String) {
    problems.append(Problem(subject: subject, reason: reason))
  }
}
