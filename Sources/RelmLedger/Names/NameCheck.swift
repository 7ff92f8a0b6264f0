internal import RelmDomain
package import RelmVault

/// Finds the names in claims that nobody here knows, before they are appended.
///
/// A fact about a name that is misspelt is taken like any other, and then stands where nobody looks. So it is said at once:
/// of each name once, however many claims have it, and of no more than ``most`` names; but where names have to be known, of
/// every claim that has one. What the claims themselves make known is known. Looked up are rows of the views, never the log; where all names are known, that is one row a name and batch.
package struct NameCheck {
  /// How many names are told of; with so many unknown ones it is no slip any more.
  package static let most = 20
  /// How many pairs of names are compared in one batch in search of slips, so that a batch of many new names is not slow.
  private static let mostComparisons = 20_000

  /// Whether types that are nearly our own are taken for a house's.
  private let allowsForeign: Bool
  /// Whether names have to be known.
  private let isStrict: Bool
  private var told: Set<String> = []

  package init(isStrict: Bool = false, allowsForeign: Bool = false) {
    self.isStrict = isStrict
    self.allowsForeign = allowsForeign
  }

  /// What is to be said of the names in claims.
  ///
  /// - Parameters:
  ///   - newcomers: the people whom the claims name for the first time.
  ///   - ledger: as it is before they are appended.
  package mutating func remarks(
    on claims: [PreparedClaim], _ newcomers: Proposals, in ledger: Ledger
  ) throws -> [NameRemark] {
    try ledger.withRows { rows, _ in
      var batch = BatchNames(
        known: KnownNames(rows, ledger.vault), made: MadeNames(claims), allowsForeign: allowsForeign,
        isStrict: isStrict, told: told,
        newcomers: Dictionary(newcomers.newPeople.map { ($0.person, $0.account) }) { first, _ in first },
        comparisons: Self.mostComparisons)
      for (place, claim) in claims.enumerated() { try batch.look(at: claim, place) }
      told = batch.told
      // What is there already was spoken of when it was recorded, and is acknowledged again whatever it says.
      return try batch.remarks.filter { try !batch.known.isRecorded(claims[$0.claim].claim.envelope) }
    }
  }
}
