internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// What to say of events that were recorded before and do not count any more: "it is there already" is true of them, and not
/// all of the truth.
enum DuplicateRemarks {
  static func tell(_ receipts: [Receipt], _ ledger: Ledger) throws {
    for receipt in receipts where receipt.status == .duplicate {
      guard let reason = try lapse(of: receipt.position, ledger) else { continue }
      Terminal.remark(
        "position \(receipt.position.value) was recorded under this id before, and \(reason); to say it again, give it "
          + "another --id")
    }
  }

  /// Why what stands at a position does not count any more; nil where it does.
  private static func lapse(of position: Position, _ ledger: Ledger) throws -> String? {
    if let annulment = try ledger.standing(of: position).annulledBy.first {
      return "is annulled since, at position \(annulment.value)"
    }
    guard case .release(let package, let version)? = try ledger.recorded(position)?.subject else { return nil }
    let row = try ledger.withViews { rows, _ in
      try Approvals.row(RowKey(package, version, ApprovalID.at(position)), in: rows)
    }
    guard let row, row.status == .withdrawn, let decided = row.decided else { return nil }
    return "is withdrawn since, at position \(decided.position.value)"
  }
}
