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
    "Sample of \(sample.count) of \(population.count) deployment\(population.count == 1 ? "" : "s")"
  }

  /// How the sample is drawn again.
  package var method: String {
    "Drawn with the seed “\(seed)” from the tree of \(asOf.events) records of \(origin) with the root \(asOf.root): those with "
      + "the lowest SHA-256 over the seed, a zero byte, the root's 32 bytes and the position as 8 bytes, the highest first."
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
