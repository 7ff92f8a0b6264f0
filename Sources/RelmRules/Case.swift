package import RelmDomain
package import RelmProof

/// What rules judge: a deployment of a release to an environment as it was begun, or as it would be begun now.
///
/// Two clocks decide what may count for it. An act counts if it stood before the deployment was recorded as begun. A fact
/// counts if it had happened and was recorded before; if it had happened before but was recorded after, and no later than
/// the policy allows, it counts as late.
package struct Case: Sendable {
  package let package: String
  package let version: String
  package let environment: String
  package let context: Context
  /// What is deployed, by identity; none where nothing is known of it.
  package let digests: [ContentDigest]
  /// Where the beginning stands; of a deployment that has not begun, where it would stand.
  package let line: Position
  /// When it began, by its claim.
  package let begun: Instant
  /// How much later than it happened a fact may be recorded, in microseconds.
  package let lateWithinMicroseconds: Int64
  /// The release's events that count, in the order of their positions.
  package let events: [RecordedEvent]
  /// The release as it stood before.
  package let release: ReleaseRow?
  /// Who set the deployment going; none before it has begun, nil where it has begun for nobody who is known.
  package let deployers: [PersonID]?
  /// Why the release is critical; nil where it is not.
  package let critical: String?

  package init(
    package: String, version: String, environment: String, context: Context, digests: [ContentDigest],
    line: Position, begun: Instant, lateWithinMicroseconds: Int64, events: [RecordedEvent],
    release: ReleaseRow?,
    deployers: [PersonID]? = [], critical: String? = nil
  ) {
    self.package = package
    self.version = version
    self.environment = environment
    self.context = context
    self.digests = digests
    self.line = line
    self.begun = begun
    self.lateWithinMicroseconds = lateWithinMicroseconds
    self.events = events
    self.release = release
    self.deployers = deployers
    self.critical = critical
  }
}

/// Whether a fact counts for a deployment.
package enum Timing: Sendable, Equatable {
  /// It had happened and was recorded before.
  case inTime
  /// It had happened before and was recorded after, soon enough.
  case late
}

/// Something that stands somewhere, in time or late.
protocol Dated {
  var position: Position { get }
  var timing: Timing { get }
}

/// What an event says, with where and when it was said.
package struct Fact<Data: Sendable>: Dated, Sendable {
  package let data: Data
  package let event: RecordedEvent
  package let timing: Timing

  package var position: Position { event.position }
  package var moment: Moment { event.moment }
}

extension Case {
  /// The facts of one kind that count, in the order in which they happened.
  ///
  /// - Parameter pick: what an event says of that kind; nil for an event of another.
  func facts<Data>(_ pick: (ReleaseEvent) -> Data?) -> [Fact<Data>] {
    events.compactMap { event -> Fact<Data>? in
      guard case .release(let said) = event.event, let data = pick(said), let timing = timing(of: event) else {
        return nil
      }
      return Fact(data: data, event: event, timing: timing)
    }.sorted { $0.moment < $1.moment }
  }

  /// The acts of one kind that count, in the order of the log.
  func acts<Data>(_ pick: (ReleaseEvent) -> Data?) -> [Fact<Data>] {
    events.compactMap { event in
      guard case .release(let said) = event.event, event.position < line, let data = pick(said) else {
        return nil
      }
      return Fact(data: data, event: event, timing: .inTime)
    }
  }

  private func timing(of event: RecordedEvent) -> Timing? {
    guard event.happened <= begun else { return nil }
    if event.position < line { return .inTime }
    return event.recorded.microseconds - event.happened.microseconds <= lateWithinMicroseconds ? .late : nil
  }

  /// The facts of one kind that happened and were recorded too late to count: for a reason that says so.
  func tooLate<Data>(_ pick: (ReleaseEvent) -> Data?) -> [Position] {
    events.compactMap { event in
      guard case .release(let said) = event.event, pick(said) != nil, timing(of: event) == nil else {
        return nil
      }
      return event.position
    }
  }

  /// What to say where nothing counts: that there is nothing, or that what there is came too late.
  func missing<Data>(_ what: String, _ pick: (ReleaseEvent) -> Data?) -> Judgement {
    let late = tooLate(pick)
    return late.isEmpty
      ? Judgement(.violated, "\(what) is missing")
      : Judgement(.violated, "\(what) came too late to count", at: late)
  }

  /// What is deployed, and everything that it is derived from: the signed image's unsigned one, the index's images.
  ///
  /// Each digest that is deployed has a group of its own; what was done to one of a group was done to what is deployed.
  var identities: [(deployed: ContentDigest, all: Set<ContentDigest>)] {
    let links = facts { event -> (ContentDigest, [ContentDigest])? in
      guard case .packagePublished(let data) = event else { return nil }
      return (data.digest, data.derivedFrom)
    }
    return digests.map { digest in
      var all: Set<ContentDigest> = [digest]
      var open = [digest]
      while let next = open.popLast() {
        for link in links where link.data.0 == next {
          for source in link.data.1 where all.insert(source).inserted { open.append(source) }
        }
      }
      return (digest, all)
    }
  }
}
