/// What a dpkg log has said so far about one package on one architecture.
struct DpkgPackage {
  /// The version that runs, as far as the log shows.
  enum Presence: Equatable {
    /// The log has not said.
    case unknown
    /// Nothing of the package runs.
    case absent
    /// This version runs; `deployment` is nil where it was there before the log began.
    case present(version: String, deployment: String?)
  }

  /// A deployment that is under way.
  struct Operation: Equatable {
    /// Its id in the ledger.
    let deployment: String
    /// The version that is being put into place, and the one that was there before.
    let version: String
    let previous: String?
    let began: Moment
    /// Whether `deployment.started` has been written, or the start lies before the log.
    var isAnnounced: Bool
    /// Whether the start lies before the log.
    let isBackfilled: Bool
    /// Whether the old files were given up, so that an unpacked package is the new one.
    var isReplacing = false
  }

  /// When a line was written: as the log shows it, and in UTC.
  struct Moment: Equatable {
    let local: CivilTime
    let unixSeconds: Int64

    /// RFC 3339 with `Z`.
    var utc: String { CivilTime(seconds: unixSeconds).text + "Z" }

    /// As the log shows it: part of ids, which must not depend on the time zone it is read with.
    var words: String { local.text }
  }

  var presence = Presence.unknown
  var operation: Operation?
  /// What is to be said of the removal under way.
  var removal: DpkgLine.Action?
  /// The last state that the log names, and its version.
  var status: DpkgLine.Status?
  private var recent: [(line: [String], seconds: Int64, count: Int)] = []

  /// How many lines like this one, word for word, came before it.
  ///
  /// Only those of the last three hours are kept, so that memory stays small: a wall clock that is set back shows the
  /// same hour twice, and no more than that.
  mutating func ordinal(of line: [String], at moment: Moment) -> Int {
    recent.removeAll { $0.seconds < moment.local.seconds - 10_800 }
    guard let index = recent.firstIndex(where: { $0.line == line }) else {
      recent.append((line, moment.local.seconds, 1))
      return 0
    }
    recent[index].count += 1
    return recent[index].count - 1
  }
}
