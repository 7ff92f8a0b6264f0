package import RelmDomain
internal import RelmProof

// The words of the compliance report, the same in every form.

extension RuleOutcome {
  package var tone: TimelineReport.Tone {
    switch self {
    case .satisfied: .good
    case .satisfiedLate, .overridden, .waived: .warning
    case .violated, .overdue: .bad
    case .pending, .notApplicable: .plain
    }
  }
}

extension ComplianceReport.Governance {
  package var words: String {
    switch self {
    case .governed: "governed"
    case .ungoverned: "ungoverned"
    case .unasked: "nothing asked"
    case .beforeLedger: "before the ledger"
    case .unaccepted: "before the ledger, not accepted"
    }
  }

  /// The same as a sentence.
  package var sentence: String {
    switch self {
    case .governed: "judged by the policies in force"
    case .ungoverned: "ungoverned: to production, and no policy was in force"
    case .unasked: "nothing asked: to development, and no policy was in force"
    case .beforeLedger: "not judged: it claims to have begun before the ledger was opened"
    case .unaccepted:
      "not judged, and not believed: it claims to have begun before the ledger was opened, was recorded more than a day "
        + "after that, and nobody has accepted the history of its source"
    }
  }

  package var tone: TimelineReport.Tone {
    switch self {
    case .governed, .unasked: .plain
    case .ungoverned, .unaccepted: .bad
    case .beforeLedger: .warning
    }
  }
}

extension Unreleasable {
  /// What it comes to and why, with the positions that it rests on.
  ///
  /// - Throws: what the reader throws.
  package func sentence(for reader: Reader) throws -> String {
    let places = positions.map { "position \($0.value)" }.joined(separator: ", ")
    return "\(outcome.words): \(try reader.sentence(reason))\(places.isEmpty ? "" : " (\(places))")"
  }

  /// What it is, in a word or two.
  package var words: String {
    outcome.isFailure ? "not to be released" : "not to be released, \(outcome.words)"
  }
}

extension ComplianceReport.Annulment {
  package var tone: TimelineReport.Tone { independent ? .warning : .bad }

  /// Whether it is to be explained.
  package var words: String {
    independent ? "by somebody who had no hand in it" : "not by somebody with level 6 who had no hand in it"
  }
}

extension ComplianceReport.Totals {
  /// Deployments that are annulled, and not by somebody with level 6 who had no hand in them.
  package var annulledByInsiders: Int { (annulled ?? 0) - (annulledByOthers ?? 0) }

  /// Whether nothing is wrong: no rule violated or overdue, and no deployment out of what is judged, or brought into the
  /// period from before it when that may have been reported already.
  package var areWithoutFault: Bool {
    findings.violated + findings.overdue + ungoverned + (unaccepted ?? 0) + (unreleasable ?? 0)
      + annulledByInsiders + (beforePeriodLate ?? 0) == 0
  }
}

extension ComplianceReport.Attempt {
  /// On which side of the period it lies by one of its two times; nil where both are in it.
  package var besidePeriod: String? {
    if afterPeriod == true { return "after the period" }
    return beforePeriod == true ? "begun before the period" : nil
  }
}

extension ComplianceReport.OverrideState {
  package var words: String {
    switch self {
    case .unused: "not used"
    case .open: "open"
    case .overdue: "OVERDUE"
    case .closed: "closed"
    }
  }

  package var tone: TimelineReport.Tone {
    switch self {
    case .unused: .plain
    case .open: .warning
    case .overdue: .bad
    case .closed: .good
    }
  }
}

extension ComplianceReport.Duty {
  /// What an approver did besides.
  package var words: String {
    switch self {
    case .requester: "requested the release"
    case .author: "wrote some of the change"
    case .initiator: "started a build of it"
    case .deployer: "set the deployment going"
    }
  }
}

extension ComplianceReport.DiscrepancyKind {
  package var words: String {
    switch self {
    case .unrecorded: "seen running, not recorded"
    case .absent: "recorded, not seen running"
    case .unobserved: "nobody has looked since it was deployed"
    case .drift: "drift that is not resolved"
    }
  }

  package var tone: TimelineReport.Tone {
    switch self {
    case .unrecorded, .absent, .drift: .bad
    case .unobserved: .warning
    }
  }
}

extension ComplianceReport.Coverage {
  package var tone: TimelineReport.Tone {
    switch self {
    case .evidenced: .good
    case .partly: .warning
    case .outside: .plain
    }
  }
}

extension ComplianceReport.Tally {
  /// "12 satisfied, 1 waived"; a dash where nothing was judged.
  package var words: String {
    let counts = RuleOutcome.allCases.filter { self[$0] > 0 }.map { "\(self[$0]) \($0.words)" }
    return counts.isEmpty ? "–" : counts.joined(separator: ", ")
  }
}

extension ComplianceReport.Attempt {
  /// What its rules came to.
  package var tally: ComplianceReport.Tally { ComplianceReport.Tally(findings.map(\.outcome)) }

  /// The same of those alone that do not plainly hold.
  var exceptions: ComplianceReport.Tally {
    ComplianceReport.Tally(findings.map(\.outcome).filter(\.isException))
  }

  /// The release without the name of its kind of stream: "payments-api/2026.11.3".
  package var releaseName: String { ComplianceWords.release(release) }

  /// "payments-api/2026.11.3 to production/eu".
  package var title: String { "\(releaseName) to \(environment)" }

  package var hasException: Bool {
    guard annulled?.independent != true else { return false }
    return annulled != nil || unreleasable != nil || findings.contains { $0.outcome.isException }
  }

  /// How it ended.
  package var ending: String { outcome?.rawValue ?? (ended == nil ? "not ended" : "ended") }
}

package enum ComplianceWords {
  /// A release without the name of its kind of stream.
  package static func release(_ subject: String) -> String {
    subject.hasPrefix("release/") ? String(subject.dropFirst(8)) : subject
  }

  /// What is said of a deployment that a rollback of another release is.
  package static let restored =
    "a rollback of another release; it had not run there before as what was restored"

  /// Words in which every digest and hash is told by its beginning; the report's JSON and CSV have it whole.
  package static func shortened(_ text: String) -> String {
    var result = ""
    var digits = ""
    func flush() {
      result += digits.count >= 32 ? digits.prefix(12) + "…" : digits[...]
      digits = ""
    }
    for letter in text {
      if letter.isASCII, letter.isHexDigit {
        digits.append(letter)
      } else {
        flush()
        result.append(letter)
      }
    }
    flush()
    return result
  }

  /// A digest or a hash by its beginning.
  package static func shortened(hash: String) -> String {
    guard let colon = hash.firstIndex(of: ":") else { return hash.count <= 20 ? hash : hash.prefix(12) + "…" }
    let digits = hash[hash.index(after: colon)...]
    return digits.count <= 20 ? hash : "\(hash[...colon])\(digits.prefix(12))…"
  }

  /// An event's type without our prefix.
  package static func type(_ name: String) -> String {
    name.hasPrefix("relm.") ? String(name.dropFirst(5)) : name
  }

  /// "1 event", "2 events".
  package static func count(_ count: Int, _ noun: String) -> String {
    PlainWords.count(count, noun)
  }
}
