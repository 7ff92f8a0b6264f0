package import RelmDomain
internal import RelmProof

/// A phase of a release, and of the phase deploy only what happened in environments of one context: a rehearsal begins nothing in
/// production.
package struct ContextSpan {
  package let span: TimelineRow.Span
  /// Of the phase deploy, where.
  package let context: Context?
}

extension TimelineRow {
  /// The phases in the order of a release's life, rehearsals before production.
  ///
  /// - Parameter isProduction: whether an environment is one for production.
  package func spans(isProduction: (String) throws -> Bool) rethrows -> [ContextSpan] {
    try phases.flatMap { span -> [ContextSpan] in
      guard span.phase == .deploy else { return [ContextSpan(span: span, context: nil)] }
      let rehearsed = try deploying.filter { try !isProduction($0.environment) }
      guard let first = rehearsed.map(\.first).min(), let last = rehearsed.map(\.last).max() else {
        return [ContextSpan(span: span, context: .production)]
      }
      let live = deploying.filter { one in !rehearsed.contains { $0.environment == one.environment } }
      guard let begun = live.map(\.first).min(), let ended = live.map(\.last).max() else {
        return [ContextSpan(span: span, context: .development)]
      }
      let events = rehearsed.reduce(0) { $0 + $1.events }
      // What does not say where it happened is taken for production, as an environment that nobody registered.
      return [
        ContextSpan(
          span: Span(phase: .deploy, first: first, last: last, events: events), context: .development),
        ContextSpan(
          span: Span(phase: .deploy, first: begun, last: ended, events: span.events - events),
          context: .production),
      ]
    }
  }
}

extension [ContextSpan] {
  /// How long nothing happened before a phase began: since the latest event of the phases that began before it.
  package func waitSeconds(before one: ContextSpan) -> Int {
    let before = filter { $0.span.first < one.span.first }.map(\.span.last.at)
    guard let latest = before.max(), latest < one.span.first.at else { return 0 }
    return latest.seconds(to: one.span.first.at)
  }
}
