import Foundation
import RelmBytes
import RelmDomain
import RelmProof
import RelmVault
import Testing

@Suite("personal text is sealed under its person's key")
struct SealedTests {
  let temporary: TemporaryVault
  let ana: PersonID
  let place = SealedPlace(source: "/ci/payments", id: "e-1", pointer: "/data/note")
  var vault: Vault { temporary.vault }

  init() throws {
    temporary = try TemporaryVault(entropy: SeededBytes(seed: 7).entropy)
    ana = try temporary.vault.personMaking(account: "ana@example.org")
  }

  @Test(
    "what was sealed opens again",
    arguments: ["Call Ben at 5", "", "ü\u{0}\n\"", String(repeating: "long ", count: 4000)])
  func opens(text: String) throws {
    let sealed = try vault.seal(text, for: ana, at: place)
    #expect(try temporary.reopened().open(sealed, at: place) == .text(text))
  }

  @Test("the stored form is canonical JSON that names algorithm, ciphertext, nonce and person")
  func form() throws {
    let sealed = String(decoding: try vault.seal("Call Ben", for: ana, at: place), as: UTF8.self)
    let form =
      /^\{"sealed":\{"alg":"chacha20-poly1305","ciphertext":"([A-Za-z0-9+\/=]+)","nonce":"([A-Za-z0-9+\/]{16})","person":"(.+)"\}\}$/
    let match = try #require(try form.wholeMatch(in: sealed))
    #expect(match.3 == ana.text)
    #expect(Base64.decode(match.1)?.count == "Call Ben".utf8.count + 16)
  }

  @Test("a known answer: the stored form of one text stays what it is")
  func knownAnswer() throws {
    // Made with this program and opened with another implementation of RFC 5869, RFC 2104 and RFC 8439.
    let sealed = String(decoding: try vault.seal("Call Ben", for: ana, at: place), as: UTF8.self)
    #expect(sealed == Self.known)
  }

  @Test("the same text at the same place gives the same bytes")
  func repeatable() throws {
    let first = try vault.seal("Call Ben", for: ana, at: place)
    #expect(try temporary.reopened().seal("Call Ben", for: ana, at: place) == first)
  }

  @Test("another text, event, field or person gives another nonce and ciphertext")
  func distinct() throws {
    let ben = try vault.personMaking(account: "ben")
    var forms = [
      try vault.seal("Call Ben", for: ana, at: place), try vault.seal("Call Bea", for: ana, at: place),
    ]
    for other in Self.otherPlaces { forms.append(try vault.seal("Call Ben", for: ana, at: other)) }
    forms.append(try vault.seal("Call Ben", for: ben, at: place))
    let nonces = try forms.map {
      try #require(String(decoding: $0, as: UTF8.self).firstMatch(of: /"nonce":"(.{16})"/)).1
    }
    #expect(Set(nonces).count == forms.count)
    #expect(Set(forms).count == forms.count)
  }

  @Test("moved to another event or field it does not open", arguments: otherPlaces)
  func moved(other: SealedPlace) throws {
    let sealed = try vault.seal("Call Ben", for: ana, at: place)
    guard case .unreadable = try vault.open(sealed, at: other) else { return #expect(Bool(false), "it opened") }
  }

  @Test("no flipped bit of ciphertext or nonce goes unseen")
  func flipped() throws {
    let sealed = String(decoding: try vault.seal("Call Ben", for: ana, at: place), as: UTF8.self)
    var tried = 0
    for field in ["ciphertext", "nonce"] {
      let text = try #require(try Regex("\"\(field)\":\"([^\"]+)\"").firstMatch(in: sealed)?[1].substring)
      let bytes = try #require(Base64.decode(text))
      for bit in 0..<bytes.count * 8 {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        let form = sealed.replacingOccurrences(of: text, with: Base64.encode(changed))
        let opened = try vault.open(Array(form.utf8), at: place)
        guard case .unreadable = opened else { return #expect(Bool(false), "\(field), bit \(bit): \(opened)") }
        tried += 1
      }
    }
    #expect(tried == (8 + 16 + 12) * 8)
  }

  @Test("after an erasure it is erased, and nothing more is sealed")
  func erased() throws {
    let sealed = try vault.seal("Call Ben", for: ana, at: place)
    try vault.erase(ana)
    #expect(try vault.open(sealed, at: place) == .erased)
    #expect(throws: VaultError.erased(ana)) { try vault.seal("again", for: ana, at: place) }
  }

  @Test("another vault, a damaged file or another form makes it unreadable, never a crash or a text")
  func unreadable() throws {
    let sealed = try vault.seal("Call Ben", for: ana, at: place)
    let other = try TemporaryVault()
    let text = String(decoding: sealed, as: UTF8.self)
    try #require(try isUnreadable(sealed, in: other.vault))
    for form in [
      "", "{}", "{\"sealed\":{}}", "{\"sealed\":\"x\"}",
      text.replacingOccurrences(of: "chacha20", with: "rot13"),
      text.replacingOccurrences(of: "\"nonce\":\"", with: "\"nonce\":\"*"), String(text.dropLast()), "\(text) ",
    ] {
      #expect(try isUnreadable(Array(form.utf8), in: vault), "\(form)")
    }
    try temporary.write("{", to: "\(vault.folder)/people/\(ana.text.dropFirst(7)).json")
    #expect(try isUnreadable(sealed, in: vault))
  }

  @Test("text can be sealed for somebody who is only proposed, and opens once they are made")
  func proposed() throws {
    var proposals = vault.proposals()
    let ben = try proposals.person(of: "ben")
    let sealed = try proposals.seal("Call Ana", for: ben, at: place)
    #expect(try isUnreadable(sealed, in: vault))
    try proposals.commit()
    #expect(try vault.open(sealed, at: place) == .text("Call Ana"))
    #expect(try vault.seal("Call Ana", for: ben, at: place) == sealed)
    #expect(try proposals.seal("Call Ben", for: ana, at: place) == vault.seal("Call Ben", for: ana, at: place))
  }

  private func isUnreadable(_ sealed: [UInt8], in vault: Vault) throws -> Bool {
    if case .unreadable = try vault.open(sealed, at: place) { return true }
    return false
  }

  static let otherPlaces = [
    SealedPlace(source: "/ci/payments", id: "e-2", pointer: "/data/note"),
    SealedPlace(source: "/ci/payment", id: "se-1", pointer: "/data/note"),
    SealedPlace(source: "/ci/payments", id: "e-1", pointer: "/data/reason"),
    SealedPlace(source: "/ci/payments", id: "e-1/data", pointer: "/note"),
  ]

  static let known =
    #"{"sealed":{"alg":"chacha20-poly1305","ciphertext":"OP87EA24AbmAgArqhbUdW1Ac2HUieL02","nonce":"5G4bYGObonPklPIt","#
    + #""person":"person:5e3f3191-e903-4814-9b76-03b34070dda2"}}"#
}
