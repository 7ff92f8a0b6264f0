import Foundation
import RelmDomain
import RelmProof
import RelmReports
import Testing

@Suite("The compliance report as a page")
struct ComplianceHTMLTests {
  private func page(
    _ report: ComplianceReport, for reader: Reader = SampleCompliance.reader,
    most: Int = ComplianceHTML.mostDeployments
  ) throws -> String {
    try ComplianceHTML(report, for: reader, most: most).text()
  }

  /// Pages of every kind, the last of them cut.
  private func all() throws -> [String] {
    try [SampleCompliance.quarter, SampleCompliance.empty, SampleCompliance.draft].map { try page($0) }
      + [page(SampleCompliance.crowded(50), most: 10)]
  }

  private func ids(_ parts: Markup) -> [String] { parts.attributes.filter { $0.name == "id" }.map(\.value) }

  @Test("a quarter in which every outcome occurs becomes the page that is kept here")
  func golden() throws {
    try Golden.expect(page(SampleCompliance.quarter), is: "compliance.html")
  }

  @Test("the same report is the same page")
  func deterministic() throws {
    let isSame = try page(SampleCompliance.quarter) == page(SampleCompliance.quarter)
    #expect(isSame)
  }

  @Test("words of people never become markup, wherever they stand")
  func hostile() throws {
    let attack = HostileCompliance.attack
    let hostile = Reader(name: { _ in attack }, open: { _, _ in attack })
    let parts = try Markup(page(HostileCompliance.report, for: hostile))
    #expect(parts.elements.isDisjoint(with: ["img", "iframe", "object", "embed", "link", "image"]))
    #expect(parts.count("script") == 1)
    #expect(parts.count("style") == 1)
    #expect(parts.attributes.allSatisfy { !$0.name.hasPrefix("on") && $0.name != "style" && $0.name != "src" })
    #expect(parts.imbalance == nil)
  }

  @Test("a page loads nothing: its policy forbids it, and no address is in it")
  func selfContained() throws {
    for text in try all() {
      #expect(!text.replacing("http-equiv", with: "").contains("http"))
      #expect(!text.contains("url("))
      #expect(!text.contains("@import"))
      #expect(text.contains("default-src 'none'"))
      #expect(!text.contains("unsafe"))
    }
  }

  @Test("every link leads to a place in the page, and every place has one name")
  func anchors() throws {
    for text in try all() {
      let parts = Markup(text)
      let ids = ids(parts)
      #expect(Set(ids).count == ids.count)
      for attribute in parts.attributes where attribute.name == "href" {
        #expect(ids.contains(String(attribute.value.dropFirst())), "\(attribute.value)")
      }
    }
  }

  @Test("every position that a finding cites leads to the event among its evidence")
  func cited() throws {
    let report = SampleCompliance.quarter
    let text = try page(report)
    let ids = Set(ids(Markup(text)))
    for attempt in report.population {
      let cited = attempt.findings.flatMap { finding in
        finding.positions + [finding.override, finding.waiver?.position].compactMap { $0 }
      }
      for position in cited {
        let id = "e-\(attempt.position)-\(position)"
        #expect(ids.contains(id))
        #expect(text.contains("<a class=\"place\" href=\"#\(id)\">#\(position)</a>"), "#\(position)")
      }
    }
  }

  @Test("evidence shows position, times, person and the beginning of the record hash, and what annuls it")
  func evidence() throws {
    let text = try page(SampleCompliance.quarter)
    for attempt in SampleCompliance.quarter.population {
      for record in attempt.evidence {
        let start = try #require(text.firstRange(of: "<tr id=\"e-\(attempt.position)-\(record.position)\">"))
        let end = try #require(text[start.upperBound...].firstRange(of: "</tr>"))
        let row = text[start.lowerBound..<end.upperBound]
        #expect(row.contains(">#\(record.position)<"))
        #expect(row.contains("<code>\(record.hash.prefix(12))…</code>"))
        for moment in [record.happened, record.recorded] {
          #expect(row.contains(Wording.second(moment).replacing(" ", with: "</span> ")))
        }
        if let by = record.by {
          let name = try SampleCompliance.reader.name(by)
          #expect(row.contains(name))
        }
        #expect(row.contains("annulled by</span> ") == (record.annulled != nil))
      }
    }
  }

