package import RelmDomain
internal import RelmProof

/// The compliance report as one page for an auditor: what was counted, every deployment with what each rule came to, and
/// from each finding a link to the events that it rests on, with their times, persons and record hashes.
///
/// The page is one file that loads nothing, is whole without its script, and prints on A4. The same report for the
/// same reader is the same page, byte for byte.
package struct ComplianceHTML {
  /// The most deployments that a page shows one by one; a browser would not stand many more.
  package static let mostDeployments = 2_000

  let report: ComplianceReport
  let lists: ComplianceLists
  let links: ComplianceLinks

  /// - Parameters:
  ///   - report: what is told.
  ///   - reader: who reads it.
  ///   - most: the most deployments that are shown one by one; where there are more, the page says so. Its exceptions are
  ///     all there.
  package init(_ report: ComplianceReport, for reader: Reader, most: Int = mostDeployments) {
    self.report = report
    lists = ComplianceLists(report, for: reader, most: most)
    links = ComplianceLinks(report, shown: lists.shown, isInFull: lists.isInFull)
  }

  /// - Throws: what the reader throws.
  package func text() throws -> String {
    let told = try lists.sections()
    let sections = try told.map(section)
    let firstOfAnnex = told.firstIndex(where: \.isAnnex) ?? told.count
    return Page(
      title: lists.title, style: ComplianceStyle.style, script: ComplianceScript.script,
      skip: ("glance", "Skip to what holds")
    ) {
      tag("header") {
        tag("h1", words: lists.title)
        tag("p", .class("purpose"), words: lists.scope)
        if let draft = lists.draft { tag("p", .class("draft")) { Toned.words(draft, .bad) } }
        about(lists.about, isWhole: true)
      }
      tag("main") {
        navigation(sections)
        sections[..<firstOfAnnex].map(\.html).joined
        checks
        if firstOfAnnex < sections.count {
          tag("div", .class("annex")) { sections[firstOfAnnex...].map(\.html).joined }
        }
      }
      tag("footer") {
        tag("p") {
          "Numbers such as #12 are positions in the ledger’s log. Times are in UTC. This page was made from the "
          "log alone: from the same part of it, as of the same time, it can be made again byte for byte."
        }
      }
    }.text()
  }

  private func navigation(_ sections: [PageSection]) -> HTML {
    tag("nav", Attribute("aria-label", "Sections")) {
      tag("ul") {
        for section in sections {
          tag("li") { tag("a", .link(to: section.id), words: section.title) }
        }
      }
    }
  }

  // MARK: Head

  private func about(_ lines: [ComplianceLists.Line], isWhole: Bool = false) -> HTML {
    tag("dl", .class("about")) {
      for line in lines {
        tag("dt", words: line.name)
        tag("dd") { cell(line.parts, isWhole: isWhole) }
      }
    }
  }

  private var checks: HTML {
    tag("section", .class("checks"), Attribute("aria-labelledby", "checks")) {
      tag("h2", .id("checks"), words: "How to check it")
      tag("ul") {
        for check in lists.checks { tag("li") { Self.typed(check) } }
      }
    }
  }

  /// A sentence in which what stands between backticks is to be typed.
  static func typed(_ sentence: String) -> HTML {
    sentence.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, words in
      place % 2 == 0 ? HTML(String(words)) : tag("code", words: String(words))
    }.joined
  }

  private func counted(_ figures: [ComplianceLists.Figure], _ tally: ComplianceTable?) -> HTML {
    tag("dl", .class("facts")) {
      for figure in figures {
        tag("div", .class("is-\(figure.tone.style)\(figure.isList ? " is-list" : "")")) {
          tag("dt", words: figure.name)
          tag("dd", figure.tone == .plain ? nil : .class(figure.tone.style)) {
            if figure.tone != .plain { figure.tone.icon.inline }
            if let section = figure.section {
              tag("a", .link(to: section), words: figure.value)
            } else {
              figure.value
            }
          }
          if let note = figure.note { tag("dd", .class("note")) { Self.typed(Self.unbroken(note)) } }
        }
      }
    } + (tally.map { tally in tag("div", .class("tally")) { table(tally, style: "small") } } ?? .empty)
  }

  /// Words in which no line breaks between a number and what it counts.
  private static func unbroken(_ words: String) -> String {
    words.split(separator: " ").reduce(into: "") { text, word in
      if let last = text.last { text += last.isNumber ? "\u{A0}" : " " }
      text += word
    }
  }

  // MARK: Sections

  private func section(_ section: ComplianceLists.Section) throws -> PageSection {
    var content = section.remarks.map { remark in tag("p") { Self.typed(remark) } }.joined
    switch section.content {
    case .figures(let figures, let tally): content = counted(figures, tally) + content
    case .tables(let tables): content += tables.map { table($0) }.joined
    case .deployments(let attempts):
      if attempts.count > 1 {
        content += tag("p", .class("tools"), Attribute("hidden", "hidden")) {
          tag("button", Attribute("type", "button"), Attribute("data-open", "yes"), words: "Open all")
          " "
          tag("button", Attribute("type", "button"), Attribute("data-open", "no"), words: "Close all")
        }
      }
      content +=
        try lists.isInFull
        ? attempts.map(deployment).joined : tag("div", .class("brief")) { try attempts.map(briefly).joined }
    }
    return PageSection(section.id, section.title, content: content)
  }

  /// A deployment in a few lines.
  private func briefly(_ attempt: ComplianceReport.Attempt) throws -> HTML {
    let brief = try lists.brief(attempt)
    return framed(attempt, isOpen: false) {
      tag("p") { cell(brief.facts) }
      if !brief.remarks.isEmpty {
        tag("ul", .class("found")) { for remark in brief.remarks { tag("li") { cell(remark) } } }
      }
      if !brief.rest.isEmpty { tag("p", .class("rest")) { cell(brief.rest) } }
    }
  }

  /// All of a deployment: open where there is an exception, or where it is the only one.
  private func deployment(_ attempt: ComplianceReport.Attempt) throws -> HTML {
    let findings = try lists.findings(attempt)
    let evidence = try lists.evidence(attempt)
    let lines = try lists.about(attempt)
    return framed(attempt, isOpen: attempt.hasException || report.population.count == 1) {
      about(lines)
      if let findings { table(findings) }
      if let evidence { table(evidence) }
    }
  }

  private func framed(
    _ attempt: ComplianceReport.Attempt, isOpen: Bool, @HTMLBuilder content: () -> HTML
  ) -> HTML {
    tag(
      "details", .class("deployment"), .id(ComplianceTable.Anchor.deployment(attempt.position).id),
      isOpen ? Attribute("open", "open") : nil
    ) {
      tag("summary") {
        tag("h3", words: "#\(attempt.position) \(attempt.title)")
        tag("span", .class("gist")) {
          Toned.words(attempt.governance.words, attempt.governance.tone)
          if !attempt.findings.isEmpty { HTML(": ") + Self.counts(attempt.tally) }
        }
      }
      content()
    }
  }
}
