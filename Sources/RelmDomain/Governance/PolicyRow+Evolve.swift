/// A policy's versions, in the order in which they were adopted.
extension PolicyRow {
  /// The row after one more event of the policy's stream. Total.
  package static func evolve(
    _ row: PolicyRow?, policy: String, by event: PolicyEvent, _ recorded: RecordedEvent
  )
    -> PolicyRow?
  {
    switch event {
    case .policyAdopted(let data):
      let adoption = Adoption(
        version: data.document.version,
        effective: max(data.document.effectiveFrom?.instant ?? recorded.recorded, recorded.recorded)
          .representable,
        adopted: recorded.moment, by: recorded.person, document: data.document)
      var row = row ?? PolicyRow(policy: policy, versions: [])
      row.versions.append(adoption)
      row.reviewBy = data.document.reviewBy?.instant.representable
      return row
    case .policyReviewed(let data):
      guard var row else { return nil }
      row.reviewed = recorded.moment
      row.reviewBy = data.reviewBy?.instant.representable
      return row
    case .policyRetired(let data):
      guard var row else { return nil }
      row.retired = Moment(at: recorded.recorded.representable, position: recorded.position)
      row.replacedBy = data.replacedBy
      return row
    }
  }
}
