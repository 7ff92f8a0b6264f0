/// A page taken apart again, by somebody who did not write it: tags and attributes as a browser would find them.
struct Markup {
  struct Start {
    let name: String
    let attributes: [(name: String, value: String)]
  }

  private(set) var starts: [Start] = []
  /// The first tag that ends what did not begin, or begins what does not end.
  private(set) var imbalance: String?

  var elementList: [String] { starts.map(\.name) }
  var elements: Set<String> { Set(elementList) }
  var attributes: [(name: String, value: String)] { starts.flatMap(\.attributes) }
  func count(_ name: String) -> Int { starts.count { $0.name == name } }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var open: [String] = []
    var at = 0
    while let start = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      var end = start + 1
      // A tag ends at the first > outside quotes.
      var quote: UInt8?
      while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
        if bytes[end] == quote {
          quote = nil
        } else if quote == nil, bytes[end] == UInt8(ascii: "\"") {
          quote = bytes[end]
        }
        end += 1
      }
      let tag = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
      at = min(end + 1, bytes.count)
      if tag.hasPrefix("!DOCTYPE") { continue }
      if tag.hasPrefix("/") {
        if open.popLast() != String(tag.dropFirst()) { imbalance = imbalance ?? tag }
        continue
      }
      let element = Self.start(tag)
      starts.append(element)
      if ["meta", "br", "hr"].contains(element.name) { continue }
      open.append(element.name)
      // Inside these a browser reads nothing but their end.
      guard element.name == "script" || element.name == "style" else { continue }
      let close = Array("</\(element.name)".utf8)
      while at + close.count < bytes.count, !bytes[at...].starts(with: close) { at += 1 }
    }
    if let last = open.last { imbalance = imbalance ?? last }
  }

  private static func start(_ tag: String) -> Start {
    let name = String(tag.prefix { $0 != " " })
    var rest = tag.dropFirst(name.count)
    var attributes: [(name: String, value: String)] = []
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].drop { $0 == " " }
      let value = rest[equals...].dropFirst(2).prefix { $0 != "\"" }
      attributes.append((String(name), String(value)))
      rest = rest[equals...].dropFirst(3 + value.count)
    }
    return Start(name: name, attributes: attributes)
  }
}
