import Foundation
import Testing

/// A temporary directory in which the real program is run, with an environment that holds nothing of the caller's.
final class Desk {
  /// What a run of a program left.
  struct Run {
    let output: Data
    let remarks: String
    let status: Int32

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  /// When something ends that ends within the day for which a gate stays open.
  static let soon = Date(timeIntervalSinceNow: 43_200).ISO8601Format()

  let folder: URL
  var environment: [String: String]

  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
      path: "relm-cli-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path, "TZ": "UTC",
      "LC_ALL": "C.UTF-8",
    ]
  }

  /// A desk with the ledger `./.relm` of ana@example.org.
  static func withLedger() throws -> Desk {
    let desk = try Desk()
    try desk.done("init", "--origin", "example.org/releases", "--owner", "ana@example.org")
    desk.environment["RELM_ACTOR"] = "ana@example.org"
    return desk
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  /// The debug binary, which stands beside the test program.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "relm").path

  /// This checkout.
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs relm to its end.
  func relm(_ arguments: String..., input: String? = nil, in directory: String = "") throws -> Run {
    try run(Self.program, arguments, input: input, in: directory)
  }

  /// Runs relm, which must succeed; what it printed.
  @discardableResult
  func done(_ arguments: String..., input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation)
    throws
    -> String
  {
    try done(arguments, input: input, sourceLocation: sourceLocation)
  }

  @discardableResult
  func done(_ arguments: [String], input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation)
    throws -> String
  {
    let run = try run(Self.program, arguments, input: input)
    try #require(run.status == 0, "relm \(arguments): \(run.remarks)", sourceLocation: sourceLocation)
    return run.text
  }

  /// Runs a program to its end; its streams are files, so that no pipe can fill.
  func run(_ program: String, _ arguments: [String], input: String? = nil, in directory: String = "") throws
    -> Run
  {
    let name = ".run-\(UUID())"
    let process = Process()
    process.executableURL = URL(filePath: program.hasPrefix("/") ? program : "/usr/bin/env")
    process.arguments = program.hasPrefix("/") ? arguments : [program] + arguments
    process.environment = environment
    process.currentDirectoryURL = folder.appending(path: directory)
    let outputFile = folder.appending(path: name + ".out")
    let remarksFile = folder.appending(path: name + ".err")
    for file in [outputFile, remarksFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: remarksFile)
    let inputFile = folder.appending(path: name + ".in")
    try Data((input ?? "").utf8).write(to: inputFile)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    try process.run()
    process.waitUntilExit()
    let run = Run(
      output: try Data(contentsOf: outputFile),
      remarks: String(decoding: try Data(contentsOf: remarksFile), as: UTF8.self),
      status: process.terminationStatus)
    for file in [outputFile, remarksFile, inputFile] { try FileManager.default.removeItem(at: file) }
    return run
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func bytes(of name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// How many records the ledger holds.
  func size() throws -> Int { try done("log", "--raw").split(separator: "\n").count }

  func copy(_ from: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: path(from), toPath: path(name))
  }

  /// The JSON object that relm printed.
  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// An activity as NDJSON takes it, with a made-up id.
  static func activity(_ id: String, _ text: String = "Warmed the cache", subject: String = "release/web/1.0")
    -> String
  {
    #"{"specversion":"1.0","type":"relm.activity.recorded","source":"/test","id":"\#(id)","subject":"\#(subject)","#
      + #""data":{"activity":"\#(text)"}}"#
  }
}
