import RelmDomain
import RelmProof
import Testing

@testable import RelmRules

@Suite("Where what is deployed comes from")
struct LineageTests {
  /// By one of two algorithms.
  private static func digest(_ number: Int) -> ContentDigest {
    let hex = String(number, radix: 16)
    let (algorithm, length) = number.isMultiple(of: 2) ? ("sha256", 64) : ("sha512", 128)
    let zeros = String(repeating: "0", count: length - hex.count)
    guard let digest = ContentDigest("\(algorithm):\(zeros)\(hex)") else {
      preconditionFailure("that is a digest")
    }
    return digest
  }

  /// The group of a digest, walked by itself.
  private static func group(
    of digest: ContentDigest, _ links: [(digest: ContentDigest, sources: [ContentDigest])], _ sets: DigestSets
  ) -> Set<ContentDigest> {
    var all: Set = [digest]
    while true {
      let sources = links.filter { all.contains($0.digest) }.flatMap(\.sources)
      let more = (sources + sets.all(of: all)).filter { !all.contains($0) }
      if more.isEmpty { return all }
      all.formUnion(more)
    }
  }

  @Test(
    "is told as by walking back from each of it, over any mesh of links and of digests of one artifact, circles among them",
    arguments: 0..<40)
  func walks(seed: UInt64) {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let digests = (0..<14).map(Self.digest)
    let links = (0..<below(30)).map { _ in
      (digest: digests[below(14)], sources: (0..<below(4)).map { _ in digests[below(14)] })
    }
    let deployed = (0..<4).map { _ in digests[below(14)] }
    let things = (0..<6).map { number in
      (number: number, digests: (0..<below(3)).map { _ in digests[below(14)] })
    }
    let sets = DigestSets((0..<below(8)).map { _ in [digests[below(14)], digests[below(14)]] })
    let lineage = Lineage(of: deployed, links: links, sets: sets)
    let groups = deployed.map { Self.group(of: $0, links, sets) }
    let last = lineage.last(of: things, \.digests)
    for (digest, group) in zip(deployed, groups) {
      let expected = things.last { $0.digests.contains(where: group.contains) }?.number
      #expect(last[digest]?.number == expected, "seed \(seed)")
    }
    for thing in things {
      let stranger = zip(deployed, groups).first { !thing.digests.contains(where: $0.1.contains) }?.0
      #expect(lineage.stranger(to: thing.digests) == stranger, "seed \(seed)")
    }
  }
}
