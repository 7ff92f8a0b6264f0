import RelmBytes
import RelmDomain
import RelmLedger
import RelmProof
import Testing

@Suite("Reading a ledger's events")
struct ReadingTests {
  private let workshop: Workshop
  private let events: [RecordedEvent]

  /// Types of which some begin others, and one that is too long to stand in an index by name.
  private static let types = [
    "relm.activity.recorded", "org.example.thing", "org.example.thing.more", "org.exam",
    "org.example." + String(repeating: "long", count: 120),
  ]
  private static let subjects = ["release/a/1", "release/a/1.0", "release/b/1", nil]

  init() throws {
    workshop = try Workshop()
    var luck = SplitMix64(seed: 20)
    for batch in 0..<12 {
      try workshop.append((0..<12).map { Self.event("\(batch)-\($0)", &luck) })
    }
    events = try workshop.records()
  }

  /// An event of some type and stream; some happened before 1970, and some do not say when.
  private static func event(_ id: String, _ luck: inout SplitMix64) -> String {
    let type = types.randomElement(using: &luck) ?? ""
    let year = [1965, 1999, 2020, 2020, 2021].randomElement(using: &luck) ?? 0
    let time = Bool.random(using: &luck) ? "\(year)-03-0\(Int.random(in: 1...9, using: &luck))T00:00:00Z" : nil
    let subject = subjects.randomElement(using: &luck) ?? nil
    return type.hasPrefix("relm.")
      ? Sample.activity(id, subject: subject ?? "release/c/1", time: time)
      : Sample.foreign(id, type: type, subject: subject, time: time)
  }

  private func read(_ filter: EventFilter) throws -> [Position] {
    var found: [Position] = []
    try workshop.ledger.forEachEvent(filter) { event in
      found.append(event.position)
      return true
    }
    return found
  }

  /// What the filter says, word for word, of one event after the other.
  private func naively(_ filter: EventFilter) -> [Position] {
    var found = events.filter { event in
      let envelope = event.record.envelope
      if let from = filter.from, event.position.value < from.value { return false }
      if let upTo = filter.upTo, event.position.value >= upTo.value { return false }
      if let stream = filter.stream, (envelope.subject ?? "") != stream { return false }
      if let type = filter.type {
        if type.hasSuffix("*") {
          guard envelope.type.hasPrefix(type.dropLast()) else { return false }
        } else if envelope.type != type {
          return false
        }
      }
      if let since = filter.since, event.happened < since { return false }
      if let until = filter.until, event.happened >= until { return false }
      return true
    }.map(\.position)
    if filter.isReversed { found.reverse() }
    return Array(found.prefix(filter.limit ?? .max))
  }

  @Test("any filter finds what looking at every event finds, in the same order", arguments: UInt64(1)...4)
  func findsTheSame(seed: UInt64) throws {
    var luck = SplitMix64(seed: seed)
    for _ in 0..<75 {
      let filter = filter(&luck)
      #expect(try read(filter) == naively(filter), "seed \(seed): \(filter)")
    }
  }

  private func filter(_ luck: inout SplitMix64) -> EventFilter {
    var filter = EventFilter()
    let position = { (luck: inout SplitMix64) in Position(UInt64.random(in: 0...160, using: &luck)) }
    filter.from = Int.random(in: 0..<3, using: &luck) == 0 ? position(&luck) : nil
    filter.upTo = Int.random(in: 0..<3, using: &luck) == 0 ? position(&luck) : nil
    let pick = { (luck: inout SplitMix64) in Int.random(in: 0..<3, using: &luck) == 0 }
    if pick(&luck) {
      filter.stream = ["release/a/1", "release/a/1.0", "", "ledger", "none"].randomElement(using: &luck)
    }
    if pick(&luck) {
      let patterns = Self.types + ["org.example.*", "org.exam*", "relm.*", "*", "none", Self.types[4] + "*"]
      filter.type = patterns.randomElement(using: &luck)
    }
    let moments = events.map(\.happened)
    if pick(&luck) { filter.since = moments.randomElement(using: &luck) }
    if pick(&luck) { filter.until = moments.randomElement(using: &luck) }
    filter.isReversed = Bool.random(using: &luck)
    if pick(&luck) { filter.limit = Int.random(in: 0...20, using: &luck) }
    return filter
  }

