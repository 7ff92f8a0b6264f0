package import RelmDomain

/// What is to be said of a name in a claim that nobody here knows.
package struct NameRemark: Sendable, Equatable {
  /// Which of the claims it is about.
  package let claim: Int
  /// What is to be said, as the refusal that it is where names have to be known.
  package let refusal: Refusal
  /// What becomes of the claim.
  package let weight: Weight
  /// Whether it says no more than that a name is new here, and no known one is near it.
  package let isOfNewName: Bool

  package enum Weight: Sendable {
    /// It is told, and nothing more.
    case told
    /// It is told; where names have to be known the claim is refused.
    case strict
    /// The claim is refused.
    case refused
  }

  init(
    _ claim: Int, at pointer: String, _ reason: String, advice: String, _ weight: Weight,
    isOfNewName: Bool = false
  ) {
    self.claim = claim
    self.isOfNewName = isOfNewName
    refusal = Refusal(.badInput, at: pointer, reason, advice: advice)
    self.weight = weight
  }

  /// The remark, for a person.
  package var text: String {
    let end = ".?!".contains(refusal.advice.last ?? " ") ? "" : "."
    return "\(refusal.reason). \(refusal.advice)\(end)"
  }
}
