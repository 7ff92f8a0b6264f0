import RelmDomain
import RelmTestSupport
import Testing

@Suite("Times (RFC 3339)")
struct TimeTests {
  @Test(
    "the published vectors are read or refused as they say",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func vectors() throws {
    let count = try forEachString(in: "json-schema-formats/date-time.json") { text, valid, description in
      #expect((Timestamp(text) != nil) == valid, "\(description): \(text)")
    }
    #expect(count > 20)
  }

  @Test(
    "a time is the moment that it says",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01t00:00:00.000001z", 1), ("1969-12-31T23:59:59.999999Z", -1),
      ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T16:30:00-07:30", 0), ("1970-01-01T00:00:00-00:00", 0),
      ("2026-11-22T20:27:00.123Z", 1_795_379_220_123_000), ("2000-02-29T00:00:00Z", 951_782_400_000_000),
      ("2001-09-09T01:46:40.1234567899999Z", 1_000_000_000_123_456),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
      ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
      ("1998-12-31T23:59:60Z", 915_148_799_999_999), ("1999-01-01T00:59:60.5+01:00", 915_148_799_999_999),
      ("0000-01-01T00:00:60+00:01", -62_167_219_200_000_001), ("9999-12-31T23:59:60Z", 253_402_300_799_999_999),
    ] as [(String, Int64)])
  func moments(_ text: String, _ microseconds: Int64) throws {
    let timestamp = try #require(Timestamp(text))
    #expect(timestamp.instant.microseconds == microseconds)
    #expect(timestamp.text == text)
  }

  @Test(
    "what is no time is refused",
    arguments: [
      "", "2026-11-22", "2026-11-22T20:27:00", "2026-11-22 20:27:00Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z",
      "2026-04-31T00:00:00Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-00T00:00:00Z",
      "2026-01-01T24:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00+24:00",
      "2026-01-01T00:00:00+00:60", "2026-01-01T00:00:60Z", "1998-12-31T23:59:60+01:00", "26-01-01T00:00:00Z",
      "1998-12-30T23:59:60Z", "1999-01-02T00:59:60+01:00",
      "2026-01-01T00:00:00Z ", " 2026-01-01T00:00:00Z", "-026-01-01T00:00:00Z", "2026-01-01T0:00:00Z",
    ])
  func refusals(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("a moment is written with milliseconds, and read as it was", arguments: 1...4 as ClosedRange<UInt64>)
  func survive(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    for _ in 0..<5000 {
      let milliseconds = Int64.random(
        in: Instant.earliest.milliseconds...Instant.latest.milliseconds, using: &random)
      let instant = Instant(microseconds: milliseconds * 1000)
      let text = instant.rfc3339Milliseconds
      #expect(text.utf8.count == 24)
      #expect(Instant(text) == instant, "seed \(seed): \(text)")
      // The text sorts as the moment does.
      let later = instant.advanced(byMicroseconds: 1000)
      if later < .latest { #expect(text < later.rfc3339Milliseconds, "seed \(seed)") }
    }
  }

  @Test("every day of four centuries has its own date, one behind the other")
  func calendar() throws {
    var expected = (year: 1900, month: 1, day: 1)
    for day in Int64(-25_567)..<120_530 {
      let text = Instant(microseconds: day * 86_400_000_000).rfc3339Milliseconds
      let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
      #expect(parts == [expected.year, expected.month, expected.day])
      let isLeap =
        expected.year.isMultiple(of: 4)
        && (!expected.year.isMultiple(of: 100) || expected.year.isMultiple(of: 400))
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(expected.year == 2300)
  }

  @Test("smaller parts are cut off, and the ends of the calendar hold")
  func bounds() {
    #expect(Instant(microseconds: 1999).rfc3339Milliseconds == "1970-01-01T00:00:00.001Z")
    #expect(Instant(microseconds: -1).rfc3339Milliseconds == "1969-12-31T23:59:59.999Z")
    #expect(Instant(microseconds: .max).rfc3339Milliseconds == "9999-12-31T23:59:59.999Z")
    #expect(Instant(microseconds: .min).rfc3339Milliseconds == "0000-01-01T00:00:00.000Z")
    #expect(Instant(microseconds: .max).advanced(byMicroseconds: 1).microseconds == .max)
    #expect(Instant(microseconds: -1).inMilliseconds.microseconds == -1000)
    #expect(Timestamp(Instant(microseconds: 1999)).instant.microseconds == 1000)
  }
}

/// Calls the body with every string of a file of the JSON Schema test suite; how many there were.
func forEachString(in path: String, _ body: (String, Bool, String) throws -> Void) throws -> Int {
  var count = 0
  for suite in try JSONDocument(Vectors.bytes(path)).root.elements {
    for test in try #require(suite["tests"]).elements {
      guard let text = test["data"]?.string else { continue }
      count += 1
      let valid: Bool? = test["valid"]?.bool
      try body(text, #require(valid as Bool?), test["description"]?.string ?? "")
    }
  }
  return count
}
