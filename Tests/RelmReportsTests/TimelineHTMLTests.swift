import Foundation
import RelmBytes
import RelmDomain
import RelmProof
import RelmReports
import Testing

@Suite("The timeline as a page")
struct TimelineHTMLTests {
  private func page(_ report: TimelineReport, for reader: Reader = SampleReports.reader) throws -> String {
    try TimelineHTML(report, for: reader).text()
  }

  private var all: [TimelineReport] {
    [SampleReports.eventful, SampleReports.single, SampleReports.crowded(500)]
  }

  @Test("a release in which much happened becomes the page that is kept here")
  func golden() throws {
    let text = try page(SampleReports.eventful)
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/eventful.html")
    if ProcessInfo.processInfo.environment["RELM_UPDATE_GOLDENS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    // Not the texts themselves: a failure should not print two whole pages.
    let isSame = text == kept
    #expect(isSame, "look at \(file.lastPathComponent); RELM_UPDATE_GOLDENS=1 rewrites it")
  }

  @Test("the same report is the same page")
  func deterministic() throws {
    for report in all {
      let isSame = try page(report) == page(report)
      #expect(isSame)
    }
  }

  @Test("words of people never become markup, wherever they stand")
  func hostile() throws {
    let attack = #"</script></style></title>"'><img src=x onerror=alert(1)><!--"#
    var report = SampleReports.eventful
    report.package = attack
    report.version = attack
    report.release = "release/\(attack)/1"
    report.stage = attack
    report.purpose = attack
    report.services = [attack]
    report.earlier = [attack]
    for place in report.entries.indices {
      report.entries[place].what = attack
      report.entries[place].type = attack
      report.entries[place].subject = attack
    }
    for place in report.phases.indices {
      for attempt in report.phases[place].attempts.indices {
        report.phases[place].attempts[attempt].id = attack
        report.phases[place].attempts[attempt].kind = attack
        report.phases[place].attempts[attempt].environment = attack
        report.phases[place].attempts[attempt].suite = attack
      }
    }
    report.skipped[0].reason = attack
    report.overrides[0].reason = attack
    report.overrides[0].environment = attack
    for place in report.incidents.indices {
      report.incidents[place].incident = attack
      report.incidents[place].summary = attack
    }
    report.advice[0].topic = attack
    report.findings[0].statement = attack
    report.actions[0].task = attack
    report.annulled[0].reason = attack
    report.annulled[0].replacedBy = attack
    let hostile = Reader(name: { _ in attack }, open: { _, _ in attack })

    let parts = try Markup(page(report, for: hostile))
    #expect(parts.elements.isDisjoint(with: ["img", "iframe", "object", "embed", "link", "image"]))
    #expect(parts.count("script") == 1)
    #expect(parts.count("style") == 1)
    #expect(parts.attributes.allSatisfy { !$0.name.hasPrefix("on") && $0.name != "style" && $0.name != "src" })
    #expect(parts.imbalance == nil)
  }

  @Test("a page loads nothing: its policy forbids it, and no address is in it")
  func selfContained() throws {
    for report in all {
      let text = try page(report)
      // The name of a drawing's language is the one address, and is only in the script.
      let rest = text.replacing("http://www.w3.org/2000/svg", with: "").replacing("http-equiv", with: "")
      #expect(!rest.contains("http"))
      for part in rest.components(separatedBy: "url(").dropFirst() { #expect(part.hasPrefix("#")) }
      #expect(!rest.contains("@import"))
      #expect(text.contains("default-src 'none'"))
      let parts = Markup(text)
      for attribute in parts.attributes where attribute.name == "href" {
        #expect(attribute.value.hasPrefix("#"))
      }
    }
  }

  @Test("the policy names the digests of the style and the script that are there")
  func policy() throws {
    let text = try page(SampleReports.eventful)
    for name in ["style", "script"] {
      let start = try #require(text.firstRange(of: "<\(name)>")).upperBound
      let end = try #require(text[start...].firstRange(of: "</\(name)>")).lowerBound
      let digest = Base64.encode(Digest(of: text[start..<end].utf8).bytes)
      #expect(text.contains("\(name)-src 'sha256-\(digest)'"))
    }
    #expect(!text.contains("unsafe"))
  }

  @Test("every link leads to a place in the page, and every place has one name")
  func anchors() throws {
    for report in all {
      let parts = try Markup(page(report))
      let ids = parts.attributes.filter { $0.name == "id" }.map(\.value)
      #expect(Set(ids).count == ids.count)
      for attribute in parts.attributes where attribute.name == "href" {
        #expect(ids.contains(String(attribute.value.dropFirst())), "\(attribute.value)")
      }
      for attribute in parts.attributes where attribute.name == "aria-labelledby" {
        for id in attribute.value.split(separator: " ") { #expect(ids.contains(String(id))) }
      }
      for entry in report.entries { #expect(ids.contains("p-\(entry.position)")) }
    }
  }

  @Test("every line of the report is cited by its position")
  func cited() throws {
    let report = SampleReports.eventful
    let text = try page(report)
    var cited =
      report.skipped.map(\.position) + report.overrides.map(\.position) + report.incidents.map(\.position)
    cited += report.advice.map(\.moment.position) + report.findings.flatMap { [$0.position] + $0.positions }
    cited +=
      report.actions.map(\.position) + report.annulled.map(\.position) + report.figures.flatMap(\.positions)
    cited +=
      report.waits.flatMap { [$0.after, $0.before] }
      + report.phases.flatMap { [$0.first.position, $0.last.position] }
    for position in cited where report.entries.contains(where: { $0.position == position }) {
      #expect(text.contains("<a class=\"place\" href=\"#p-\(position)\">#\(position)</a>"), "#\(position)")
    }
    // Positions of other streams are named, without a link that leads nowhere.
    #expect(text.contains("<span class=\"place\">#45</span>"))
  }

  @Test("headings go in order, there is one title, and tables say what they are")
  func accessible() throws {
    for report in all {
      let parts = try Markup(page(report))
      #expect(parts.count("h1") == 1)
      #expect(parts.elementList.filter { ["h1", "h2", "h3", "h4"].contains($0) }.first == "h1")
      #expect(parts.count("caption") == parts.count("table"))
      #expect(!parts.elements.contains("h4"))
      #expect(parts.imbalance == nil)
      let headings = parts.starts.filter { $0.name == "th" }
      #expect(headings.allSatisfy { $0.attributes.contains { $0.name == "scope" } })
      // A picture has no links in it for whom it is read to: the drawing is hidden from voices, and told in words.
      #expect(!parts.attributes.contains { $0.name == "role" && $0.value == "img" })
      let plots = parts.starts.filter { $0.name == "svg" && $0.attributes.contains { $0.value == "plot" } }
      #expect(!plots.isEmpty)
      #expect(plots.allSatisfy { $0.attributes.contains { $0.name == "aria-hidden" && $0.value == "true" } })
      #expect(
        try page(report).components(separatedBy: "The tables below say the same in words.").count > plots.count)
    }
  }

  @Test("what is bad is said in words: overdue, not reviewed, erased, annulled")
  func words() throws {
    let text = try page(SampleReports.eventful)
    for words in [
      "OVERDUE", "NOT REVIEWED", "(erased)", "annulled by ", "Can I pay by instalments now?", "Mary Example",
      "Omar O’Sample", "3 h 1 min late", "1 caused", "2.5 times as long: worse", "not resolved",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("person:"))
  }

  @Test("a stranger sees pseudonyms and no sealed words")
  func stranger() throws {
    let text = try page(SampleReports.eventful, for: .stranger)
    #expect(!text.contains("Mary"))
    #expect(!text.contains("instalments now"))
    #expect(text.contains("person:0193594e-2f00-7a11-9b3c-5eed00112233"))
  }

  @Test("long idle times are cut out of the drawing, and only then are there two drawings")
  func scales() throws {
    let eventful = try page(SampleReports.eventful)
    #expect(eventful.contains("id=\"chart-compressed\""))
    #expect(eventful.contains("Nothing happened for 9 d 4 h; the drawing is cut short here"))
    let single = try page(SampleReports.single)
    #expect(!single.contains("id=\"chart-compressed\""))
    #expect(!single.contains("data-chart=\""))
  }

  @Test("a page of five hundred events shows every one of them in the drawing and in the table")
  func crowd() throws {
    let parts = try Markup(page(SampleReports.crowded(500)))
    #expect(
      parts.starts.count { $0.attributes.contains { $0.name == "id" && $0.value.hasPrefix("p-") } } == 500)
    let marks = parts.starts.count {
      $0.attributes.contains { $0.name == "class" && $0.value.hasPrefix("mark ") && $0.value != "mark" }
        && $0.name == "a"
    }
    #expect(marks == 1000)
  }
}
