import RelmDomain
import Testing

@Suite("Finding one's way in a document")
struct JSONNodeTests {
  private let text = """
    {
      "name": "caf\\u00e9 \\"x\\"",
      "list": [1, -2.5, [], {"deep": {"a/b": true, "m~n": null}}],
      "": {"big": 9007199254740994, "five": 5.0, "hundred": 1e2, "half": 0.5}
    }
    """

  @Test("values are what they say")
  func values() throws {
    let root = try JSONDocument(text.bytes).root
    #expect(root.kind == .object)
    #expect(root.count == 3)
    #expect(root.members.map(\.name) == ["name", "list", ""])
    #expect(root["name"]?.string == "café \"x\"")
    let list = try #require(root["list"])
    #expect(list.elements.map(\.kind) == [.number, .number, .array, .object])
    #expect(list[0]?.integer == 1)
    #expect(list[1]?.integer == nil)
    #expect(list[1]?.number == -2.5)
    #expect(list[4] == nil)
    #expect(list["0"] == nil)
    #expect(list[3]?["deep"]?["a/b"]?.bool == true)
    #expect(list[3]?["deep"]?["m~n"]?.isNull == true)
    #expect(root["none"] == nil)
    #expect(root.string == nil && root.integer == nil && root.bool == nil && root.elements.map(\.kind).isEmpty)
    #expect(list.members.map(\.name).isEmpty)
  }

  @Test("an integer is what its number is, however it is written")
  func integers() throws {
    let root = try JSONDocument(text.bytes).root
    #expect(root[""]?["big"]?.integer == 9_007_199_254_740_994)
    #expect(root[""]?["five"]?.integer == 5)
    #expect(root[""]?["five"]?.isIntegerLiteral == false)
    #expect(root[""]?["hundred"]?.integer == 100)
    #expect(root[""]?["half"]?.integer == nil)
    #expect(root[""]?["big"]?.isIntegerLiteral == true)
    #expect(try JSONDocument("-0".bytes).root.integer == 0)
    #expect(try JSONDocument("1e300".bytes).root.integer == nil)
  }

  @Test("a pointer leads to its node, and a node knows its pointer and line")
  func pointers() throws {
    let document = try JSONDocument(text.bytes, line: 10)
    for (pointer, line) in [
      ("", 10), ("/name", 11), ("/list", 12), ("/list/0", 12), ("/list/2", 12), ("/list/3/deep/a~1b", 12),
      ("/list/3/deep/m~0n", 12), ("/", 13), ("//half", 13),
    ] {
      let node = try #require(document.node(at: pointer), "\(pointer)")
      #expect(node.pointer == pointer)
      #expect(node.line == line)
    }
    for pointer in [
      "name", "/nam", "/list/4", "/list/-1", "/list/00", "/list/x", "/name/0", "/list/3/deep/a~2b",
    ] {
      #expect(document.node(at: pointer) == nil, "\(pointer)")
    }
  }

  @Test("every node is found again at its own pointer", arguments: 1...50 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let document = try JSONDocument(random.json().bytes)
    func visit(_ node: JSONNode) {
      let found = document.node(at: node.pointer)
      #expect(found?.range == node.range, "seed \(seed): \(node.pointer)")
      for member in node.members { visit(member.value) }
      for element in node.elements { visit(element) }
    }
    visit(document.root)
  }
}
