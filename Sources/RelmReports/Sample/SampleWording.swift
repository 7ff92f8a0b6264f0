package import RelmDomain
package import RelmProof

extension SampleReport.StepName {
  /// The step as a heading.
  package var title: String {
    switch self {
    case .request: "Request"
    case .assessment: "Assessment"
    case .risk: "Risk"
    case .build: "Build"
    case .test: "Tests"
    case .approval: "Approvals"
    case .gate: "Gate"
    case .deployment: "Deployment"
    case .verification: "Verification"
    case .handover: "Handover"
    case .review: "Review"
    case .other: "Also recorded"
    }
  }
}

extension SampleReport.Walk {
  /// What the compliance report tells of the deployment that is out of the ordinary: a name, and what is to be said of it.
  ///
  /// - Throws: what the reader throws.
  package func remarks(for reader: Reader) throws -> [(name: String, words: String)] {
    var remarks: [(name: String, words: String)] = []
    if let annulled { remarks.append(("Annulled", try annulled.words(for: reader))) }
    if restored == true { remarks.append(("Put there by", ComplianceWords.restored)) }
    if let unreleasable { remarks.append(("Not to be released", try unreleasable.sentence(for: reader))) }
    return remarks
  }

  /// "payments-api 2026.11.3 to production/eu, deployment d-118".
  package var title: String {
    guard case .release(let package, let version)? = Subject.named(release) else {
      return "\(release) to \(environment), deployment \(deployment)"
    }
    return "\(package) \(version) to \(environment), deployment \(deployment)"
  }

  /// The steps to show: all that every release has, and what else is recorded where there is any.
  package var shown: [SampleReport.Step] { steps.filter { $0.step != .other || !$0.records.isEmpty } }
}

extension SampleReport.Annulment {
  /// By whom, when, where and why.
  package func words(for reader: Reader) throws -> String {
    let person = try by.map { "by \(try reader.name($0)) " } ?? ""
    return "\(person)at \(Wording.second(recorded)), position \(position.value): \(try reader.sentence(reason))"
  }
}

extension SampleReport {
  /// How many were drawn of how many, and by which word.
  package var title: String {
    let whole = "Sample of \(sample.count) of \(population.count) deployment\(population.count == 1 ? "" : "s")"
    guard let development else { return "\(whole) to \(scope.context.rawValue)" }
    return "\(whole), \(population.count - development) to production and \(development) to development"
  }

  /// How the sample is drawn again.
  package var method: String {
    "Drawn with the seed “\(seed)” from the tree of \(PlainWords.count(asOf.events, "record")) of \(origin) with the root \(asOf.root): those with "
      + "the lowest SHA-256 over the seed, a zero byte, the root's 32 bytes and the position as 8 bytes, the highest first."
  }

  /// What would belong besides; nil where there is none.
  package var besides: String? {
    leftOut.map { count in
      let other: Context = scope.context == .development ? .production : .development
      return
        "\(ComplianceWords.count(count, "deployment")) to \(other.rawValue) \(count == 1 ? "is" : "are") not in the "
        + "population: --context \(other.rawValue)"
    }
  }

  /// How a record is checked.
  package var check: String {
    "Every record is followed by its leaf hash in that tree; 'relm prove POSITION' prints its proof, and --format json "
      + "holds the hashes up to the root."
  }

  /// Every position that is cited, once, ascending.
  package var cited: [Position] {
    Set(sample.flatMap { $0.steps.flatMap { $0.records.map(\.position) } }).sorted()
  }
}
