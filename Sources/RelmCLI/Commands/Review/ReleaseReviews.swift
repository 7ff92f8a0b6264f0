internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// The reviews of one release as they stand: which are open, what they have found and asked for, which ids are free.
struct ReleaseReviews {
  /// The release's stream.
  let subject: String
  /// The version at which the stream was looked at.
  let expected: ExpectedVersion?
  /// Those that were opened, in that order.
  private let reviews: [AttemptRow]
  /// Every action that was raised, done or not.
  private let actions: [ObligationRow]
  /// The reviews that overrides of the release call for, done or not; each has its override's position as its id.
  private let overrides: [ObligationRow]
  /// How many records the log has.
  private let size: TreeSize
  /// Every finding, action and review that an event has ever named: an id is not given twice, even if it is annulled.
  private var used: Set<String> = []
  /// The findings that count.
  private var findings: [String: [String]] = [:]
  /// What each review looks at.
  private var scopes: [String: String] = [:]
  /// The event that is told again, with its own id; its ids are taken over, so that it is the same claim.
  private let again: AttemptEvent?

  /// - Parameters:
  ///   - subject: the release's stream.
  ///   - ledger: the ledger.
  ///   - again: id, source and type of the event that is to be recorded, where its id is given.
  /// - Throws: a failure with status 66 where there is no such release.
  init(of subject: String, in ledger: Ledger, again: (id: String, source: String, type: EventType)?) throws {
    self.subject = subject
    guard case .release(let package, let version)? = Subject.named(subject) else {
      preconditionFailure("a release's subject names one")
    }
    var reviews: [AttemptRow] = []
    var duties: [ObligationRow] = []
    let (head, size) = try ledger.withViews { rows, size in
      try ledger.forEachRow(
        of: Attempts.self, under: [package, version, AttemptRow.Kind.review.rawValue], in: rows
      ) {
        if $0.begun != nil { reviews.append($0) }
        return true
      }
      try ledger.forEachRow(of: Obligations.self, under: [subject], in: rows) {
        duties.append($0)
        return true
      }
      return (try StreamHead.read(IndexKey.name(subject), rows), size)
    }
    guard let head else {
      throw CommandFailure(
        .noInput, "there is no \(subject); 'relm state' lists the releases that there are")
    }
    expected = .version(head.count - 1)
    self.reviews = reviews.sorted { ($0.begun?.position ?? .first) < ($1.begun?.position ?? .first) }
    actions = duties.filter { $0.kind == .reviewAction }
    overrides = duties.filter { $0.kind == .overrideReview }
    self.size = size
    self.again = try again.flatMap { again in
      try ledger.events(withID: again.id, source: again.source).lazy.filter {
        $0.record.envelope.type == again.type.rawValue && $0.record.envelope.subject == subject
      }.first.flatMap(Self.said)
    }
    try readEvents(of: ledger)
  }

  private mutating func readEvents(of ledger: Ledger) throws {
    var filter = EventFilter()
    filter.stream = subject
    filter.type = "relm.review.*"
    let annulled = try ledger.annulled()
    try ledger.forEachEvent(filter) { event in
      guard let said = Self.said(event) else { return true }
      used.formUnion([said.id, Self.item(of: said).map { "\(said.id)/\($0)" } ?? said.id])
      guard annulled[event.position] == nil else { return true }
      if case .reviewFindingRecorded(let data) = said {
        findings[data.review, default: []].append(data.finding)
      }
      if case .reviewOpened(let data) = said { scopes[data.review] = data.scope }
      return true
    }
  }

  private static func said(_ event: RecordedEvent) -> AttemptEvent? {
    guard case .release(let said) = event.event else { return nil }
    return said.attempt
  }

  private static func item(of event: AttemptEvent) -> String? {
    if case .reviewFindingRecorded(let data) = event { return data.finding }
    if case .reviewActionRaised(let data) = event { return data.action }
    if case .reviewActionCompleted(let data) = event { return data.action }
    return nil
  }

  // MARK: Ids

  /// The id of a review that is to be opened.
  func newReview() -> String { again?.id ?? free("review", in: nil) }

  /// The id of a finding of a review.
  func newFinding(of review: String) -> String { again.flatMap(Self.item) ?? free("f", in: review) }

  /// The id of an action of a review.
  func newAction(of review: String) -> String { again.flatMap(Self.item) ?? free("a", in: review) }

  private func free(_ prefix: String, in review: String?) -> String {
    var number = 1
    while used.contains((review.map { $0 + "/" } ?? "") + "\(prefix)-\(number)") { number += 1 }
    return "\(prefix)-\(number)"
  }

  // MARK: Which one is meant

