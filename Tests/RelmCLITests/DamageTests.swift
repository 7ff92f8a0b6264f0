import Foundation
import RelmBytes
import Synchronization
import Testing

/// Every command over files that are not what was written: flipped, overwritten and cut off at many places.
@Suite("A command over damaged files")
struct DamageTests {
  /// What reads, and what writes; with words to its standard input.
  private static let commands: [(words: [String], input: String?)] = [
    (["state"], nil), (["log", "--format", "ndjson"], nil), (["show", "40"], nil),
    (["gate", "release/web/1.0", "--to", "production/eu", "--dry-run"], nil), (["timeline", "web/1.0"], nil),
    (["report", "compliance", "--at", "60"], nil),
    (["record", "activity.recorded", "--subject", "release/new/1", "activity=x"], nil),
    (["append", "-"], Desk.activity("more")), (["obligations"], nil), (["verify"], nil), (["stats"], nil),
  ]

  private let desk: Desk
  private let views: String

  init() throws {
    desk = try Desk.withLedger()
    for batch in 0..<8 {
      let events = (0..<10).map {
        Desk.activity(
          "\(batch)-\($0)", String(repeating: "words ", count: 60), subject: "release/web/\($0 % 4).0")
      }
      try desk.done("append", input: events.joined(separator: "\n"))
    }
    try desk.done("state")
    let generations = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/views"))
    views = ".relm/views/" + (try #require(generations.first { $0.count == 16 })) + "/data.mdb"
  }

  /// How a run over a damaged file ended.
  private struct Outcome {
    let place: String
    let words: [String]
    let status: Int32
    let isKilled: Bool
    let isHanging: Bool
    let output: Data
  }

  private enum Damage {
    case flips, noise, nothing, cut
  }

  /// Runs every command over a copy of the ledger with the file damaged at a place, for each of the places.
  private func outcomes(_ file: String, _ damage: Damage, at places: [Int], seed: UInt64) throws -> [Outcome] {
    let original = try desk.bytes(of: file)
    let outcomes = Mutex<[Outcome]>([])
    let failures = Mutex<[String]>([])
    let (folder, environment) = (desk.folder.path, desk.environment)
    DispatchQueue.concurrentPerform(iterations: places.count) { index in
      var luck = SplitMix64(seed: seed &+ UInt64(index))
      var bytes = original
      let place = places[index]
      switch damage {
      case .flips: for _ in 0..<4 { bytes[place + Int(luck.next() % 64)] ^= UInt8(1 << (luck.next() % 8)) }
      case .noise:
        for offset in place..<place + 4096 { bytes[offset] = UInt8(truncatingIfNeeded: luck.next() >> 20) }
      case .nothing: bytes.replaceSubrange(place..<place + 4096, with: Data(count: 4096))
      case .cut: bytes = bytes.prefix(place)
      }
      do {
        for (number, command) in Self.commands.enumerated() {
          let copy = "\(folder)/copy-\(index)-\(number)"
          try FileManager.default.copyItem(atPath: folder + "/.relm", toPath: copy)
          try bytes.write(to: URL(filePath: copy + file.dropFirst(5)))
          let outcome = try Self.run(
            command.words + ["--ledger", copy], environment, input: command.input,
            place: "\(damage) at \(place)")
          outcomes.withLock { $0.append(outcome) }
          try FileManager.default.removeItem(atPath: copy)
        }
      } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    return outcomes.withLock { $0 }
  }

  private static func run(_ words: [String], _ environment: [String: String], input: String?, place: String)
    throws -> Outcome
  {
    let process = Process()
    process.executableURL = URL(filePath: Desk.program)
    process.arguments = words
    process.environment = environment
    let scratch = FileManager.default.temporaryDirectory.appending(path: "relm-damage-\(UUID())").path
    defer { for end in [".out", ".in"] { unlink(scratch + end) } }
    try Data().write(to: URL(filePath: scratch + ".out"))
    try Data((input ?? "").utf8).write(to: URL(filePath: scratch + ".in"))
    process.standardOutput = FileHandle(forWritingAtPath: scratch + ".out")
    process.standardInput = FileHandle(forReadingAtPath: scratch + ".in")
    process.standardError = FileHandle.nullDevice
    let done = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in done.signal() }
    try process.run()
    let isHanging = done.wait(timeout: .now() + 60) != .success
    if isHanging { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return Outcome(
      place: place, words: words, status: process.terminationStatus,
      isKilled: process.terminationReason != .exit, isHanging: isHanging,
      output: try Data(contentsOf: URL(filePath: scratch + ".out")))
  }

  /// The heads of the file and a choice of its other pages.
  private func pages(of file: String, every step: Int) throws -> [Int] {
    let count = try desk.bytes(of: file).count / 4096
    return [0, 1].map { $0 * 4096 } + stride(from: 2, to: count, by: step).map { $0 * 4096 }
  }

  /// The places, so many, at which a file is cut off.
  private func ends(of file: String, count: Int) throws -> [Int] {
    let size = try desk.bytes(of: file).count
    return (0..<count).map { $0 * size / count + $0 % 7 }
  }

  /// The status of a command over the whole files: the gate is closed, for there is no policy.
  private func usual(_ words: [String]) -> Int32 { words[0] == "gate" ? 1 : 0 }

  @Test("no page of the log that is damaged ends one with a signal or a status but 2, and none hangs")
  func damagedLog() throws {
    let file = ".relm/log/data.mdb"
    var found = 0
    for (number, damage) in [Damage.flips, .noise, .nothing].enumerated() {
      for outcome in try outcomes(file, damage, at: pages(of: file, every: 9), seed: UInt64(number)) {
        #expect(!outcome.isKilled && !outcome.isHanging, "\(outcome.words): \(outcome.place)")
        #expect([usual(outcome.words), 2].contains(outcome.status), "\(outcome.words): \(outcome.place)")
        found += outcome.status == 2 ? 1 : 0
      }
    }
    #expect(found > 25)
  }

  @Test("a log that is cut off anywhere ends every command with 2")
  func cutLog() throws {
    let file = ".relm/log/data.mdb"
    for outcome in try outcomes(file, .cut, at: ends(of: file, count: 7), seed: 0) {
      #expect(
        outcome.status == 2 && !outcome.isKilled && !outcome.isHanging, "\(outcome.words): \(outcome.place)")
    }
  }

  @Test("views of which a page is damaged, or that are cut off, are built anew, and the answer is the same")
  func brokenViews() throws {
    var right: [[String]: Data] = [:]
    for command in Self.commands where command.words[0] != "record" && command.words[0] != "append" {
      // Of what tells sizes or the time, only the status is compared.
      if ["stats", "gate", "verify"].contains(command.words[0]) { continue }
      right[command.words] = try Self.run(
        command.words + ["--ledger", desk.path(".relm")], desk.environment, input: nil, place: "whole"
      ).output
    }
    let damages: [(Damage, [Int])] = [
      (.noise, try pages(of: views, every: 26)), (.nothing, try pages(of: views, every: 31)),
      (.cut, try ends(of: views, count: 4)),
    ]
    for (damage, places) in damages {
      for outcome in try outcomes(views, damage, at: places, seed: 5) {
        #expect(!outcome.isKilled && !outcome.isHanging, "\(outcome.words): \(outcome.place)")
        // Try again: something was printed already. One: verify tells what was wrong with the views.
        let allowed = [usual(outcome.words), 75] + (outcome.words[0] == "verify" ? [1] : [])
        #expect(allowed.contains(outcome.status), "\(outcome.words): \(outcome.place): \(outcome.status)")
        guard outcome.status == 0, let right = right[Array(outcome.words.dropLast(2))] else { continue }
        #expect(outcome.output == right, "\(outcome.words): \(outcome.place)")
      }
    }
  }

  @Test("whatever the head of a table claims, nothing traps")
  func tableHeads() throws {
    let file = ".relm/log/data.mdb"
    let original = try desk.bytes(of: file)
    let commands = [
      ["state"], ["stats"], ["record", "activity.recorded", "--subject", "release/a/1", "activity=x"],
    ]
    var next = original.startIndex
    // On every page where the table of the tables is, or was.
    while let name = original[next...].range(of: Data("events".utf8)) {
      next = name.upperBound
      for offset in stride(from: 0, to: 48, by: 4) where next + offset + 4 <= original.count {
        var bytes = original
        bytes.replaceSubrange(next + offset..<next + offset + 4, with: Data(repeating: 0xFF, count: 4))
        for words in commands {
          try bytes.write(to: desk.folder.appending(path: file))
          let outcome = try Self.run(
            words + ["--ledger", desk.path(".relm")], desk.environment, input: nil, place: "")
          #expect(
            !outcome.isKilled && [0, 2].contains(outcome.status), "\(words): \(offset): \(outcome.status)")
        }
      }
    }
    try original.write(to: desk.folder.appending(path: file))
    #expect(next > original.startIndex)
  }

