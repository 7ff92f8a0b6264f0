/// A Debian machine's deployment history, read from the log of its package manager (`/var/log/dpkg.log`).
///
/// | in the log | becomes |
/// |---|---|
/// | `install`, `upgrade` (a downgrade and a reinstallation too) | `relm.deployment.started` of `release/<name:arch>/<version>` to `host/<host>` |
/// | `status installed` of that version | `relm.deployment.finished`, succeeded |
/// | a return to the old state, or another action on the package before that | `relm.deployment.finished`, failed |
/// | `status config-files` or `not-installed` of what ran | `relm.deployment.removed`, whatever asked for it |
/// | `configure` whose unpacking the log does not show, then `installed` | `relm.deployment.finished`, backfilled |
/// | removal of what the log does not show coming | `relm.deployment.removed`, backfilled |
///
/// A package that changes its architecture is removed on the old and deployed on the new one. A deployment is told
/// once its files are unpacked or it has failed, under the time at which it began; what has got no further when the
/// log ends is told by a later reading. Triggers and configuration files are not told.
///
/// Ids follow from the log's own words, not from where a reading began or ended nor from the time zone. Reading the
/// same log again, a longer one, or rotated logs in their order by one value, gives the same events. Reading a rotated
/// log by itself also does, save where an operation or a package came in an earlier one: what ends it is then marked
/// as backfilled, under a deployment id of its own.
///
/// Memory: one small value for each package that the log names, and the line at hand.
package struct DpkgLog {
  /// What stands at the end of a log without a newline: dpkg was still writing it, or a copy was cut there. It could
  /// be cut inside a version and look whole, so it is never read; a later reading finds it complete.
  package struct UnreadLine: Sendable, Equatable {
    package let number: Int
    package let text: String

    package init(number: Int, text: String) {
      self.number = number
      self.text = text
    }
  }

  /// What the log says of a package in the end.
  package struct Package: Sendable, Equatable {
    /// "curl:amd64".
    package let name: String
    /// The version that was deployed and not removed; nil where the package was removed.
    package let version: String?
    /// Whether dpkg ended what it did: "installed" where there is a version, otherwise gone.
    package let isSettled: Bool

    /// - Parameters: as the properties.
    package init(name: String, version: String?, isSettled: Bool) {
      self.name = name
      self.version = version
      self.isSettled = isSettled
    }
  }

  private static let lineLimitBytes = 16_384

  let host: String
  let source: String
  let environment: String
  let clock: LocalClock
  var packages: [String: DpkgPackage] = [:]
  var operations: Set<String> = []
  var previous: Int64?
  var line: [UInt8] = []
  var lineNumber = 0
  var drafts: [Draft] = []

  /// - Parameters:
  ///   - host: the machine's name; the environment is `host/<host>`.
  ///   - clock: the machine's time zone.
  ///   - source: the events' `source`; `/dpkg/<host>` where nil.
  package init(host: String, clock: LocalClock, source: String? = nil) {
    precondition(!host.isEmpty, "a host has a name")
    self.host = host
    self.clock = clock
    self.source = source ?? "/dpkg/\(PathSegment.encoded(host))"
    environment = "host/\(host)"
  }

  /// Reads on, in pieces of any size.
  ///
  /// - Returns: the events of the lines that ended in this piece, in the log's order.
  /// - Throws: the first line that dpkg would not write, with its number and what is wrong with it. The value is of no
  ///   use afterwards.
  package mutating func read(_ bytes: some Sequence<UInt8>) throws(InterchangeError) -> [Draft] {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lineNumber += 1
        try readLine()
        line.removeAll(keepingCapacity: true)
        continue
      }
      line.append(byte)
      guard line.count <= Self.lineLimitBytes else {
        throw InterchangeError(
          at: "line \(lineNumber + 1)", "it is over \(Self.lineLimitBytes) bytes long: this is no dpkg log")
      }
    }
    defer { drafts = [] }
    return drafts
  }

  /// Ends one file; the next, rotated later, may follow. Operations that are under way go on there.
  ///
  /// - Returns: what stood after the last newline and was not read.
  package mutating func endFile() -> UnreadLine? {
    defer {
      line = []
      lineNumber = 0
    }
    guard !line.isEmpty else { return nil }
    return UnreadLine(number: lineNumber + 1, text: String(decoding: line, as: UTF8.self))
  }

  /// The packages that were deployed or removed, by name: what a machine, and a ledger that took the events, agree on.
  package var deployed: [Package] {
    packages.compactMap { name, package in
      switch package.presence {
      case .unknown, .present(version: _, deployment: nil):
        return nil
      case .present(let version, _):
        return Package(name: name, version: version, isSettled: package.status == .installed)
      case .absent:
        return Package(
          name: name, version: nil, isSettled: package.status == .notInstalled || package.status == .configFiles
        )
      }
    }.sorted { $0.name < $1.name }
  }
}
