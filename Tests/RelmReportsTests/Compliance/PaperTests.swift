import Foundation
import RelmDomain
import RelmReports
import Testing

/// How much paper a compliance report takes: a browser prints it, where there is one; else its words are counted.
@Suite("A compliance report on paper")
struct PaperTests {
  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  private static let most = 40

  @Test(
    "a quarter of 230 deployments is printed on at most forty pages",
    .enabled(if: browser != nil, "no chromium is here to print it: only the words are counted"))
  func printed() throws {
    let page = try ComplianceHTML(SampleCompliance.usual(230), for: SampleCompliance.reader).text()
    let pages = try Self.pages(of: page)
    #expect((8...Self.most).contains(pages), "\(pages) pages")
    // What counts pages counts them: of a page with five sheets that begin anew it finds five.
    let sheets = (0..<5).map { "<p style='break-after:page'>\($0)</p>" }.joined() + "<p>5</p>"
    #expect(try Self.pages(of: "<!doctype html><title>t</title>" + sheets) == 6)
  }

  @Test("the words of 230 deployments fit on forty pages, and those of four times as many do not")
  func counted() throws {
    func pages(_ deployments: Int) throws -> Int {
      let report = SampleCompliance.usual(deployments)
      let text = try ComplianceHTML(report, for: SampleCompliance.reader).text()
      return Self.words(of: text) / Self.charactersOnPage
    }
    #expect(try pages(230) <= Self.most)
    #expect(try pages(920) > Self.most)
  }

  /// How many characters of small print, in two columns, a sheet of A4 takes, as a browser sets them.
  private static let charactersOnPage = 9000

  /// How many characters are to be read: without markup, styles and scripts.
  private static func words(of page: String) -> Int {
    page.replacing(/<(style|script)[\s\S]*?<\/\1>/, with: "").replacing(/<[^>]*>/, with: " ")
      .split(whereSeparator: \.isWhitespace).reduce(0) { $0 + $1.count + 1 }
  }

  /// How many sheets a browser prints a page on.
  private static func pages(of page: String) throws -> Int {
    let folder = FileManager.default.temporaryDirectory.appending(path: "relm-paper-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }
    let (source, paper) = (folder.appending(path: "page.html"), folder.appending(path: "page.pdf"))
    try Data(page.utf8).write(to: source)
    let process = Process()
    process.executableURL = URL(filePath: try #require(browser))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
      "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(paper.path)", source.absoluteString,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    // A page is an object of the type Page, its tree one of the type Pages (ISO 32000-2, 7.7.3).
    let text = try #require(String(data: try Data(contentsOf: paper), encoding: .isoLatin1))
    return text.matches(of: /\/Type\s*\/Page[^s]/).count
  }
}
