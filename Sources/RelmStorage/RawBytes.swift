/// What can lend its bytes for the time of a call: a key or a value on its way into the store.
///
/// Arrays, slices, raw buffers, spans and `Key` do; a digest or a record of another target may as well, and is
/// then written without a copy in between.
package protocol RawBytes: ~Copyable, ~Escapable {
  /// Lends the bytes; they must not leave `body`.
  func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R
}

extension Array: RawBytes where Element == UInt8 {
  @inlinable
  package func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try unsafe withUnsafeBufferPointer { bytes throws(E) in try unsafe body(UnsafeRawBufferPointer(bytes)) }
  }
}

extension ArraySlice: RawBytes where Element == UInt8 {
  @inlinable
  package func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try unsafe withUnsafeBufferPointer { bytes throws(E) in try unsafe body(UnsafeRawBufferPointer(bytes)) }
  }
}

extension UnsafeRawBufferPointer: @unsafe RawBytes {
  @inlinable
  package func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try unsafe body(self)
  }
}

extension RawSpan: RawBytes {
  @inlinable
  package func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    // The standard library's withUnsafeBytes rethrows untyped errors, so the outcome travels as a value.
    let outcome: Result<R, E> = unsafe withUnsafeBytes { bytes in
      do throws(E) { return .success(try unsafe body(bytes)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
