internal import RelmDomain

/// Capabilities, sources of history, and people.
extension BatchNames {
  mutating func look(atCapability name: String, _ place: Int) throws {
    guard isNew("capability/\(name)"), !made.capabilities.contains(name),
      try !known.isRegistered(capability: name)
    else { return }
    let near = NearNames.of(name, in: try known.allCapabilities(), most: 2)
    tell(
      "capability/\(name)", place, at: "/data/tool/capability", "no capability '\(name)' is registered",
      advice: Self.advice(near, else: "To register it: relm record --help capability.registered"),
      isOfNewName: near.isEmpty)
  }

  mutating func look(atSource source: String, _ place: Int) throws {
    guard isNew("source/\(source)"), !made.sources.contains(source), try !known.isKnown(source: source) else {
      return
    }
    tell(
      "source/\(source)", place, at: "/data/source", "nothing was recorded from the source '\(source)'",
      advice: Self.advice(
        NearNames.of(source, in: try known.allSources(), most: 2), else: "It accepts nothing that is there yet")
    )
  }

  mutating func look(at hold: HoldPlaced, _ place: Int) throws {
    for person in hold.persons {
      guard let account = newcomers[person], isNew("account/\(account)") else { continue }
      tell(
        "account/\(account)", place, at: "/data/persons", "nobody here has the account '\(account)'",
        advice: Self.advice(
          NearNames.of(account, in: try known.allAccounts(), most: 2),
          else: "The hold keeps nothing that is there yet"))
    }
    for subject in hold.subjects {
      guard isNew("stream/\(subject)"), !made.streams.contains(subject), try !known.isKnown(stream: subject)
      else { continue }
      tell(
        "stream/\(subject)", place, at: "/data/subjects", "nothing is recorded about \(subject)",
        advice: "The hold keeps nothing that is there yet")
    }
  }

  mutating func look(atLinksOf person: PersonID, _ place: Int) throws {
    guard isNew("links/\(person.text)"), !made.linked.contains(person) else { return }
    let row = try known.person(person)
    guard row?.kind != .service, !(row?.isLinked ?? false), row?.human == nil else { return }
    tell(
      "links/\(person.text)", place, at: "/authid",
      "\(person.text) is linked to nobody, and where duties are to be kept apart that does not count",
      advice: "Let somebody else say whose account it is: relm person link ACCOUNT")
  }

  mutating func look(atNewcomer person: PersonID, _ place: Int) throws {
    guard let account = newcomers[person], isNew("account/\(account)") else { return }
    let accounts = try known.allAccounts()
    comparisons -= accounts.count
    guard comparisons >= 0, let meant = accounts.first(where: { Self.isSlip(account, for: $0) }) else { return }
    tell(
      "account/\(account)", place, at: "/authid", "nobody here had the account '\(account)' before",
      advice: "Did you mean '\(meant)'? Else nothing is to be done")
  }

  /// Whether one account is probably another, misspelt: two people of one house have much in common by right.
  private static func isSlip(_ account: String, for other: String) -> Bool {
    if account.lowercased() == other.lowercased() { return account != other }
    let (mine, theirs) = (account.split(separator: "@"), other.split(separator: "@"))
    guard mine.count == 2, theirs.count == 2 else { return NearNames.isSlip(account, for: other) }
    if mine[1] == theirs[1] { return NearNames.isSlip(String(mine[0]), for: String(theirs[0])) }
    return mine[0] == theirs[0] && NearNames.isSlip(String(mine[1]), for: String(theirs[1]))
  }
}
