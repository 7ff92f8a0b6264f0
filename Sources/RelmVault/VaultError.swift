package import RelmDomain
package import RelmFiles

/// What can go wrong between the program and `vault/`.
///
/// Every case names the file or the account, and its description ends with what to do: a vault is small, precious
/// and mended by hand. The account stands in the text on purpose; errors are shown to the one who typed it and are
/// never recorded.
package enum VaultError: Error, Equatable, Sendable {
  /// A file could not be used.
  case file(FileError)
  /// A file is there and does not say what it must say.
  case damaged(file: String, reason: String, remedy: String)
  /// A file that another file points to is not there.
  case missing(file: String, remedy: String)
  /// Others than the owner can read a file or folder that holds secrets.
  case exposed(file: String, mode: UInt16)
  /// Something is already there that must not be overwritten.
  case exists(file: String)
  /// No vault is at this place.
  case notAVault(folder: String)
  /// An account's name that cannot be one.
  case badAccount(account: String, reason: String)
  /// While we proposed a pseudonym for this account, somebody else made one: resolve again.
  case conflict(account: String)
  /// The account belongs to another person already.
  case taken(account: String, by: PersonID)
  /// Somebody else is called so, or has an account that reads like it.
  case nameTaken(name: String, by: PersonID)
  /// The vault has nothing about this pseudonym.
  case unknownPerson(PersonID)
  /// The person was erased: there is nothing left to change, to show or to seal with.
  case erased(PersonID)
  /// Another process holds the vault for changing and does not let go.
  case busy(file: String)
}

extension VaultError: CustomStringConvertible {
  /// What was wrong, where, and what to do, in one or two sentences.
  package var description: String {
    switch self {
    case .file(let error):
      return error.description
    case .damaged(let file, let reason, let remedy):
      return "\(file) is damaged: \(reason). \(remedy)"
    case .missing(let file, let remedy):
      return "\(file) is missing. \(remedy)"
    case .exposed(let file, let mode):
      return "\(file) can be used by others (mode 0\(String(mode, radix: 8))) and holds secrets. "
        + "Run: chmod go= '\(file)'"
    case .exists(let file):
      return "\(file) is already there and is not overwritten. Move it away first, or choose another place."
    case .notAVault(let folder):
      return "\(folder) is not a vault: it has no folders people and accounts. "
        + "Restore it from its backup, or name the right ledger."
    case .badAccount(let account, let reason):
      return "'\(account)' cannot be an account: \(reason)."
    case .conflict(let account):
      return "somebody else has just made a person for '\(account)'. Try again: nothing is lost."
    case .taken(let account, let person):
      return "the account '\(account)' belongs to \(person.text) already."
    case .nameTaken(let name, let person):
      return
        "'\(name)' is what \(person.text) is called, or an account of theirs: one name stands for one person. "
        + "Choose another, or link the two accounts first if they are one human."
    case .unknownPerson(let person):
      return "the vault knows nothing of \(person.text). If it should, restore the vault from its backup."
    case .erased(let person):
      return "\(person.text) was erased: only the pseudonym remains."
    case .busy(let file):
      return "another process is changing the vault (it holds the lock on \(file)). Try again."
    }
  }
}