  @Test(
    "what a pipe gave is not asked for twice: with broken views the command says to try again, and the next one is done"
  )
  func pipe() throws {
    var bytes = try desk.bytes(of: views)
    for page in 2..<bytes.count / 4096 {
      bytes.replaceSubrange(page * 4096..<page * 4096 + 4096, with: Data(repeating: 0xA5, count: 4096))
    }
    try bytes.write(to: desk.folder.appending(path: views))
    try desk.write(Desk.activity("piped"), to: "event")
    let shell = "cat event | '\(Desk.program)' append - ; exit ${PIPESTATUS[1]}"
    let first = try desk.run("bash", ["-c", shell])
    #expect(first.status == 75 || first.status == 0, "\(first.remarks)")
    let second = try desk.run("bash", ["-c", shell])
    #expect(second.status == 0, "\(second.remarks)")
    #expect(try desk.size() == 82)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test(
    "a log that is whole and views that are noise leave no trace: the same rows again, and verify is content")
  func mended() throws {
    let before = try desk.done("state")
    var bytes = try desk.bytes(of: views)
    for page in 2..<bytes.count / 4096 {
      bytes.replaceSubrange(page * 4096..<page * 4096 + 4096, with: Data(repeating: 0x11, count: 4096))
    }
    try bytes.write(to: desk.folder.appending(path: views))
    let run = try desk.relm("state")
    #expect(run.status == 0 && run.text == before, "\(run.remarks)")
    #expect(try desk.relm("verify").status == 0)
  }
}
