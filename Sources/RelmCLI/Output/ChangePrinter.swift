internal import RelmDomain
internal import RelmLedger
internal import RelmHistory
internal import RelmProof

/// What changed in rows, for a person or a program.
struct ChangePrinter {
  private let names: Names

  init(_ ledger: Ledger) { names = Names(ledger.vault) }

  /// A line for each row, and below it one for each field: old → new.
  func lines(_ changes: [RowChange], indent: Int) throws -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for change in changes {
      let state = !change.existed ? " (new)" : !change.exists ? " (GONE)" : ""
      lines.append(
        margin + Rows.printable("\(change.view) \(try change.key.map(subject).joined(separator: " "))\(state)"))
      lines += try Self.lines(
        of: change.fields, margin: margin + "  ", existed: change.existed, exists: change.exists,
        name: names.sentence, value: text)
    }
    return lines
  }

  /// A line for each field.
  ///
  /// - Parameters:
  ///   - fields: what changed.
  ///   - margin: what stands before each line.
  ///   - existed: whether there was anything before.
  ///   - exists: whether there is anything now.
  ///   - name: a field's path as it is shown.
  ///   - value: a value as it is shown; not given, as JSON.
  static func lines(
    of fields: [FieldChange], margin: String, existed: Bool = true, exists: Bool = true,
    name: (String) throws -> String = { $0 },
    value: ([UInt8]) throws -> String = { String(decoding: $0, as: UTF8.self) }
  ) throws -> [String] {
    let width = min(fields.map(\.path.count).max() ?? 0, 44)
    return try fields.map { field in
      let path = field.path + String(repeating: " ", count: width - min(field.path.count, width))
      let before = existed ? try field.before.map(value) ?? "–" : nil
      let after = exists ? try field.after.map(value) ?? "–" : nil
      let told = [before, after].compactMap { $0 }.joined(separator: " → ")
      return margin + Rows.printable("\(try name(path))  \(told)")
    }
  }

  /// A changed field as CSV has it: view, key, field, before, after.
  func cells(_ change: RowChange, _ field: FieldChange) throws -> [String] {
    func text(_ value: [UInt8]?) throws -> String { try value.map(ShownPeople.read) ?? "" }
    return [
      change.view, try change.key.map(subject).joined(separator: "/"), try names.sentence(field.path),
      try text(field.before), try text(field.after),
    ]
  }

  private func subject(_ component: String) throws -> String {
    PersonID(component) == nil ? try names.subject(component) : try names.text(component)
  }

  /// A value on one line: a moment as its time and position, a person by name.
  private func text(_ value: [UInt8]) throws -> String {
    let node = try JSONDocument(value).root
    if let text = node.string { return try names.sentence(text) }
    if let at = node["at"]?.string, let position = node["position"]?.integer {
      return "\(at.prefix(19))Z [\(position)]"
    }
    return String(decoding: value, as: UTF8.self)
  }

  /// The changes as JSON.
  static func write(_ changes: [RowChange], to writer: inout CanonicalWriter) {
    writer.beginArray()
    for change in changes {
      writer.beginObject()
      writer.key("existed")
      writer.bool(change.existed)
      writer.key("exists")
      writer.bool(change.exists)
      writer.key("fields")
      write(fields: change.fields, to: &writer)
      writer.key("key")
      writer.beginArray()
      for component in change.key { writer.string(component) }
      writer.endArray()
      writer.key("view")
      writer.string(change.view)
      writer.endObject()
    }
    writer.endArray()
  }

  /// Changed fields as JSON.
  static func write(fields: [FieldChange], to writer: inout CanonicalWriter) {
    writer.beginArray()
    for field in fields {
      writer.beginObject()
      if let after = field.after {
        writer.key("after")
        writer.raw(after)
      }
      if let before = field.before {
        writer.key("before")
        writer.raw(before)
      }
      writer.key("field")
      writer.string(field.path)
      writer.endObject()
    }
    writer.endArray()
  }
}
