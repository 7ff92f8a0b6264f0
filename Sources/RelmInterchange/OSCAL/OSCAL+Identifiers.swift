internal import RelmDomain
internal import RelmProof

extension OSCAL {
  /// Makes the ids of a ledger's OSCAL documents.
  ///
  /// The namespace is `uuid5(NAMESPACE_URL, origin)`, in Python's words, and a name is a kind and what tells one of it
  /// from another, with slashes between: `observation/7` is the deployment that begins at position 7. In the parts every
  /// character that is not unreserved in a URI is percent-encoded.
  struct Identifiers {
    private let namespace: UUIDText

    init(origin: String) { namespace = UUIDText(namespace: .urlNamespace, name: origin) }

    func uuid(_ kind: String, _ parts: String...) -> UUIDText { uuid(kind, parts) }

    func uuid(_ kind: String, _ parts: [String]) -> UUIDText {
      let encoded = parts.map { part in
        PathSegment.encoded(part).replacing("/", with: "%2F")
      }
      return UUIDText(namespace: namespace, name: ([kind] + encoded).joined(separator: "/"))
    }

    func observation(of attempt: Position) -> UUIDText { uuid("observation", "\(attempt.value)") }
    func observation(ofOverride position: Position) -> UUIDText { uuid("override", "\(position.value)") }
    func release(_ subject: String) -> UUIDText { uuid("release", subject) }
    func environment(_ name: String) -> UUIDText { uuid("environment", name) }
    func party(_ person: PersonID) -> UUIDText { uuid("party", person.text) }
    func policy(_ policy: ComplianceReport.Judge) -> UUIDText {
      uuid("policy", [policy.policy, policy.version] + (policy.position.map { ["\($0.value)"] } ?? []))
    }
    /// The program that assessed.
    var tool: UUIDText { uuid("tool", "relm") }

    /// What makes one document of a ledger another: up to where, as of when, and about what.
    static func document(of report: ComplianceReport) -> String {
      var writer = CanonicalWriter()
      writer.beginArray()
      report.asOf.write(to: &writer)
      report.scope.write(to: &writer)
      writer.endArray()
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }
}
