internal import Glibc
package import RelmDomain
internal import RelmFiles
internal import RelmViews

/// What the ledger takes from the machine: the time, chance, and which boot this is. Tests bring their own.
package struct Surroundings: Sendable {
  /// The time now.
  package var now: @Sendable () -> Instant
  /// 128 random bits.
  package var random: @Sendable () -> (UInt64, UInt64)
  /// Names this boot of the machine: what an earlier boot wrote without a sync may be lost.
  package var bootID: @Sendable () throws -> String
  /// How many versions of a stream lie between two milestones of its row. Tests that look at the rows behind bring them
  /// close together; the same for everybody who opens the same ledger.
  package var eventsPerMilestone = Milestone.usualInterval

  package init(
    now: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> (UInt64, UInt64),
    bootID: @escaping @Sendable () throws -> String
  ) {
    self.now = now
    self.random = random
    self.bootID = bootID
  }

  /// This machine's own.
  package static let system = Surroundings(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    },
    random: {
      var generator = SystemRandomNumberGenerator()
      return (generator.next(), generator.next())
    },
    bootID: {
      let text = try Files.readSmall("/proc/sys/kernel/random/boot_id")
      return String(decoding: text.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    })
}
