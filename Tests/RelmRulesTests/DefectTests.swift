import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Whoever mends what a rule found wants to mend it once.
@Suite("All that is wrong is told at once")
struct DefectTests {
  private let world: World

  init() throws { world = try World() }

  private func given(_ type: String, _ data: String) throws {
    try world.given(type, World.release, data, by: World.ana)
  }

  private func reason(_ rule: String) throws -> String {
    let verdict = try world.verdict(rule)
    #expect(verdict.outcome == .violated)
    return verdict.reason
  }

  @Test(
    "built tells every commit that a build leaves out, and its tool, and that it is not one that is asked for")
  func built() throws {
    try given("release.planned", #"{"class":"normal","commits":[{"id":"c1"},{"id":"c2"}]}"#)
    try given(
      "build.finished",
      #"{"build":"b","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"a","digest":"\#(World.digest)"}],"tool":{"name":"t","capability":"farm"}}"#
    )
    #expect(
      try reason(#"{"rule":"built","capabilities":["other"]}"#)
        == "the end of build b does not name the declared commit c1; the end of build b does not name the declared commit c2; "
        + "build b was made by farm, not by other; the tool farm is not in place")
  }

  @Test("tested tells every suite that failed or was not run")
  func tested() throws {
    try given("package.published", #"{"digest":"\#(World.digest)"}"#)
    try given(
      "test.finished",
      #"{"test":"t","suite":"unit","outcome":"failed","backfilled":true,"digests":["\#(World.digest)"]}"#)
    #expect(
      try reason(#"{"rule":"tested","suites":["unit","load"],"capabilities":["farm"]}"#)
        == "the last run of suite unit did not succeed; suite unit was not run with farm; suite load was not run on \(World.digest)"
    )
  }

  @Test("risk, communication, partners, capabilities and rollback tell all that does not hold")
  func others() throws {
    try given("release.planned", #"{"class":"normal"}"#)
    try given(
      "risk.assessed",
      #"{"likelihood":5,"impact":5,"residualLikelihood":5,"residualImpact":5}"#)
    try given("release.scope.changed", #"{"reason":"More","purpose":"x"}"#)
    #expect(
      try reason(#"{"rule":"risk-assessed","maximumResidual":6}"#)
        == "the scope was changed after the risk was assessed; the residual risk is 25, above 6")
    try given("communication.sent", #"{"audience":"users","channel":"mail","topic":"t"}"#)
    #expect(
      try reason(#"{"rule":"communicated","audiences":["operations","users","board"],"leadTime":"P2D"}"#)
        == "operations was not told; users was told less than P2D before; board was not told")
    #expect(
      try reason(#"{"rule":"capability-in-place","capabilities":["farm","lab"]}"#)
        == "capability farm is not registered; capability lab is not registered")
  }

  @Test("of very many defects the first are told, and how many more there are")
  func many() throws {
    let commits = (0..<30).map { #"{"id":"c\#($0)"}"# }.joined(separator: ",")
    try given("release.planned", #"{"class":"normal","commits":[\#(commits)]}"#)
    try given(
      "build.finished",
      #"{"build":"b","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"a","digest":"\#(World.digest)"}]}"#
    )
    let told = try reason(#"{"rule":"built"}"#)
    #expect(told.hasSuffix("commit c7; and 23 more"), "\(told)")
  }
}
