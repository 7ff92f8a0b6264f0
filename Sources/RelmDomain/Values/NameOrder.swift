/// The order of names for a reader: as words, so that `Zeta` does not come before `alpha`, and the same on every machine.
package enum NameOrder {
  package static func precedes(_ left: String, _ right: String) -> Bool {
    let (first, second) = (left.lowercased(), right.lowercased())
    guard first.utf8.elementsEqual(second.utf8) else {
      return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
