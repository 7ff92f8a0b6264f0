internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger
internal import RelmLog
internal import RelmProjections
internal import RelmProof
internal import RelmStorage
internal import RelmVault

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
    case let error as StorageError: self = Self.status(of: error)
    case let error as LedgerError: self = Self.status(of: error)
    case let error as LogError: self = Self.status(of: error)
    case let error as VaultError: self = Self.status(of: error)
    case is BrokenHistory: self = .integrityBroken
    case is JSONError, is DecodingFailure, is NoteError, is InterchangeError: self = .badInput
    case is UnknownControl: self = .usage
    case let error as FileError: self = error.isTooLong ? .badInput : Self.status(of: error)
    default: self = .inputOutput
    }
  }

  private static func status(of error: FileError) -> ExitStatus {
    // Of the ledger's own: what somebody has named is told of where it is opened.
    if error.kind != nil { return .inputOutput }
    return switch error.code {
    case ENOENT, ENOTDIR: .noInput
    case EISDIR, ELOOP, ENAMETOOLONG: .badInput
    case EACCES, EPERM: .noAuthority
    default: .inputOutput
    }
  }

  private static func status(of error: StorageError) -> ExitStatus {
    switch error.code {
    case .notFound: .noInput
    case .alreadyExists, .cannotCreate: .cannotCreate
    // What can be rebuilt and was, in vain, is the disk's trouble, not the ledger's.
    case .damaged: StoreGuard.canRebuild(error) ? .inputOutput : .integrityBroken
    case .notPermitted, .readOnly: .noAuthority
    case .versionMismatch: .newerFormat
    case .busy, .readersFull: .busy
    case .networkFileSystem: .unavailable
    case .mapFull, .notPlain, .noSpace, .fileTooLarge, .badTransaction, .forked, .keyTooLong,
      .openedDifferently,
      .inputOutput:
      .inputOutput
    }
  }

  private static func status(of error: LedgerError) -> ExitStatus {
    switch error.code {
    case .noLedger, .notFound: .noInput
    case .cannotCreate: .cannotCreate
    case .badInput: .badInput
    case .busy: .busy
    // Trying again does not help who may only read.
    case .exposed, .notPermitted, .readOnly: .noAuthority
    case .unreadable: .inputOutput
    case .damaged: .integrityBroken
    }
  }

  private static func status(of error: VaultError) -> ExitStatus {
    switch error {
    case .file(let error): error.code == EACCES ? .noAuthority : .inputOutput
    case .exposed: .noAuthority
    case .damaged, .missing, .notAVault: .inputOutput
    case .exists: .cannotCreate
    case .badAccount, .taken, .nameTaken, .unknownPerson, .erased: .badInput
    case .conflict, .busy: .busy
    }
  }

  private static func status(of error: LogError) -> ExitStatus {
    switch error {
    case .notALog: .noInput
    case .newerFormat: .newerFormat
    case .missingRecord, .damagedHead: .integrityBroken
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
