import RelmDomain
import RelmHistory
import RelmJudging
import RelmProof
import RelmTestWorld
import RelmViews

extension World {
  /// What the report says of every deployment, those that are annulled among them.
  ///
  /// - Parameters:
  ///   - size: how many events of the log are looked at; nil for all.
  ///   - time: the as-of time; nil for now.
  ///   - question: which deployments belong.
  func report(
    _ size: Int? = nil, at time: Instant? = nil, _ question: ComplianceQuestion = ComplianceQuestion()
  ) throws -> [ComplianceReport.Attempt] {
    let size = size ?? events.count
    let rows = try past(size)
    let history = History(indexes: rows) { position in
      position.value < size ? self.events[Int(position.value)] : nil
    }
    let standing = StandingRows(in: rows, history)
    let earlier = try EarlierHistory(opened: events[0].recorded, standing)
    let judging = Judging(question, standing, asOf: time ?? now, earlier)
    var population = try Population(question, standing, earlier)
    var attempts: [ComplianceReport.Attempt] = []
    while let member = try population.nextMember() { attempts.append(try judging.judge(member)) }
    return attempts
  }
}
