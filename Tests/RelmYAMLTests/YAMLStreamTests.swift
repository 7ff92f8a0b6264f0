import Testing

@testable import RelmYAML

@Suite("The trees of a YAML text")
struct YAMLStreamTests {
  /// The documents, each on a line, with every place; or the trouble.
  private func read(_ text: String, depthLimit: Int = 64) -> String {
    do throws(YAMLTrouble) {
      var stream = try YAMLStream(Array(text.utf8), depthLimit: depthLimit)
      var lines: [String] = []
      while let tree = try stream.next() { lines.append(Self.told(tree)) }
      return lines.joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  private static func told(_ tree: YAMLTree) -> String {
    let marks = (tree.anchor.map { "&\($0) " } ?? "") + (tree.tag.map { "<\($0)> " } ?? "")
    let value =
      switch tree.value {
      case .scalar(let text, let isPlain): isPlain ? text : "“\(text)”"
      case .sequence(let elements): "[" + elements.map(told).joined(separator: ", ") + "]"
      case .mapping(let pairs):
        "{" + pairs.map { told($0.key) + ": " + told($0.value) }.joined(separator: ", ") + "}"
      case .alias(let name): "*\(name)"
      }
    return "\(tree.place) \(marks)\(value)"
  }

  @Test("every value has its place, and what is quoted or a block is told from what is plain")
  func values() {
    #expect(
      read("é: 1\nl:\n  - 'x'\n  - \"y\\0z\"\n") == "1:1 {1:1 é: 1:4 1, 2:1 l: 3:3 [3:5 “x”, 4:5 “y\0z”]}")
    #expect(read("a: |\n  b\n  c\n") == "1:1 {1:1 a: 1:4 “b\nc\n”}")
    #expect(read("[]") == "1:1 []")
    #expect(read("a:\n") == "1:1 {1:1 a: 1:3 }")
  }

  @Test("documents come one after the other, and then none")
  func documents() throws {
    #expect(read("a\n---\n[b]\n...\n---\nc\n") == "1:1 a\n3:1 [3:2 b]\n6:1 c")
    #expect(read("# nothing\n") == "")
    var stream = try YAMLStream(Array("a".utf8), depthLimit: 1)
    _ = try stream.next()
    for _ in 0..<3 { #expect(try stream.next() == nil) }
  }

  @Test("anchors and tags are told with what bears them, and an alias is never followed")
  func marks() {
    #expect(read("a: &x !!str b\nc: *x\n") == "1:1 {1:1 a: 1:4 &x <tag:yaml.org,2002:str> b, 2:1 c: 2:4 *x}")
    #expect(read("! a: ! [b]\n") == "1:1 {1:1 <!> a: 1:6 <!> [1:9 b]}")
    #expect(read("&x a\n---\n*x\n") == "1:1 &x a\n3:1 *x")
    let bomb = (1...40).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(read("- &a0 x\n" + bomb).utf8.count < 4_000)
  }

  @Test("an alias names something that ended before it")
  func aliases() {
    let unknown =
      "\(YAMLTrouble.malformed(problem: "found undefined alias", at: .init(line: 1, column: 5), while: nil))"
    #expect(read("&a [*a]") == unknown)
    #expect(read("a:  *b") == unknown)
  }

  @Test("two keys of a mapping never have one text, however they are written")
  func keys() {
    func twice(_ key: String, _ line: Int, _ column: Int) -> String {
      "\(YAMLTrouble.repeatedKey(key, at: .init(line: line, column: column), first: .beginning))"
    }
    #expect(read("a: 1\nb: 2\n'a': 3\n") == twice("a", 3, 1))
    // A letter with its accent and the same in two characters look the same.
    #expect(read("\u{E9}: 1\ne\u{301}: 2\n") == twice("\u{E9}", 2, 1))
    #expect(read("b: 1\na: 1\na: 2\nb: 2\n").contains("\"a\""))
  }

  @Test("a value that lies too deep is refused where it begins, whatever follows")
  func depth() {
    #expect(read("[[a]]", depthLimit: 3) == "1:1 [1:2 [1:3 a]]")
    let deep = "\(YAMLTrouble.depth(at: YAMLPlace(line: 1, column: 3)))"
    #expect(read("[[a]]", depthLimit: 2) == deep)
    #expect(read("[[" + String(repeating: "[", count: 1_000_000), depthLimit: 2) == deep)
  }

  @Test(
    "a character that YAML does not have is told by its offset, and no mark makes a text another encoding's")
  func characters() throws {
    #expect(
      read("é: \u{80}") == "\(YAMLTrouble.character(problem: "control characters are not allowed", offset: 4))")
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0xC3], [0xC0, 0x80]] {
      var stream = try YAMLStream(bytes, depthLimit: 64)
      #expect(throws: YAMLTrouble.self) { _ = try stream.next() }
    }
  }

  @Test(
    "whatever is done to a text, it ends in trees or in a trouble that lies in it",
    arguments: 0..<40 as Range<UInt64>)
  func anything(seed: UInt64) {
    var chance = MutatedText(seed: seed)
    for _ in 0..<100 {
      let bytes = chance.text()
      let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars
        .count { "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) }
      func isWithin(_ place: YAMLPlace) -> Bool {
        (1...lines + 2).contains(place.line) && (1...bytes.count + 2).contains(place.column)
      }
      do throws(YAMLTrouble) {
        var stream = try YAMLStream(bytes, depthLimit: 64)
        while let tree = try stream.next() { #expect(isWithin(tree.place), "seed \(seed): \(bytes)") }
      } catch {
        switch error {
        case .malformed(_, let place, let circumstance):
          #expect(isWithin(place) && isWithin(circumstance?.place ?? place), "seed \(seed): \(bytes)")
        case .character(_, let offset): #expect(offset < bytes.count, "seed \(seed): \(bytes)")
        case .repeatedKey(_, let place, let first):
          #expect(
            isWithin(place) && (first.line, first.column) < (place.line, place.column), "seed \(seed): \(bytes)"
          )
        case .depth(let place): #expect(isWithin(place), "seed \(seed): \(bytes)")
        case .memory: Issue.record("seed \(seed): \(bytes)")
        }
      }
    }
  }
}
