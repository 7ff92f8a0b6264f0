import Foundation
import RelmInterchange
import Testing

/// What stands on the machine that runs the tests.
enum Machine {
  static let log = "/var/log/dpkg.log"
  static let isDebian = FileManager.default.isReadableFile(atPath: log)

  static func output(_ command: [String], in folder: URL? = nil) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(command)")
    return data
  }
}

@Suite("this machine's own log agrees with its package manager")
struct ThisMachineTests {
  @Test(
    "what the log says is deployed is what dpkg-query says is installed, for every package the log covers",
    .enabled(if: Machine.isDebian, "skipped: there is no /var/log/dpkg.log here"))
  func agrees() throws {
    var log = DpkgLog(host: "here", clock: .utc)
    let drafts = try log.read(Data(contentsOf: URL(filePath: Machine.log)))
    _ = log.endFile()
    let query = try Machine.output(
      ["dpkg-query", "-W", "-f", "${Package}:${Architecture} ${Version} ${db:Status-Status}\n"])
    var installed: [String: String] = [:]
    for line in String(decoding: query, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.last == "installed" { installed[String(words[0])] = String(words[1]) }
    }
    let settled = log.deployed.filter(\.isSettled)
    for package in settled { #expect(installed[package.name] == package.version, "\(package.name)") }
    #expect(drafts.isEmpty == settled.isEmpty)
    #expect(Set(try drafts.map { try Told($0).id }).count == drafts.count)
    print("dpkg.log: \(drafts.count) events, \(settled.count) packages agree with dpkg-query")
  }
}
