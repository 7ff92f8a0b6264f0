internal import RelmViews
package import RelmDomain

/// Which rows are about a subject: those of its own view, and those of others that are keyed by it.
package struct SubjectRows {
  /// A view, and what the keys of its rows begin with.
  let parts: [(view: any Projection.Type, components: [String])]

  package init(_ subject: Subject) {
    let duties: (any Projection.Type, [String]) = (Obligations.self, [subject.text])
    switch subject {
    case .release(let package, let version):
      let views: [any Projection.Type] = [
        Releases.self, Attempts.self, Approvals.self, Escalations.self, Timelines.self, Causes.self,
      ]
      parts = views.map { ($0, [package, version]) } + [duties]
    case .environment(let name): parts = [(Environments.self, [name]), (Running.self, [name]), duties]
    case .service(let name): parts = [(Services.self, [name]), duties]
    case .policy(let id): parts = [(Policies.self, [id]), duties]
    case .procedure(let id): parts = [(Procedures.self, [id]), duties]
    case .capability(let id): parts = [(Capabilities.self, [id]), duties]
    case .incident(let id): parts = [(Incidents.self, [id]), duties]
    case .person(let person): parts = [(People.self, [person.text]), duties]
    case .ledger: parts = [(LedgerItself.self, ["ledger"]), (Holds.self, []), duties]
    }
  }

  /// The rows of all releases of a package.
  package init(package: String) {
    let views: [any Projection.Type] = [
      Releases.self, Attempts.self, Approvals.self, Escalations.self, Timelines.self, Causes.self,
    ]
    parts = views.map { ($0, [package]) }
  }

  /// Whether a row of a view is about the subject.
  func contains(_ table: RowTable, _ key: RowKey) -> Bool {
    parts.contains { $0.view.table == table && key.components.starts(with: $0.components) }
  }

  /// Whether a row of a view, by its name, is about the subject.
  package func contains(view: String, key: [String]) -> Bool {
    parts.contains { $0.view.name == view && key.starts(with: $0.components) }
  }
}
