package import RelmDomain
internal import RelmProof

/// What the compliance report says, in sentences and tables: first what holds, what does not, and what to do about it; then what an
/// auditor asks besides; and behind that every deployment. Every form shows these and nothing else.
package struct ComplianceLists {
  let report: ComplianceReport
  let reader: Reader
  /// The most deployments that are shown one by one; nil for all of them.
  let most: Int?
  /// Where several contexts are told of, which of them this is.
  private let place: Int
  let isAlone: Bool

  /// - Parameters:
  ///   - report: what is told.
  ///   - reader: who reads it.
  ///   - most: the most deployments that are shown one by one; where there are more, the report says so.
  package init(_ report: ComplianceReport, for reader: Reader, most: Int? = nil) {
    self.init(report, for: reader, most: most, place: 0, isAlone: true)
  }

  private init(_ report: ComplianceReport, for reader: Reader, most: Int?, place: Int, isAlone: Bool) {
    self.report = report
    self.reader = reader
    self.most = most
    self.place = place
    self.isAlone = isAlone
  }

  /// What a section of one context is called in a page.
  func own(_ id: String) -> String { place == 0 ? id : "\(report.scope.context.rawValue)-\(id)" }

  /// A heading; where several contexts are told of, with the one that it is about.
  func heading(_ title: String) -> String {
    guard !isAlone else { return title }
    return (report.scope.context == .development ? "Development: " : "Production: ")
      + title.prefix(1).lowercased()
      + title.dropFirst()
  }

  /// A part of the report under a heading.
  package struct Section: Sendable {
    package let id: String
    package let title: String
    /// Sentences before its tables. Words between backticks are to be typed.
    package var remarks: [String] = []
    package var content: Content
    /// Whether it lists one after the other what stands summed up on the first page.
    package var isAnnex = false

    package enum Content: Sendable {
      case tables([ComplianceTable])
      /// What was counted.
      case figures([Figure], ComplianceTable?)
      /// Each of these deployments by itself.
      case deployments(ArraySlice<ComplianceReport.Attempt>)
    }

    /// Whether there is nothing in it but to say so.
    var isEmpty: Bool {
      guard case .tables(let tables) = content else { return false }
      return tables.isEmpty
    }
  }

  /// A named line: "As of", and what is to be said of it.
  package struct Line: Sendable {
    package let name: String
    package let parts: [ComplianceTable.Part]

    package init(_ name: String, _ parts: [ComplianceTable.Part]) {
      self.name = name
      self.parts = parts
    }
  }

  /// Every section, in order: what holds and what does not, then what an auditor asks besides, and behind that the deployments one by
  /// one. Those of which there is nothing are told together in the last section before the annex.
  ///
  /// - Throws: what the reader throws.
  package func sections() throws -> [Section] {
    let front = try report.parts.enumerated().flatMap { place, part in
      try ComplianceLists(part, for: reader, most: most, place: place, isAlone: report.parts.count == 1).front()
    }
    let body = [
      try unreleasable(), ungoverned, try annulled(), beforePeriod, unaccepted, try overrides(),
      try conflicts(),
      lateEvidence, try governance(), try authority(), reconciliation, clauses, beforeLedger,
    ]
    let annex = [population, isInFull ? try exceptions() : nil, outcomes].compactMap { $0 }.map { section in
      var section = section
      section.isAnnex = true
      return section
    }
    let empty = (front + body + annex).filter(\.isEmpty).flatMap(\.remarks)
    let nothing = Section(
      id: "nothing", title: "Nothing to tell", remarks: empty, content: .tables([]))
    return (front + body).filter { !$0.isEmpty } + (empty.isEmpty ? [] : [nothing])
      + annex.filter { !$0.isEmpty }
  }

  /// The first page: what was counted, and exceptions by rule and by release.
  private func front() throws -> [Section] { [glance, byRule, try byRelease()] }

  /// The most deployments of which all is told: each rule with its reason, and the events that it rests on. Of more, each is told
  /// briefly.
  package static let mostInFull = 20

  package var isInFull: Bool { report.population.count <= Self.mostInFull }

  /// The deployments that are shown one by one.
  package var shown: ArraySlice<ComplianceReport.Attempt> {
    report.population.prefix(most ?? report.population.count)
  }

  // MARK: Head

  package var title: String { "Compliance report of \(report.origin)" }

  /// Which deployments belong, in a sentence.
  package var scope: String {
    let scope = report.scope
    var words = "Deployments"
    var begun = " begun"
    if let package = scope.package {
      words += " of \(package)" + (scope.version.map { "/\($0)" } ?? "")
    }
    if let environment = scope.environment {
      words += " to \(environment)"
    } else if scope.context != .all {
      words += " to \(scope.context.rawValue)"
    }
    if words != "Deployments" { begun = ", begun" }
    switch (scope.from, scope.until) {
    case (nil, nil): break
    case (let from?, nil): words += "\(begun) at \(Wording.minute(from)) or later"
    case (nil, let until?): words += "\(begun) before \(Wording.minute(until))"
    case (let from?, let until?):
      words += "\(begun) from \(Wording.minute(from)) on and before \(Wording.minute(until))"
    }
    return words == "Deployments" ? "All deployments" : words
  }

  /// A warning where it was not judged by the policies that were in force.
  package var draft: String? {
    report.scope.draft.map {
      "What if: this was judged by the draft of the policy \($0), not by the policies that were in force. "
        + "It does not say what was asked at the time."
    }
  }

  /// What it is about and up to where it is told.
  package var about: [Line] {
    let asOf = report.asOf
    var lines = [Line("Ledger", [.words(report.origin)])]
    if let zone = report.scope.zone, report.scope.from != nil || report.scope.until != nil {
      lines.append(
        Line("Time zone", [.words("the ends of the period were given in \(zone); all times here are in UTC")]))
    }
    if !report.scope.frameworks.isEmpty {
      lines.append(Line("Frameworks", [.words(report.scope.frameworks.joined(separator: ", "))]))
    }
    let events = asOf.events == 1 ? "the log’s first event" : "the log’s first \(asOf.events) events"
    lines.append(Line("Told from", [.words("\(events), the last of them recorded "), .second(asOf.recorded)]))
    if let latest = asOf.happenedBy {
      lines.append(Line("Counting only", [.words("what had happened by "), .second(latest)]))
    }
    lines.append(
      Line("As of", [.second(asOf.time), .words(": what is due or overdue, and how long exceptions last")]))
    if let root = asOf.root { lines.append(Line("Root hash", [.hash(root)])) }
    return lines
  }

  /// How a reader who trusts nobody checks it, in sentences.
  package var checks: [String] {
    let count = ComplianceWords.count(report.asOf.events, "event")
    let root =
      report.asOf.root == nil
      ? "" : " A checkpoint of \(count) has to name the root hash that stands above."
    return [
      "The log: `relm verify` reads every record again and computes the tree anew; `relm verify --against FILE` compares "
        + "it with a checkpoint that was kept elsewhere (`relm checkpoint` writes one).\(root)",
      "An event: `relm show POSITION` shows it, and `relm prove POSITION` proves that it is in the log. A record hash is "
        + "the leaf hash of RFC 6962: SHA-256 over a zero byte and the stored bytes.",
      "The report: from the same events, as of the same time, its JSON is the same on any machine, byte for byte.",
    ]
  }

  // MARK: Pieces

  /// A section of one table.
  ///
  /// - Parameters:
  ///   - id: what it is called in a page.
  ///   - title: its heading.
  ///   - table: what it shows.
  ///   - cut: what is said where not all of it is shown.
  ///   - none: what is said where there is nothing.
  func section(_ id: String, _ title: String, _ table: ComplianceTable, cut: String? = nil, none: String)
    -> Section
  {
    guard !table.rows.isEmpty else {
      return Section(id: id, title: title, remarks: [none], content: .tables([]))
    }
    return Section(id: id, title: title, remarks: [cut].compactMap { $0 }, content: .tables([table]))
  }

  /// Words of the ledger for this reader: with names for pseudonyms, and digests by their beginnings.
  func said(_ text: String) throws -> String { ComplianceWords.shortened(try reader.sentence(text)) }

  /// A name, or a dash.
  func name(_ person: PersonID?) throws -> ComplianceTable.Part { .words(try person.map(reader.name) ?? "–") }

  /// A moment and the event that says so.
  static func moment(_ moment: Moment) -> [ComplianceTable.Part] {
    [.minute(moment.at), .words(" "), .places([moment.position])]
  }
}
