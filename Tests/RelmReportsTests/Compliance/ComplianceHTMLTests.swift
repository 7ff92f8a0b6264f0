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

  @Test("evidence shows position, times, person and the whole record hash, and what annuls it")
  func evidence() throws {
    let text = try page(SampleCompliance.quarter)
    for attempt in SampleCompliance.quarter.population {
      for record in attempt.evidence {
        let start = try #require(text.firstRange(of: "<tr id=\"e-\(attempt.position)-\(record.position)\">"))
        let end = try #require(text[start.upperBound...].firstRange(of: "</tr>"))
        let row = text[start.lowerBound..<end.upperBound]
        #expect(row.contains(">#\(record.position)<"))
        #expect(row.contains("title=\"\(record.hash)\">\(record.hash)</code>"))
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
      "once satisfied, before an annulment", "1 d 15 h late", "after the period", "ungoverned",
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

  @Test("a report of nothing says so in every section")
  func nothing() throws {
    let text = try page(SampleCompliance.empty)
    #expect(Markup(text).count("table") == 0)
    for words in [
      "No deployment belongs to the scope.", "No rule was broken or set aside.", "There is nothing to judge.",
      "No rule was overridden.", "Nothing that counts was recorded late.",
      "Nobody approved what they had another duty in.",
      "Nobody had authority.", "No deployment to production was without a policy.",
      "No deployment claims to have begun before the ledger was opened.", "All deployments",
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

  @Test("a stranger sees pseudonyms")
  func stranger() throws {
    let text = try page(SampleCompliance.quarter, for: .stranger)
    #expect(!text.contains("Mary"))
    #expect(text.contains("person:0193594e-2f00-7a11-9b3c-5eed00112233"))
  }
}
