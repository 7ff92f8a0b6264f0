/// What comes after: early life support, reviews, and the ending.
extension ReleaseRow {
  mutating func end(_ event: EndingEvent, at moment: Moment) {
    let new =
      switch event {
      case .releaseClosed(let data): EndingFacet(how: .closed, outcome: data.outcome, moment: moment)
      case .releaseWithdrawn: EndingFacet(how: .withdrawn, moment: moment)
      case .releaseSuperseded(let data): EndingFacet(how: .superseded, by: data.by, moment: moment)
      }
    guard let known = ending else { return ending = new }
    // That somebody says no is not outlived by whatever else ends it, before or after.
    let isStronger = (new.how == .withdrawn) != (known.how == .withdrawn)
    guard isStronger ? new.how == .withdrawn : known.moment < moment else { return }
    ending = new
  }

  mutating func count(support: WritableKeyPath<SupportFacet, Int>, at moment: Moment) {
    var facet = self.support ?? SupportFacet(opened: 0, advised: 0, closed: 0, latest: moment)
    facet[keyPath: support] += 1
    facet.latest = max(facet.latest, moment)
    self.support = facet
  }

  mutating func closeSupport(_ data: SupportClosed, at moment: Moment) {
    count(support: \.closed, at: moment)
    guard support?.lastClosed.map({ $0 < moment }) ?? true else { return }
    support?.lastClosed = moment
    support?.criteria = data.criteria.count
    support?.criteriaMet = data.criteria.count { $0.result == .met }
    support?.outcome = data.outcome
  }

  mutating func count(review: WritableKeyPath<Reviews, Int>, at moment: Moment) {
    var facet =
      reviews
      ?? Reviews(opened: 0, findings: 0, actionsRaised: 0, actionsCompleted: 0, closed: 0, latest: moment)
    facet[keyPath: review] += 1
    facet.latest = max(facet.latest, moment)
    reviews = facet
  }

  mutating func closeReview(_ outcome: ReleaseVerdict, at moment: Moment) {
    count(review: \.closed, at: moment)
    guard reviews?.lastClosed.map({ $0 < moment }) ?? true else { return }
    reviews?.lastClosed = moment
    reviews?.outcome = outcome
  }
}
