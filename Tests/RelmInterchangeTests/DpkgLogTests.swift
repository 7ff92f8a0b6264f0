import RelmInterchange
import Testing

@Suite("a dpkg log tells what was deployed on a host")
struct DpkgLogTests {
  @Test("an installation is a deployment that starts and succeeds")
  func installation() throws {
    let drafts = try read(
      """
      startup archives install
      install curl:amd64 <none> 7.88.1-10
      status half-installed curl:amd64 7.88.1-10
      status unpacked curl:amd64 7.88.1-10
      configure curl:amd64 7.88.1-10 <none>
      conffile /etc/a file name.conf keep
      status half-configured curl:amd64 7.88.1-10
      status installed curl:amd64 7.88.1-10
      """
    ).drafts
    #expect(
      try drafts.told == [
        "started release/curl:amd64/7.88.1-10 2026-11-24T06:00:01Z",
        "finished release/curl:amd64/7.88.1-10 2026-11-24T06:00:07Z succeeded",
      ])
    let started = try Told(drafts[0])
    #expect(try started.text("/source") == "/dpkg/deb")
    #expect(try started.text("/data/environment") == "host/deb")
    #expect(try started.text("/data/tool/name") == "dpkg")
    #expect(try started.text("/data/deployment") == Told(drafts[1]).text("/data/deployment"))
  }

  @Test(
    "upgrade, downgrade and reinstallation are deployments", arguments: [("1", "2"), ("2", "1"), ("2", "2")])
  func upgrade(old: String, new: String) throws {
    let (drafts, log) = try read(Self.installed("a:all", old) + Self.upgraded("a:all", old, new))
    #expect(
      try drafts.told.suffix(2) == [
        "started release/a:all/\(new) 2026-11-24T06:00:06Z",
        "finished release/a:all/\(new) 2026-11-24T06:00:13Z succeeded",
      ])
    #expect(log.deployed == [DpkgLog.Package(name: "a:all", version: new, isSettled: true)])
    #expect(Set(try drafts.map { try Told($0).id }).count == drafts.count)
  }

  @Test("a new version that cannot be prepared fails, and the old one runs on")
  func preinstFails() throws {
    let (drafts, log) = try read(
      Self.installed("pre:all", "1") + """
        upgrade pre:all 1 2
        status half-configured pre:all 1
        status unpacked pre:all 1
        status half-installed pre:all 1
        status unpacked pre:all 1
        status installed pre:all 1

        """)
    #expect(
      try drafts.told.suffix(2) == [
        "started release/pre:all/2 2026-11-24T06:00:06Z",
        "finished release/pre:all/2 2026-11-24T06:00:11Z failed",
      ])
    #expect(log.deployed == [DpkgLog.Package(name: "pre:all", version: "1", isSettled: true)])
  }

  @Test(
    "a first installation that cannot be prepared fails, and nothing was removed",
    arguments: ["not-installed pn:all <none>", "config-files pn:all 1"])
  func firstFails(end: String) throws {
    let (drafts, log) = try read(
      """
      install pn:all <none> 1
      status half-installed pn:all 1
      status \(end)
      """)
    #expect(
      try drafts.told == [
        "started release/pn:all/1 2026-11-24T06:00:00Z",
        "finished release/pn:all/1 2026-11-24T06:00:02Z failed",
      ])
    #expect(log.deployed == [DpkgLog.Package(name: "pn:all", version: nil, isSettled: true)])
  }

  @Test("what was never configured has failed once another action on the package begins")
  func replaced() throws {
    let (drafts, log) = try read(
      """
      install bad:all <none> 1
      status half-installed bad:all 1
      status unpacked bad:all 1
      configure bad:all 1 1
      status half-configured bad:all 1

      """ + Self.upgraded("bad:all", "1", "2"))
    #expect(
      try drafts.told == [
        "started release/bad:all/1 2026-11-24T06:00:00Z",
        "finished release/bad:all/1 2026-11-24T06:00:05Z failed",
        "started release/bad:all/2 2026-11-24T06:00:05Z",
        "finished release/bad:all/2 2026-11-24T06:00:12Z succeeded",
      ])
    #expect(log.deployed.map(\.version) == ["2"])
  }

  @Test("what was never configured and is removed has failed, and was not running to be removed")
  func failedThenRemoved() throws {
    let drafts = try read(
      """
      install dep:all <none> 1
      status half-installed dep:all 1
      status unpacked dep:all 1
      startup packages remove
      status unpacked dep:all 1
      remove dep:all 1 <none>
      status half-installed dep:all 1
      status config-files dep:all 1
      status not-installed dep:all <none>
      """
    ).drafts
    #expect(
      try drafts.told == [
        "started release/dep:all/1 2026-11-24T06:00:00Z",
        "finished release/dep:all/1 2026-11-24T06:00:05Z failed",
      ])
  }

  @Test("a configuration that is tried again ends the deployment that it belongs to")
  func configuredAgain() throws {
    let drafts = try read(
      """
      install bad:all <none> 1
      status half-installed bad:all 1
      status unpacked bad:all 1
      configure bad:all 1 1
      status half-configured bad:all 1
      startup packages configure
      configure bad:all 1 <none>
      status half-configured bad:all 1
      status installed bad:all 1
      """
    ).drafts
    #expect(try drafts.told.last == "finished release/bad:all/1 2026-11-24T06:00:08Z succeeded")
    #expect(drafts.count == 2)
  }

  @Test("a removal, and a purge after it, is one removal of what ran")
  func removal() throws {
    let (drafts, log) = try read(
      Self.installed("a:all", "1") + """
        startup packages purge
        status installed a:all 1
        remove a:all 1 <none>
        status half-configured a:all 1
        status half-installed a:all 1
        status config-files a:all 1
        purge a:all 1 <none>
        status not-installed a:all <none>

        """)
    #expect(try drafts.told.last == "removed release/a:all/1 2026-11-24T06:00:11Z dpkg remove")
    #expect(drafts.count == 3)
    #expect(try Told(drafts[2]).text("/data/deployment") == Told(drafts[0]).text("/data/deployment"))
    #expect(log.deployed == [DpkgLog.Package(name: "a:all", version: nil, isSettled: true)])
  }

  @Test("a removal that fails removes nothing")
  func removalFails() throws {
    let (drafts, log) = try read(
      Self.installed("rm:all", "1") + """
        remove rm:all 1 <none>
        status half-configured rm:all 1
        status installed rm:all 1

        """)
    #expect(drafts.count == 2)
    #expect(log.deployed == [DpkgLog.Package(name: "rm:all", version: "1", isSettled: true)])
    let half = try read(
      Self.installed("rm:all", "1") + "remove rm:all 1 <none>\nstatus half-installed rm:all 1\n")
    #expect(half.drafts.count == 2)
    #expect(half.log.deployed == [DpkgLog.Package(name: "rm:all", version: "1", isSettled: false)])
  }

  @Test("a package whose files others took over, or that another displaced, is removed")
  func displaced() throws {
    let disappeared = try read(
      Self.installed("old:all", "1") + "disappear old:all 1 <none>\nstatus not-installed old:all <none>\n"
    ).drafts
    #expect(
      try disappeared.told.last
        == "removed release/old:all/1 2026-11-24T06:00:07Z all its files were taken over by other packages")
    let displaced = try read(
      Self.installed("ok:all", "1") + """
        install confl:all <none> 1
        status half-configured ok:all 1
        status half-installed ok:all 1
        status half-installed confl:all 1
        status unpacked confl:all 1
        status config-files ok:all 1
        status not-installed ok:all <none>
        configure confl:all 1 1
        status half-configured confl:all 1
        status installed confl:all 1

        """)
    #expect(
      try displaced.drafts.told.suffix(3) == [
        "started release/confl:all/1 2026-11-24T06:00:06Z",
        "removed release/ok:all/1 2026-11-24T06:00:11Z another package took its place",
        "finished release/confl:all/1 2026-11-24T06:00:15Z succeeded",
      ])
    #expect(displaced.log.deployed.map(\.version) == ["1", nil])
  }

  @Test("the removal of a package that was there before the log is backfilled, with an id of its own")
  func removalOfUnseen() throws {
    for (lines, reason) in [
      ("remove a:all 1 <none>\nstatus half-configured a:all 1\nstatus half-installed a:all 1\n", "dpkg remove"),
      ("disappear a:all 1 <none>\n", "all its files were taken over by other packages"),
      ("status half-configured a:all 1\nstatus half-installed a:all 1\n", "another package took its place"),
    ] {
      let (drafts, log) = try read(lines + "status config-files a:all 1\nstatus not-installed a:all <none>\n")
      let told = try drafts.told.map {
        $0.split(separator: " ").filter { !$0.hasPrefix("2026-") }.joined(separator: " ")
      }
      #expect(told == ["removed release/a:all/1 backfilled \(reason)"])
      #expect(log.deployed == [DpkgLog.Package(name: "a:all", version: nil, isSettled: true)])
    }
  }

  @Test("purging what was removed before the log tells nothing")
  func purgeOfUnseen() throws {
    let drafts = try read(
      "status config-files a:all 1\npurge a:all 1 <none>\nstatus not-installed a:all <none>\n"
    ).drafts
    #expect(drafts.isEmpty)
  }

  @Test("an upgrade that fails leaves what ran before the log to be removed later")
  func upgradeOfUnseenFails() throws {
    let drafts = try read(
      """
      upgrade a:all 1 2
      status half-installed a:all 1
      status unpacked a:all 2
      remove a:all 2 <none>
      status config-files a:all 2
      """
    ).drafts
    #expect(
      try drafts.told == [
        "started release/a:all/2 2026-11-24T06:00:00Z", "finished release/a:all/2 2026-11-24T06:00:03Z failed",
        "removed release/a:all/1 2026-11-24T06:00:04Z backfilled dpkg remove",
      ])
  }

  @Test("a configuration whose unpacking came before the log is a backfilled deployment")
  func configurationOfUnseen() throws {
    let (drafts, log) = try read(
      "configure a:all 1 <none>\nstatus half-configured a:all 1\nstatus installed a:all 1\n")
    #expect(try drafts.told == ["finished release/a:all/1 2026-11-24T06:00:02Z backfilled succeeded"])
    #expect(log.deployed == [DpkgLog.Package(name: "a:all", version: "1", isSettled: true)])
  }

  @Test("triggers are no deployments, of packages seen or not")
  func triggers() throws {
    let (drafts, log) = try read(
      Self.installed("a:all", "1") + """
        status triggers-pending libc-bin:amd64 2.36-9
        status triggers-pending a:all 1
        trigproc libc-bin:amd64 2.36-9 <none>
        status half-configured libc-bin:amd64 2.36-9
        status installed libc-bin:amd64 2.36-9
        trigproc a:all 1 <none>
        status half-configured a:all 1
        status installed a:all 1
        configure a:all 1 <none>
        status installed a:all 1

        """)
    #expect(drafts.count == 2)
    #expect(log.deployed == [DpkgLog.Package(name: "a:all", version: "1", isSettled: true)])
  }

  @Test("a deployment that awaits the triggers of others goes on until it is installed")
  func awaitsTriggers() throws {
    let drafts = try read(
      """
      install a:all <none> 1
      status half-installed a:all 1
      status unpacked a:all 1
      configure a:all 1 <none>
      status half-configured a:all 1
      status triggers-awaited a:all 1
      trigproc dbus:amd64 1.14 <none>
      status half-configured dbus:amd64 1.14
      status installed dbus:amd64 1.14
      status installed a:all 1
      """
    ).drafts
    #expect(try drafts.told.last == "finished release/a:all/1 2026-11-24T06:00:09Z succeeded")
  }

  @Test("a package that changes its architecture is removed on the old and deployed on the new one")
  func changesArchitecture() throws {
    let (drafts, log) = try read(
      Self.installed("e:amd64", "1") + """
        upgrade e:amd64 1 1
        status half-configured e:amd64 1
        status unpacked e:amd64 1
        status half-installed e:amd64 1
        status unpacked e:all 1
        configure e:all 1 1
        status half-configured e:all 1
        status installed e:all 1

        """)
    #expect(
      try drafts.told.suffix(3) == [
        "started release/e:all/1 2026-11-24T06:00:06Z",
        "removed release/e:amd64/1 2026-11-24T06:00:10Z another package took its place",
        "finished release/e:all/1 2026-11-24T06:00:13Z succeeded",
      ])
    #expect(log.deployed.map(\.name) == ["e:all", "e:amd64"])
    #expect(log.deployed.map(\.version) == ["1", nil])
  }

  @Test("two architectures side by side are two packages")
  func multiArch() throws {
    let (drafts, log) = try read(
      """
      install ma:amd64 <none> 1
      status half-installed ma:amd64 1
      status unpacked ma:amd64 1
      install ma:i386 <none> 1
      status half-installed ma:i386 1
      status unpacked ma:i386 1
      configure ma:amd64 1 1
      status installed ma:amd64 1
      configure ma:i386 1 1
      status installed ma:i386 1
      remove ma:i386 1 <none>
      status half-configured ma:i386 1
      status not-installed ma:i386 <none>
      """)
    #expect(drafts.count == 5)
    #expect(log.deployed.map(\.version) == ["1", nil])
  }

  @Test("a package that left configuration files behind is installed anew")
  func fromConfigFiles() throws {
    let drafts = try read(
      """
      install c:amd64 2 4
      status half-installed c:all 2
      status unpacked c:amd64 4
      configure c:amd64 4 4
      status half-configured c:amd64 4
      status installed c:amd64 4
      """
    ).drafts
    #expect(try drafts.told.map { $0.split(separator: " ")[0] } == ["started", "finished"])
  }

  /// A log whose lines are a second apart, read whole.
  func read(_ lines: String) throws -> (drafts: [Draft], log: DpkgLog) {
    var log = DpkgLog(host: "deb", clock: .utc)
    let drafts = try log.read(Self.timed(lines).utf8)
    #expect(log.endFile() == nil)
    return (drafts, log)
  }

  static func timed(_ lines: String) -> String {
    lines.split(separator: "\n").enumerated().map { index, line in
      let (minute, second) = (index / 60, index % 60)
      return "2026-11-24 06:\(minute < 10 ? "0" : "")\(minute):\(second < 10 ? "0" : "")\(second) \(line)\n"
    }.joined()
  }

  /// The lines of an installation: six.
  static func installed(_ package: String, _ version: String) -> String {
    """
    install \(package) <none> \(version)
    status half-installed \(package) \(version)
    status unpacked \(package) \(version)
    configure \(package) \(version) \(version)
    status half-configured \(package) \(version)
    status installed \(package) \(version)

    """
  }

  /// The lines of an upgrade: eight.
  static func upgraded(_ package: String, _ old: String, _ new: String) -> String {
    """
    upgrade \(package) \(old) \(new)
    status half-configured \(package) \(old)
    status unpacked \(package) \(old)
    status half-installed \(package) \(old)
    status unpacked \(package) \(new)
    configure \(package) \(new) \(new)
    status half-configured \(package) \(new)
    status installed \(package) \(new)

    """
  }
}
