/// Why an event was not taken: a value, not an error, with what was wrong, where, and what to do.
///
/// | code | exit status |
/// |---|---|
/// | `versionConflict` | 1: the answer is no |
/// | `badInput`, `contradiction`, `duplicateIDOtherClaim`, `tooLarge` | 65: bad input or contradiction |
/// | `notAuthorised` | 77: no authority to do that |
/// | `newerFormat` | 78: written by a newer program |
package struct Refusal: Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    /// It is not an event as its schema says.
    case badInput
    /// It cannot be true beside what its stream already says.
    case contradiction
    /// It is an act, and who does it may not.
    case notAuthorised
    /// The stream is not at the version that was expected.
    case versionConflict
    /// The same source and id stand in the ledger with another claim.
    case duplicateIDOtherClaim
    /// A newer program wrote what this one would have to understand.
    case newerFormat
    /// The record would be longer than a record may be.
    case tooLarge

    /// What the command exits with, after `sysexits.h` where a number is from there.
    package var exitStatus: Int32 {
      switch self {
      case .versionConflict: 1
      case .badInput, .contradiction, .duplicateIDOtherClaim, .tooLarge: 65
      case .notAuthorised: 77
      case .newerFormat: 78
      }
    }
  }

  package let code: Code
  /// JSON pointer (RFC 6901) into the event, where one place is at fault; "" is the whole event.
  package let pointer: String?
  /// What is wrong, as a sentence without its stop.
  package let reason: String
  /// What to do about it, as a sentence without its stop.
  package let advice: String

  package init(_ code: Code, at pointer: String? = nil, _ reason: String, advice: String) {
    self.code = code
    self.pointer = pointer
    self.reason = reason
    self.advice = advice
  }
}

extension Refusal: CustomStringConvertible {
  package var description: String {
    let place = pointer.map { $0.isEmpty ? "" : "\($0): " } ?? ""
    return "\(place)\(Self.ended(reason)) \(Self.ended(advice))"
  }

  /// A sentence with its stop, where it has none of its own.
  private static func ended(_ sentence: String) -> String {
    ".?!".contains(sentence.last ?? " ") ? sentence : sentence + "."
  }
}

/// A refusal is a value; it is an error only where an answer is one thing or the other, as in `Result`.
extension Refusal: Error {}
