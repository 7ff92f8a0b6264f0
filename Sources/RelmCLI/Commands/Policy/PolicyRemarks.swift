internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// What is no mistake in a policy and yet worth a word: what will not be as it reads, and names that nobody knows.
struct PolicyRemarks {
  private let file: PolicyFile
  private let ledger: Ledger?

  /// - Parameters:
  ///   - file: the policy.
  ///   - ledger: where names are looked up; nil where there is none.
  init(_ file: PolicyFile, in ledger: Ledger?) {
    self.file = file
    self.ledger = ledger
  }

  func tell(now: Instant) throws {
    let document = file.document
    if let effective = document.effectiveFrom, effective.instant <= now {
      file.remark("/effectiveFrom", "that is past; it will be in force from its adoption, and never before")
    }
    if let reviewBy = document.reviewBy, reviewBy.instant <= now {
      file.remark("/reviewBy", "that is past; its review is overdue at once")
    }
    let asked = Set(document.rules.map(\.rule))
    for (place, rule) in document.nonWaivable.enumerated() where !asked.contains(rule) {
      file.remark(
        "/nonWaivable/\(place)",
        "the policy does not ask \(rule.rawValue), so nothing is kept from being waived")
    }
    try tellUnknown()
  }

  /// Says that the version was adopted before, where it was: adopting it would be refused.
  func tellIfAdopted() throws {
    guard let ledger else { return }
    let document = file.document
    let row = try ledger.withViews { rows, _ in try Policies.row(Policies.key(document.id), in: rows) }
    guard let known = row?.versions.first(where: { $0.version == document.version }) else { return }
    file.remark(
      "/version",
      known.document == document
        ? "this version is adopted already, at position \(known.adopted.position.value)"
        : "another text was adopted as this version, at position \(known.adopted.position.value); give it another one"
    )
  }

  private func tellUnknown() throws {
    guard let ledger else { return }
    let document = file.document
    try tell(document.appliesTo?.packages ?? [], at: "/appliesTo/packages", "no release of package", in: ledger)
    { name, _ in
      var isThere = false
      try ledger.forEachRow(of: Releases.self, under: [name]) { _, _ in
        isThere = true
        return false
      }
      return isThere
    }
    let isService = { (name: String, rows: any RowReading) in
      try Services.row(Services.key(name), in: rows) != nil
    }
    try tell(document.appliesTo?.services ?? [], at: "/appliesTo/services", "no service", in: ledger, isService)
    try tell(
      document.criticalWhen?.services ?? [], at: "/criticalWhen/services", "no service", in: ledger, isService)
    try tell(
      document.appliesTo?.environments ?? [], at: "/appliesTo/environments", "no environment", in: ledger
    ) {
      try Environments.row(Environments.key($0), in: $1) != nil
    }
    for (place, requirement) in document.rules.enumerated() {
      try tell(requirement.procedures, at: "/rules/\(place)/procedures", "no procedure", in: ledger) {
        try Procedures.row(Procedures.key($0), in: $1) != nil
      }
      try tell(requirement.capabilities, at: "/rules/\(place)/capabilities", "no capability", in: ledger) {
        try Capabilities.row(Capabilities.key($0), in: $1) != nil
      }
    }
  }

  private func tell(
    _ names: [String], at pointer: String, _ what: String, in ledger: Ledger,
    _ isKnown: (String, any RowReading) throws -> Bool
  ) throws {
    for (place, name) in names.enumerated() {
      let known = try ledger.withViews { rows, _ in try isKnown(name, rows) }
      if !known { file.remark("\(pointer)/\(place)", "\(what) “\(name)” is recorded in this ledger") }
    }
  }
}
