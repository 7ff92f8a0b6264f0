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

  /// Prints receipts beside their claims, and what is to be said of these: in JSON with the receipt, else as remarks.
  mutating func print(_ appended: Appended) throws {
    var text = ""
    for (place, receipt) in appended.receipts.enumerated() {
      count([receipt])
      text += try begin() + line(receipt, appended.claims[place].claim.envelope, appended.remarks[place] ?? [])
    }
    if format == .table { try Terminal.tell(text) } else { try Terminal.write(Array(text.utf8)) }
    if format == .table || format == .csv { Self.remark(appended) }
  }

  /// How many remarks are told of what is appended together.
  private static let told = 20

  /// Tells what is to be said of claims, as remarks.
  static func remark(_ appended: Appended) {
    var remarks: [(words: String, place: Int, more: Int)] = []
    var known: [String: Int] = [:]
    for (place, words) in appended.remarks.sorted(by: { $0.key < $1.key }).flatMap({ place, said in
      said.map { (place, $0) }
    }) {
      // What is the same of many is said once.
      if let same = known[words] {
        remarks[same].more += 1
      } else {
        known[words] = remarks.count
        remarks.append((words, place, 0))
      }
    }
    for (words, place, more) in remarks.prefix(told) {
      let others = more == 0 ? "" : " and \(more) more"
      let position = "position \(appended.receipts[place].position.value)\(others): "
      Terminal.remark(Rows.printable("relm: \(appended.receipts.count == 1 ? "" : position)\(words)"))
    }
    if remarks.count > told {
      Terminal.remark("relm: and \(PlainWords.count(remarks.count - told, "more remark"))")
    }
  }

  /// Prints where something stands already.
  mutating func print(_ receipt: Receipt, _ envelope: Envelope) throws {
    count([receipt])
    try Terminal.write(Array(try (begin() + line(receipt, envelope, [])).utf8))
  }

  /// Counts without printing; what is to be said of the claims is told all the same.
  mutating func count(_ appended: Appended) {
    count(appended.receipts)
    Self.remark(appended)
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
    case .csv:
      return isBegun
        ? "" : CSV.record(["position", "status", "type", "subject", "source", "id", "streamversion"])
    }
  }

  private func line(_ receipt: Receipt, _ claim: Envelope, _ remarks: [String]) throws -> String {
    let status = isDryRun && receipt.status == .recorded ? "would-record" : receipt.status.rawValue
    let subject = try claim.subject.map { try ShownPeople.read(Array($0.utf8)) }
    switch format {
    case .table:
      return
        "\(receipt.position.value) \(status) \(EventType.short(claim.type)) \(subject ?? "-") \(claim.id)\n"
    case .csv:
      return CSV.record([
        String(receipt.position.value), status, claim.type, subject ?? "", claim.source, claim.id,
        String(receipt.streamVersion),
      ])
    case .json, .ndjson:
      let object = try ShownPeople.told(Self.object(receipt, claim, status, remarks))
      return format == .json && isList ? object : object + "\n"
    }
  }

  private static func object(
    _ receipt: Receipt, _ claim: Envelope, _ status: String, _ remarks: [String]
  ) -> String {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("id")
    writer.string(claim.id)
    writer.key("position")
    writer.integer(Int64(receipt.position.value))
    if !remarks.isEmpty {
      writer.key("remarks")
      writer.beginArray()
      for remark in remarks { writer.string(remark) }
      writer.endArray()
    }
    writer.key("source")
    writer.string(claim.source)
    writer.key("status")
    writer.string(status)
    writer.key("streamversion")
    writer.integer(Int64(receipt.streamVersion))
    if let subject = claim.subject {
      writer.key("subject")
      writer.string(subject)
    }
    writer.key("type")
    writer.string(claim.type)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
