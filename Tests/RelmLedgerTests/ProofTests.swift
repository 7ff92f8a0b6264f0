import RelmDomain
import RelmLedger
import RelmProof
import Testing

/// RFC 6962 §2.1, as it is written there, over leaf hashes.
private struct PlainTree {
  let leaves: [Digest]

  func root(_ range: Range<Int>) -> Digest {
    guard range.count > 1 else { return range.isEmpty ? .emptyTree : leaves[range.lowerBound] }
    let middle = middle(of: range)
    return .node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  /// §2.1.1: PATH(m, D[n]).
  func path(_ index: Int, _ range: Range<Int>) -> [Digest] {
    guard range.count > 1 else { return [] }
    let middle = middle(of: range)
    return index < middle
      ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
      : path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  /// §2.1.2: SUBPROOF(m, D[n], b).
  func consistency(_ size: Int, _ range: Range<Int>, isWhole: Bool = true) -> [Digest] {
    if size == range.upperBound { return isWhole ? [] : [root(range)] }
    let middle = middle(of: range)
    return size <= middle
      ? consistency(size, range.lowerBound..<middle, isWhole: isWhole) + [root(middle..<range.upperBound)]
      : consistency(size, middle..<range.upperBound, isWhole: false) + [root(range.lowerBound..<middle)]
  }

  private func middle(of range: Range<Int>) -> Int {
    var power = 1
    while power * 2 < range.count { power *= 2 }
    return range.lowerBound + power
  }
}

@Suite("Proofs out of a ledger")
struct ProofTests {
  private let workshop: Workshop
  private let tree: PlainTree

  /// More than two stored nodes of 256 records, and a ragged end.
  init() throws {
    workshop = try Workshop()
    for batch in 0..<6 {
      try workshop.append(
        (0..<100).map { Sample.foreign("\(batch)-\($0)", type: "org.example.t", subject: "s") })
    }
    tree = PlainTree(leaves: try workshop.records().map { Digest.leaf($0.record.bytes) })
  }

  @Test("every record has a proof that holds against the signed root, with the path that RFC 6962 gives")
  func inclusion() throws {
    let count = tree.leaves.count
    #expect(count == 601)
    let key = try workshop.ledger.verifierKey()
    let root = tree.root(0..<count)
    for index in 0..<count {
      let proof = try workshop.ledger.proof(of: Position(UInt64(index)))
      try #require(proof.checkpoint.root == root && proof.checkpoint.size.value == UInt64(count))
      try #require(proof.verify(leaf: tree.leaves[index], keys: [key]) == .valid, "position \(index)")
      // Every 7th against the naive path, which is slow.
      if index % 7 == 0 { #expect(proof.path == tree.path(index, 0..<count), "position \(index)") }
      #expect(proof.extra.map { Digest.leaf($0) } == tree.leaves[index])
    }
  }

  @Test("a proof does not hold for another record")
  func otherRecords() throws {
    let key = try workshop.ledger.verifierKey()
    let proof = try workshop.ledger.proof(of: Position(300))
    for index in [0, 299, 301, 600] {
      #expect(proof.verify(leaf: tree.leaves[index], keys: [key]) != .valid)
    }
  }

  @Test("the log as it was at any size is a beginning of the log as it is")
  func consistency() throws {
    let count = tree.leaves.count
    let sizes = Array(1...20) + [127, 128, 255, 256, 257, 300, 511, 512, 513, 599, 600, 601]
    for size in sizes {
      let (proof, root) = try workshop.ledger.consistency(from: TreeSize(UInt64(size)))
      #expect(root == tree.root(0..<count))
      #expect(proof.path == tree.consistency(size, 0..<count), "from \(size)")
      #expect(proof.verify(oldRoot: tree.root(0..<size), newRoot: root) == .valid, "from \(size)")
      #expect(proof.verify(oldRoot: tree.root(0..<(size % 601) + 1), newRoot: root) != .valid, "from \(size)")
    }
  }

  @Test("a checkpoint names size and root, is signed by the ledger's own key, and the log goes on from it")
  func checkpoints() throws {
    let note = try workshop.ledger.checkpoint()
    guard case .trusted(let checkpoint, _) = Checkpoint.open(note, with: [try workshop.ledger.verifierKey()])
    else {
      Issue.record("the checkpoint is not trusted")
      return
    }
    #expect(checkpoint.origin == "example.org/workshop")
    #expect(checkpoint.size.value == UInt64(tree.leaves.count))
    #expect(checkpoint.root == tree.root(0..<tree.leaves.count))
    try workshop.append([Sample.activity("later")])
    let verification = try workshop.ledger.verify(against: [note])
    #expect(verification.isClean && verification.checkpointsHeld == [checkpoint.size])
  }

  @Test("beyond the log's end there is nothing to prove")
  func beyondTheEnd() throws {
    #expect(throws: LedgerError.self) { try workshop.ledger.proof(of: Position(601)) }
    #expect(throws: LedgerError.self) { try workshop.ledger.consistency(from: TreeSize(602)) }
    #expect(throws: LedgerError.self) { try workshop.ledger.consistency(from: TreeSize(0)) }
  }
}
