internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// What the program's exit status says. The numbers from 64 on are those of sysexits.h.
package enum ExitStatus: Int32 {
  /// Done, or: the answer is yes.
  case done = 0
  /// The answer is no: refused by a stream's version, or violations found.
  case no = 1
  /// The ledger's integrity is broken: records, their tree, evidence or vault are not what was written. Nothing else ends so.
  case integrityBroken = 2
  /// The command was not understood.
  case usage = 64
  /// Bad input, or input that contradicts what is recorded.
  case badInput = 65
  /// No such input: a file, a ledger, a position.
  case noInput = 66
  /// Something that the program rests on cannot be reached.
  case unavailable = 69
  /// An output cannot be made.
  case cannotCreate = 73
  /// Reading or writing failed. After an append: outcome unknown, try again with the same id.
  case inputOutput = 74
  /// Busy: try again.
  case busy = 75
  /// No authority to do that.
  case noAuthority = 77
  /// A newer program wrote it.
  case newerFormat = 78

  /// The status for an error, whichever boundary it comes from.
  init(_ error: any Error) {
    switch error {
    case let error as CommandFailure: self = error.status
    case is JSONError, is DecodingFailure, is NoteError, is InterchangeError: self = .badInput
    case is UnknownControl: self = .usage
    default: self = Trouble(error).map { ExitStatus($0) } ?? .inputOutput
    }
  }

  private init(_ trouble: Trouble) {
    self =
      switch trouble {
      case .noInput: .noInput
      case .badInput: .badInput
      case .cannotCreate: .cannotCreate
      case .busy: .busy
      case .noAuthority: .noAuthority
      case .unavailable: .unavailable
      case .newerFormat: .newerFormat
      case .inputOutput: .inputOutput
      case .integrityBroken: .integrityBroken
      }
  }
}

/// A command that ends with words for the person and a status for the script.
struct CommandFailure: Error, CustomStringConvertible {
  let status: ExitStatus
  /// At least one.
  let problems: [Problem]

  var description: String { problems.map(\.text).joined(separator: "\n") }

  init(_ status: ExitStatus, _ description: String) { self.init(status, [Problem(description)]) }

  init(_ status: ExitStatus, _ problems: [Problem]) {
    precondition(!problems.isEmpty, "what fails, fails for a reason")
    self.status = status
    self.problems = problems
  }

  init(_ refusal: Refusal, at place: InputPlace, _ options: TypedOptions = TypedOptions()) {
    self.init(ExitStatus(of: refusal), [Problem(refusal, at: place, options)])
  }
}

extension ExitStatus {
  init(of refusal: Refusal) { self = ExitStatus(rawValue: refusal.code.exitStatus) ?? .badInput }
}
