/// Carries any error out of a transaction's body, for callers whose own errors are of many types.
package struct AnyFailure: StorageErrorConvertible {
  /// What was thrown.
  package let underlying: any Error

  package init(_ error: StorageError) { underlying = error }
  package init(carrying error: any Error) { underlying = error }

  /// Runs a body that throws anything, wrapping what it throws.
  package static func wrapping<R: ~Copyable>(_ body: () throws -> R) throws(AnyFailure) -> R {
    do { return try body() } catch { throw AnyFailure(carrying: error) }
  }

  /// Runs a body that throws wrapped errors, and throws what they carry.
  package static func unwrapping<R: ~Copyable>(_ body: () throws(AnyFailure) -> R) throws -> R {
    do throws(AnyFailure) { return try body() } catch { throw error.underlying }
  }
}
