import RelmDomain
import Testing

@Suite("Digests of one artifact")
struct DigestSetsTests {
  private func digest(_ algorithm: String, _ byte: String) throws -> ContentDigest {
    let lengths = ["sha256": 32, "sha512": 64, "sha1": 20]
    let hex = String(repeating: byte, count: lengths[algorithm] ?? 0)
    return try #require(ContentDigest("\(algorithm):\(hex)"))
  }

  @Test("two sets are of one artifact if an algorithm that both have agrees and none contradicts")
  func joined() throws {
    let (a, b, c) = (try digest("sha256", "0a"), try digest("sha512", "0a"), try digest("sha1", "0a"))
    let sets = DigestSets([[a, b], [b, c]])
    #expect(sets.all(of: a) == [a, b, c] && sets.holds(c, among: [a]) && sets.sets.count == 1)
    let other = try digest("sha256", "0b")
    #expect(sets.all(of: other) == [other] && !sets.holds(other, among: [a, b, c]))
    #expect(sets.holds(other, among: [other]))
  }

  @Test("sets that are joined later are one, and what is of none of some artifacts is told first to last")
  func joinedLater() throws {
    let (a, b, c) = (try digest("sha256", "0a"), try digest("sha512", "0a"), try digest("sha1", "0a"))
    let md5 = try #require(ContentDigest("md5:" + String(repeating: "0a", count: 16)))
    let (other, another) = (try digest("sha256", "0b"), try digest("sha256", "0c"))
    let sets = DigestSets([[a, b], [other, try digest("sha512", "0b")], [c, md5], [b, c]])
    #expect(sets.sets.map(\.count) == [4, 2])
    #expect(sets.sets.first == [a, b, c, md5])
    #expect(sets.stranger(among: [a, another, other], to: [md5]) == another)
    #expect(sets.stranger(among: [a, other], to: [md5, other]) == nil)
  }

  @Test("what contradicts what was said first joins nothing, and neither does what contradicts itself")
  func contradiction() throws {
    let (a, long) = (try digest("sha256", "0a"), try digest("sha512", "0a"))
    let (b, short) = (try digest("sha256", "0b"), try digest("sha1", "0b"))
    let sets = DigestSets([[a, long], [b, long], [b, a], [b, long, short], [a, b, short]])
    #expect(sets.sets == [[a, long]])
    #expect(sets.all(of: b) == [b])
    // In the other order the other one stands.
    #expect(DigestSets([[b, long], [a, long]]).sets == [[b, long]])
  }

  @Test("artifacts of one name are one thing, unless two of their digests are by one algorithm")
  func names() throws {
    let (a, long) = (try digest("sha256", "0a"), try digest("sha512", "0a"))
    let (b, short) = (try digest("sha256", "0b"), try digest("sha1", "0b"))
    typealias Artifact = [String: any Told]
    func artifact(_ name: String, _ digest: ContentDigest, also others: [ContentDigest] = []) -> Artifact {
      var artifact: Artifact = ["name": name, "digest": digest]
      if !others.isEmpty { artifact["digests"] = others }
      return artifact
    }
    func sets(_ artifacts: [Artifact], _ outcome: Outcome = .succeeded) -> [[ContentDigest]] {
      told(.buildFinished, ["build": "b", "outcome": outcome.rawValue, "artifacts": artifacts]).digestSets
    }
    #expect(sets([artifact("web", a), artifact("web", long)]) == [[a, long]])
    #expect(sets([artifact("web", a), artifact("api", long)]).isEmpty)
    #expect(sets([artifact("web", a), artifact("web", b)]).isEmpty)
    let images = [artifact("web", a, also: [long]), artifact("web", b, also: [short])]
    #expect(sets(images) == [[a, long], [b, short]])
    #expect(sets([artifact("web", a, also: [long])], .failed).isEmpty)
  }
}
