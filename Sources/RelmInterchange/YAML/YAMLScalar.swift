internal import RelmDomain
internal import RelmYAML

/// A text that stands for itself, or, where it is plain, for what the core schema of YAML 1.2.2 (section 10.3) reads in
/// it: null, true or false, a whole number, a number.
package struct YAMLScalar: Sendable, Equatable {
  package let text: String
  /// Without quotes, and no block: only such a text can be anything but a text.
  package let isPlain: Bool

  package init(_ text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }

  /// What a plain text is read as.
  package enum Meaning: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A whole number or a fraction, as JSON writes it.
    case number(String)
    /// What JSON has no number for: `.inf`, `.nan`.
    case noNumber
    case text
  }

  package var meaning: Meaning {
    guard isPlain else { return .text }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".nan", ".NaN", ".NAN": return .noNumber
    default: break
    }
    let bytes = Array(text.utf8)
    if let number = Self.prefixed(bytes) ?? Self.decimal(bytes) { return .number(number) }
    let isSigned = bytes.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
    return [".inf", ".Inf", ".INF"].contains(isSigned ? String(text.dropFirst()) : text) ? .noNumber : .text
  }

  /// Writes it as JSON.
  ///
  /// - Parameters:
  ///   - writer: what takes it.
  ///   - isText: whether a text belongs there, so that a number or true is the text as it is written.
  ///   - place: where it stands.
  /// - Throws: ``YAMLError`` for a number that JSON does not hold.
  func write(to writer: inout CanonicalWriter, isText: Bool, at place: YAMLPlace) throws(YAMLError) {
    let meaning = meaning
    if isText && meaning != .null { return writer.string(text) }
    switch meaning {
    case .null: writer.null()
    case .text: writer.string(text)
    case .bool(let value): writer.bool(value)
    case .noNumber: throw YAMLError(at: place, "“\(text)” is no number that JSON has; quote it if it is a text")
    case .number(let number):
      do throws(JSONError) {
        writer.raw(try JSONDocument(Array(number.utf8)).canonicalBytes())
      } catch {
        throw YAMLError(at: place, "\(error.reason); quote it if it is a text")
      }
    }
  }

  /// An octal or hexadecimal number, `0o17` or `0x1F`, in decimal digits.
  private static func prefixed(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "0") else { return nil }
    let radix: Int
    switch bytes[1] {
    case UInt8(ascii: "o"): radix = 8
    case UInt8(ascii: "x"): radix = 16
    default: return nil
    }
    guard bytes[2...].allSatisfy({ digit($0).map { $0 < radix } ?? false }) else { return nil }
    // Larger than any number that JSON holds exactly is refused like a decimal one of that size.
    return UInt64(String(decoding: bytes[2...], as: UTF8.self), radix: radix).map { String($0) } ?? "1e999"
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// A decimal number: `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, as JSON writes it.
  private static func decimal(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    func digits() -> [UInt8] {
      let found = Array(rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      rest = rest.dropFirst(found.count)
      return found
    }
    func sign() -> String {
      guard let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return "" }
      rest = rest.dropFirst()
      return first == UInt8(ascii: "-") ? "-" : ""
    }
    var number = sign()
    let whole = digits()
    var fraction: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = digits()
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    // JSON has no zeros in front.
    let significant = whole.drop { $0 == UInt8(ascii: "0") }
    number += significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
    if fraction.contains(where: { $0 != UInt8(ascii: "0") }) {
      number += "." + String(decoding: fraction, as: UTF8.self)
    }
    if let first = rest.first, first == UInt8(ascii: "e") || first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      number += "e" + sign()
      let exponent = digits()
      guard !exponent.isEmpty else { return nil }
      number += String(decoding: exponent, as: UTF8.self)
    }
    return rest.isEmpty ? (number == "-0" ? "0" : number) : nil
  }
}
