import RelmDomain

/// A release's event, as it is read from data with these members; one that is nil is left out.
func told(_ type: EventType, _ members: KeyValuePairs<String, (any Told)?>) -> ReleaseEvent {
  told(type, "{}", members)
}

/// An event of data that is there already, with further members.
func told(_ type: EventType, _ data: String, _ members: KeyValuePairs<String, (any Told)?>) -> ReleaseEvent {
  let added = members.compactMap { name, value in value.map { "\"\(name)\":\($0.json)" } }
  let separator = data == "{}" || added.isEmpty ? "" : ","
  let text = String(data.dropLast()) + separator + added.joined(separator: ",") + "}"
  do {
    let document = try JSONDocument(Array(text.utf8))
    let reader = CanonicalReader(document.canonicalBytes())
    guard case .release(let event) = try Event.decode(type: type.rawValue, dataschema: nil, data: reader) else {
      preconditionFailure("\(type) is not of a release")
    }
    return event
  } catch {
    preconditionFailure("\(type) cannot say \(text): \(error)")
  }
}

/// What a member of an event may be told as.
protocol Told {
  var json: String { get }
}

extension String: Told {
  var json: String {
    var writer = CanonicalWriter()
    writer.string(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
extension Bool: Told { var json: String { description } }
extension UInt64: Told { var json: String { description } }
extension Percentage: Told { var json: String { text } }
extension ContentDigest: Told { var json: String { text.json } }
extension PersonID: Told { var json: String { text.json } }
extension Array: Told where Element: Told {
  var json: String { "[" + map(\.json).joined(separator: ",") + "]" }
}
extension Dictionary: Told where Key == String, Value == any Told {
  var json: String { "{" + map { "\($0.json):\($1.json)" }.joined(separator: ",") + "}" }
}
