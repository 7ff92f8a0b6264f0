internal import RelmDomain

extension PolicyDocument.Requirement {
  /// What helps where the rule is not met and has nothing closer to say; nil for what nothing mends.
  ///
  /// - Parameter judged: the deployment, or what would be one.
  func usualRemedy(of judged: Case) -> Remedy? {
    let release = Subject.release(package: judged.package, version: judged.version)
    let environment = Subject.environment(judged.environment)
    let here = "environment=\(judged.environment)"
    let there = ["deployment=\(judged.attempt?.deployment ?? "…")", here]
    return switch rule {
    case .planned: .record(.releasePlanned, about: release, ["class=normal"])
    case .classified: .record(.releaseScopeChanged, about: release, ["class=…", "reason=…"])
    case .designed, .rollbackPlanned:
      .record(
        .releaseDesigned, about: release, ["strategy=rolling", "takeBack=rollBack", "rollbackPlan=…"])
    case .componentsAssessed:
      .record(
        .componentAssessed, about: release, ["component.name=…", "kind=…", "verdict=acceptable"])
    case .riskAssessed:
      .record(
        .riskAssessed, about: release,
        ["likelihood=…", "impact=…", "residualLikelihood=…", "residualImpact=…"])
    case .built:
      .record(
        .buildFinished, about: release,
        ["build=\(judged.latestBuild ?? "…")"] + judged.buildFields(capabilities.first))
    case .tested:
      .record(
        .testFinished, about: release,
        ["test=…", "suite=\(suites.first ?? "…")", "outcome=succeeded", "backfilled=true"]
          + judged.digestFields + [capabilities.first.map { "tool.capability=\($0)" }].compactMap { $0 })
    case .validated: .record(.validationFinished, about: release, ["validation=…", "outcome=succeeded"])
    case .baselined:
      .record(
        .baselineRecorded, about: environment,
        ["baseline=…", "moment=\(judged.attempt == nil ? "before" : "after")", "release=\(release.text)"])
    case .scheduled:
      .record(
        .scheduleAgreed, about: release,
        [#"windows:=[{"environment":"\#(judged.environment)","from":"…","until":"…"}]"#])
    case .partnersConsulted:
      .record(.partnerConsulted, about: release, ["partner=…", "name=…", "about=…", "outcome=agreed"])
    case .communicated:
      .record(.communicationSent, about: release, ["audience=…", "channel=…", "topic=…"])
    case .approved: .record(.approvalGiven, about: release, ["scope=deployment", here])
    case .authorised:
      .record(
        .authorisationRequested, about: release,
        ["authorisation=…", "activity=…", "reason=…", "of=…", here])
    case .attested:
      .record(.attestationRecorded, about: release, ["digest=…", "predicateType=…", "statement=@FILE"])
    case .verified:
      .record(.verificationFinished, about: release, there + ["outcome=succeeded"])
    case .reconciled:
      .record(
        .environmentObserved, about: environment,
        ["observer=…", "coverage=…", #"running:=[{"package":"…","version":"…"}]"#])
    case .handedOver: .record(.handoverOffered, about: release, ["handover=…", "to=…", "party=…", here])
    case .supported: .record(.supportOpened, about: release, ["support=…", "criteria=…", here])
    case .reviewed: .look("review", "open", "\(judged.package)/\(judged.version)")
    case .procedureApplied:
      .record(.procedureStepCompleted, about: release, ["procedure=…", "version=…", "step=…"])
    // What is over is over: another version goes.
    case .releasable:
      .record(.releasePlanned, about: "release/\(judged.package)/…", ["class=normal"])
    case .requirementsMet: .look("state", "running", judged.environment)
    case .personnelCompetent: .look("state", "people")
    case .gated: .look("gate", "\(judged.package)/\(judged.version)", "--to", judged.environment)
    // Those that can be met say how; what was recorded late stays so.
    case .capabilityInPlace, .notFrozen, .recordedPromptly: nil
    }
  }
}

extension Case {
  /// The build that is told of last; nil where none is, or that one did not succeed: then it takes another.
  var latestBuild: String? {
    let told = facts { said -> (build: String, isGood: Bool)? in
      switch said {
      case .buildStarted(let data): (data.build, true)
      case .buildFinished(let data): (data.build, data.outcome == .succeeded)
      default: nil
      }
    }
    return told.last.flatMap { $0.data.isGood ? $0.data.build : nil }
  }

  /// What is known of a build that would make what is deployed, but for its id.
  func buildFields(_ capability: String?) -> [String] {
    let artifacts = (digests.isEmpty ? ["sha256:…"] : digests.map(\.text)).map {
      #"{"name":"…","digest":"\#($0)"}"#
    }
    let commits = declaredCommits.map { #"{"id":"\#($0)"}"# }
    return [
      "outcome=succeeded", "backfilled=true", "initiator=…", "tool.name=…",
      "tool.capability=\(capability ?? "…")",
    ]
      + (commits.isEmpty ? [] : ["commits:=[\(commits.joined(separator: ","))]"])
      + ["artifacts:=[\(artifacts.joined(separator: ","))]"]
  }

  /// What is deployed, as the digests of an event.
  var digestFields: [String] { digests.isEmpty ? ["digests=…"] : digests.map { "digests=\($0.text)" } }
}
