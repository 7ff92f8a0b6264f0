import Foundation
import RelmReports
import Testing

@Suite("Markup and colours")
struct HTMLTests {
  @Test("words are escaped in elements and in attributes")
  func escaping() {
    let element = tag("p", Attribute("title", #"a "b" <c> & 'd'"#), words: #"a "b" <c> & 'd'"#)
    #expect(
      element.markup == #"<p title="a &quot;b&quot; &lt;c&gt; &amp; 'd'">a "b" &lt;c&gt; &amp; 'd'</p>"# + "\n")
  }

  @Test(
    "what is no character of a page, turns the direction of writing round or has no width, is shown as its number"
  )
  func control() {
    #expect(HTML("a\u{0}b\u{1B}c\u{202E}d\u{85}").markup == #"a\u{0}b\u{1B}c\u{202E}d\u{85}"#)
    #expect(HTML("ä 日本 🙂\n").markup == "ä 日本 🙂\n")
  }

  @Test("an attribute that would run or load something, or lead out of the page, is a mistake that traps")
  func acting() async {
    await #expect(processExitsWith: .failure) { _ = Attribute("onclick", "alert(1)") }
    await #expect(processExitsWith: .failure) { _ = Attribute("src", "x.png") }
    await #expect(processExitsWith: .failure) { _ = Attribute("href", "//example.org") }
    await #expect(processExitsWith: .failure) { _ = tag("script", words: "alert(1)") }
  }

  @Test("every colour has the contrast that it needs on what it stands on, light and dark")
  func contrast() {
    for (name, colour) in [("light", Palette.light), ("dark", Palette.dark)] {
      for pair in Palette.pairs {
        let ratio = Self.contrast(colour(pair.front), colour(pair.back))
        #expect(ratio >= pair.least, "\(name): \(pair.front) on \(pair.back) is \(ratio)")
      }
    }
  }

  @Test("a page of nothing is a whole page")
  func empty() {
    let text = Page(title: "<Nothing>", skip: ("main", "Skip")) { tag("main", .id("main")) }.text()
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    #expect(text.contains("<title>&lt;Nothing&gt;</title>"))
    #expect(text.contains("script-src 'none'"))
    #expect(text.hasSuffix("</body>\n</html>\n"))
    #expect(Markup(text).imbalance == nil)
  }

  /// The contrast of two colours (WCAG 2.2, definitions of contrast ratio and relative luminance).
  private static func contrast(_ one: Palette.Colour, _ other: Palette.Colour) -> Double {
    let (first, second) = (luminance(one), luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private static func luminance(_ colour: Palette.Colour) -> Double {
    func linear(_ part: UInt8) -> Double {
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
  }
}
