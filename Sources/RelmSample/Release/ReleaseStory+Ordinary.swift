internal import RelmDomain

/// A release by the book, where the law does not look: some twenty records within three weeks.
extension ReleaseStory {
  /// The whole of it.
  static func ordinary(
    _ package: String, _ number: Int, on day: Int, to environments: [String], _ calendar: WorkCalendar
  ) -> ReleaseStory {
    var story = ReleaseStory(package, number, on: day, to: environments, calendar)
    story.plan(daysBefore: 3)
    if story.chance.happens(percent: 30) { story.failFirst(daysBefore: 3) }
    story.build(daysBefore: 2)
    story.test("regression", at: story.at(-2, 10, 20))
    story.approve("deployment", daysBefore: 1)
    story.tellOperations(daysBefore: 1)
    for (place, environment) in environments.enumerated() {
      story.deploy(to: environment, at: story.at(0, 9 + place * 3, story.chance.number(in: 10...50)))
    }
    story.review(after: story.chance.number(in: 5...8))
    return story
  }

  // MARK: Before

  mutating func plan(daysBefore days: Int, _ more: [String: SampleValue] = [:]) {
    let purpose = chance.one(of: Self.purposes)
    let plan: [String: SampleValue] = [
      "class": "normal", "purpose": .text(purpose), "services": [.text(team.service)],
      "manager": House.person(manager), "requestedBy": House.person(House.product),
      "changes": [["system": "desk", "id": "KW-\(chance.number(in: 1000...9999))"]], "commits": commits(),
    ]
    tell(
      "planned", .releasePlanned, by: manager, at: at(-days, 9, chance.number(in: 0...25)),
      plan.merging(more) { $1 })
    tell(
      "designed", .releaseDesigned, by: manager, at: at(-days, 10, chance.number(in: 0...20)),
      [
        "strategy": .text(chance.one(of: ["rolling", "blueGreen", "phased"])), "takeBack": "rollBack",
        "rollbackPlan": "Deploy the version before it, which stays in the registry",
        "acceptanceCriteria": [.text("\(purpose): shown on staging")],
      ])
    tell(
      "risk", .riskAssessed, by: manager, at: at(-days, 11, chance.number(in: 0...30)),
      [
        "likelihood": .number(Int64(chance.number(in: 2...3))),
        "impact": .number(Int64(chance.number(in: 2...4))),
        "residualLikelihood": .number(Int64(chance.number(in: 1...2))), "residualImpact": 2,
        "securityImpact": "low", "assessors": House.people([manager, authors[0]]),
        "mitigations": ["one environment after the other"],
      ])
  }

  private static let purposes = [
    "Fewer clicks at the quay", "Faster lists on busy days", "Times of high water in the local zone",
    "An export for the port authority", "Clearer words where something is refused", "Fewer queries at night",
    "The new form of the manifest", "Warn before a berth is taken twice", "A library with a security update",
    "Round amounts as the tariff says",
  ]

  /// What it changes: a commit or two of each author.
  func commits() -> SampleValue {
    .list(
      authors.enumerated().map { place, author in
        [
          "id": .text(commit(place)), "authors": [House.person(author)],
          "committedAt": at(-4 - day % 2, 9 + day % 8, 10 + place).written,
        ]
      })
  }

  /// The id of a commit, as Git would name it.
  func commit(_ number: Int) -> String {
    String(Self.digest(of: "\(package) \(version), commit \(number)").dropFirst(7).prefix(40))
  }

  mutating func build(daysBefore days: Int, number: Int = 1, hour: Int = 9) {
    let part = Self.part("built", ofBuild: number)
    let tool: SampleValue = ["name": "build farm", "version": "4.2", "capability": "build-farm"]
    let id: SampleValue = "b-\(name("\(number)"))"
    let begun = at(-days, hour, chance.number(in: 0...15))
    tell(
      "\(part)-begun", .buildStarted, by: House.builder, at: begun,
      ["build": id, "tool": tool, "mode": "automatic", "initiator": House.person(authors[0])])
    let end = begun.later(minutes: chance.number(in: 6...20))
    tell(
      part, .buildFinished, by: House.builder, at: end,
      [
        "build": id, "outcome": "succeeded", "tool": tool, "mode": "automatic",
        "initiator": House.person(authors[0]), "commits": commits(),
        "artifacts": [["name": .text(package), "digest": .text(digest(ofBuild: number))]],
      ])
    deployToStaging(number, at: end.later(minutes: 3))
  }

  /// What a part is called that is done for each build: the first by its name alone.
  private static func part(_ name: String, ofBuild number: Int) -> String {
    number == 1 ? name : "\(name)-\(number)"
  }

  /// A first build, before the one that counts, fails on staging.
  private mutating func failFirst(daysBefore days: Int) {
    build(daysBefore: days, number: 0, hour: 13)
    test("regression", ofBuild: 0, at: at(-days, 14, chance.number(in: 0...20)))
    change(
      Self.part("tested-regression", ofBuild: 0),
      ["outcome": "failed", "counts": ["passed": 402, "failed": .number(Int64(chance.number(in: 1...9)))]])
  }

