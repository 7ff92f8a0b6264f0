import RelmBytes
import RelmDomain
import RelmLedger
import RelmHistory
import RelmViews
import RelmProof
import Testing

@Suite("Replaying the history")
struct ReplayTests {
  /// Every row of every projection by view and key.
  private func rows(_ ledger: Ledger) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    try ledger.withViews { rows, _ in
      for view in Views.projections {
        try rows.scan(view.table, from: nil, upTo: nil, reversed: false) { key, value in
          found["\(view.name) \(Hex.encode(key))"] = value
          return true
        }
      }
    }
    return found
  }

  private func name(_ change: RowChange) -> String { "\(change.view) \(Hex.encode(RowKey(change.key).bytes))" }

  /// Which rows differ between two moments, and whether they were there before and are there after.
  private func differences(_ before: [String: [UInt8]], _ after: [String: [UInt8]]) -> [String: [Bool]] {
    var found: [String: [Bool]] = [:]
    for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
      found[name] = [before[name] != nil, after[name] != nil]
    }
    return found
  }

  private func told(_ changes: [RowChange]) -> [String: [Bool]] {
    Dictionary(changes.map { (name($0), [$0.existed, $0.exists]) }) { first, _ in first }
  }

  @Test(
    "what an event changed is just what differs between the views before it and after it, forwards and backwards",
    arguments: 1...3 as ClosedRange<UInt64>)
  func changes(seed: UInt64) throws {
    let random = try RandomLedger(seed: 300 + seed, commands: 120)
    defer { withExtendedLifetime(random) {} }
    let ledger = random.ledger
    let size = try ledger.size().value
    let states = try (0..<size).map { try rows(ledger.asOf(.position(Position($0)))) }
    let walk = try ledger.replaying()
    #expect(walk.count == Int(size))
    // Backwards as well, as somebody steps.
    for place in Array(0..<walk.count) + [0, walk.count / 2] + (0..<walk.count).reversed() {
      let replayed = try #require(try walk.event(place))
      let before = place == 0 ? [:] : states[place - 1]
      #expect(told(replayed.changes) == differences(before, states[place]), "seed \(seed), position \(place)")
      #expect(replayed.changes.allSatisfy { !$0.fields.isEmpty }, "seed \(seed), position \(place)")
    }
  }

  @Test(
    "what changed between two moments is what differs between the views, for everything and for one subject",
    arguments: 1...3 as ClosedRange<UInt64>)
  func between(seed: UInt64) throws {
    let random = try RandomLedger(seed: 400 + seed, commands: 150)
    defer { withExtendedLifetime(random) {} }
    let ledger = random.ledger
    let size = try ledger.size().value
    var chance = SplitMix64(seed: seed)
    for _ in 0..<8 {
      let (one, other) = (
        UInt64.random(in: 0..<size, using: &chance), UInt64.random(in: 0..<size, using: &chance)
      )
      let (early, late) = (min(one, other), max(one, other))
      let expected = try differences(
        rows(ledger.asOf(.position(Position(early)))), rows(ledger.asOf(.position(Position(late)))))
      let all = try ledger.changes(from: TreeSize(early + 1), to: TreeSize(late + 1))
      #expect(told(all) == expected, "seed \(seed), \(early) to \(late)")

      for subject in [
        Subject.release(package: "api", version: "1.0"), .environment("prod/eu"), .ledger, .policy("a"),
      ] {
        let about = SubjectRows(subject)
        let some = try ledger.changes(from: TreeSize(early + 1), to: TreeSize(late + 1), about: about)
        let wanted = all.filter { about.contains(view: $0.view, key: $0.key) }
        #expect(told(some) == told(wanted), "seed \(seed), \(early) to \(late), \(subject.text)")
      }
    }
  }

  @Test("the walk through a release has its own events, what annuls them, and what other streams say of it")
  func about() throws {
    let workshop = try Workshop()
    defer { withExtendedLifetime(workshop) {} }
    func event(_ id: String, _ type: String, _ subject: String, _ data: String) -> String {
      #"{"id":"\#(id)","type":"relm.\#(type)","subject":"\#(subject)","data":\#(data),"authid":"owner@example.org"}"#
    }
    let receipts = try workshop.append([
      event("1", "release.planned", "release/p/1", #"{"class":"normal"}"#),
      event("2", "release.planned", "release/p/2", #"{"class":"normal"}"#),
      event("3", "activity.recorded", "release/p/1", #"{"activity":"a"}"#),
      event("4", "incident.opened", "incident/i", #"{"severity":"low","summary":"s"}"#),
      event(
        "5", "incident.attributed", "incident/i",
        #"{"causes":[{"release":"release/p/1"}],"confidence":"confirmed"}"#),
    ])
    let first = try #require(receipts.first).position.value
    try workshop.append([
      event("6", "event.annulled", "ledger", #"{"position":\#(first + 2),"reason":"r"}"#),
      event("7", "activity.recorded", "release/p/2", #"{"activity":"b"}"#),
    ])
    let walk = try workshop.ledger.replaying(about: .release(package: "p", version: "1"))
    #expect((0..<walk.count).map { walk.position($0).value - first } == [0, 2, 4, 5])
    // Of what the incident changed only what is about the release is told.
    let attributed = try #require(try walk.event(2))
    #expect(attributed.changes.map(\.view) == ["causes"])
    let annulment = try #require(try walk.event(3))
    #expect(annulment.changes.map(\.view) == ["releases"])
    #expect(try walk.event(1)?.annulledBy?.value == first + 5)
    #expect(walk.place(of: Position(first + 3)) == 2)
    #expect(walk.place(of: Position(first + 6)) == walk.count)
  }
}
