internal import RelmDomain

/// A release by the book of the stricter policy: some fifty records within a month and a half.
extension ReleaseStory {
  /// The whole of it.
  static func regulated(
    _ package: String, _ number: Int, on day: Int, to environments: [String], _ calendar: WorkCalendar
  ) -> ReleaseStory {
    var story = ReleaseStory(package, number, on: day, to: environments, calendar)
    story.plan(daysBefore: 7, ["components": [story.component]])
    story.assess(daysBefore: 6)
    story.askPartners(daysBefore: 5)
    story.agreeOnWindows(daysBefore: 4)
    story.approve("plan", daysBefore: 4)
    story.tellUsers(daysBefore: 3)
    story.build(daysBefore: 3)
    story.publish(at: story.at(-3, 10, 5))
    for (place, suite) in ["regression", "acceptance"].enumerated() {
      story.test(suite, at: story.at(-3, 11 + place * 2, 10))
    }
    story.validate(daysBefore: 2)
    story.approve("deployment", daysBefore: 1)
    for (place, environment) in environments.enumerated() {
      story.deployGated(to: environment, at: story.at(0, 10 + place * 3, story.chance.number(in: 10...50)))
    }
    story.handOver(after: 1)
    story.support(until: story.chance.number(in: 8...10))
    story.review(after: story.chance.number(in: 10...12))
    story.close(after: 14)
    return story
  }

  /// The library that it is built on.
  private var component: SampleValue {
    [
      "name": "tariff-core", "version": .text(libraryVersion),
      "purl": "pkg:generic/tariff-core@\(libraryVersion)",
    ]
  }

  private var libraryVersion: String { "3.\(day / 20)" }

  // MARK: Before

  private mutating func assess(daysBefore days: Int) {
    let kinds = [("function", authors[0]), ("vulnerability", House.testing), ("licence", House.testing)]
    for (place, (kind, by)) in kinds.enumerated() {
      tell(
        "assessed-\(kind)", .componentAssessed, by: by, at: at(-days, 10 + place, chance.number(in: 0...50)),
        [
          "component": component, "kind": .text(kind), "verdict": "acceptable",
          "specialists": [House.person(by)],
        ])
    }
  }

  private mutating func askPartners(daysBefore days: Int) {
    let partners = [("business", "customs office", House.product), ("it", "data centre", House.operations)]
    for (place, (kind, partner, person)) in partners.enumerated() {
      tell(
        "asked-\(kind)", .partnerConsulted, by: manager, at: at(-days, 13 + place, chance.number(in: 0...50)),
        [
          "partner": .text(kind), "name": .text(partner), "people": [House.person(person)],
          "about": "the day, and what changes for them", "outcome": "agreed",
        ])
    }
  }

  private mutating func agreeOnWindows(daysBefore days: Int) {
    let windows = SampleValue.list(
      environments.map { ["environment": .text($0), "from": at(0, 8).written, "until": at(0, 18).written] })
    let schedule: SampleValue = "s-\(name("1"))"
    tell(
      "proposed", .scheduleProposed, by: manager, at: at(-days, 9, chance.number(in: 0...20)),
      ["schedule": schedule, "windows": windows, "reason": "a quiet day at the quays"])
    tell(
      "agreed", .scheduleAgreed, by: manager, at: at(-days, 10, chance.number(in: 0...30)),
      ["schedule": schedule, "windows": windows, "agreedWith": House.people([House.operations, House.users])])
  }

  private mutating func tellUsers(daysBefore days: Int) {
    tell(
      "told-users", .communicationSent, by: manager, at: at(-days, 8, chance.number(in: 0...40)),
      [
        "audience": "users", "channel": "mail", "topic": "What changes in \(package) \(version), and when",
        "phase": "plan", "recipients": .number(Int64(chance.number(in: 40...420))),
      ])
  }

  /// Publishes what was built, with a signed statement of how.
  private mutating func publish(at moment: Instant) {
    tell(
      "published", .packagePublished, by: House.builder, at: moment,
      [
        "digest": .text(digest()), "name": .text(package),
        "registry": "https://registry.kaiwerk.invalid/\(package)",
      ])
    let statement = Array(
      """
      {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"\(package)","digest":{"sha256":\
      "\(digest().dropFirst(7))"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":\
      {"runDetails":{"builder":{"id":"https://farm.kaiwerk.invalid"}}}}

      """.utf8)
    tell(
      "attested", .attestationRecorded, by: House.builder, at: moment.later(minutes: 1), evidence: statement,
      [
        "digest": .text(digest()), "predicateType": "https://slsa.dev/provenance/v1",
        "builder": "https://farm.kaiwerk.invalid",
        "statement": [
          "digest": .text(Self.digest(of: String(decoding: statement, as: UTF8.self))),
          "size": .number(Int64(statement.count)), "mediaType": "application/vnd.in-toto+json",
          "name": "provenance.json",
        ],
      ])
  }

