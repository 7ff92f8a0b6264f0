import RelmDomain
import RelmViews
import RelmTestWorld
import RelmProof

/// Somebody without any authority, who records whatever could help: every kind of event, about what is there, with times as
/// they like them, under accounts of people, of machines, and of nobody.
final class Insider {
  private let scene: Scene
  private var made = 0

  /// Accounts that nobody has granted anything to.
  private static let accounts: [PersonID?] = [
    accomplice, World.person(202), World.person(203), Scene.machine, nil,
  ]
  private static let accomplice = World.person(201)

  init(_ scene: Scene) { self.scene = scene }

  /// Records an event that chance picks, where the ledger takes it.
  ///
  /// - Parameter attempts: a type, a subject and data each, with what chance fills in.
  /// - Returns: its type; nil where it was refused.
  func tries(_ attempts: [String]) throws -> String? {
    made += 1
    let words = try filled(scene.any(attempts)).split(separator: " ", maxSplits: 2).map(String.init)
    scene.world.advance(to: scene.world.now.after(seconds: Int64(scene.chance.below(4)) * 600))
    let account = scene.any(Self.accounts)
    let position = try scene.world.told(
      words[0], words[1], words[2], by: account, time: time()?.rfc3339Milliseconds)
    // What is said to have come back in its own place was not taken back.
    let isItself =
      words[2].contains(#""restores":"1.0"}"#) && words[1].hasSuffix("/1.0")
    // A machine that somebody answers for may take back what it deploys.
    let isMachines =
      account == Scene.machine && ["deployment.rolledback", "deployment.removed"].contains(words[0])
    let how = isItself ? " to itself" : isMachines ? " by a machine" : ""
    return position == nil ? nil : words[0] + how
  }

  /// When it is said to have happened.
  private func time() -> Instant? {
    let now = scene.world.now
    let time: Instant? =
      switch scene.chance.below(4) {
      case 0: nil
      case 1: scene.begun?.after(seconds: scene.any(-86_400, -3_600, -1, 0, 1, 3_600))
      case 2: now.after(seconds: -Int64(scene.chance.below(20)) * 43_200)
      default: scene.lines.isEmpty ? nil : scene.any(scene.lines)
      }
    return time.map { $0 <= now.after(seconds: 300) } ?? true ? time : nil
  }

  private func filled(_ template: String) throws -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      text += rest[..<open] + (try value(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private func value(_ name: Substring) throws -> String {
    switch name {
    case "id": "x-\(made)"
    case "number": "\(scene.chance.below(9))"
    case "position": "\(scene.chance.below(scene.world.events.count))"
    case "release": try release()
    case "pinned":
      try scene.world.views.release("payments-api", "1.0")?.plan.map { ",\"plan\":\($0.scope.position.value)" }
        ?? ""
    case "environment": scene.any(Scene.environments)
    case "digest": scene.any(Scene.digests)
    case "deployment": scene.any("d-1", "d-1", "d-2", "x-\(made)")
    case "person": scene.any(World.ana, World.bo, World.cyd, World.dee, Self.accomplice).text
    case "ana": World.ana.text
    case "accomplice": Self.accomplice.text
    case "second": Scene.second.text
    case "uuid-accomplice": Self.accomplice.uuid.text
    case "uuid-other": World.person(202).uuid.text
    case "uuid-bo": World.bo.uuid.text
    case "soon": scene.world.now.after(days: 3).rfc3339Milliseconds
    case "ago": scene.world.now.after(days: -3).rfc3339Milliseconds
    default: String(scene.any(name.split(separator: "|").map(String.init)))
    }
  }

  private func release() throws -> String {
    let known = Set(
      scene.world.events.compactMap { event -> String? in
        if case .release? = event.subject { event.subject?.text } else { nil }
      })
    return scene.any(known.sorted() + [World.release])
  }
}

extension Insider {
  /// Every event type that is recorded by hand, in forms that could help.
  static let everything = #"""
    release.planned <release> {"class":"<normal|standard|emergency>","services":["toy"],"fixes":["inc-1"]}
    release.planned release/payments-api/<id> {"class":"normal","services":["<toy|payments|far-off>"],"commits":[{"id":"<c-1|c-2>","authors":["<accomplice>"]}]}
    build.started release/payments-api/<id> {"build":"b","commits":[{"id":"<c-1|c-2>"}]}
    deployment.finished release/payments-api/x-<number> {"deployment":"d","environment":"<environment>","outcome":"succeeded","backfilled":true}
    release.scope.changed <release> {"reason":"r","critical":false}
    release.scope.changed <release> {"reason":"r","services":["<toy|payments|other>"]}
    release.scope.changed <release> {"reason":"r","services":["toy"],"commits":[{"id":"c-9"}],"components":[{"name":"z"}]}
    release.designed <release> {"strategy":"rolling","takeBack":"rollBack","rollbackPlan":"p"}
    component.assessed <release> {"component":{"name":"openssl","version":"3.0"},"kind":"licence","verdict":"acceptable"}
    risk.assessed <release> {"likelihood":1,"impact":1,"residualLikelihood":1,"residualImpact":1,"securityImpact":"low"}
    schedule.agreed <release> {"windows":[{"environment":"<environment>","from":"<ago>","until":"<soon>"}]}
    partner.consulted <release> {"partner":"business","name":"acme","about":"a","outcome":"agreed"}
    communication.sent <release> {"audience":"users","channel":"mail","topic":"t"}
    build.started <release> {"build":"<id>"}
    build.finished <release> {"build":"<id>","outcome":"<succeeded|failed>","backfilled":true,"artifacts":[{"name":"a","digest":"<digest>"}],"tool":{"name":"t","capability":"farm"}}
    package.published <release> {"digest":"<digest>","derivedFrom":["<digest>"]}
    test.finished <release> {"test":"<id>","suite":"<system|smoke>","outcome":"succeeded","digests":["<digest>"],"tool":{"name":"t","capability":"runner"},"backfilled":true}
    validation.finished <release> {"validation":"<id>","outcome":"succeeded","criteria":[{"criterion":"c","result":"met"}],"validators":["<person>"]}
    attestation.recorded <release> {"digest":"<digest>","predicateType":"https://slsa.dev/provenance/v1","statement":{"digest":"<digest>","mediaType":"a/b","size":1}}
    deployment.started <release> {"deployment":"<deployment>","environment":"<environment>","digests":["<digest>"],"override":<position>}
    deployment.started <release> {"deployment":"<deployment>","environment":"<environment>","initiator":"<person>"}
    deployment.finished <release> {"deployment":"<deployment>","environment":"<environment>","outcome":"<succeeded|failed|cancelled>","backfilled":true}
    deployment.progressed <release> {"deployment":"<deployment>","environment":"<environment>","decision":"<abort|continue>","backfilled":true}
    deployment.rolledback <release> {"deployment":"<deployment>","environment":"<environment>","backfilled":true}
    deployment.rolledback <release> {"deployment":"<deployment>","environment":"<environment>","restores":"1.0"}
    deployment.rolledback <release> {"deployment":"<deployment>","environment":"<environment>","restores":"1.0","restoresDigests":["<digest>"]}
    deployment.removed <release> {"deployment":"<deployment>","environment":"<environment>","backfilled":true}
    verification.finished <release> {"deployment":"<deployment>","environment":"<environment>","outcome":"succeeded"}
    procedure.step.completed <release> {"procedure":"roll-out","version":"v-1","step":"one"}
    procedure.step.skipped <release> {"procedure":"roll-out","version":"v-1","step":"one","reason":"r"}
    handover.offered <release> {"handover":"<id>","to":"operations","party":"<accomplice>"}
    support.opened <release> {"support":"<id>","criteria":["c"]}
    review.opened <release> {"review":"<id>","scope":"s"}
    release.closed <release> {"outcome":"successful"}
    release.withdrawn <release> {"reason":"r"}
    release.scope.changed <release> {"reason":"r","requires":["release/other/1"]}
    deployment.finished release/ledger-db/<14.2|14.3> {"deployment":"<id>","environment":"<environment>","outcome":"succeeded","backfilled":true}
    deployment.removed release/ledger-db/<14.2|14.3> {"deployment":"<id>","environment":"<environment>","backfilled":true}
    waiver.granted <release> {"waiver":"<id>","rule":"releasable","reason":"r","control":"c","until":"<soon>"}
    override.declared <release> {"rules":["releasable","requirements-met"],"environment":"<environment>","digests":["<digest>"],"reason":"r","until":"<soon>"<pinned>}
    release.superseded <release> {"by":"release/payments-api/9"}
    approval.given <release> {"scope":"deployment","digests":["<digest>"]<pinned>}
    approval.refused <release> {"scope":"deployment","reason":"r"<pinned>}
    approval.withdrawn <release> {"approval":<position>,"reason":"r"}
    authorisation.requested <release> {"authorisation":"<id>","activity":"a","reason":"r","of":"<ana>"<pinned>}
    authorisation.granted <release> {"authorisation":"auth-<number>","digests":["<digest>"]<pinned>}
    authorisation.refused <release> {"authorisation":"auth-<number>","reason":"r"}
    waiver.granted <release> {"waiver":"<id>","rule":"approved","reason":"r","control":"c","until":"<soon>"}
    waiver.revoked <release> {"waiver":"w-1","reason":"r"}
    override.declared <release> {"rules":["designed"],"environment":"<environment>","digests":["<digest>"],"reason":"r","until":"<soon>","ratifyBy":"2099-01-01T00:00:00Z","freeze":"freeze-1"<pinned>}
    override.declared <release> {"rules":["approved","gated"],"environment":"<environment>","digests":["<digest>"],"reason":"r","until":"<soon>","freeze":"freeze-1"<pinned>}
    escalation.resolved <release> {"escalation":"e","decision":"d"}
    event.annulled ledger {"position":<position>,"reason":"r"}
    environment.registered environment/<environment> {"context":"<development|production>"}
    environment.retired environment/<environment> {"reason":"r"}
    environment.observed environment/<environment> {"observer":"o","coverage":"<complete|partial>","running":[{"name":"payments-api","digest":"<digest>"}]}
    baseline.recorded environment/<environment> {"baseline":"<id>","moment":"before","release":"<release>","items":[{"name":"i"}]}
    freeze.lifted environment/<environment> {"freeze":"freeze-<number>","reason":"r"}
    freeze.declared environment/<environment> {"freeze":"<id>","from":"<ago>","until":"<soon>","reason":"r"}
    capability.registered capability/<farm|runner|none> {"kind":"tool","title":"t","owner":"<person>"}
    capability.assessed capability/<farm|runner> {"verdict":"acceptable"}
    capability.withdrawn capability/<farm|runner> {"reason":"r"}
    incident.opened incident/inc-<1|2> {"severity":"high","summary":"s"}
    policy.adopted policy/p {"document":{"id":"p","version":"<id>","title":"t","context":"<development|production>","rules":[{"rule":"planned"}]}}
    policy.retired policy/<p|q> {"reason":"r"}
    procedure.retired procedure/roll-out {"reason":"r"}
    person.linked person/<uuid-accomplice> {"kind":"human","accounts":["<person>"]}
    person.link.confirmed person/<uuid-bo> {"account":"<second>"}
    authority.granted person/<uuid-other> {"level":6,"contexts":["development","production"]}
    authority.revoked person/<uuid-bo> {"grant":<position>,"reason":"r"}
    subject.erased ledger {"person":"<person>","ground":"g"}
    hold.placed ledger {"hold":"<id>","ground":"g","everything":true}
    release.scope.changed <release> {"reason":"r","manager":"<person>"}
    release.scope.changed <release> {"reason":"r","class":"<standard|emergency|normal>"}
    release.scope.changed <release> {"reason":"r","procedure":"roll-out"}
    handover.accepted <release> {"handover":"x-1"}
    support.closed <release> {"support":"x-2","criteria":[{"criterion":"c","result":"met"}],"backfilled":true}
    review.closed <release> {"review":"x-3","outcome":"successful"}
    hold.released ledger {"hold":"x-1","reason":"r"}
    approval.given <release> {"scope":"deployment","ratifies":<position>,"digests":["<digest>"]<pinned>}
    """#.split(separator: "\n").map(String.init)

  /// What brings or changes nothing that a rule names: no evidence of any kind.
  static let unrelated = #"""
    activity.recorded <release> {"activity":"a"}
    result.logged <release> {"of":"o","result":"r","outcome":"succeeded"}
    document.attached <release> {"title":"t","evidence":{"digest":"<digest>","mediaType":"a/b","size":1}}
    freeze.declared environment/elsewhere-<id> {"freeze":"<id>","from":"<ago>","until":"<soon>","reason":"r"}
    drift.detected environment/<environment> {"drift":"<id>","item":"i","found":{"name":"n"}}
    environment.registered environment/<id> {"context":"production"}
    incident.opened incident/<id> {"severity":"low","summary":"s"}
    service.established service/<id> {"release":"<release>","specification":"<digest>","owner":"<person>","userCommunity":"u"}
    capability.registered capability/<id> {"kind":"tool","title":"t","owner":"<person>"}
    release.planned release/other/<id> {"class":"normal"}
    release.planned release/payments-api/<id> {"class":"normal","services":["far-off"]}
    release.scope.changed release/payments-api/x-<number> {"reason":"r","services":["payments"]}
    build.finished release/other/<id> {"build":"b","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"a","digest":"<digest>"}]}
    deployment.started release/other/<id> {"deployment":"d","environment":"<environment>"}
    schedule.proposed <release> {"schedule":"<id>","windows":[{"environment":"e-<id>","from":"<ago>","until":"<soon>"}]}
    escalation.raised <release> {"escalation":"<id>","to":"<ana>","severity":"high","topic":"t"}
    """#.split(separator: "\n").map(String.init)
}
