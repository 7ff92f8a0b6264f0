internal import RelmDomain
internal import RelmLedger

/// The commands that help where a gate is closed: one a rule, to be copied and filled in.
enum GateHelp {
  /// - Returns: each command once, in the order of the rules.
  static func commands(for data: GateDecided, of question: GateQuestion) -> [String] {
    guard data.outcome == .closed else { return [] }
    var found: [String] = []
    for finding in data.findings where finding.outcome.closesGate {
      guard let command = command(for: finding.rule, question), !found.contains(command) else { continue }
      found.append(command)
    }
    if data.findings.isEmpty { found.append("relm policy list") }
    return found
  }

  private static func command(for rule: RuleName, _ question: GateQuestion) -> String? {
    func record(_ type: String, _ fields: String = "") -> String {
      "relm record \(type) --subject \(question.release)" + (fields.isEmpty ? "" : " " + fields)
    }
    let here = "environment=\(question.environment)"
    return switch rule {
    case .planned: record("release.planned", "class=normal")
    case .classified: record("release.scope.changed", "class=… reason=…")
    case .designed, .rollbackPlanned:
      record("release.designed", "strategy=rolling takeBack=rollBack rollbackPlan=…")
    case .componentsAssessed: record("component.assessed", "component.name=… kind=… verdict=acceptable")
    case .riskAssessed:
      record("risk.assessed", "likelihood=… impact=… residualLikelihood=… residualImpact=…")
    case .built:
      record(
        "build.finished",
        #"build=… outcome=succeeded tool.name=… tool.capability=… artifacts:='[{"name":"…","digest":"sha256:…"}]'"#
      )
    case .tested: record("test.finished", "test=… suite=… outcome=succeeded digests=…")
    case .validated: record("validation.finished", "validation=… outcome=succeeded")
    case .baselined:
      "relm record baseline.recorded --subject environment/\(question.environment) baseline=… moment=before "
        + "release=\(question.release)"
    case .scheduled:
      record(
        "schedule.agreed",
        #"windows:='[{"environment":"\#(question.environment)","from":"…","until":"…"}]'"#)
    case .partnersConsulted: record("partner.consulted", "partner=… name=… about=… outcome=agreed")
    case .communicated: record("communication.sent", "audience=… channel=… topic=…")
    case .approved: record("approval.given", "scope=deployment \(here)")
    case .authorised: record("authorisation.requested", "authorisation=… activity=… reason=… of=… \(here)")
    case .notFrozen:
      "relm record freeze.lifted --subject environment/\(question.environment) freeze=… reason=…"
    case .attested: record("attestation.recorded", "digest=… predicateType=… statement=@FILE")
    case .capabilityInPlace: "relm record capability.assessed --subject capability/… verdict=acceptable"
    case .personnelCompetent: "relm state people"
    // What is over is over: another version goes.
    case .releasable: "relm record release.planned --subject release/\(question.package)/… class=normal"
    case .requirementsMet: "relm state running \(question.environment)"
    // These are judged after a deployment, and close no gate.
    case .procedureApplied, .gated, .verified, .reconciled, .handedOver, .supported, .reviewed,
      .recordedPromptly:
      nil
    }
  }
}
