internal import RelmDomain
internal import RelmProof

extension Judgement {
  /// How many defects are told one by one: a decision of a gate has to fit into a record.
  private static let told = 8

  /// All that is wrong with some evidence, told together, so that whoever mends it mends it once; nil where nothing is.
  static func broken(_ defects: [Judgement]) -> Judgement? {
    var known: Set<String> = []
    let each = defects.filter { known.insert($0.reason).inserted }
    guard each.count > Self.told else { return each.isEmpty ? nil : .worst(of: each) }
    let all = Judgement.worst(of: Array(each.prefix(Self.told)))
    return Judgement(
      all.outcome, "\(all.reason); and \(each.count - Self.told) more", at: all.positions, due: all.due,
      remedies: all.remedies)
  }
}
