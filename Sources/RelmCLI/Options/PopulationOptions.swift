internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmJudging

/// Which deployments a question is about: of a package or release, to an environment or a context, begun in a period.
struct PopulationOptions: ParsableArguments {
  @Option(
    help: "Only this release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String?

  @Option(name: .customLong("package"), help: "Only this package.")
  var package: String?

  @Option(
    help: ArgumentHelp(
      "Deployments to environments for production, for development, or all, each counted apart; else to production, or what the "
        + "environment that is named is for. What is in no registered environment is production.",
      valueName: ContextChoice.allCases.map(\.rawValue).joined(separator: "|")))
  var context: ContextChoice?

  @Option(help: "Only deployments to this environment, such as production/eu.")
  var environment: String?

  @Option(
    help: ArgumentHelp(
      "Only deployments that began at this moment or later (RFC 3339, or a day such as 2026-10-01).",
      valueName: "moment"))
  var since: String?

  @Option(
    help: ArgumentHelp(
      "Only deployments that began before this moment: a period ends before its end.", valueName: "moment"))
  var until: String?

  /// What is asked, where the ledger knows what it names.
  ///
  /// - Throws: a failure that names what nothing is recorded about, with the nearest name.
  func question(of ledger: Ledger) throws -> ComplianceQuestion {
    var question = ComplianceQuestion(
      context: .production,
      zone: try since == nil && until == nil ? nil : Zone.name() ?? "UTC")
    if let release {
      guard package == nil else {
        throw CommandFailure(.usage, "--release names the package already; leave out --package")
      }
      let (package, version) = try ReleaseArgument.named(release, in: ledger)
      guard try ledger.knows(package, version) else {
        throw try ReleaseArgument.unknown(package, version, ledger)
      }
      (question.package, question.version) = (package, version)
    }
    if let package {
      try check(
        "package", package, ledger.standing(ofPackage: package), NameArgument.packagesAdvice)
      question.package = package
    }
    if let environment {
      let name = NameArgument.environment(environment)
      try check(
        "environment", name, ledger.standing(ofEnvironment: name), NameArgument.environmentsAdvice)
      question.environment = name
      question.context = ContextChoice(try ledger.context(ofEnvironment: name))
    }
    if let context { question.context = context }
    question.from = try since.map { try Moments.instant($0, option: "--since") }
    question.until = try until.map { try Moments.instant($0, option: "--until") }
    if let from = question.from, let until = question.until, until <= from {
      throw CommandFailure(
        .usage, "--since \(Moments.text(from)) must be before --until \(Moments.text(until))")
    }
    return question
  }

  private func check(
    _ kind: String, _ name: String, _ standing: NameStanding, _ advice: String
  ) throws {
    switch standing {
    case .known: return
    case .unknown(let nearest):
      throw NameArgument.unknown(kind, name, nearest: nearest, advice: advice)
    }
  }
}

extension ContextChoice: ExpressibleByArgument {}
