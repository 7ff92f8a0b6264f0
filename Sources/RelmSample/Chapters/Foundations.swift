internal import RelmDomain

/// The first two weeks: who is who and may do what, what one works with, where, and under which policies.
extension Chapter {
  static func foundations(_ calendar: WorkCalendar, owner: String?) -> Chapter {
    var chapter = Chapter("foundations", calendar)
    chapter.grantAuthority()
    chapter.link()
    if let owner { chapter.welcome(owner) }
    chapter.registerEnvironments()
    chapter.registerCapabilities()
    chapter.publishProcedures()
    chapter.adoptPolicies()
    return chapter
  }

  /// Minute by minute from a time of the first days.
  private func each(_ day: Int, _ hour: Int, _ minute: Int) -> Instant { calendar.at(day, hour, minute) }

  private mutating func grantAuthority() {
    func level(of name: String) -> Int64? {
      switch name {
      case House.compliance, House.operationsHead: 6
      case House.platform: 5
      case House.testing, House.operations, House.leaver: 4
      case House.stranger: 5
      case _ where House.managers.contains(name) || House.leads.contains(name): 5
      case _ where House.operators.contains(name) || House.developers.contains(name): 4
      case House.users, House.product: 3
      default: nil
      }
    }
    for (place, name) in (House.humans + [House.stranger]).enumerated() {
      guard let level = level(of: name) else { continue }
      let team = Team.allCases.first { $0.manager == name }
      tell(
        "granted-\(name)", .authorityGranted, "person/\(House.account(name))", by: House.head,
        at: each(0, 8, 10 + place),
        [
          "level": .number(level), "contexts": ["development", "production"],
          "services": team.map { [.text($0.service)] } ?? .absent,
          "reviewBy": level == 6 ? .absent : calendar.at(130, 0).written,
          "reason": "as agreed when the ledger was opened",
        ])
    }
  }

  private mutating func link() {
    for (place, name) in House.humans.enumerated() {
      tell(
        "linked-\(name)", .personLinked, "person/\(House.account(name))",
        by: name == House.head ? House.compliance : House.head, at: each(0, 9, 10 + place), ["kind": "human"])
    }
    for (place, (name, owner)) in House.machines.enumerated() {
      tell(
        "linked-\(name)", .personLinked, "person/\(House.account(name))", by: House.head,
        at: each(0, 10, place),
        ["kind": "service", "owner": House.person(owner)])
    }
  }

  /// Gives authority for everything to somebody who is no part of the house: who looks at the sample, and wants to act.
  private mutating func welcome(_ account: String) {
    tell(
      "granted-owner", .authorityGranted, "person/\(account)", by: House.head, at: each(0, 10, 10),
      ["level": 6, "contexts": ["development", "production"], "reason": "looks at the sample"])
    tell(
      "linked-owner", .personLinked, "person/\(account)", by: House.head, at: each(0, 10, 11), ["kind": "human"]
    )
  }

  private mutating func registerEnvironments() {
    tell(
      "registered-staging", .environmentRegistered, "environment/\(House.staging)", by: House.operationsHead,
      at: each(0, 10, 30),
      [
        "context": "development", "tier": "staging", "owner": House.person(House.testing),
        "purpose": "acceptance, on the harbour model",
      ])
    for (place, environment) in House.production.enumerated() {
      tell(
        "registered-\(ReleaseStory.short(environment))", .environmentRegistered, "environment/\(environment)",
        by: House.operations, at: each(0, 10, 40 + place),
        [
          "context": "production", "tier": "production", "owner": House.person(House.operations),
          "region": environment == House.eu ? "eu-north" : "us-east",
        ])
    }
  }

  private mutating func registerCapabilities() {
    let capabilities: [(id: String, kind: String, title: String, owner: String)] = [
      ("build-farm", "tool", "The build farm", House.platform),
      ("test-bench", "tool", "The harbour model, on which tests run", House.testing),
      ("change-enablement", "process", "Change enablement", House.operationsHead),
      ("release-managers", "personnel", "Trained release managers", House.compliance),
    ]
    for (place, capability) in capabilities.enumerated() {
      let isPeople = capability.kind == "personnel"
      tell(
        "capability-\(capability.id)", .capabilityRegistered, "capability/\(capability.id)", by: House.platform,
        at: each(0, 11, place * 5),
        [
          "kind": .text(capability.kind), "title": .text(capability.title),
          "owner": House.person(capability.owner),
          "people": isPeople ? House.people(House.managers) : .absent,
        ])
      tell(
        "capability-\(capability.id)-assessed", .capabilityAssessed, "capability/\(capability.id)",
        by: House.testing, at: each(1, 10, place * 5),
        [
          "verdict": "acceptable", "assessor": House.person(House.testing),
          "validUntil": calendar.at(290, 0).written,
        ])
    }
  }

  private mutating func publishProcedures() {
    tell(
      "procedure-deploy", .procedurePublished, "procedure/deploy-to-production", by: House.platform,
      at: each(1, 14, 0),
      [
        "document": [
          "id": "deploy-to-production", "version": "1", "title": "Deploy to production",
          "owner": House.person(House.platform), "reviewBy": calendar.at(200, 0).written,
          "steps": [
            ["step": "announce", "title": "Say so in the control room", "mandatory": true],
            ["step": "deploy", "title": "Deploy to one environment after the other", "mandatory": true],
            ["step": "look", "title": "Look whether all is well", "mandatory": true],
          ],
        ]
      ])
    tell(
      "procedure-tariff", .procedurePublished, "procedure/tariff-tables", by: House.platform,
      at: each(1, 14, 30),
      [
        "document": [
          "id": "tariff-tables", "version": "1", "title": "Take new tariff tables in",
          "owner": House.person(House.platform), "preauthorises": true,
          "steps": [["step": "load", "title": "Load the tables that the port authority has signed"]],
        ]
      ])
  }

  private mutating func adoptPolicies() {
    let policies = [
      ("separation-of-duties", HousePolicies.separationOfDuties), ("regulated", HousePolicies.regulated),
    ]
    for (place, (id, document)) in policies.enumerated() {
      tell(
        "policy-\(id)", .policyAdopted, "policy/\(id)", by: House.compliance, at: each(7, 16, place * 10),
        [
          "document": document(calendar.at(240 + place * 40, 0).written),
          "reason": "The auditors asked for it, and so did we",
        ])
    }
  }
}
