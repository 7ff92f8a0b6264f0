package import RelmDomain
package import RelmProof
package import RelmVault

/// A claim that has passed the intake: canonical, strictly decoded, without anybody's account in it.
package struct PreparedClaim: Sendable {
  package let claim: Claim
  /// What its data says.
  package let event: Event
  /// Where in the input it stood, so that a refusal can name the place.
  package var place: InputPlace

  package init(claim: Claim, event: Event, place: InputPlace) {
    self.claim = claim
    self.event = event
    self.place = place
  }
}

/// Where a claim stood in what came in.
package struct InputPlace: Sendable, Equatable {
  /// The line, from 1; nil where it did not come from lines.
  package var line: Int?
  /// Which element of an array it was, from 0; nil where it was in none.
  package var element: Int?
  /// Whether it did not say itself who acts and where it comes from.
  package let isActorDefault: Bool
  package let isSourceDefault: Bool

  package init(
    line: Int? = nil, element: Int? = nil, isActorDefault: Bool = false, isSourceDefault: Bool = false
  ) {
    self.line = line
    self.element = element
    self.isActorDefault = isActorDefault
    self.isSourceDefault = isSourceDefault
  }
}

/// What a stream must be like for an append to be taken: a guard against a race that the caller knows of.
package enum ExpectedVersion: Sendable, Equatable {
  /// The stream has no record yet.
  case none
  /// The stream's last record has this version.
  case version(UInt64)
}

/// Claims to append together: all or none.
package struct AppendRequest: Sendable {
  package var claims: [PreparedClaim]
  package var expected: ExpectedVersion?
  /// The size of the log on which the claims rest; appended only if it is still that.
  package var expectedSize: TreeSize?
  /// Decide as for the real run, and leave everything as it was.
  package var isDryRun: Bool
  /// Take the claims that can be taken, and leave the others out, instead of all or none.
  package var keepsGoing: Bool
  /// Whether another program's record is taken in: what that cannot know is not missed.
  package var isImport: Bool
  /// People whom the claims name and the vault does not have. Those whom accepted claims name are made before these are
  /// appended, and nobody else is: a refusal leaves no trace.
  package var newcomers: Proposals?
  /// When it is decided, where that is not now: only a ledger that is being made is told what happened before.
  var moment: Instant?

  package init(
    claims: [PreparedClaim], expected: ExpectedVersion? = nil, expectedSize: TreeSize? = nil,
    isDryRun: Bool = false, keepsGoing: Bool = false, isImport: Bool = false, newcomers: Proposals? = nil
  ) {
    self.isImport = isImport
    self.newcomers = newcomers
    self.claims = claims
    self.expected = expected
    self.expectedSize = expectedSize
    self.isDryRun = isDryRun
    self.keepsGoing = keepsGoing
  }

  /// The most events that one transaction takes; more go in chunks.
  package static let maximumEvents = 10_000
}

/// Where a claim landed.
package struct Receipt: Sendable, Equatable {
  package enum Status: String, Sendable {
    /// It was appended now.
    case recorded
    /// The same claim was there already; nothing was added.
    case duplicate
  }

  package let position: Position
  package let status: Status
  /// Its place in its stream, from 0.
  package let streamVersion: UInt64
  /// What is wrong with what was recorded all the same: sentences without their stop.
  package var remarks: [String] = []

  package init(position: Position, status: Status, streamVersion: UInt64, remarks: [String] = []) {
    self.position = position
    self.status = status
    self.streamVersion = streamVersion
    self.remarks = remarks
  }
}

/// What became of a request.
package enum AppendOutcome: Sendable {
  /// Every claim has its place, or with `keepsGoing` its refusal, in the order of the claims. Remarks tell of trouble
  /// that cost no event.
  case landed([Result<Receipt, Refusal>], remarks: [String])
  /// Somebody else has made a person for an account of the newcomers meanwhile, and so nothing was appended: take the
  /// claims in again.
  case overtaken
  /// The claim at this index was refused, and so nothing of the request was appended.
  case refused(index: Int, Refusal)
}