  @Test("an event is found by its position and by its id, and beyond the end there is none")
  func byPositionAndID() throws {
    for event in events {
      let envelope = event.record.envelope
      #expect(try workshop.ledger.event(at: event.position)?.record.bytes == event.record.bytes)
      let found = try workshop.ledger.events(withID: envelope.id, source: envelope.source)
      #expect(found.map(\.position) == [event.position])
    }
    #expect(try workshop.ledger.event(at: Position(UInt64(events.count))) == nil)
    #expect(try workshop.ledger.events(withID: "nobody's").isEmpty)
    #expect(try workshop.ledger.events(withID: "0-0", source: "/elsewhere").isEmpty)
  }

  @Test("two sources may use one id, and without a source both are found")
  func oneIDOfTwoSources() throws {
    let other = #"{"id":"0-0","source":"/other","type":"org.example.thing","data":1}"#
    let receipt = try #require(try workshop.append([other]).first)
    #expect(receipt.status == .recorded)
    let found = try workshop.ledger.events(withID: "0-0")
    #expect(Set(found.map(\.record.envelope.source)) == ["/workshop", "/other"])
    #expect(found.map(\.position) == found.map(\.position).sorted())
  }

  @Test("the position of each event is where it stands, and its stream's versions have no gap")
  func positionsAndVersions() throws {
    #expect(events.map(\.position.value) == Array(0..<UInt64(145)))
    var heads: [String: (count: UInt64, digest: Digest)] = [:]
    for event in events {
      let stream = event.record.envelope.subject ?? ""
      #expect(event.record.streamVersion == heads[stream]?.count ?? 0)
      #expect(event.record.streamPrevious == heads[stream]?.digest)
      heads[stream] = (event.record.streamVersion + 1, Digest.leaf(event.record.bytes))
    }
  }

  @Test("who follows the log sees what another opener appends, in order, and only what was asked for")
  func following() throws {
    var seen: [String] = []
    var filter = EventFilter()
    filter.type = "org.example.thing"
    var appended = 0
    try workshop.ledger.follow(
      filter,
      pause: { reached in
        guard reached.isAtEnd else { return true }
        guard appended < 5 else { return false }
        try workshop.append([
          Sample.foreign("f\(appended)", type: "org.example.thing", subject: nil),
          Sample.foreign("g\(appended)", type: "org.example.other", subject: nil),
        ])
        appended += 1
        return true
      },
      { event in
        seen.append(event.record.envelope.id)
        return true
      })
    #expect(seen == ["f0", "f1", "f2", "f3", "f4"])
  }

  @Test("who follows from a position gets what stands there already, and may stop")
  func followingFromAPosition() throws {
    var filter = EventFilter()
    filter.from = Position(100)
    var seen: [UInt64] = []
    try workshop.ledger.follow(filter, pause: { _ in true }) { event in
      seen.append(event.position.value)
      return seen.count < 10
    }
    #expect(seen == Array(100..<110))
  }

  @Test(
    "who follows stops at the filter's limit and before its end, and is told how far all has been looked at")
  func followingWithinBounds() throws {
    let size = try workshop.ledger.size().value
    for (limit, upTo, expected) in [
      (3, nil, 10..<13), (nil, 15, 10..<15), (9, 15, 10..<15), (3, 15, 10..<13), (0, 15, 10..<10),
      (nil, 10, 10..<10),
      (nil, 5, 10..<10),
    ] as [(Int?, UInt64?, Range<UInt64>)] {
      var filter = EventFilter()
      filter.from = Position(10)
      filter.limit = limit
      filter.upTo = upTo.map { Position($0) }
      var seen: [UInt64] = []
      try workshop.ledger.follow(filter, pause: { _ in true }) { event in
        seen.append(event.position.value)
        return true
      }
      #expect(seen == Array(expected), "limit \(String(describing: limit)), up to \(String(describing: upTo))")
    }
    var filter = EventFilter()
    filter.from = Position(0)
    filter.type = "org.example.nothing"
    var reached: [UInt64] = []
    try workshop.ledger.follow(filter) { followed in
      reached.append(followed.position.value)
      return !followed.isAtEnd
    } _: { _ in
      true
    }
    #expect(reached == reached.sorted())
    #expect(reached.last == size)
  }
}
