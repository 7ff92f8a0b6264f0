internal import RelmDomain
internal import RelmProof

extension OSCAL {
  /// What the result is about and made with: releases and environments as components, and the program.
  struct Setting {
    private let report: ComplianceReport
    private let ids: Identifiers

    init(of report: ComplianceReport, _ ids: Identifiers) {
      self.report = report
      self.ids = ids
    }

    private struct Component {
      let uuid: UUIDText
      let type: String
      let title: String
      let description: String
      var properties: [Property] = []

      func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
          writer.member("description", Text.line(description))
          writer.list("props", properties) { $1.write(to: &$0) }
          writer.object("status") { writer in
            writer.member("remarks", "Not assessed here.")
            writer.member("state", "other")
          }
          writer.member("title", Text.line(title))
          writer.member("type", type)
          writer.member("uuid", uuid)
        }
      }
    }

    func write(to writer: inout CanonicalWriter) {
      let program = Component(
        uuid: ids.tool, type: "software", title: "relm",
        description: "The release ledger: it judged what is recorded by the policies that were in force.")
      writer.object("local-definitions") { writer in
        writer.object("assessment-assets") { writer in
          writer.list("assessment-platforms", [ids.uuid("platform", "relm")]) { writer, platform in
            writer.object { writer in
              writer.member("title", "relm")
              writer.list("uses-components", [ids.tool]) { writer, tool in
                writer.object { $0.member("component-uuid", tool) }
              }
              writer.member("uuid", platform)
            }
          }
          writer.list("components", [program]) { $1.write(to: &$0) }
        }
        writer.list("components", releases + environments) { $1.write(to: &$0) }
      }
    }

    private var releases: [Component] {
      var digests: [String: Set<String>] = [:]
      for use in report.overrides { digests[use.release, default: []] = [] }
      for attempt in report.population {
        digests[attempt.release, default: []].formUnion(attempt.digests.map(\.text))
      }
      return digests.sorted { $0.key < $1.key }.map { subject, deployed in
        Component(
          uuid: ids.release(subject), type: "software", title: name(ofRelease: subject),
          description: "The release \(subject)", properties: deployed.sorted().map { Property("digest", $0) })
      }
    }

    private var environments: [Component] {
      let names =
        report.population.map(\.environment) + report.overrides.map(\.environment)
        + report.reconciliation.map(\.environment)
      return Set(names).sorted().map { name in
        Component(
          uuid: ids.environment(name), type: "system", title: name, description: "The environment \(name)")
      }
    }
  }

  /// What is pointed to: the policies, the plan that they make, and the tree that holds all.
  struct BackMatter {
    /// The resource that stands for the assessment plan.
    let plan: UUIDText
    private let report: ComplianceReport
    private let ids: Identifiers

    init(of report: ComplianceReport, _ ids: Identifiers) {
      self.report = report
      self.ids = ids
      plan = ids.uuid("plan", Identifiers.document(of: report))
    }

    private struct Resource {
      let uuid: UUIDText
      let title: String
      let description: String
      let properties: [Property]
      let links: [String]

      func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
          writer.member("description", Text.line(description))
          writer.list("props", properties) { $1.write(to: &$0) }
          writer.list("rlinks", links) { writer, href in
            writer.object { $0.member("href", href) }
          }
          writer.member("title", Text.line(title))
          writer.member("uuid", uuid)
        }
      }
    }

    func write(to writer: inout CanonicalWriter) {
      writer.object("back-matter") { writer in
        writer.list("resources", [planned] + policies.map(resource) + [checkpoint]) { $1.write(to: &$0) }
      }
    }

    /// Every version that a deployment was judged by, in the order of their names, then of the log.
    private var policies: [ComplianceReport.Judge] {
      var known: Set<UUIDText> = []
      let all = report.population.flatMap(\.policies).filter { known.insert(ids.policy($0)).inserted }
      func place(_ judge: ComplianceReport.Judge) -> UInt64 { judge.position?.value ?? .max }
      return all.sorted { ($0.policy, place($0), $0.version) < ($1.policy, place($1), $1.version) }
    }

    private var planned: Resource {
      let names = policies.map { "\($0.policy) \($0.version)" }.joined(separator: ", ")
      return Resource(
        uuid: plan, title: "The policies that were assessed by",
        description: names.isEmpty ? "No policy was in force for any of the deployments." : names,
        properties: policies.map { Property("policy", $0.policy) },
        links: policies.compactMap(\.position).map(Evidence.href))
    }

    private func resource(_ policy: ComplianceReport.Judge) -> Resource {
      var properties = [Property("policy", policy.policy), Property("policy-version", policy.version)]
      if let position = policy.position { properties.append(Property("position", position)) }
      let place = policy.position.map { "adopted at position \($0.value)" } ?? "a draft"
      return Resource(
        uuid: ids.policy(policy), title: "\(policy.policy) \(policy.version)",
        description: "The policy \(policy.policy), version \(policy.version), \(place)",
        properties: properties, links: [policy.position].compactMap(\.self).map(Evidence.href))
    }

    private var checkpoint: Resource {
      let size = report.asOf.events
      var properties = [Property("origin", report.origin), Property("size", size)]
      if let root = report.asOf.root { properties.append(Property("root", root)) }
      return Resource(
        uuid: ids.uuid("checkpoint", "\(size)"), title: "The ledger's tree at size \(size)",
        description:
          "Merkle tree (RFC 6962) over the first \(OSCAL.count(size, "record")) of \(report.origin): "
          + "with a checkpoint of that size, the root proves that they are these",
        properties: properties, links: ["relm:checkpoint/\(size)"])
    }
  }
}
