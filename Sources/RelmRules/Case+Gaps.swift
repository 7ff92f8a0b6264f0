internal import RelmDomain
internal import RelmProof

/// What is missing where it is not known who had a duty.
extension Case {
  struct Gap {
    /// In brackets, behind "is not known"; empty where there is nothing to add.
    let words: String
    let remedies: [Remedy]

    static let unmendable = Gap(words: "", remedies: [])
  }

  /// Which record leaves out who had a duty, and what to record instead.
  func gap(in duty: PolicyDocument.Separate) -> Gap {
    let subject = Subject.release(package: package, version: version)
    switch duty {
    case .requester:
      // Who asked for a release is said once, by its plan.
      let plan = release?.plan?.planned.position
      return Gap(
        words: plan == nil ? "" : " (the plan names nobody)",
        remedies: [plan.map(Remedy.annul)].compactMap { $0 } + [
          .record(.releasePlanned, about: subject, ["class=normal", "requestedBy=…"])
        ])
    case .author: return authorGap(subject)
    case .initiator: return initiatorGap(subject)
    // Before a deployment there is none, and afterwards it is as it was begun.
    case .deployer, .approver: return .unmendable
    }
  }

  private func authorGap(_ subject: Subject) -> Gap {
    let nameless = Dictionary(grouping: commits, by: \.id).filter { $0.value.allSatisfy(\.authors.isEmpty) }
      .keys.sorted()
    guard let first = nameless.first else {
      return Gap(
        words: " (no commit is recorded)",
        remedies: [
          .record(
            .releaseScopeChanged, about: subject, [#"commits:=[{"id":"…","authors":["…"]}]"#, "reason=…"])
        ])
    }
    let more = nameless.count > 1 ? ", nor do \(nameless.count - 1) more" : ""
    let told = nameless.map { #"{"id":"\#($0)","authors":["…"]}"# }.joined(separator: ",")
    return Gap(
      words: " (commit \(first) names no author\(more))",
      remedies: [.record(.releaseScopeChanged, about: subject, ["commits:=[\(told)]", "reason=…"])])
  }

  private func initiatorGap(_ subject: Subject) -> Gap {
    let builds = facts { event -> BuildFinished? in
      if case .buildFinished(let data) = event { data } else { nil }
    }
    let again = buildFields(builds.last?.data.tool?.capability)
    let nameless = builds.filter { $0.data.initiator == nil }
    guard let first = nameless.first else {
      return Gap(
        words: " (no build is recorded)",
        remedies: [.record(.buildFinished, about: subject, ["build=…"] + again)])
    }
    let places = nameless.map { String($0.position.value) }.joined(separator: ", ")
    return Gap(
      words: " (the build at position \(places) names no initiator)",
      remedies: nameless.map { .annul($0.position) } + [
        .record(.buildFinished, about: subject, ["build=\(first.data.build)"] + again)
      ])
  }
}
