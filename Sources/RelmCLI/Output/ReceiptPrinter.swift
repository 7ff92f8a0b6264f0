internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Tells where events landed: one line each, or as `--format` says.
struct ReceiptPrinter {
  private let format: OutputFormat
  private let isDryRun: Bool
  /// Whether there may be any number of receipts: JSON is then an array.
  private let isList: Bool
  private(set) var landed = 0
  private(set) var duplicates = 0
  private var isBegun = false

  init(_ format: OutputFormat, isList: Bool, isDryRun: Bool = false) {
    self.format = format
    self.isList = isList
    self.isDryRun = isDryRun
  }

  /// Prints receipts beside their claims.
  mutating func print(_ receipts: [Receipt], _ claims: [PreparedClaim]) throws {
    var text = ""
    for (receipt, claim) in zip(receipts, claims) {
      count([receipt])
      text += begin() + line(receipt, claim.claim.envelope)
    }
    try Terminal.write(Array(text.utf8))
  }

  /// Counts without printing.
  mutating func count(_ receipts: [Receipt]) {
    for receipt in receipts {
      if receipt.status == .recorded { landed += 1 } else { duplicates += 1 }
    }
  }

  /// Closes what has been printed, also where something went wrong after it.
  mutating func end() throws {
    guard format == .json, isList else { return }
    try Terminal.data(isBegun ? "\n]" : "[]")
  }

  /// What stands before a receipt.
  private mutating func begin() -> String {
    defer { isBegun = true }
    switch format {
    case .table, .ndjson: return ""
    case .json: return isList ? (isBegun ? ",\n " : "[") : ""
    case .csv: return isBegun ? "" : CSV.record(["position", "status", "type", "subject", "source", "id"])
    }
  }

  private func line(_ receipt: Receipt, _ claim: Envelope) -> String {
    let status = isDryRun && receipt.status == .recorded ? "would-record" : receipt.status.rawValue
    switch format {
    case .table:
      return
        "\(receipt.position.value) \(status) \(EventType.short(claim.type)) \(claim.subject ?? "-") \(claim.id)\n"
    case .csv:
      return CSV.record([
        String(receipt.position.value), status, claim.type, claim.subject ?? "", claim.source, claim.id,
      ])
    case .json, .ndjson:
      let object = Self.object(receipt, claim, status)
      return format == .json && isList ? object : object + "\n"
    }
  }

  private static func object(_ receipt: Receipt, _ claim: Envelope, _ status: String) -> String {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("id")
    writer.string(claim.id)
    writer.key("position")
    writer.integer(Int64(receipt.position.value))
    if !receipt.remarks.isEmpty {
      writer.key("remarks")
      writer.beginArray()
      for remark in receipt.remarks { writer.string(remark) }
      writer.endArray()
    }
    writer.key("source")
    writer.string(claim.source)
    writer.key("status")
    writer.string(status)
    writer.key("streamversion")
    writer.integer(Int64(receipt.streamVersion))
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
