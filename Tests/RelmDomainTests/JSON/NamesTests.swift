import RelmDomain
import Testing

@Suite("Names, and what was meant")
struct NamesTests {
  @Test("the nearest name is found within two edits")
  func nearest() {
    let names = ["deployment", "environment", "outcome", "id"]
    #expect(EditDistance.nearest(to: "deploymnet", in: names) == "deployment")
    #expect(EditDistance.nearest(to: "outcom", in: names) == "outcome")
    #expect(EditDistance.nearest(to: "enviroment", in: names) == "environment")
    #expect(EditDistance.nearest(to: "outcome", in: names) == "outcome")
    #expect(EditDistance.nearest(to: "environ", in: names) == nil)
    #expect(EditDistance.nearest(to: "to", in: names) == nil)
    #expect(EditDistance.nearest(to: "", in: names) == nil)
    #expect(EditDistance.nearest(to: "ab", in: ["ba", "ab"]) == "ab")
  }

  @Test("every name is found at its own index, and nothing else is")
  func index() {
    let names = ["a", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "abcdefgi", "b"]
    let fields = FieldNames(names)
    #expect(fields.count == names.count)
    for (index, name) in names.enumerated() {
      #expect(fields.index(of: name) == index)
      #expect(fields[index] == name)
    }
    for name in ["", "aa", "abc", "abcdefg", "abcdefgha", "abcdefghii", "abcdefghk", "c", "é", "a\0"] {
      #expect(fields.index(of: name) == nil, "\(name)")
    }
  }
}
