/// A procedure's versions, in the order in which they were published.
extension ProcedureRow {
  /// The row after one more event of the procedure's stream. Total.
  package static func evolve(
    _ row: ProcedureRow?, procedure: String, by event: ProcedureEvent, at moment: Moment, person: PersonID?
  ) -> ProcedureRow? {
    switch event {
    case .procedurePublished(let data):
      var row = row ?? ProcedureRow(procedure: procedure, versions: [])
      row.versions.append(
        Publication(version: data.document.version, published: moment, by: person, document: data.document))
      row.reviewBy = data.document.reviewBy?.instant.representable
      return row
    case .procedureReviewed(let data):
      guard var row else { return nil }
      row.reviewed = moment
      row.reviewBy = data.reviewBy?.instant.representable
      return row
    case .procedureRetired(let data):
      guard var row else { return nil }
      row.retired = moment
      row.replacedBy = data.replacedBy
      return row
    }
  }

  /// The version that is to be followed; nil where there is none, or it is retired.
  package var current: Publication? {
    guard let last = versions.last else { return nil }
    if let retired, last.published.position < retired.position { return nil }
    return last
  }
}
