/// Lists inside a row: short, in a fixed order, and never longer than their limit.
extension Array {
  /// Where an element with a name stands in a list sorted by that name, or before which it would.
  enum Place: Equatable {
    case at(Int)
    case before(Int)
  }

  func place(of name: String, by key: (Element) -> String) -> Place {
    var lower = 0
    var upper = count
    while lower < upper {
      let middle = (lower + upper) / 2
      if key(self[middle]) < name { lower = middle + 1 } else { upper = middle }
    }
    return lower < count && key(self[lower]) == name ? .at(lower) : .before(lower)
  }

  /// Drops the element with the earliest moment if the list is longer than its limit.
  ///
  /// - Returns: whether one was dropped.
  mutating func dropOldest(over limit: Int, by moment: (Element) -> Moment) -> Bool {
    guard count > limit, let oldest = indices.min(by: { moment(self[$0]) < moment(self[$1]) }) else {
      return false
    }
    remove(at: oldest)
    return true
  }

  /// Puts what was said last under a name into a list sorted by names; of more names than a row lists the latest stay.
  mutating func keep(
    _ element: Element, of name: String, by key: (Element) -> String, _ moment: (Element) -> Moment
  ) {
    switch place(of: name, by: key) {
    case .at(let index):
      if moment(self[index]) < moment(element) { self[index] = element }
    case .before(let index):
      insert(element, at: index)
      _ = dropOldest(over: ReleaseRow.listLimit, by: moment)
    }
  }

  /// Puts an element into a list in the order of moments, and drops the earliest if the list is then too long.
  mutating func add(_ element: Element, limit: Int, by moment: (Element) -> Moment) {
    let index = lastIndex { moment($0) < moment(element) }.map { $0 + 1 } ?? 0
    insert(element, at: index)
    if count > limit { removeFirst() }
  }
}
