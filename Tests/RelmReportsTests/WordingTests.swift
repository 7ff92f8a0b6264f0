import RelmReports
import Testing

@Suite("Lengths of time for a reader")
struct WordingTests {
  @Test(
    "a length of time is said in its two largest units, and a small one exactly",
    arguments: [
      (0, "0 s"), (59, "59 s"), (60, "1 min"), (61, "1 min 1 s"), (600, "10 min"), (3599, "59 min"),
      (3600, "1 h"), (3660, "1 h 1 min"), (86_399, "23 h 59 min"), (86_400, "1 d"), (90_000, "1 d 1 h"),
      (864_000, "10 d"),
    ])
  func durations(seconds: Int, words: String) { #expect(Wording.duration(seconds) == words) }
}
