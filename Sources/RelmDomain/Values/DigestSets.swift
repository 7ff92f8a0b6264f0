/// Which digests are of one thing: an artifact has one by every algorithm, as in-toto's digest sets have it.
///
/// Two sets are of one artifact if some algorithm that both have agrees and none contradicts. What was said first stands: a
/// later set that contradicts it joins nothing, so nobody makes something else of what is known.
package struct DigestSets: Sendable {
  /// Each with at most one digest an algorithm, no digest in two of them; empty where another one has taken it up.
  private var slots: [[ContentDigest]] = []
  /// In which slot a digest is. A release may publish thousands of packages, so none is looked for among all.
  private var places: [ContentDigest: Int] = [:]

  /// The sets, in the order in which they were begun.
  package var sets: [[ContentDigest]] { slots.filter { !$0.isEmpty } }

  package init() {}

  package init(_ said: [[ContentDigest]]) {
    for digests in said { learn(digests) }
  }

  /// Takes up that some digests are of one artifact. Those of which one contradicts another say nothing.
  package mutating func learn(_ digests: [ContentDigest]) {
    let known = Set(digests.compactMap { places[$0] }).sorted()
    let joined = known.flatMap { slots[$0] }.union(digests)
    guard joined.count > 1, joined.areOfOneThing else { return }
    let place = known.first ?? slots.count
    if place == slots.count { slots.append([]) }
    for taken in known { slots[taken] = [] }
    slots[place] = joined
    for digest in joined { places[digest] = place }
  }

  /// A digest with all others of the same artifact.
  package func all(of digest: ContentDigest) -> Set<ContentDigest> {
    Set(others(of: digest))
  }

  /// All digests of the artifacts that some digests are of.
  package func all(of digests: some Sequence<ContentDigest>) -> Set<ContentDigest> {
    Set(digests.flatMap { others(of: $0) })
  }

  /// A digest and the others of the same artifact.
  private func others(of digest: ContentDigest) -> [ContentDigest] {
    places[digest].map { slots[$0] } ?? [digest]
  }

  /// The first of some digests of whose artifact none of others is; nil where there is none.
  package func stranger(
    among digests: some Sequence<ContentDigest>, to others: some Sequence<ContentDigest>
  ) -> ContentDigest? {
    let known = all(of: others)
    return digests.first { !known.contains($0) }
  }

  /// Whether one of some digests is of the artifact that a digest is of.
  package func holds(_ digest: ContentDigest, among others: [ContentDigest]) -> Bool {
    others.contains(digest) || !all(of: digest).isDisjoint(with: others)
  }
}

extension ReleaseEvent {
  /// The digests that an event says are of one artifact, for each artifact of which it says several.
  ///
  /// A build that lists one name several times has made one thing of it, unless two digests are by the same algorithm: then
  /// those are several things, such as an image for each kind of machine.
  package var digestSets: [[ContentDigest]] {
    if case .packagePublished(let data) = self {
      return data.digests.isEmpty ? [] : [[data.digest] + data.digests]
    }
    guard case .buildFinished(let data) = self, data.outcome == .succeeded else { return [] }
    var named: [[[ContentDigest]]] = []
    var places: [[UInt8]: Int] = [:]
    for artifact in data.artifacts {
      // By its bytes: names that only look alike are several.
      let name = Array(artifact.name.utf8)
      let place = places[name] ?? named.count
      if place == named.count { named.append([]) }
      places[name] = place
      named[place].append([artifact.digest].union(artifact.digests))
    }
    return named.flatMap { parts -> [[ContentDigest]] in
      let whole = [ContentDigest]().union(parts.joined())
      return whole.areOfOneThing ? [whole] : parts
    }.filter { $0.count > 1 && $0.areOfOneThing }
  }
}

extension [ContentDigest] {
  /// Each once, and those of others that are not among them.
  fileprivate func union(_ others: some Sequence<ContentDigest>) -> [ContentDigest] {
    var known: Set<ContentDigest> = []
    return (self + others).filter { known.insert($0).inserted }
  }

  /// Whether no two of them are by one algorithm, each being here once.
  fileprivate var areOfOneThing: Bool { Set(map(\.algorithm)).count == count }
}

extension ReleaseRow {
  /// Which digests are of one artifact of the release.
  package var knownDigests: DigestSets { DigestSets(digestSets.map(\.digests)) }
}
