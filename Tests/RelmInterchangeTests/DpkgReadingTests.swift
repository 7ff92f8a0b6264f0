import Foundation
import RelmDomain
import RelmInterchange
import Testing

@Suite("a dpkg log can be read again, in pieces and in another zone")
struct DpkgReadingTests {
  private let text = DpkgLogTests.timed(
    DpkgLogTests.installed("a:all", "1") + DpkgLogTests.upgraded("a:all", "1", "2")
      + DpkgLogTests.installed("b:all", "1") + "remove a:all 2 <none>\nstatus config-files a:all 2\n")

  @Test(
    "the word for no version counts in every language, also where it is of several words",
    arguments: ["<aucun>", "<bat ere ez>", "<無し>", "<ikke nogen>"])
  func translated(none: String) throws {
    #expect(try whole(text.replacingOccurrences(of: "<none>", with: none)) == whole(text))
  }

  @Test("the size of the pieces does not matter", arguments: [1, 2, 7, 64, 100_000])
  func pieces(size: Int) throws {
    var log = DpkgLog(host: "deb", clock: .utc)
    var drafts: [Draft] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      drafts += try log.read(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    #expect(try drafts == whole(text))
  }

  @Test("a longer log begins with the same events, wherever the shorter one was cut")
  func longer() throws {
    let all = try whole(text)
    #expect(all.count == 7)
    let bytes = Array(text.utf8)
    var longest = 0
    for length in 0...bytes.count {
      var log = DpkgLog(host: "deb", clock: .utc)
      let drafts = try log.read(bytes.prefix(length))
      #expect(drafts == Array(all.prefix(drafts.count)), "cut after \(length) bytes")
      longest = max(longest, drafts.count)
    }
    #expect(longest == all.count)
  }

  @Test("rotated logs in their order give the same events as one log, wherever it was rotated")
  func rotated() throws {
    let all = try whole(text).map(\.json)
    let lines = text.split(separator: "\n").map { $0 + "\n" }
    for cut in 0...lines.count {
      var log = DpkgLog(host: "deb", clock: .utc)
      var drafts = try log.read(lines[..<cut].joined().utf8)
      #expect(log.endFile() == nil)
      drafts += try log.read(lines[cut...].joined().utf8)
      #expect(drafts.map(\.json) == all, "rotated after line \(cut)")
    }
  }

  @Test("a last line without its newline is told and not read, whole as it may look")
  func unfinished() throws {
    var log = DpkgLog(host: "deb", clock: .utc)
    #expect(
      try log.read(
        "2026-11-24 06:00:00 configure a:all 1 <none>\n2026-11-24 06:00:01 status installed a:all 1".utf8
      ).isEmpty)
    #expect(
      log.endFile() == DpkgLog.UnreadLine(number: 2, text: "2026-11-24 06:00:01 status installed a:all 1"))
    #expect(log.deployed.isEmpty)
  }

  @Test(
    "a line that dpkg would not write is refused with its number",
    arguments: [
      ("", "begins with"), ("hello", "begins with"),
      ("2026-02-30 06:00:00 startup packages configure", "begins with"),
      ("2026-11-24 24:00:00 startup packages configure", "begins with"),
      ("2026-11-24 6:00:00 startup packages configure", "begins with"),
      ("2026-11-24T06:00:00Z startup packages configure", "begins with"),
      ("2026-11-24 06:00:00 explode a:all 1 2", "'explode' is not an action"),
      ("2026-11-24 06:00:00 install a:all 1", "followed by"),
      ("2026-11-24 06:00:00 status installed a:all", "followed by"),
      ("2026-11-24 06:00:00 status broken a:all 1", "'broken' is not a state"),
      ("2026-11-24 06:00:00 install a:all  1", "followed by"),
      ("2026-11-24 06:00:00 upgrade a:all 1 <none>", "does not say which version"),
      (String(repeating: "x", count: 20_000), "no dpkg log"),
      ("\0\0\0\02026-11-24 06:00:00 startup packages configure", "power cut"),
    ])
  func badLine(line: String, reason: String) throws {
    var log = DpkgLog(host: "deb", clock: .utc)
    #expect {
      try log.read(
        "2026-11-24 06:00:00 startup packages configure\n\(line)\n2026-11-24 06:00:00 startup x y\n".utf8)
    } throws: { error in
      let error = try #require(error as? InterchangeError)
      return error.place == "line 2" && error.reason.contains(reason)
    }
  }

  @Test("bytes that are no text are refused with their line")
  func notText() {
    var log = DpkgLog(host: "deb", clock: .utc)
    #expect(throws: InterchangeError(at: "line 1", "it is not UTF-8 text")) {
      try log.read([0xFF, 0xFE, 0x0A])
    }
  }

  @Test("the same operation twice in one second is two deployments")
  func twiceInASecond() throws {
    let once = DpkgLogTests.upgraded("a:all", "2", "2").split(separator: "\n").map {
      "2026-11-24 06:00:00 \($0)\n"
    }
    let drafts = try whole((once + once).joined())
    #expect(drafts.count == 4)
    #expect(Set(try drafts.map { try Told($0).id }).count == 4)
    #expect(Set(try drafts.compactMap { try Told($0).text("/data/deployment") }).count == 2)
  }

  @Test("the same operation at the same wall-clock time is two deployments when the clock was set back between")
  func twiceAnHour() throws {
    let once = DpkgLogTests.upgraded("a:all", "2", "2").split(separator: "\n").map {
      "2026-10-25 02:30:00 \($0)\n"
    }
    let between = "2026-10-25 02:50:00 startup packages configure\n"
    var log = DpkgLog(host: "deb", clock: .berlin)
    let drafts = try log.read((once + [between] + once).joined().utf8)
    #expect(
      try drafts.told.map { $0.split(separator: " ")[2] } == [
        "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z",
      ])
    #expect(Set(try drafts.map { try Told($0).id }).count == 4)
  }

  @Test("ids do not depend on the time zone, but on the host")
  func zone() throws {
    var berlin = DpkgLog(host: "deb", clock: .berlin)
    let there = try berlin.read(text.utf8).map { try Told($0) }
    let here = try whole(text).map { try Told($0) }
    #expect(there.map(\.id) == here.map(\.id))
    #expect(there[0].description == "started release/a:all/1 2026-11-24T05:00:00Z")
    var other = DpkgLog(host: "other", clock: .utc)
    let elsewhere = Set(try other.read(text.utf8).map { try Told($0).id })
    #expect(elsewhere.isDisjoint(with: here.map(\.id)))
  }

  @Test("a host's name is fit for a URI in the source")
  func source() throws {
    var log = DpkgLog(host: "my host/ü", clock: .utc)
    let draft = try #require(try log.read(text.utf8).first)
    #expect(try Told(draft).text("/source") == "/dpkg/my%20host/%C3%BC")
    #expect(try Told(draft).text("/data/environment") == "host/my host/ü")
    var named = DpkgLog(host: "deb", clock: .utc, source: "urn:x")
    #expect(try Told(#require(try named.read(text.utf8).first)).text("/source") == "urn:x")
  }

  @Test(
    "an operation that has unpacked nothing when the log ends is told later, with the time at which it began")
  func begun() throws {
    let text = DpkgLogTests.timed(DpkgLogTests.upgraded("a:all", "1", "2"))
    let lines = text.split(separator: "\n").map { $0 + "\n" }
    var log = DpkgLog(host: "deb", clock: .utc)
    #expect(try log.read(lines[..<4].joined().utf8).isEmpty)
    #expect(try log.read(lines[4].utf8).told == ["started release/a:all/2 2026-11-24T06:00:00Z"])
  }

  private func whole(_ text: String) throws -> [Draft] {
    var log = DpkgLog(host: "deb", clock: .utc)
    return try log.read(text.utf8)
  }
}