  @Test("every deployment has its row and its part, and those with exceptions are open")
  func population() throws {
    let report = SampleCompliance.quarter
    let parts = try Markup(page(report))
    let details = parts.starts.filter { $0.name == "details" }
    #expect(details.count == report.population.count)
    for (attempt, part) in zip(report.population, details) {
      #expect(part.attributes.contains { $0.name == "id" && $0.value == "d-\(attempt.position)" })
      #expect(part.attributes.contains { $0.name == "open" } == attempt.hasException)
      #expect(
        parts.attributes.contains { $0.name == "href" && $0.value == "#d-\(attempt.position)" })
    }
  }

  @Test("a page of very many deployments shows the first, says that it does, and has every exception")
  func crowd() throws {
    let report = SampleCompliance.crowded(50)
    let cut = try page(report, most: 10)
    #expect(Markup(cut).count("details") == 10)
    #expect(
      cut.contains("Here are the first 10 of 50 deployments; the report’s JSON and CSV have them all."))
    for exception in report.exceptions { #expect(cut.contains("#\(exception.attempt)<")) }
    let whole = try page(report)
    #expect(Markup(whole).count("details") == 50)
    #expect(!whole.contains("Here are the first"))
  }

  @Test("headings go in order, there is one title, and tables say what they are")
  func accessible() throws {
    for text in try all() {
      let parts = Markup(text)
      let levels = parts.elementList.compactMap { ["h1": 1, "h2": 2, "h3": 3, "h4": 4][$0] }
      #expect(levels.first == 1)
      #expect(levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
      #expect(parts.count("caption") == parts.count("table"))
      let headings = parts.starts.filter { $0.name == "th" }
      #expect(headings.allSatisfy { $0.attributes.contains { $0.name == "scope" } })
      #expect(parts.count("summary") == parts.count("details"))
      #expect(parts.imbalance == nil)
    }
  }

  @Test("what is broken or set aside is said in words, with a sign beside every colour")
  func words() throws {
    let text = try page(SampleCompliance.quarter)
    for words in [
      "violated", "overridden", "overdue", "satisfied late", "pending", "not applicable", "waived",
      "by Omar O’Sample until ", "Instead: A second pair of eyes",
      "once satisfied, before an annulment", "recorded 1 d 15 h late", "after the period", "ungoverned",
      "not reviewed", "OVERDUE", "was due ", "review OVERDUE since 2026-11-20",
      "requested the release", "no policy asked: authorised", "seen running, not recorded",
      "the one of Mary Example",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    for style in ["good", "warning", "bad"] {
      for part in text.components(separatedBy: "<span class=\"\(style)\">").dropFirst() {
        #expect(part.hasPrefix("<svg class=\"icon\""))
      }
    }
  }

  @Test("a report of nothing says so of everything")
  func nothing() throws {
    let text = try page(SampleCompliance.empty)
    #expect(Markup(text).count("table") == 0)
    for words in [
      "No deployment belongs to the scope.", "No rule was broken or set aside.", "There is nothing to judge.",
      "No rule was overridden.", "Nothing that counts was recorded late.",
      "Nobody approved what they had another duty in.",
      "Nobody had authority.", "No deployment to production was without a policy.",
      "No deployment claims to have begun before the ledger was opened.", "Deployments to production",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("a page of a draft says that nobody was judged by it then")
  func draft() throws {
    let text = try page(SampleCompliance.draft)
    #expect(text.contains("What if: this was judged by the draft of the policy production-changes"))
    #expect(text.contains("judged by a draft"))
    #expect(try !page(SampleCompliance.quarter).contains("What if"))
  }

  @Test(
    "a quarter of 230 deployments is a page of at most two megabytes, and no digest or hash stands whole in it")
  func size() throws {
    let text = try page(SampleCompliance.busy)
    #expect(text.utf8.count <= 2_000_000, "\(text.utf8.count)")
    #expect(Markup(text).count("details") == 230)
    let told = try #require(text.firstRange(of: "<main>"))
    #expect(text[told.upperBound...].firstMatch(of: /[0-9a-f]{32}/) == nil)
    #expect(text.contains("sha256:444444444444…"))
  }

  @Test("of many deployments each is told briefly: what does not hold and why, and the positions of what holds")
  func briefly() throws {
    let text = try page(SampleCompliance.busy)
    let attempt = SampleCompliance.busy.population[1]
    let start = try #require(text.firstRange(of: "<details class=\"deployment\" id=\"d-\(attempt.position)\""))
    let end = try #require(text[start.upperBound...].firstRange(of: "</details>"))
    let told = text[start.lowerBound..<end.lowerBound]
    for finding in attempt.findings {
      #expect(told.contains(finding.rule.rawValue))
      guard finding.outcome.isException || finding.outcome == .satisfied else { continue }
      for position in finding.positions { #expect(told.contains("#\(position)")) }
    }
    #expect(
      told.components(separatedBy: "<li>").count - 1
        == attempt.findings.count {
          $0.outcome.isException || $0.outcome == .satisfiedLate
        })
  }

  @Test("what holds and what does not stands before everything else, and the deployments behind everything")
  func order() throws {
    for report in [SampleCompliance.quarter, SampleCompliance.busy] {
      let ids = try ids(Markup(page(report))).filter { !$0.hasPrefix("icon-") }
      #expect(ids.first == "glance")
      #expect(try #require(ids.firstIndex(of: "releases")) < #require(ids.firstIndex(of: "governance")))
      #expect(try #require(ids.firstIndex(of: "clauses")) < #require(ids.firstIndex(of: "population")))
      #expect(try #require(ids.firstIndex(of: "checks")) < #require(ids.firstIndex(of: "population")))
    }
  }

  @Test("where both contexts are told of, each has its own figures, and the first are production's")
  func contexts() throws {
    let text = try page(SampleCompliance.quarter)
    let production = try #require(text.firstRange(of: "id=\"glance\""))
    let development = try #require(text.firstRange(of: "id=\"development-glance\""))
    #expect(production.lowerBound < development.lowerBound)
    #expect(text[production.upperBound..<development.lowerBound].contains(">5</a>"))
    #expect(text[development.upperBound...].contains(">1</a>"))
  }

  @Test("a stranger sees pseudonyms")
  func stranger() throws {
    let text = try page(SampleCompliance.quarter, for: .stranger)
    #expect(!text.contains("Mary"))
    #expect(text.contains("person:0193594e-2f00-7a11-9b3c-5eed00112233"))
  }
}
