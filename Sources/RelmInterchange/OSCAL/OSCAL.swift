package import RelmDomain

/// NIST's Open Security Controls Assessment Language, version 1.2.1: the model "assessment results", as JSON.
///
/// What auditors' tools read. It says what the report says and no more:
///
/// | in the report | in OSCAL |
/// |---|---|
/// | a deployment | an observation, with the outcome of every rule as a property and every cited event as evidence |
/// | a clause of a framework; a rule where no framework is asked for | a finding, satisfied or not |
/// | a rule that does not plainly hold; a deployment without a policy | a risk |
/// | an override; what does not agree with what was seen; changes of governance | an observation |
/// | who holds authority now | a responsible party |
/// | a release, an environment | a component |
/// | a policy's version, the checkpoint | a resource of the back matter |
///
/// Persons are in it as their pseudonyms. Times are UTC.
package enum OSCAL {
  /// The version of the model.
  static let version = "1.2.1"
  /// Whose property names these are: they are the report's words.
  static let namespace = "urn:relm:report:compliance:1"

  /// A compliance report as OSCAL assessment results: canonical JSON, so that one report gives one text.
  ///
  /// Every id is a UUID of version 5 from the ledger's origin and what it names, see ``Identifiers``: anyone can compute
  /// it, and the same deployment has the same one in every later document.
  package static func assessmentResults(of report: ComplianceReport) -> [UInt8] {
    let ids = Identifiers(origin: report.origin)
    let document = Identifiers.document(of: report)
    let matter = BackMatter(of: report, ids)
    var writer = CanonicalWriter()
    writer.object { writer in
      writer.object("assessment-results") { writer in
        matter.write(to: &writer)
        writer.object("import-ap") { writer in
          writer.member("href", "#" + matter.plan.text)
          writer.member(
            "remarks",
            "The policies that were in force are what was assessed by; each is an event of the ledger.")
        }
        writeObjectives(of: report, to: &writer)
        Metadata(of: report, ids).write(to: &writer)
        // Production and development are a result each: their figures are never added up.
        // What they took place in is told with the first: a thing has its UUID once in a document.
        let results = report.parts.enumerated().map {
          (part: $1, setting: $0 == 0 ? Setting(of: report, ids) : nil)
        }
        writer.list("results", results) { writer, result in
          writeResult(of: result.part, ids, in: result.setting, to: &writer)
        }
        writer.member("uuid", ids.uuid("assessment-results", document))
      }
    }
    return writer.bytes
  }

  private static func writeResult(
    of report: ComplianceReport, _ ids: Identifiers, in setting: Setting?, to writer: inout CanonicalWriter
  ) {
    let risks = Risk.all(of: report, ids)
    let scope = ReportScope(report)
    writer.object { writer in
      writer.member("description", Text.line(scope.sentence))
      writer.member("end", Text.moment(scope.end))
      writer.list("findings", ControlFinding.all(of: report, ids, risks: risks)) { $1.write(to: &$0) }
      setting?.write(to: &writer)
      writer.list("observations", Observation.all(of: report, ids)) { $1.write(to: &$0) }
      writer.list("props", scope.properties) { $1.write(to: &$0) }
      writer.object("reviewed-controls") { writer in writeSelections(of: report, to: &writer) }
      writer.list("risks", risks) { $1.write(to: &$0) }
      writer.member("start", Text.moment(scope.start))
      writer.member("title", Text.line(scope.title))
      writer.member("uuid", ids.uuid("result", Identifiers.document(of: report)))
    }
  }
}
