internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmStorage

extension Ledger {
  /// Folds every view again from the first event, checking every stream's chain and every id on the way, and
  /// compares the rows with the stored ones.
  func verifyViews(
    _ head: LogHead, _ result: inout Verification, _ progress: (String, UInt64, UInt64) -> Void
  ) throws {
    let directory = isReadOnly ? Files.temporaryDirectory : layout.views
    let place = try BuildPlace.make(in: directory, named: "relm-verify-")
    let outcome = Result { try compareViews(at: place.path + "/views", head, &result, progress) }
    try place.remove()
    try outcome.get()
  }

  private func compareViews(
    at place: String, _ head: LogHead, _ result: inout Verification,
    _ progress: (String, UInt64, UInt64) -> Void
  ) throws {
    let rebuilt: Environment
    do {
      rebuilt = try views.build(at: place, upTo: head.size) { progress("views", $0, $1) }
    } catch let broken as BrokenHistory {
      return result.report("streams", broken.description)
    }
    do {
      try compare(rebuilt, at: head, &result)
    } catch {
      // The records themselves were just folded whole, so what does not fit them is a stored row.
      guard views.isDamage(error) || error is BrokenHistory || error is LogError else { throw error }
      result.viewProblems.append(
        .init(subject: "views", reason: "the stored rows do not read: \(error); rebuild: relm views rebuild"))
    }
  }

  private func compare(_ rebuilt: Environment, at head: LogHead, _ result: inout Verification) throws {
    try views.withCurrentRows { stored, checkpoint in
      // An append meanwhile moves the stored views on; then there is nothing to compare at this size.
      guard checkpoint.size == head.size else { return }
      try rebuilt.readRows { fresh in
        for table in Views.tables {
          var difference: String?
          result.rowsCompared += try compare(table, fresh, stored, &difference)
          if let difference {
            result.viewProblems.append(.init(subject: "views", reason: difference))
          }
        }
      }
    }
  }

  private func compare(
    _ table: RowTable, _ one: any RowReading, _ other: any RowReading, _ difference: inout String?
  ) throws -> Int {
    var compared = 0
    var next: [UInt8]?
    while true {
      let (left, right) = (try page(of: table, one, from: next), try page(of: table, other, from: next))
      for index in 0..<max(left.count, right.count) {
        guard index < left.count, index < right.count, left[index] == right[index] else {
          difference =
            "the stored rows of '\(table.name)' are not what the log gives; rebuild: relm views rebuild"
          return compared
        }
        compared += 1
      }
      guard left.count == Self.rowsPerPage, let last = left.last else { return compared }
      next = last.key + [0]
    }
  }

  private static let rowsPerPage = 2048

  private func page(of table: RowTable, _ rows: any RowReading, from key: [UInt8]?) throws -> [StoredRow] {
    var page: [StoredRow] = []
    try rows.scan(table, from: key, upTo: nil, reversed: false) { key, value in
      page.append(StoredRow(key: key, value: value))
      return page.count < Self.rowsPerPage
    }
    return page
  }

  /// Folds all views anew beside the stored ones, then swaps.
  package func rebuildViews(progress: (_ folded: UInt64, _ of: UInt64) -> Void = { _, _ in }) throws {
    guard !isReadOnly else {
      throw LedgerError(.readOnly, "the ledger at \(layout.root) may not be written to")
    }
    try Files.makeDirectory(layout.views)
    let place = try BuildPlace.make(in: layout.views, named: "rebuilding-")
    let outcome = Result {
      try views.build(at: place.path + "/views", upTo: log.head().size, progress).sync()
      try views.replace(with: place.path + "/views", movingOldTo: place.path + "/old")
    }
    try place.remove()
    try outcome.get()
    try views.catchUp(within: views.patience)
    try views.makeClean()
  }
}

private struct StoredRow: Equatable {
  let key: [UInt8]
  let value: [UInt8]
}

extension ViewStore {
  /// Folds the log's first records into a new generation at a path.
  ///
  /// - Throws: ``BrokenHistory`` where a record does not continue what was before.
  func build(
    at path: String, upTo size: TreeSize, _ progress: (UInt64, UInt64) -> Void
  ) throws -> Environment {
    let environment = try Environment.create(at: path, tables: ViewTables.all, durability: .onRequest) { _ in }
    var done: UInt64 = 0
    while done < size.value {
      let end = min(size.value, done + Self.eventsPerChunk)
      let writer = try ViewWriter(environment, within: patience)
      let views = try views(over: writer)
      try fold(upTo: Position(end), into: views)
      try views.flush(into: writer)
      try writer.commit()
      done = end
      progress(done, size.value)
    }
    return environment
  }
}
