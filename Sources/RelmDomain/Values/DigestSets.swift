/// Which digests are of one thing: an artifact has one by every algorithm, as in-toto's digest sets have it.
///
/// Two sets are of one artifact if some algorithm that both have agrees and none contradicts. What was said first stands: a
/// later set that contradicts it joins nothing, so nobody makes something else of what is known.
package struct DigestSets: Sendable, Equatable {
  /// Each with at most one digest an algorithm; no digest is in two of them.
  package private(set) var sets: [[ContentDigest]] = []

  package init() {}

  package init(_ said: [[ContentDigest]]) {
    for digests in said { learn(digests) }
  }

  /// Takes up that some digests are of one artifact. Those of which one contradicts another say nothing.
  package mutating func learn(_ digests: [ContentDigest]) {
    let known = sets.filter { set in digests.contains(where: set.contains) }
    var joined = known.flatMap { $0 }
    for digest in digests where !joined.contains(digest) { joined.append(digest) }
    guard joined.count > 1, Set(joined.map(\.algorithm)).count == joined.count else { return }
    let place = sets.firstIndex { digests.contains(where: $0.contains) } ?? sets.count
    sets.removeAll { set in digests.contains(where: set.contains) }
    sets.insert(joined, at: place)
  }

  /// A digest with all others of the same artifact.
  package func all(of digest: ContentDigest) -> Set<ContentDigest> {
    Set(sets.first { $0.contains(digest) } ?? [digest])
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
    let own = data.artifacts.map { (name: $0.name, digests: [$0.digest] + $0.digests) }
    var found: [[ContentDigest]] = []
    var names: [String] = []
    for artifact in own where !names.contains(where: { $0.utf8.elementsEqual(artifact.name.utf8) }) {
      names.append(artifact.name)
      let parts = own.filter { $0.name.utf8.elementsEqual(artifact.name.utf8) }.map(\.digests)
      var whole: [ContentDigest] = []
      for digest in parts.joined() where !whole.contains(digest) { whole.append(digest) }
      let isOne = Set(whole.map(\.algorithm)).count == whole.count
      found += isOne ? [whole] : parts
    }
    return found.filter { $0.count > 1 }
  }
}

extension ReleaseRow {
  /// Which digests are of one artifact of the release.
  package var knownDigests: DigestSets { DigestSets(digestSets.map(\.digests)) }
}
