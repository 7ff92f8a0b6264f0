internal import Glibc

/// LMDB's own order of keys: unsigned bytes, then length. Negative, zero or positive, as `memcmp`.
@inline(__always)
func order(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
  let shared = min(one.count, other.count)
  if shared > 0, let a = one.baseAddress, let b = other.baseAddress {
    let difference = unsafe memcmp(a, b, shared)
    if difference != 0 { return Int(difference) }
  }
  return one.count - other.count
}
