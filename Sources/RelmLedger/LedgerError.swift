/// Trouble with a ledger as a whole: what is wrong, and what to do.
package struct LedgerError: Error, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    /// There is no ledger there.
    case noLedger
    /// This user may not enter it.
    case notPermitted
    /// It cannot be made there.
    case cannotCreate
    /// What was asked for does not exist.
    case notFound
    /// The input is wrong.
    case badInput
    /// Another process has it: try again.
    case busy
    /// Others than its owner may write to it.
    case exposed
    /// The ledger was opened for reading only.
    case readOnly
    /// A file beside the log does not read; what the log says is whole.
    case unreadable
    /// The log, or what it rests on, is damaged.
    case damaged
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
