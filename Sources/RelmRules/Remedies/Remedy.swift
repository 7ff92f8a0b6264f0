package import RelmDomain
internal import RelmProof

/// What makes a rule hold that does not: something to record, with all filled in that is known.
///
/// It is told with the reason, so that nobody has to look up how something is mended that the rule has just seen. Whoever
/// shows it puts accounts in place of pseudonyms.
package struct Remedy: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An event to record, with its fields as `relm record` takes them: `…` stands for what only a person knows.
    case record(EventType, subject: String, fields: [String])
    /// Where to look, as the words of a command.
    case look([String])
  }

  package let kind: Kind
  /// Who does it, where not everybody may; nil where whoever it concerns does.
  package let by: String?

  static func record(
    _ type: EventType, about subject: String, _ fields: [String] = [], by: String? = nil
  ) -> Remedy {
    Remedy(kind: .record(type, subject: subject, fields: fields), by: by)
  }

  static func record(
    _ type: EventType, about subject: Subject, _ fields: [String] = [], by: String? = nil
  ) -> Remedy {
    record(type, about: subject.text, fields, by: by)
  }

  static func look(_ words: String...) -> Remedy { Remedy(kind: .look(words), by: nil) }
}

extension Remedy {
  /// An account that is linked to no human comes to be known as one's.
  static func link(_ person: PersonID) -> Remedy {
    record(.personLinked, about: .person(person), ["kind=human"], by: "somebody else, with level 6")
  }

  /// A service account comes to have a human who answers for it.
  static func own(_ service: PersonID) -> Remedy {
    record(.personLinked, about: .person(service), ["kind=service", "owner=…"], by: "somebody with level 6")
  }

  /// Somebody gets a level for what a release concerns.
  static func grant(_ person: PersonID, level: Int, for judged: Case) -> Remedy {
    record(
      .authorityGranted, about: .person(person),
      ["level=\(level)", "contexts=\(judged.context.rawValue)", "packages=\(judged.package)"],
      by: "somebody with level 6")
  }

  /// Somebody gets a level for what a release concerns who is none of those that have it.
  static func grantAnother(level: Int, noneOf duties: String, for judged: Case) -> Remedy {
    record(
      .authorityGranted, about: "person/ACCOUNT",
      ["level=\(level)", "contexts=\(judged.context.rawValue)", "packages=\(judged.package)"],
      by: "somebody with level 6, to somebody who is none of: \(duties)")
  }

  /// Somebody who may says which services a release concerns.
  static func sayServices(of judged: Case) -> Remedy {
    let named = judged.release?.plan?.services ?? []
    return record(
      .releaseScopeChanged, about: .release(package: judged.package, version: judged.version),
      (named.isEmpty ? ["services=…"] : named.map { "services=\($0)" }) + ["reason=…"],
      by: "somebody with level 5 for them")
  }

  /// A capability comes to be relied on.
  static func relyOn(_ capability: String, _ state: some LedgerState) throws -> [Remedy] {
    let subject = Subject.capability(capability)
    let assessment = record(.capabilityAssessed, about: subject, ["verdict=acceptable", "validUntil=…"])
    guard try state.capability(capability) == nil else { return [assessment] }
    return [record(.capabilityRegistered, about: subject, ["kind=…", "title=…", "owner=…"]), assessment]
  }

  /// An event that says too little, or is wrong, stops counting.
  static func annul(_ position: Position) -> Remedy {
    record(.eventAnnulled, about: "ledger", ["position=\(position.value)", "reason=…"])
  }
}

extension Sequence<Remedy> {
  /// Each once, in their order.
  package var once: [Remedy] {
    var known: Set<Remedy> = []
    return filter { known.insert($0).inserted }
  }
}

extension Remedy {
  /// As a command to copy, with who does it as a comment. People stand as their pseudonyms.
  package var command: String {
    let words =
      switch kind {
      case .record(let type, let subject, let fields):
        ["record", EventType.short(type.rawValue), "--subject", ShellWord.quoted(subject)]
          + fields.map { ShellWord.quoted(field: $0) }
      case .look(let words): words.map { ShellWord.quoted($0) }
      }
    return "relm " + words.joined(separator: " ") + (by.map { "  # by \($0)" } ?? "")
  }
}

extension Remedy {
  /// The same, by one of those from whom a requirement takes it.
  func coming(from source: PolicyDocument.EvidenceSource) -> Remedy {
    let kinds = source.kinds.map { kind in
      switch kind {
      case .human: "a linked human"
      case .service: "a service account whose owner is linked"
      }
    }
    let people = source.accounts.map { "person/\($0.uuid.text)" }
    let capabilities = source.capabilities.map { "who stands for capability \($0)" }
    let named = (kinds + people + capabilities).joined(separator: " or ")
    let others = source.independentOf.map(\.rawValue).joined(separator: " nor ")
    let from = named.isEmpty ? "somebody who is known" : named
    return Remedy(kind: kind, by: from + (others.isEmpty ? "" : ", not by \(others)"))
  }
}
