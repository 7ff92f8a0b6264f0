import Foundation
import Testing

/// Events that come through a pipe and never end.
@Suite("append --chunked of what has no end")
struct EndlessInputTests {
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  /// Prints events with this much text each, for ever or so many, and a last line.
  private static let source = """
    import sys
    count, last = int(sys.argv[1]), sys.argv[2]
    number = 0
    try:
        while count == 0 or number < count:
            number += 1
            sys.stdout.write('{"specversion":"1.0","type":"relm.activity.recorded","source":"/t","id":"e-%d",'
                '"subject":"release/web/1.0","data":{"activity":"%s"}}\\n' % (number, "x" * 60000))
        sys.stdout.write(last)
    except BrokenPipeError:
        sys.stderr.close()
    """

  @Test("appends as it comes, and holds no more of it than a part")
  func endless() throws {
    try desk.write(Self.source, to: "source.py")
    let script = """
      import glob, os, subprocess, sys, time
      source = subprocess.Popen([sys.executable, "source.py", "0", ""], stdout=subprocess.PIPE)
      relm = subprocess.Popen([sys.argv[1], "append", "--chunked", "--quiet"], stdin=source.stdout)
      source.stdout.close()
      log, begun, most = ".relm/log/data.mdb", os.path.getsize(".relm/log/data.mdb"), 0
      until = time.monotonic() + 300
      while relm.poll() is None and time.monotonic() < until and os.path.getsize(log) < begun + (80 << 20):
          for held in glob.glob("/proc/%d/fd/*" % relm.pid):
              try:
                  if "/relm-" in os.readlink(held) and "(deleted)" in os.readlink(held):
                      most = max(most, os.stat(held).st_size)
              except OSError:
                  pass
          time.sleep(0.01)
      print(relm.poll(), os.path.getsize(log) - begun >> 20, most >> 20)
      relm.kill()
      source.kill()
      """
    let run = try desk.run("python3", ["-c", script, Desk.program])
    let words = run.text.split(separator: " ")
    try #require(words.count == 3 && words[0] == "None", "\(run.text)\(run.remarks)")
    #expect(Int(words[1]) ?? 0 >= 80)
    #expect((1...66).contains(Int(words[2].trimmingCharacters(in: .newlines)) ?? 0), "\(run.text)")
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("names the line that is wrong in a later part, and says how many before are recorded")
  func laterPart() throws {
    try desk.write(Self.source, to: "source.py")
    let run = try desk.run(
      "bash", ["-c", "python3 source.py 1200 '{\"id\":1}' | '\(Desk.program)' append --chunked --quiet"])
    #expect(run.status == 65)
    #expect(run.remarks.contains("line 1201"), "\(run.remarks)")
    let recorded = try desk.size() - 1
    #expect((1000..<1200).contains(recorded))
    #expect(run.remarks.contains("The \(recorded) events before"), "\(run.remarks)")
    // What is recorded counts as duplicates when the whole is appended again.
    let again = try desk.run(
      "bash", ["-c", "python3 source.py 1200 '' | '\(Desk.program)' append --chunked --quiet"])
    #expect(again.status == 0 && again.remarks == "\(1200 - recorded) recorded, \(recorded) duplicates\n")
  }
}
