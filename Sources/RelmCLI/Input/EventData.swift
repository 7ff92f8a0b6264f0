internal import RelmDomain
internal import RelmProof

/// An event's data put together from typed words, field by field. What is not given is left out.
struct EventData {
  private var members: [(name: String, value: [UInt8])] = []

  mutating func set(_ name: String, _ text: String?) {
    if let text { add(name) { $0.string(text) } }
  }

  mutating func set(_ name: String, _ texts: [String]) {
    set(name, texts) { $1.string($0) }
  }

  mutating func set(_ name: String, _ numbers: [UInt64]) {
    // A number that no log will ever reach is the decoder's to refuse.
    set(name, numbers) { $1.integer(Int64(clamping: $0)) }
  }

  mutating func set(_ name: String, position: Position) {
    // A position that no log will ever reach is the decoder's to refuse.
    add(name) { $0.integer(Int64(clamping: position.value)) }
  }

  /// A list of objects, each as canonical JSON.
  mutating func set(_ name: String, objects: [[UInt8]]) {
    set(name, objects) { $1.raw($0) }
  }

  /// An object, as canonical JSON.
  mutating func set(_ name: String, object: [UInt8]) {
    add(name) { $0.raw(object) }
  }

  /// Canonical JSON.
  var bytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    // Field names are ASCII, so that their order is the canonical one.
    for member in members.sorted(by: { $0.name < $1.name }) {
      writer.key(member.name)
      writer.raw(member.value)
    }
    writer.endObject()
    return writer.bytes
  }

  private mutating func set<Item>(
    _ name: String, _ items: [Item], _ write: (Item, inout CanonicalWriter) -> Void
  ) {
    guard !items.isEmpty else { return }
    add(name) { writer in
      writer.beginArray()
      for item in items { write(item, &writer) }
      writer.endArray()
    }
  }

  private mutating func add(_ name: String, _ write: (inout CanonicalWriter) -> Void) {
    var writer = CanonicalWriter()
    write(&writer)
    members.append((name, writer.bytes))
  }
}
