import RelmDomain
import Testing

@Suite("What differs between two objects")
struct FieldChangeTests {
  private func told(_ before: String?, _ after: String?) throws -> [String] {
    try FieldChange.between(before.map { Array($0.utf8) }, after.map { Array($0.utf8) }).map { change in
      func text(_ value: [UInt8]?) -> String { value.map { String(decoding: $0, as: UTF8.self) } ?? "-" }
      return "\(change.path): \(text(change.before)) > \(text(change.after))"
    }
  }

  @Test("nothing differs between an object and itself")
  func same() throws {
    #expect(try told(#"{"a":1,"b":[{"c":"d"}]}"#, #"{"a":1,"b":[{"c":"d"}]}"#).isEmpty)
    #expect(try told(nil, nil).isEmpty)
  }

  @Test("each field that was changed, added or taken away is told by its path, in the order of the names")
  func fields() throws {
    let changes = try told(
      #"{"a":1,"b":{"x":true,"y":"1"},"d":null}"#, #"{"a":2,"b":{"x":true,"z":"2"},"d":null}"#)
    #expect(changes == ["a: 1 > 2", #"b.y: "1" > -"#, #"b.z: - > "2""#])
  }

  @Test("an object that is new or gone is told field by field")
  func whole() throws {
    #expect(try told(nil, #"{"a":1,"b":{"c":2}}"#) == ["a: - > 1", "b.c: - > 2"])
    #expect(try told(#"{"a":1,"b":{"c":2}}"#, nil) == ["a: 1 > -", "b.c: 2 > -"])
  }

  @Test("elements of a list are matched by the name that tells them apart, wherever they stand")
  func elements() throws {
    let before = #"{"l":[{"n":"x","v":1},{"n":"y","v":1}]}"#
    let after = #"{"l":[{"n":"w","v":1},{"n":"y","v":2},{"n":"x","v":1}]}"#
    #expect(try told(before, after) == ["l[y].v: 1 > 2", #"l[w].n: - > "w""#, "l[w].v: - > 1"])
  }

  @Test("things in a list are told apart by what the list is of, before any other name")
  func namedList() throws {
    let before = #"{"things":[{"a":"1","thing":"x"}]}"#
    let after = #"{"things":[{"a":"2","thing":"x"}]}"#
    #expect(try told(before, after) == [#"things[x].a: "1" > "2""#])
  }

  @Test("elements that nothing tells apart are matched by their place")
  func places() throws {
    let changes = try told(#"{"l":[{"v":"1"},{"v":"1"}]}"#, #"{"l":[{"v":"1"},{"v":"2"}]}"#)
    #expect(changes == [#"l[1].v: "1" > "2""#])
  }

  @Test("plain elements are told as added or taken away")
  func plain() throws {
    #expect(try told(#"{"l":["a","b"]}"#, #"{"l":["b","c"]}"#) == [#"l[]: "a" > -"#, #"l[]: - > "c""#])
  }

  @Test("a moment is one value")
  func moment() throws {
    let changes = try told(#"{"m":{"at":"x","position":1}}"#, #"{"m":{"at":"y","position":2}}"#)
    #expect(changes == [#"m: {"at":"x","position":1} > {"at":"y","position":2}"#])
  }

  @Test("a value that becomes one of another kind is told whole")
  func kinds() throws { #expect(try told(#"{"a":{"b":1}}"#, #"{"a":[1]}"#) == [#"a: {"b":1} > [1]"#]) }
}
