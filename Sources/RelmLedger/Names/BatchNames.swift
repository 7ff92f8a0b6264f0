internal import RelmDomain

/// One batch of claims, looked through.
struct BatchNames {
  var known: KnownNames
  let made: MadeNames
  let allowsForeign: Bool
  /// Whether names have to be known: then each claim that has an unknown one is spoken of.
  let isStrict: Bool
  /// Which names were spoken of.
  var told: Set<String>
  let newcomers: [PersonID: String]
  var comparisons: Int
  private static let mostNewcomers = 8
  /// Which names were looked up, and are known or were spoken of.
  var seen: Set<String> = []
  /// Which were looked up for the claim that is looked at.
  private var looked: [String] = []
  var remarks: [NameRemark] = []
  /// The types of our own that types of others are like.
  private var likeOwn: [String: String?] = [:]

  init(
    known: KnownNames, made: MadeNames, allowsForeign: Bool, isStrict: Bool, told: Set<String>,
    newcomers: [PersonID: String], comparisons: Int
  ) {
    self.known = known
    self.made = made
    self.allowsForeign = allowsForeign
    self.isStrict = isStrict
    self.told = told
    self.newcomers = newcomers
    self.comparisons = comparisons
  }

  mutating func look(at claim: PreparedClaim, _ place: Int) throws {
    let envelope = claim.claim.envelope
    if claim.event == .foreign { return look(atForeign: envelope.type, place) }
    if case .environment(.freezeDeclared(let data)) = claim.event,
      case .environment(let name)? = envelope.subject.flatMap(Subject.named)
    {
      try look(at: data, of: name, place)
    }
    let environments = claim.event.environments
    for named in environments where !named.mayBeMany && EnvironmentScope(named.name).isPattern {
      refuse(
        place, at: named.pointer, "'\(named.name)' stands for many environments, and this is about one",
        advice: "Name the environment")
    }
    guard isStrict || told.count < NameCheck.most else { return }
    defer { leave() }
    if envelope.authid == nil, !told.contains("nobody") {
      tell(
        "nobody", place, at: "/authid", "nobody is named who says it",
        advice: "Name the account with --actor or RELM_ACTOR, or as authid", .told)
    }
    let subject = envelope.subject.flatMap(Subject.named)
    switch subject {
    case .release(let package, let version)?: try look(atRelease: package, version, claim.event, place)
    case .environment(let name)?: try look(atStreamOf: name, claim.event, place)
    case .service, .policy, .procedure, .capability, .person, .incident, .ledger, nil: break
    }
    for named in environments { try look(atEnvironment: named.name, named.pointer, place) }
    if let capability = claim.event.capability { try look(atCapability: capability, place) }
    switch claim.event {
    case .ledger(.holdPlaced(let data)): try look(at: data, place)
    case .ledger(.historyAccepted(let data)): try look(atSource: data.source, place)
    case .release(.releaseSuperseded(let data)): try look(atSuccessor: data.by, place)
    case .release(.approvalGiven), .release(.authorisationGranted):
      if let person = envelope.authid.flatMap(PersonID.init) { try look(atLinksOf: person, place) }
    default: break
    }
    // Where many people come at once, somebody brings a house's history.
    guard !newcomers.isEmpty, newcomers.count <= Self.mostNewcomers else { return }
    for person in claim.event.persons + [envelope.authid.flatMap(PersonID.init)].compactMap({ $0 }) {
      try look(atNewcomer: person, place)
    }
    if case .person(let person)? = subject { try look(atNewcomer: person, place) }
  }

  /// Whether a name is to be looked at: it was not in this batch, and not told of before; where names have to be known,
  /// whether it is not known to be good.
  mutating func isNew(_ name: String) -> Bool {
    guard isStrict else { return seen.insert(name).inserted && !told.contains(name) }
    guard !seen.contains(name) else { return false }
    looked.append(name)
    return true
  }

  /// What was looked at and not told of is good.
  private mutating func leave() {
    for name in looked where !told.contains(name) { seen.insert(name) }
    looked.removeAll(keepingCapacity: true)
  }

  mutating func tell(
    _ name: String, _ place: Int, at pointer: String, _ reason: String, advice: String,
    _ weight: NameRemark.Weight = .strict, isOfNewName: Bool = false
  ) {
    told.insert(name)
    remarks.append(
      NameRemark(place, at: pointer, reason, advice: advice, weight, isOfNewName: isOfNewName))
  }

  /// Refuses a claim, whatever was said of others.
  mutating func refuse(_ place: Int, at pointer: String, _ reason: String, advice: String) {
    remarks.append(NameRemark(place, at: pointer, reason, advice: advice, .refused))
  }

  /// The known name that a new one is probably a slip for.
  mutating func slip(_ word: String, among names: [String]) -> String? {
    comparisons -= names.count
    guard comparisons >= 0 else { return nil }
    return names.first { NearNames.isSlip(word, for: $0) }
  }

  static func advice(_ near: [String], else advice: String) -> String {
    guard !near.isEmpty else { return advice }
    return "Did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))? \(advice)"
  }

  // MARK: Types

  mutating func look(atForeign type: String, _ place: Int) {
    guard !allowsForeign else { return }
    let found = likeOwn[type] ?? OwnTypeNames.nearest(to: type)
    likeOwn[type] = found
    guard let nearest = found else { return }
    refuse(
      place, at: "/type", "\(type) is no type of relm's, and would move nothing",
      advice: "Did you mean \(nearest)? A type of the house's own that is so near goes in with --foreign")
  }

  // MARK: Releases and packages

  mutating func look(
    atRelease package: String, _ version: String, _ event: Event, _ place: Int
  ) throws {
    let subject = Subject.release(package: package, version: version).text
    if isNew("package/\(package)"), try !known.isKnown(package: package),
      let meant = slip(package, among: try known.allPackages())
    {
      tell(
        "package/\(package)", place, at: "/subject", "nothing was recorded about a package '\(package)' before",
        advice: "Did you mean '\(meant)'? Else nothing is to be done")
    }
    guard !made.plans.contains(subject), isNew(subject) else { return }
    guard let (advice, isNew) = try advice(onUnplanned: package, version) else { return }
    tell(
      subject, place, at: "/subject", "nobody has planned \(subject)", advice: advice, isOfNewName: isNew)
  }

  /// The release that takes another's place: what nobody has planned takes nobody's.
  mutating func look(atSuccessor name: String, _ place: Int) throws {
    guard case .release(let package, let version)? = Subject.named(name) else { return }
    let subject = Subject.release(package: package, version: version).text
    guard !made.plans.contains(subject), isNew("successor/\(subject)"),
      let (advice, _) = try advice(onUnplanned: package, version)
    else { return }
    tell(
      "successor/\(subject)", place, at: "/data/by",
      "\(subject), which is to take its place, nobody has planned",
      advice: "\(advice). What is superseded by a slip is released again once that is annulled")
  }

  /// What to do about a release that nobody has planned, and whether nothing is called nearly so; nil where somebody has.
  private func advice(
    onUnplanned package: String, _ version: String
  ) throws -> (words: String, isOfNewName: Bool)? {
    let row = try known.release(package, version)
    guard row?.plan == nil else { return nil }
    let near =
      row == nil
      ? try known.versions(of: package).filter { VersionOrder.isSpelling(version, of: $0) }.map {
        "\(package)/\($0)"
      }
      : []
    let subject = Subject.release(package: package, version: version).text
    return (
      Self.advice(
        near, else: "To plan it: relm record release.planned --subject '\(subject)' class=normal"),
      near.isEmpty
    )
  }
}
