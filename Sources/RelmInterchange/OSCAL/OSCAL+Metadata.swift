internal import RelmDomain
internal import RelmProof

extension OSCAL {
  /// What the document is, and who is named in it.
  struct Metadata {
    private let report: ComplianceReport
    private let ids: Identifiers

    init(of report: ComplianceReport, _ ids: Identifiers) {
      self.report = report
      self.ids = ids
    }

    func write(to writer: inout CanonicalWriter) {
      let asOf = report.asOf
      var properties = [Property("events", asOf.events), Property("as-of", asOf.time)]
      if let root = asOf.root { properties.append(Property("root", root)) }
      if let happened = asOf.happenedBy { properties.append(Property("happened-by", happened)) }
      writer.object("metadata") { writer in
        writer.member("last-modified", Text.moment(asOf.recorded))
        writer.member("oscal-version", OSCAL.version)
        writer.list("parties", people) { writer, person in
          writer.object { writer in
            writer.member("name", person.text)
            writer.member("remarks", "A pseudonym; whose it is, the ledger's vault knows.")
            writer.member("type", "person")
            writer.member("uuid", ids.party(person))
          }
        }
        writer.list("props", properties) { $1.write(to: &$0) }
        let levels = holders
        writer.list("responsible-parties", levels) { writer, level in
          writer.object { writer in
            writer.list("party-uuids", level.people) { $0.string(ids.party($1).text) }
            writer.list("props", level.grants.map { Property("grant", $0) }) { $1.write(to: &$0) }
            writer.member("role-id", "level-\(level.level)")
          }
        }
        writer.list("roles", levels) { writer, level in
          writer.object { writer in
            writer.member("id", "level-\(level.level)")
            writer.member("title", "May act up to level \(level.level) of the skill Release and deployment")
          }
        }
        writer.member("title", Text.line("Release and deployment at \(report.origin): assessment results"))
        writer.member("version", "\(asOf.events)")
      }
    }

    /// Everybody who is named, each once, in the order of their pseudonyms.
    private var people: [PersonID] {
      var named: Set<PersonID> = []
      for attempt in report.population {
        named.formUnion([attempt.by].compactMap(\.self))
        named.formUnion(attempt.findings.compactMap { $0.waiver?.by })
        named.formUnion(attempt.conflicts.map(\.person))
        named.formUnion(attempt.evidence.compactMap(\.by))
      }
      for use in report.overrides { named.formUnion([use.by, use.ratifiedBy].compactMap(\.self)) }
      named.formUnion(report.governance.compactMap(\.by))
      for holder in report.authority { named.formUnion([holder.person, holder.by].compactMap(\.self)) }
      return named.sorted()
    }

    /// Who holds each level now, and by which grants.
    private var holders: [(level: Int, people: [PersonID], grants: [Position])] {
      let inForce = report.authority.filter(\.inForce)
      return Set(inForce.map(\.level)).sorted().map { level in
        let grants = inForce.filter { $0.level == level }
        return (level, Set(grants.map(\.person)).sorted(), grants.map(\.grant))
      }
    }
  }
}