  private mutating func validate(daysBefore days: Int) {
    tell(
      "validated", .validationFinished, by: House.testing, at: at(-days, 15, chance.number(in: 0...50)),
      [
        "validation": "v-\(name("1"))", "outcome": "succeeded", "environment": .text(House.staging),
        "validators": House.people([House.testing, House.users]), "digests": [.text(digest())],
        "criteria": [["criterion": "Shown on staging, with the cases of the tariff", "result": "met"]],
      ])
  }

  // MARK: In production

  private mutating func deployGated(to environment: String, at begun: Instant) {
    let part = Self.short(environment)
    baseline("before", in: environment, at: begun.later(minutes: -20))
    askGate("\(part)-gate", for: environment, at: begun.later(minutes: -5))
    deploy(to: environment, at: begun, ["gateDecision": place("\(part)-gate")])
    followProcedure(in: part, from: begun)
    baseline("after", in: environment, at: begun.later(minutes: 35))
  }

  private mutating func followProcedure(in part: String, from begun: Instant) {
    for (place, step) in ["announce", "deploy", "look"].enumerated() {
      tell(
        "\(part)-step-\(step)", .procedureStepCompleted, by: deployer, at: begun.later(minutes: place * 12 - 8),
        [
          "procedure": "deploy-to-production", "version": "1", "step": .text(step),
          "deployment": .text(name("d")),
        ])
    }
  }

  private mutating func baseline(_ moment: String, in environment: String, at time: Instant) {
    tell(
      "\(Self.short(environment))-baseline-\(moment)", .baselineRecorded, by: House.observer, at: time,
      about: "environment/\(environment)",
      [
        "baseline": "\(name(Self.short(environment)))-\(moment)", "moment": .text(moment),
        "release": .text(subject),
        // Before it begins no deployment has an id.
        "deployment": moment == "after" ? .text(name("d")) : .absent,
        "items": [
          moment == "after"
            ? ["name": .text(package), "version": .text(version), "digest": .text(digest())]
            : ["name": "load-balancer", "version": "2.8"]
        ],
      ])
  }

  // MARK: After

  private mutating func handOver(after days: Int) {
    let parties = [("operations", House.operations), ("users", House.users)]
    for (place, (community, party)) in parties.enumerated() {
      let handover: SampleValue = "h-\(name(community))"
      tell(
        "offered-\(community)", .handoverOffered, by: manager,
        at: at(days, 9 + place, chance.number(in: 0...40)),
        [
          "handover": handover, "to": .text(community), "party": House.person(party),
          "services": [.text(team.service)], "runbook": "https://runbooks.kaiwerk.invalid/\(package)",
          "releaseNotes": "https://notes.kaiwerk.invalid/\(package)/\(version)",
        ])
      tell(
        "accepted-\(community)", .handoverAccepted, by: party,
        at: at(days + 1 + place, 11, chance.number(in: 0...50)), ["handover": handover])
    }
  }

  private mutating func support(until days: Int) {
    let support: SampleValue = "e-\(name("1"))"
    let criterion = "No question stays open for a day"
    tell(
      "support-begun", .supportOpened, by: authors[0], at: at(0, 16, chance.number(in: 0...40)),
      [
        "support": support, "criteria": [.text(criterion)], "lead": House.person(authors[0]),
        "audience": "users", "channel": "chat",
      ])
    if chance.happens(percent: 50) {
      tell(
        "advised", .supportAdvised, by: authors[0], at: at(2, 10, chance.number(in: 0...50)),
        [
          "support": support, "asker": "user", "topic": "where the button has gone",
          "question": "Where do I find the list of yesterday?", "advice": "Under Lists, in the corner above",
        ])
    }
    tell(
      "supported", .supportClosed, by: authors[0], at: at(days, 17),
      [
        "support": support, "outcome": "succeeded",
        "criteria": [["criterion": .text(criterion), "result": "met"]],
      ])
  }

  private mutating func close(after days: Int) {
    tell(
      "closed", .releaseClosed, by: manager, at: at(days, 10), ["outcome": "successful"])
  }
}
