internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmStorage
internal import RelmVault

/// What kind of trouble an error of the ledger is, whichever boundary it comes from: a command ends with it, and a server
/// answers it.
package enum Trouble: Sendable {
  /// There is no such ledger, file or record.
  case noInput
  case badInput
  /// An output cannot be made.
  case cannotCreate
  /// Somebody else holds it: try again.
  case busy
  case noAuthority
  /// Something that the program rests on cannot be reached.
  case unavailable
  /// A newer program wrote it.
  case newerFormat
  /// Reading or writing failed. After an append the outcome is unknown.
  case inputOutput
  /// Records, their tree, evidence or vault are not what was written.
  case integrityBroken

  /// - Returns: nil for what is not thrown by the ledger, nor by what it stands on.
  package init?(_ error: any Error) {
    switch error {
    case let error as StorageError: self = Self.kind(of: error)
    case let error as LedgerError: self = Self.kind(of: error)
    case let error as LogError: self = Self.kind(of: error)
    case let error as VaultError: self = Self.kind(of: error)
    case is BrokenHistory: self = .integrityBroken
    case let error as FileError: self = error.isTooLong ? .badInput : Self.kind(of: error)
    default: return nil
    }
  }

  private static func kind(of error: FileError) -> Trouble {
    // Of the ledger's own: what somebody has named is told of where it is opened.
    if error.kind != nil { return .inputOutput }
    return switch error.code {
    case ENOENT, ENOTDIR: .noInput
    case EISDIR, ELOOP, ENAMETOOLONG: .badInput
    case EACCES, EPERM: .noAuthority
    default: .inputOutput
    }
  }

  private static func kind(of error: StorageError) -> Trouble {
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

  private static func kind(of error: LedgerError) -> Trouble {
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

  private static func kind(of error: VaultError) -> Trouble {
    switch error {
    case .file(let error): error.code == EACCES ? .noAuthority : .inputOutput
    case .exposed: .noAuthority
    case .damaged, .missing, .notAVault: .inputOutput
    case .exists: .cannotCreate
    case .badAccount, .taken, .nameTaken, .unknownPerson, .erased: .badInput
    case .conflict, .busy: .busy
    }
  }

  private static func kind(of error: LogError) -> Trouble {
    switch error {
    case .notALog: .noInput
    case .newerFormat: .newerFormat
    case .missingRecord, .damagedHead: .integrityBroken
    }
  }
}
