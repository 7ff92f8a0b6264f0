/// A closed list of names in canonical order: the members of an object type, or the choices of a string.
///
/// ``CanonicalReader`` merges it with the names that it meets, eight bytes at a time.
package struct FieldNames: Sendable {
  private let list: List

  /// - Parameter sorted: the names, ascending by UTF-16 code units, none twice; printable ASCII without quotes and
  ///   backslashes, so that they stand in JSON as they are.
  package init(_ sorted: [String]) {
    list = List(sorted)
    for (name, next) in zip(sorted, sorted.dropFirst()) {
      let ascends = JSONText.precedes(Array(name.utf8)[...], Array(next.utf8)[...])
      precondition(ascends, "the name “\(next)” must not stand after “\(name)”")
    }
  }

  /// The same, name by name.
  package init(_ sorted: String...) { self.init(sorted) }

  package var names: [String] { list.names }

  package var count: Int { list.entries.count }

  package subscript(index: Int) -> String { list.names[index] }

  /// Where a name stands; `nil` where it does not.
  package func index(of name: String) -> Int? {
    let bytes = Array(name.utf8)
    return index(of: bytes, bytes.indices)
  }

  /// Where the name that stands at a place in a buffer stands in the list.
  func index(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var next = 0
    return match(bytes, range, from: &next)
  }

  /// Goes on in the list from `next` to the name in the buffer: its index, and `next` behind it; or `nil`, and
  /// `next` at the first name that stands after it.
  @inline(__always)
  func match(_ bytes: [UInt8], _ range: Range<Int>, from next: inout Int) -> Int? {
    let prefix = JSONText.prefix(of: bytes, range)
    while next < list.entries.count {
      let entry = list.entries[next]
      if entry.prefix > prefix { return nil }
      if entry.prefix == prefix {
        if entry.length == range.count && (entry.length <= 8 || list.matches(entry, bytes, range)) {
          next += 1
          return next - 1
        }
        if !list.precedes(entry, bytes, range) { return nil }
      }
      next += 1
    }
    return nil
  }

  /// The length of the name at `next`, where just that name stands as a member's at `index`, with its quotes and its
  /// colon; the buffer's end counts, not that of the part being read.
  @inline(__always)
  func lengthExpected(_ bytes: [UInt8], at index: Int, _ next: Int) -> Int? {
    guard next < list.entries.count else { return nil }
    let entry = list.entries[next]
    let stop = index + 1 + entry.length
    guard stop + 8 <= bytes.count else { return nil }
    let matches = bytes.withUnsafeBytes { buffer in
      let head = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: index + 1, as: UInt64.self))
      return (head ^ entry.prefix) & entry.mask == 0 && buffer[index] == UInt8(ascii: "\"")
        && buffer[stop] == UInt8(ascii: "\"") && buffer[stop + 1] == UInt8(ascii: ":")
    }
    guard matches, entry.length <= 8 || list.matches(entry, bytes, index + 1..<stop) else { return nil }
    return entry.length
  }

  private struct Entry {
    let prefix: UInt64
    /// Ones where the prefix has a character.
    let mask: UInt64
    let start: Int
    let length: Int

    init(_ name: [UInt8], start: Int) {
      prefix = JSONText.prefix(of: name, name.indices)
      mask = name.count >= 8 ? .max : ~(UInt64.max >> UInt64(8 * name.count))
      self.start = start
      length = name.count
    }
  }

  private final class List: Sendable {
    let names: [String]
    let text: [UInt8]
    let entries: [Entry]

    init(_ names: [String]) {
      var text: [UInt8] = []
      var entries: [Entry] = []
      for name in names {
        let bytes = Array(name.utf8)
        let isPlain = bytes.allSatisfy {
          $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        precondition(isPlain && !bytes.isEmpty, "the name “\(name)” is not printable ASCII")
        entries.append(Entry(bytes, start: text.count))
        text.append(contentsOf: bytes)
      }
      (self.names, self.text, self.entries) = (names, text, entries)
    }

    /// Whether a name of that length, whose first eight bytes are the entry's, is the entry's to its end.
    @inline(__always)
    func matches(_ entry: Entry, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
      text.withUnsafeBufferPointer { text in
        bytes.withUnsafeBufferPointer { bytes in
          for offset in 8..<entry.length where text[entry.start &+ offset] != bytes[range.lowerBound &+ offset]
          {
            return false
          }
          return true
        }
      }
    }

    func precedes(_ entry: Entry, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
      JSONText.precedes(text[entry.start..<entry.start + entry.length], bytes[range])
    }
  }
}