extension LocalClock {
  /// Central European time in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
  static let berlin = LocalClock { seconds in
    (1_774_746_000..<1_792_890_000).contains(seconds) ? 7200 : 3600
  }
}

@Suite("a wall clock's time becomes a moment")
struct LocalClockTests {
  @Test(
    "with the offset in force",
    arguments: [
      ("2026-01-01T12:00:00Z", "2026-01-01T11:00:00.000Z"),
      ("2026-07-01T12:00:00Z", "2026-07-01T10:00:00.000Z"),
      // Clocks jump from 02:00 to 03:00: a time between never was, and is read as if they had not yet jumped.
      ("2026-03-29T01:59:59Z", "2026-03-29T00:59:59.000Z"),
      ("2026-03-29T02:30:00Z", "2026-03-29T01:30:00.000Z"),
      ("2026-03-29T03:00:00Z", "2026-03-29T01:00:00.000Z"),
      // Clocks go back from 03:00 to 02:00: the first time, where nothing says otherwise.
      ("2026-10-25T01:59:59Z", "2026-10-24T23:59:59.000Z"),
      ("2026-10-25T02:30:00Z", "2026-10-25T00:30:00.000Z"),
      ("2026-10-25T03:00:00Z", "2026-10-25T02:00:00.000Z"),
    ])
  func berlin(local: String, utc: String) throws {
    let seconds = try #require(Instant(local)).milliseconds / 1000
    let unix = LocalClock.berlin.unixSeconds(of: CivilTime(seconds: seconds), notBefore: nil)
    #expect(Instant(microseconds: unix * 1_000_000).rfc3339Milliseconds == utc)
  }

  @Test("an hour that happens twice is the second one when the first would lead back in time")
  func twice() throws {
    let local = CivilTime(seconds: try #require(Instant("2026-10-25T02:30:00Z")).milliseconds / 1000)
    let clock = LocalClock.berlin
    let first = clock.unixSeconds(of: local, notBefore: nil)
    #expect(clock.unixSeconds(of: local, notBefore: first) == first)
    #expect(clock.unixSeconds(of: local, notBefore: first + 1) == first + 3600)
    // A clock that was simply set back by hand stays what it shows.
    #expect(clock.unixSeconds(of: local, notBefore: first + 100_000) == first + 3600)
  }
}
