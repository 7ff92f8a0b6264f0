internal import RelmDomain
internal import RelmProof

/// What is deployed, and what it is derived from: the signed image's unsigned one, the index's images.
///
/// Each digest that is deployed has a group of its own: itself, the others of the same artifact, and all that one of these is
/// derived from, by whichever of its digests, over however many steps.
/// What was done to one of a group was done to what is deployed. The groups are not listed: those of thousands of packages
/// that are derived from one another have millions of members. What is asked is which of what is deployed comes from
/// something, and that is one walk along the links, which visits nothing twice.
struct Lineage {
  /// What is deployed, each once.
  let deployed: [ContentDigest]
  /// What is made of a digest, directly.
  private let products: [ContentDigest: [ContentDigest]]
  /// Which digests are of one artifact.
  private let sets: DigestSets

  /// - Parameters:
  ///   - links: what was published, and what it was derived from.
  ///   - sets: which digests are of one artifact.
  init(
    of deployed: [ContentDigest], links: [(digest: ContentDigest, sources: [ContentDigest])], sets: DigestSets
  ) {
    self.deployed = deployed
    self.sets = sets
    var products: [ContentDigest: [ContentDigest]] = [:]
    for link in links {
      for source in link.sources { products[source, default: []].append(link.digest) }
    }
    self.products = products
  }

  /// Some digests and all that comes of them.
  func all(from digests: some Sequence<ContentDigest>) -> Set<ContentDigest> {
    var found: Set<ContentDigest> = []
    walk(from: digests) { found.insert($0).inserted }
    return found
  }

  /// Some digests and all that they come from.
  func origins(of digests: some Sequence<ContentDigest>) -> Set<ContentDigest> {
    var sources: [ContentDigest: [ContentDigest]] = [:]
    for (source, made) in products {
      for digest in made { sources[digest, default: []].append(source) }
    }
    var found: Set<ContentDigest> = []
    var open = digests.filter { found.insert($0).inserted }
    while let next = open.popLast() {
      for digest in Array(sets.all(of: next)) + (sources[next] ?? []) where found.insert(digest).inserted {
        open.append(digest)
      }
    }
    return found
  }

  /// The first of what is deployed in whose group none of some digests is; nil where each comes from one of them.
  func stranger(to digests: some Sequence<ContentDigest>) -> ContentDigest? {
    let known = all(from: digests)
    return deployed.first { !known.contains($0) }
  }

  /// What was done last to each digest or to one of its group.
  ///
  /// - Parameters:
  ///   - things: in their order.
  ///   - digests: to what each was done.
  func last<Thing>(
    of things: some BidirectionalCollection<Thing>, _ digests: (Thing) -> [ContentDigest]
  ) -> [ContentDigest: Thing] {
    var found: [ContentDigest: Thing] = [:]
    // Backwards, so that what has its last is not visited again.
    for thing in things.reversed() {
      walk(from: digests(thing)) { digest in
        guard found[digest] == nil else { return false }
        found[digest] = thing
        return true
      }
    }
    return found
  }

  /// Walks from some digests to the others of the same artifacts, and to what comes of them.
  ///
  /// - Parameter visit: answers whether to go on from there.
  private func walk(from digests: some Sequence<ContentDigest>, _ visit: (ContentDigest) -> Bool) {
    var open = digests.filter(visit)
    while let next = open.popLast() {
      for same in sets.all(of: next) where same != next && visit(same) { open.append(same) }
      for product in products[next] ?? [] where visit(product) { open.append(product) }
    }
  }
}

extension Case {
  /// What is deployed and where it comes from, by all that counts.
  var lineage: Lineage { lineage(linkedBefore: nil) }

  /// The same by what had been said of packages before somebody permitted it: what is said later makes no permission cover
  /// more than it did.
  ///
  /// - Parameter act: where the permission stands; nil for all that counts.
  func lineage(linkedBefore act: Position?) -> Lineage {
    let links = facts { event -> (digest: ContentDigest, sources: [ContentDigest])? in
      guard case .packagePublished(let data) = event, !data.derivedFrom.isEmpty else { return nil }
      return (data.digest, data.derivedFrom)
    }
    return Lineage(
      of: act == nil ? digests : meant,
      links: links.filter { link in act.map { link.position < $0 } ?? true }.map(\.data),
      sets: digestSets(saidBefore: act))
  }

  /// Which digests are of one artifact, by what had been said before somebody permitted it; what was recorded first stands.
  ///
  /// - Parameter act: where the permission stands; nil for all that counts.
  func digestSets(saidBefore act: Position?) -> DigestSets {
    let counting = events.filter { event in
      act.map { event.position < $0 } ?? true && timing(of: event) != nil
    }
    return DigestSets(counting.flatMap(\.digestSets))
  }
}

extension RecordedEvent {
  /// The digests that it says are of one artifact, for each artifact of which it says several.
  var digestSets: [[ContentDigest]] {
    guard case .release(let said) = event else { return [] }
    return said.digestSets
  }
}
