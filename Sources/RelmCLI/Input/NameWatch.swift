internal import RelmDomain
internal import RelmLedger
internal import RelmVault

/// Watches for names that nobody here knows: says so, or with `--strict-names` has the claim refused.
final class NameWatch {
  private var check: NameCheck
  private let isStrict: Bool
  private let isQuiet: Bool

  /// - Parameter isQuiet: whether nothing is said of names that are only new here, with no known one near them.
  init(isStrict: Bool, allowsForeign: Bool = false, isQuiet: Bool = false) {
    self.isStrict = isStrict
    self.isQuiet = isQuiet
    check = NameCheck(isStrict: isStrict, allowsForeign: allowsForeign)
  }

  /// What was found in some claims, by the place of each.
  struct Findings {
    /// Claims that are refused.
    var refusals: [Int: Refusal] = [:]
    /// Those of them that nothing else of an input could make known.
    var certain: [Int: Refusal] = [:]
    /// What is to be said of the others.
    var remarks: [Int: [String]] = [:]
  }

  func findings(in claims: [PreparedClaim], _ newcomers: Proposals, _ ledger: Ledger) throws -> Findings {
    var findings = Findings()
    for remark in try check.remarks(on: claims, newcomers, in: ledger) {
      switch remark.weight {
      case .refused:
        findings.refusals[remark.claim] = findings.refusals[remark.claim] ?? remark.refusal
        findings.certain[remark.claim] = findings.refusals[remark.claim]
      case .strict where isStrict:
        findings.refusals[remark.claim] = findings.refusals[remark.claim] ?? remark.refusal
      case .strict, .told:
        guard !isQuiet || !remark.isOfNewName else { continue }
        findings.remarks[remark.claim, default: []].append(remark.text)
      }
    }
    return findings
  }
}

extension OriginOptions {
  /// The watch over names that a command keeps over all that it appends.
  func names(allowsForeign: Bool = false, isQuiet: Bool = false) throws -> NameWatch {
    NameWatch(isStrict: try isStrict(), allowsForeign: allowsForeign, isQuiet: isQuiet)
  }

  /// Whether what nobody knows is refused.
  func isStrict() throws -> Bool { try strictNames || Environment.isOn("RELM_STRICT_NAMES") }
}
