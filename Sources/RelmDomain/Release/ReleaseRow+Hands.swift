/// Who had a hand in a release, and how. A duty is never lost again: not by a change of scope, nor by another manager.
extension ReleaseEvent {
  /// The duties that an event shows somebody to have in its release.
  ///
  /// - Parameter person: who recorded it, where that is a person.
  package func hands(recordedBy person: PersonID?) -> [ReleaseRow.Hand] {
    let authors = commits.flatMap(\.authors).map { ReleaseRow.Hand(person: $0, duty: .author) }
    return authors + duties(recordedBy: person).map { ReleaseRow.Hand(person: $0.person, duty: $0.duty) }
  }

  private func duties(recordedBy person: PersonID?) -> [(person: PersonID, duty: ReleaseRow.Duty)] {
    func each(_ people: [PersonID?], _ duty: ReleaseRow.Duty) -> [(person: PersonID, duty: ReleaseRow.Duty)] {
      people.compactMap { $0 }.map { ($0, duty) }
    }
    return switch family {
    case .planning(.releasePlanned(let data)):
      each([data.requestedBy], .requester) + each([data.manager], .manager)
    case .planning(.releaseScopeChanged(let data)): each([data.manager], .manager)
    case .attempt(.deploymentStarted(let data)): each([data.initiator ?? person], .deployer)
    case .attempt(let event) where event.kind == .build: each([event.initiator], .initiator)
    case .permission(.approvalGiven(let data)): data.ratifies == nil ? each([person], .approver) : []
    case .permission(.approvalRefused), .permission(.authorisationRefused): each([person], .refuser)
    case .permission(.authorisationGranted): each([person], .approver)
    case .planning, .attempt, .permission, .record, .ending: []
    }
  }
}

extension ReleaseRow {
  /// Those who had one of some duties, each once.
  package func people(who had: Set<Duty>) -> [PersonID] {
    var found: [PersonID] = []
    for hand in hands where had.contains(hand.duty) && !found.contains(hand.person) {
      found.append(hand.person)
    }
    return found
  }
}

extension ReleaseRow.Duty {
  /// The duties of those who made the release, and not of those who decide about it.
  package static let ofWork: Set<Self> = [.manager, .requester, .author, .initiator, .deployer]
}
