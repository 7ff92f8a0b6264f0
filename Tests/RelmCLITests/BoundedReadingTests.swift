import Foundation
import Testing

/// Devices without an end, given to everything that reads.
@Suite("Reading with a bound")
struct BoundedReadingTests {
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  /// Runs relm with what a shell pipes into it; how it ended and the most memory that it had, in KiB.
  private func measured(_ words: [String], piping source: String = "true") throws -> (status: Int32, peak: Int)
  {
    let script = """
      import resource, subprocess, sys
      source = subprocess.Popen(["sh", "-c", sys.argv[1]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
      run = subprocess.run(sys.argv[2:], stdin=source.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
      source.stdout.close()
      source.terminate()
      print(run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      """
    let run = try desk.run("python3", ["-c", script, source, Desk.program] + words)
    let numbers = run.text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(numbers.count == 2, "\(words): \(run.text)\(run.remarks)")
    return (Int32(numbers[0]), numbers[1])
  }

  @Test(
    "a file without an end is refused with 65, and takes no memory",
    arguments: [
      ["record", "activity.recorded", "-s", "release/web/1.0", "activity=@/dev/zero"],
      ["append", "/dev/zero"], ["append", "--chunked", "/dev/zero"],
      ["append", "--keep-going", "--rejects", "rejects", "/dev/zero"],
      ["attach", "/dev/zero", "-s", "release/web/1.0"],
      ["policy", "check", "/dev/zero"], ["policy", "adopt", "/dev/zero"], ["what-if", "--policy", "/dev/zero"],
      ["controls", "list", "--controls", "/dev/zero"], ["report", "compliance", "--controls", "/dev/zero"],
      ["verify", "--against", "/dev/zero"], ["prove", "--check", "/dev/zero"],
      ["import", "dpkg-log", "/dev/zero"],
      ["review", "finding", "web/1.0", "x", "--kind", "deviation", "--evidence", "/dev/zero"],
    ])
  func endless(words: [String]) throws {
    let (status, peak) = try measured(words)
    #expect(status == 65, "\(words)")
    #expect(peak < 100_000, "\(words): \(peak) KiB")
    #expect(try desk.size() == 1)
  }

  @Test(
    "standard input without an end is refused with 65, and takes neither memory nor disk",
    arguments: [
      (["append", "-"], "cat /dev/zero"), (["append", "-"], "printf '{'; cat /dev/zero"),
      (["append", "-"], "printf '['; yes '{},' | tr -d '\\n'"),
      (["append", "--chunked"], "yes x | tr -d '\\n'"),
      (["policy", "check", "-"], "yes"), (["policy", "adopt", "-"], "cat /dev/zero"),
      (["prove", "--check", "/dev/stdin"], "yes"),
      (["record", "activity.recorded", "-s", "release/web/1.0", "activity=@/dev/stdin"], "yes"),
    ])
  func endlessInput(words: [String], source: String) throws {
    let (status, peak) = try measured(words, piping: source)
    #expect(status == 65, "\(words)")
    #expect(peak < 100_000, "\(words): \(peak) KiB")
    #expect(try desk.size() == 1)
  }

  @Test("a large attachment goes in without being held in memory, from a file and through a pipe")
  func large() throws {
    let file = try desk.run("truncate", ["-s", "150M", "large.bin"])
    try #require(file.status == 0)
    let (status, peak) = try measured(["attach", "large.bin", "-s", "release/web/1.0"])
    #expect(status == 0)
    #expect(peak < 100_000, "\(peak) KiB")
    let piped = try measured(["attach", "-", "-s", "release/web/1.0"], piping: "head -c 3000000 /dev/zero")
    #expect(piped.status == 0)
    let verified = try measured(["verify"])
    #expect(verified.status == 0 && verified.peak < 100_000, "\(verified)")
  }
}
