import RelmBytes
import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// A house in the making whose history chance decides; what would be refused is not recorded.
///
/// It begins from what would satisfy everything. How often it strays from that is drawn first, so that some histories are
/// nearly right, where one thing that is wrong shows, and others are a mess.
final class Scene {
  let seed: UInt64
  let world: World
  var chance: SeededNumbers
  /// SplitMix64 of its own for by which digests something is named.
  private var digestChance: SeededNumbers
  /// Of a hundred fields, how many say something else than would be right.
  let sloppiness: Int
  /// Of a hundred records, how many are made when it happens.
  let promptness: Int
  /// Moments at which something begins or is over, to be met exactly.
  private(set) var lines: [Instant] = []
  /// When the latest deployment began.
  var begun: Instant?
  /// Where what can be annulled stands.
  var told: [Position] = []
  /// What a gate came to where a deployment then began at once.
  var gates: [DryGate] = []
  /// How many policy versions, procedure versions and other names were given.
  var names = 0

  static let machine = World.person(5)
  static let second = World.person(6)
  static let stranger = World.person(7)
  static let digests = [World.digest, World.otherDigest, "sha256:" + String(repeating: "0c", count: 32)]
  /// The same by another algorithm.
  static func longer(_ digest: String) -> String { "sha512:" + digest.dropFirst(7) + digest.dropFirst(7) }
  /// Durations that policies give and that records are late by, with their seconds.
  static let spans: [(text: String, seconds: Int64)] = [
    ("PT1H", 3_600), ("PT4H", 14_400), ("P1D", 86_400), ("P3D", 259_200),
  ]

  init(seed: UInt64) throws {
    self.seed = seed
    chance = SeededNumbers(seed: seed)
    digestChance = SeededNumbers(seed: seed &+ 1_000_003)
    sloppiness = [0, 0, 2, 5, 15][chance.below(5)]
    promptness = [100, 95, 85, 60][chance.below(4)]
    world = try World()
    world.tick = 0
  }

  // MARK: SplitMix64

  func percent(_ share: Int) -> Bool { chance.below(100) < share }
  func any<T>(_ values: [T]) -> T { values[chance.below(values.count)] }
  func any<T>(_ values: T...) -> T { any(values) }
  /// What is right, or sometimes something else.
  func right<T>(_ value: T, or others: T...) -> T { percent(sloppiness) ? any(others) : value }
  /// What is right, or sometimes something else.
  func right<T>(_ value: T, or others: [T]) -> T { percent(sloppiness) ? any(others) : value }
  func often(_ share: Int, _ value: @autoclosure () -> String?) -> String? { percent(share) ? value() : nil }
  /// Some of a list, in its order.
  func some<T>(of values: [T], _ share: Int = 50) -> [T] { values.filter { _ in percent(share) } }
  func span() -> (text: String, seconds: Int64) { any(Self.spans) }
  func fresh(_ name: String) -> String {
    names += 1
    return "\(name)-\(names)"
  }

  /// Whether something is so that takes nothing from the chance that everything else goes by.
  func aside(_ share: Int) -> Bool { digestChance.below(100) < share }
  func aside<T>(any values: T...) -> T { values[digestChance.below(values.count)] }

  /// A digest, or the other one of the same thing.
  func either(_ digest: String) -> String {
    aside(20) && digest.hasPrefix("sha256:") ? Self.longer(digest) : digest
  }

  // MARK: Time

  func text(_ instant: Instant) -> String { quoted(instant.rfc3339Milliseconds) }

  /// A moment that matters, and those that lie a span behind it.
  func mark(_ moment: Instant) {
    lines.append(moment)
    lines += Self.spans.map { moment.after(seconds: $0.seconds) }
    if lines.count > 60 { lines.removeFirst(lines.count - 60) }
  }

  /// A line that lies ahead, met exactly or missed by a second.
  func lineAhead(within days: Int64 = 4) -> Instant? {
    let ahead = lines.filter { world.now < $0 && $0 <= world.now.after(days: days) }
    return ahead.isEmpty ? nil : any(ahead).after(seconds: any(-1, 0, 0, 0, 1))
  }

  /// Time goes by until the next record.
  func pass() {
    let chosen = chance.below(100)
    let now = world.now
    let next: Instant? =
      switch chosen {
      case ..<20: now
      case ..<60: now.after(seconds: 60)
      case ..<86: now.after(seconds: Int64(chance.below(50)) * 60)
      case ..<93: now.after(seconds: Int64(chance.below(5)) * 3_600)
      case ..<98: lineAhead(within: 1)
      default: lineAhead()
      }
    if let next { world.advance(to: next) }
  }

  /// When something happened that is told now, where that is said.
  private func claim(isBefore: Bool) -> Instant? {
    let now = world.now
    if isBefore, let begun, percent(65) { return begun.after(seconds: -any(0, 0, 60, 3_600)) }
    guard !percent(promptness) else { return nil }
    let past = lines.filter { $0 <= now }
    switch chance.below(10) {
    case ..<3: return now.after(seconds: -Int64(chance.below(120)) * 60)
    case ..<5: return now.after(seconds: -span().seconds)
    case 5: return now.after(seconds: -span().seconds - 1)
    case ..<8: return past.isEmpty ? nil : any(past)
    case 8: return now.after(seconds: -Int64(chance.below(5)) * 86_400)
    default: return percent(30) ? now.after(seconds: any(60, 300)) : nil
    }
  }

  // MARK: Telling

  /// Tells an event; nil where it is refused.
  ///
  /// - Parameters:
  ///   - isBefore: whether it is a fact of what comes before a deployment: told later, it mostly claims to have been before.
  ///   - isAtOnce: whether it is told when it happens, without time going by.
  ///   - isOlder: whether it claims to have happened before the ledger was opened.
  @discardableResult
  func tell(
    _ type: String, _ subject: String, by actor: PersonID?, isBefore: Bool = false, isAtOnce: Bool = false,
    isOlder: Bool = false, _ data: KeyValuePairs<String, String?>
  ) throws -> Position? {
    if !isAtOnce { pass() }
    let opened = world.events[0].recorded
    let time = isOlder ? opened.after(seconds: -any(1, 3_600)) : isAtOnce ? nil : claim(isBefore: isBefore)
    let position = try world.told(
      type, subject, object(data), by: actor, time: time?.rfc3339Milliseconds)
    if let position { told.append(position) }
    return position
  }

  /// Whoever does the work, mostly somebody who is competent.
  func worker() -> PersonID? {
    right(
      any(World.ana, World.ana, World.bo, World.dee), or: World.cyd, Self.machine, Self.stranger, Self.second,
      nil)
  }

  /// Somebody who may decide.
  func decider() -> PersonID? {
    right(any(World.ana, World.bo, World.dee), or: World.cyd, Self.second, Self.stranger, nil)
  }
}

/// What a gate came to right before a deployment began, without being recorded.
struct DryGate {
  let line: Position
  let at: Instant
  let deployment: String
  let decision: GateDecided
}

// MARK: JSON

func quoted(_ text: String) -> String { "\"\(text)\"" }
func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }
/// A list of texts; nil where there is none, for such a list says nothing.
func texts(_ values: [String]) -> String? { values.isEmpty ? nil : list(values.map(quoted)) }
func object(_ members: KeyValuePairs<String, String?>) -> String {
  "{\(members.compactMap { name, value in value.map { "\(quoted(name)):\($0)" } }.joined(separator: ","))}"
}
