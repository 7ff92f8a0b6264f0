internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// What authority people have at one moment, in a few words each.
struct HeldAuthority {
  private let authority: Authority<Views>
  private let now: Instant

  init(in ledger: Ledger, _ rows: any RowReading, at now: Instant) throws {
    authority = Authority(try Views(over: rows) { try ledger.event(at: $0) }, at: now)
    self.now = now
  }

  /// The grants that are not revoked, of somebody who is not erased, each with where it stands.
  func words(_ row: PersonRow) throws -> String {
    guard row.erased == nil else { return "" }
    return try row.grants.filter { $0.revoked == nil }.map { grant in
      var words = "level \(grant.level) " + grant.contexts.map(\.rawValue).joined(separator: "+")
      let limits = grant.services.map { "service \($0)" } + grant.packages
      if !limits.isEmpty { words += " for " + limits.joined(separator: ", ") }
      if let until = grant.until { words += " until \(Moments.text(until).prefix(10))" }
      if let origin = grant.delegatedFrom { words += ", delegated from [\(origin.value)]" }
      if try !authority.isInForce(grant) { words += grant.from > now ? ", not yet" : ", not in force" }
      return words + " [\(grant.position.value)]"
    }.joined(separator: "; ")
  }
}
