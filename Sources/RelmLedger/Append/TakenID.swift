internal import RelmDomain
internal import RelmViews
internal import RelmProof

/// An id that another event has: who recorded that, what it is, and in what the new claim differs from it.
///
/// Whoever may write can take any id, that of somebody's coming event too. That cannot be prevented as long as nobody shows who
/// they are; so whoever comes second is told all that is needed to go on, and to have it looked into.
struct TakenID {
  private let position: Position
  private let earlier: RecordedEvent
  private let claim: Claim

  /// How many differences are told.
  private static let told = 8

  init(at position: Position, _ bytes: [UInt8], for claim: Claim) throws {
    self.position = position
    earlier = try RecordedEvent(position: position, record: Record(bytes), digest: .leaf(bytes))
    self.claim = claim
  }

  func refusal() throws -> Refusal {
    let envelope = earlier.record.envelope
    let by = envelope.authid ?? "nobody who is named"
    let differences = try differences()
    let more = differences.count > Self.told ? " and \(differences.count - Self.told) more" : ""
    return Refusal(
      .duplicateIDOtherClaim, at: "/id",
      "position \(position.value) has the same source and id, '\(envelope.id)', with another claim: \(envelope.type) about "
        + "\(envelope.stream) by \(by), recorded \(earlier.recorded.rfc3339Milliseconds); what differs is "
        + differences.prefix(Self.told).joined(separator: ", ") + more,
      advice: envelope.authid == claim.envelope.authid && envelope.type == claim.envelope.type
        ? "Retry with exactly the same claim, or give a new event an id of its own"
        : "Give this one another --id or --source; if that event is not yours, somebody has taken your id: tell whoever runs the ledger"
    )
  }

  /// The members that differ: "authid (person:…, here person:…)", "data/outcome"; the values where they are of the envelope. What
  /// follows from another type is left out.
  private func differences() throws -> [String] {
    let before = try JSONDocument(Record.claimBytes(of: earlier.record.bytes)).root
    let now = try JSONDocument(claim.bytes).root
    let isOfOtherType = !Self.isSame(before["type"], now["type"])
    let names = Self.names(of: before, now).filter { name in
      name != "data" && !(isOfOtherType && ["dataschema", "datacontenttype"].contains(name))
    }
    let envelope = names.filter { !Self.isSame(before[$0], now[$0]) }.map { name in
      "\(name) (\(before[name]?.string ?? "none"), here \(now[name]?.string ?? "none"))"
    }
    return envelope + (isOfOtherType ? [] : Self.changed(before["data"], now["data"]).map { "data/\($0)" })
  }

  private static func changed(_ before: JSONNode?, _ now: JSONNode?) -> [String] {
    guard let before, let now else { return [] }
    return names(of: before, now).filter { !isSame(before[$0], now[$0]) }
  }

  private static func names(of one: JSONNode, _ other: JSONNode) -> [String] {
    Set(one.members.map(\.name) + other.members.map(\.name)).sorted()
  }

  /// By their canonical bytes.
  private static func isSame(_ one: JSONNode?, _ other: JSONNode?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one.document.bytes[one.range].elementsEqual(other.document.bytes[other.range])
  }
}
