import Foundation

/// A JSON value that a test can take apart and put together; deliberately not the program's own.
indirect enum Value: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([Value])
  case object([String: Value])

  init(_ bytes: [UInt8]) throws {
    self.init(try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
  }

  private init(_ any: Any) {
    switch any {
    case let dictionary as [String: Any]: self = .object(dictionary.mapValues(Value.init))
    case let list as [Any]: self = .array(list.map(Value.init))
    case let text as String: self = .string(text)
    case let number as NSNumber:
      self = isBoolean(number) ? .bool(number.boolValue) : .number(number.stringValue)
    default: self = .null
    }
  }

  /// Canonical for keys in ASCII and strings without control characters, which is all that examples hold.
  var bytes: [UInt8] { [UInt8](text.utf8) }

  private var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text):
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Value.string($0.key).text + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }
}

private func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
