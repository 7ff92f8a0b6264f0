import RelmDomain
import Testing

@Suite("Versions stand in the order of versions")
struct VersionOrderTests {
  /// Puts versions into their order, from any other.
  private func sorted(_ versions: [String], of package: String = "api") -> [String] {
    let found = VersionOrder.sorted(versions, of: package)
    #expect(VersionOrder.sorted(Array(versions.reversed()), of: package) == found)
    #expect(VersionOrder.sorted(versions.sorted(), of: package) == found)
    return found
  }

  @Test("semantic versions have the precedence of SemVer 2.0.0, section 11")
  func semantic() {
    let ordered = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
      "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0",
    ]
    #expect(sorted(ordered) == ordered)
  }

  @Test("numbers in versions may have any length, and a v before them tells nothing")
  func numbers() {
    let ordered = ["v1.9.0", "1.10.0", "v1.11.0", "1.18446744073709551616.0", "1.18446744073709551617.0"]
    #expect(sorted(ordered) == ordered)
  }

  @Test("what is built anew is no later version; the order of such is that of their bytes")
  func builds() { #expect(sorted(["1.0.0+2", "1.0.0+10", "1.0.0"]) == ["1.0.0", "1.0.0+10", "1.0.0+2"]) }

  @Test("Debian's versions have dpkg's order: epoch, tilde, letters, the rest, and revisions")
  func debian() {
    let ordered = [
      "1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1", "1.0-1+b1", "1.0-1.1", "1.0a", "1.0+dfsg-1", "1.0.1", "1.9",
      "1.10",
      "1:0.1",
    ]
    #expect(sorted(ordered, of: "libc6:amd64") == ordered)
    #expect(sorted(["1.0.0-1", "1.0.0"], of: "libc6:amd64") == ["1.0.0", "1.0.0-1"])
    #expect(sorted(["1.0.0-1", "1.0.0"], of: "pkg:deb/debian/libc6") == ["1.0.0", "1.0.0-1"])
    #expect(sorted(["1.0.0-1", "1.0.0"], of: "pkg:npm/a:b") == ["1.0.0-1", "1.0.0"])
  }

  @Test(
    "one version that is not semantic makes the order dpkg's, and pre-releases still come before their release")
  func mixed() {
    let ordered = [
      "1.9.0", "1.10.0-rc.2", "1.10.0-rc.10", "1.10.0", "1.11", "2026.01.3", "2026.11.2", "latest",
    ]
    #expect(sorted(ordered) == ordered)
  }

  @Test("any versions have one order, whatever order they come in", arguments: 1...40)
  func total(seed: Int) {
    var number = UInt64(seed)
    func pick(_ parts: [String]) -> String {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return parts[Int(number >> 33) % parts.count]
    }
    let parts = ["1", "10", "2", ".", ".", "-", "~", "a", "rc", "+", ":", "0", "v"]
    let versions = Set((0..<8).map { _ in (0..<5).map { _ in pick(parts) }.joined() })
    let orders = (0..<6).map { turn in
      VersionOrder.sorted(
        versions.sorted { ($0 + "\(turn)").hashValue < ($1 + "\(turn)").hashValue }, of: "api")
    }
    #expect(Set(orders).count == 1, "seed \(seed): \(versions)")
  }

  @Test("names stand in the order of words, whatever the case of their letters")
  func words() {
    #expect(
      ["Zeta", "alpha", "Alpha", "beta"].sorted(by: NameOrder.precedes) == ["Alpha", "alpha", "beta", "Zeta"])
  }
}