  private mutating func tellOperations(daysBefore days: Int) {
    tell(
      "told-operations", .communicationSent, by: manager, at: at(-days, 16, chance.number(in: 0...30)),
      [
        "audience": "operations", "channel": "chat", "phase": "deploy",
        "topic": "\(package) \(version) comes tomorrow",
      ])
  }

  private mutating func deployToStaging(_ number: Int, at begun: Instant) {
    let part = Self.part("staging", ofBuild: number)
    let deployment: [String: SampleValue] = [
      "deployment": .text(name(part)), "environment": .text(House.staging),
      "digests": [.text(digest(ofBuild: number))],
    ]
    tell("\(part)-begun", .deploymentStarted, by: House.builder, at: begun, deployment)
    tell(
      part, .deploymentFinished, by: House.builder, at: begun.later(minutes: 4),
      deployment.merging(["outcome": "succeeded"]) { $1 })
  }

  /// Has a suite run on what a build has made.
  mutating func test(_ suite: String, ofBuild number: Int = 1, at begun: Instant) {
    let part = Self.part("tested-\(suite)", ofBuild: number)
    let passed = chance.number(in: 300...900)
    let run: [String: SampleValue] = [
      "test": .text("t-" + name("\(suite)-\(number)")), "suite": .text(suite),
      "level": suite == "acceptance" ? "acceptance" : "system", "environment": .text(House.staging),
      "digests": [.text(digest(ofBuild: number))], "mode": "automatic",
      "tool": ["name": "harbour model", "capability": "test-bench"],
    ]
    tell("\(part)-begun", .testStarted, by: House.tester, at: begun, run)
    tell(
      part, .testFinished, by: House.tester, at: begun.later(minutes: chance.number(in: 12...40)),
      run.merging([
        "outcome": "succeeded",
        "counts": ["passed": .number(Int64(passed)), "failed": 0, "skipped": .number(Int64(passed % 5))],
      ]) { $1 })
  }

  /// Has both approvers approve a scope: what is named is the plan, and what the build has made.
  mutating func approve(_ scope: String, daysBefore days: Int, ofBuild number: Int = 1) {
    for (place, approver) in approvers.enumerated() {
      var approval: [String: SampleValue] = [
        "scope": .text(scope), "plan": self.place("planned"), "reason": .text(chance.one(of: Self.reasons)),
      ]
      if scope != "plan" { approval["digests"] = [.text(digest(ofBuild: number))] }
      tell(
        "approved-\(scope)-\(place + 1)", .approvalGiven, by: approver,
        at: at(-days, 11 + place * 3, chance.number(in: 0...40)), approval)
    }
  }

  private static let reasons = [
    "Looked at the change and its tests", "The tests on staging passed", "Small, and easily taken back",
    "Discussed in the team's round",
  ]

  // MARK: In production

  /// Deploys it, looks whether all is well, and sees it running.
  mutating func deploy(to environment: String, at begun: Instant, _ more: [String: SampleValue] = [:]) {
    let part = Self.short(environment)
    let deployment: [String: SampleValue] = [
      "deployment": .text(name("d")), "environment": .text(environment), "digests": [.text(digest())],
    ]
    let end = begun.later(minutes: chance.number(in: 5...16))
    tell(
      "\(part)-begun", .deploymentStarted, by: House.builder, at: begun,
      deployment.merging(["initiator": House.person(deployer), "kind": "code"]) { $1 }.merging(more) { $1 })
    tell(
      part, .deploymentFinished, by: House.builder, at: end,
      deployment.merging(["outcome": "succeeded"]) { $1 })
    tell(
      "\(part)-verified", .verificationFinished, by: House.observer, at: end.later(minutes: 6),
      deployment.merging([
        "outcome": "succeeded",
        "checks": [["criterion": "It answers, and no more errors than before", "result": "met"]],
      ]) { $1 })
    tell(
      "\(part)-seen", .environmentObserved, by: House.observer, at: end.later(minutes: 11),
      about: "environment/\(environment)",
      [
        "observer": "probe", "coverage": "partial", "mode": "automatic",
        "running": [["name": .text(package), "version": .text(version), "digest": .text(digest())]],
      ])
  }

  // MARK: After

  /// Looks back at it, so many working days later.
  mutating func review(after days: Int) {
    let review: SampleValue = "r-\(name("1"))"
    tell(
      "review-begun", .reviewOpened, by: manager, at: at(days, 14),
      ["review": review, "scope": "How \(package) \(version) went", "lead": House.person(manager)])
    tell(
      "reviewed", .reviewClosed, by: manager, at: at(days, 14, chance.number(in: 25...55)),
      ["review": review, "outcome": "successful", "summary": .text(chance.one(of: Self.summaries))])
  }

  private static let summaries = [
    "As planned", "As planned; the notes for users came late", "As planned, and quicker than the one before",
    "Nothing to add",
  ]
}
