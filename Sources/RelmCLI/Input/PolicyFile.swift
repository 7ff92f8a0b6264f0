internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger
internal import RelmVault

/// A policy in a file, or on standard input where that is `-`.
struct PolicyFile {
  let path: String
  let text: PolicyText

  var document: PolicyDocument { text.document }

  /// Reads and checks it; what is wrong is told line by line.
  ///
  /// - Parameters:
  ///   - path: the file's; `-` is standard input.
  ///   - ledger: opens who knows the people whose accounts it names, where it names some; nil where there is none, and
  ///     everybody is taken for known.
  /// - Throws: `FileError`, or an end with status 65 where anything is wrong with it.
  init(_ path: String, in ledger: @autoclosure () throws -> Ledger?) throws {
    let file = try WrittenFile(path)
    self.path = file.name
    let accounts = try file.read { bytes in PolicyText.accounts(in: bytes) }
    let people = try accounts.isEmpty ? [:] : Self.people(accounts, in: ledger())
    let written = try file.read { bytes in PolicyText.moments(in: bytes) }
    let moments = try Dictionary(written.map { ($0, try Moments.claimed($0.text, in: $0.field)) }) { first, _ in
      first
    }
    text = try file.read { bytes throws(DocumentFaults) in
      try PolicyText(bytes, people: people, moments: moments)
    }
  }

  /// The pseudonyms of accounts.
  private static func people(_ accounts: [String], in ledger: Ledger?) throws -> [String: PersonID] {
    var people: [String: PersonID] = [:]
    for account in accounts where PersonID(account) == nil {
      people[account] = try ledger.map { try $0.vault.person(of: account) } ?? stranger(account)
    }
    return people
  }

  /// A pseudonym in place of one that nobody knows here: the same for the same account (FNV-1a), so that two files compare.
  private static func stranger(_ account: String) -> PersonID {
    let low = account.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    return PersonID(UUIDText(high: 0, low: low))
  }

  /// Says something about a field that is no mistake, with its place.
  func remark(_ pointer: String, _ words: String) {
    Terminal.remark(Rows.printable("\(path):\(text.place(of: pointer)): \(pointer): remark: \(words)"))
  }
}
