/// Where things lie in a ledger's directory, which shows what is truth and what is derived.
package struct LedgerLayout: Sendable {
  /// The ledger's directory: `.relm`, or what `init DIR` named.
  package let root: String

  package init(root: String) {
    self.root = root
  }

  /// The truth: every record. Never deleted.
  package var log: String { root + "/log" }
  /// What is derived: may be deleted at any time, and is rebuilt with the same rows.
  package var views: String { root + "/views" }
  /// What may have to be erased: who the pseudonyms are; and the signing key, unless it is kept elsewhere.
  package var vault: String { root + "/vault" }
  /// Attachments, each under its SHA-256.
  package var evidence: String { root + "/evidence" }
  /// Files that are being attached, until it is known what becomes of them.
  package var arriving: String { EvidenceStore(directory: evidence).arriving }
  /// What acts are about to change in the vault, until the log has them.
  package var pending: String { vault + "/pending" }
  /// This machine's own: cursors, cosignatures, where the signing key is.
  package var local: String { root + "/local" }
  /// How far each watcher has come, a file for each.
  package var cursors: String { local + "/cursors" }
  /// The private key, unless `init --key` put it elsewhere.
  package var defaultSigningKey: String { vault + "/signing.key" }
  /// Holds the path of a signing key that is kept elsewhere.
  package var signingKeyPlace: String { local + "/signing-key-path" }
}
