import RelmDomain
import Testing

@Suite("Shares in percent")
struct PercentageTests {
  @Test(
    "a share is a number from 0 to 100, kept as it was written",
    arguments: ["0", "0.01", "0.005", "2.5", "5", "33.333", "99.99", "100"])
  func taken(text: String) throws {
    let share = try #require(Percentage(text))
    #expect(share.text == text)
    let event = #"{"decision":"continue","deployment":"d","environment":"e","share":\#(text)}"#
    let read = try Event.decode(
      type: EventType.deploymentProgressed.rawValue, dataschema: nil, data: CanonicalReader([UInt8](event.utf8))
    )
    guard case .release(.deploymentProgressed(let progressed)) = read else {
      Issue.record("it is another event")
      return
    }
    #expect(progressed.share == share)
    var writer = CanonicalWriter()
    read.write(to: &writer)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == event)
  }

  @Test(
    "what is no share is refused",
    arguments: ["-1", "-0.01", "100.01", "110", "1e3", "05", "5.0", "nan", "five", ""])
  func refused(text: String) { #expect(Percentage(text) == nil) }

  @Test(
    "a share is told to the hundredth, and the smallest is never told as nothing",
    arguments: [
      ("0", "0 %"), ("0.001", "under 0.01 %"), ("0.01", "0.01 %"), ("0.1", "0.1 %"), ("2.5", "2.5 %"),
      ("33.333", "33.33 %"), ("99.99", "99.99 %"), ("100", "100 %"),
    ])
  func words(text: String, words: String) throws { #expect(try #require(Percentage(text)).inWords == words) }
}