  /// The review that is meant: the one that is named, else the only one that is open.
  ///
  /// - Throws: a failure with status 66 where there is none of that name, 65 where none or several are open.
  func meant(_ named: String?) throws -> String {
    if let named {
      guard reviews.contains(where: { $0.id == named }) else {
        let known = reviews.isEmpty ? "it has none" : "there are \(list(reviews))"
        throw CommandFailure(.noInput, "\(subject) has no review \(named); \(known). \(howToOpen)")
      }
      return named
    }
    if let again { return again.id }
    let open = reviews.filter { $0.ended == nil }
    guard let only = open.first else {
      guard let last = reviews.last, let closed = last.ended else {
        throw CommandFailure(.badInput, "no review of \(subject) has been opened. \(howToOpen)")
      }
      throw CommandFailure(
        .badInput,
        "no review of \(subject) is open: \(last.id) was closed at position \(closed.position.value). \(howToOpen); "
          + "or name the closed one with --review \(last.id)")
    }
    guard open.count == 1 else {
      throw CommandFailure(
        .badInput, "\(open.count) reviews of \(subject) are open: \(list(open)). Say which with --review ID")
    }
    return only.id
  }

  /// The review that raised an action which is to be completed.
  ///
  /// - Throws: a failure with status 65 where several have raised it or it is done, 66 where none has.
  func meant(_ named: String?, action: String) throws -> String {
    if named != nil || again != nil { return try meant(named) }
    let raised = reviews.map(\.id).filter { review in actions.contains { $0.id == "\(review)/\(action)" } }
    let open = raised.filter { review in openActions.contains { $0.id == "\(review)/\(action)" } }
    if let only = open.first, open.count == 1 { return only }
    guard open.isEmpty else {
      throw CommandFailure(
        .badInput,
        "\(open.count) reviews of \(subject) have an open action \(action): \(open.joined(separator: ", ")). "
          + "Say which with --review ID")
    }
    // Done already: the ledger says where.
    if let last = raised.last { return last }
    let waiting = openActions.map { action in
      let review = reviews.first { action.id.hasPrefix($0.id + "/") }?.id ?? ""
      return "\(action.id.dropFirst(review.count + 1)) of \(review) (\(action.what))"
    }
    throw CommandFailure(
      .noInput,
      "no review of \(subject) has raised an action \(action); "
        + (waiting.isEmpty ? "none is open" : "open are \(waiting.joined(separator: ", "))")
        + ". 'relm obligations \(subject)' lists what is due")
  }

  /// Checks that a review has recorded a finding.
  ///
  /// - Throws: a failure with status 66 where it has not.
  func check(finding: String, of review: String) throws {
    let known = findings[review] ?? []
    guard !known.contains(finding) else { return }
    throw CommandFailure(
      .noInput,
      "\(review) of \(subject) has no finding \(finding); "
        + (known.isEmpty ? "it has none yet" : "it has \(known.joined(separator: ", "))")
        + ". Record it first, with 'relm review finding'")
  }

  /// Checks that an id that was given by hand is not that of another finding of the review.
  ///
  /// - Throws: a failure with status 65 where it is.
  func check(newFinding finding: String, of review: String) throws {
    guard again == nil, findings[review]?.contains(finding) == true else { return }
    throw CommandFailure(
      .badInput,
      "\(review) of \(subject) has a finding \(finding) already; leave --finding out, and the new one is "
        + free("f", in: review))
  }

  /// Checks that events stand at positions.
  ///
  /// - Throws: a failure with status 66 where one does not.
  func check(positions: [UInt64]) throws {
    guard let wrong = positions.first(where: { $0 >= size.value }) else { return }
    throw CommandFailure(.noInput, "there is no position \(wrong); 'relm log \(subject)' shows what there is")
  }

  /// Checks that overrides of this release stand at positions.
  ///
  /// - Throws: a failure with status 66 where one does not.
  func check(overrides positions: [UInt64]) throws {
    guard let wrong = positions.first(where: { position in !overrides.contains { $0.id == "\(position)" } })
    else {
      return
    }
    let known = overrides.map(\.id).joined(separator: ", ")
    throw CommandFailure(
      .noInput,
      "position \(wrong) is no override of \(subject); "
        + (known.isEmpty ? "it has none" : "its overrides stand at \(known)"))
  }

  // MARK: What is left

  private var openActions: [ObligationRow] { actions.filter { $0.done == nil } }

  /// What is still due when a review is closed, in words; empty where nothing is.
  ///
  /// - Parameters:
  ///   - review: the review.
  ///   - reviewed: positions of the overrides that it has reviewed.
  func remaining(of review: String, reviewed: [UInt64]) -> String {
    var words = ""
    let left = openActions.filter { $0.id.hasPrefix(review + "/") }
    if !left.isEmpty {
      words +=
        "; still to be done: "
        + left.map { "\($0.id.dropFirst(review.count + 1)) (\($0.what))" }.joined(separator: ", ")
    }
    let unreviewed = overrides.filter { row in row.done == nil && !reviewed.contains { row.id == "\($0)" } }
    if !unreviewed.isEmpty {
      words += "; overrides not reviewed yet: \(unreviewed.map(\.id).joined(separator: ", "))"
    }
    return words
  }

  private var howToOpen: String {
    "To open one: relm review open \(subject.dropFirst("release/".count)) 'WHAT IT LOOKS AT'"
  }

  private func list(_ reviews: [AttemptRow]) -> String {
    reviews.map { review in
      let state = review.ended == nil ? "" : ", closed"
      return "\(review.id) (\(scopes[review.id] ?? "scope unknown")\(state))"
    }.joined(separator: ", ")
  }
}
