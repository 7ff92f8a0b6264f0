import Foundation
import RelmBytes
import RelmDomain
import RelmVault
import Testing

@Suite("any number of processes agree on who an account is")
struct RaceTests {
  @Test(
    "many that meet the same new accounts at once make one person for each", arguments: [1, 2, 3] as [UInt64])
  func sameAccounts(seed: UInt64) async throws {
    let temporary = try TemporaryVault()
    let accounts = (0..<12).map { "account-\($0)@example.org" }
    // A handle for each: a vault keeps nothing in memory, so threads race exactly as processes do.
    let answers = try await withThrowingTaskGroup(of: [String: String].self) { group in
      for worker in 0..<8 {
        group.addTask {
          let vault = try temporary.reopened()
          var generator = SplitMix64(seed: seed &* 1000 + UInt64(worker))
          var answers: [String: String] = [:]
          for account in accounts.shuffled(using: &generator) {
            answers[account] = try vault.personMaking(account: account).text
          }
          return answers
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for answer in answers { #expect(answer == answers[0], "seed \(seed)") }
    #expect(try temporary.vault.list().count == accounts.count)
    // Neither a lost nor a double person, and no rubbish.
    #expect(try temporary.files(in: "people").count == accounts.count)
    #expect(try temporary.files(in: "accounts").count == accounts.count)
  }

  @Test("names and accounts given to one person at once are all kept")
  func samePerson() async throws {
    let temporary = try TemporaryVault()
    let ana = try temporary.vault.personMaking(account: "ana")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          try temporary.reopened().addAccount("ana-\(worker)", to: ana)
          try temporary.reopened().setName("Ana \(worker)", of: ana)
        }
      }
      try await group.waitForAll()
    }
    let description = try #require(try temporary.vault.describe(ana))
    #expect(Set(description.accounts) == Set(["ana"] + (0..<8).map { "ana-\($0)" }))
    #expect(description.names.count == 1)
  }

  @Test("proposals leave no trace until they are committed")
  func proposals() throws {
    let temporary = try TemporaryVault()
    let ben = try temporary.vault.personMaking(account: "ben")
    let before = try temporary.everything()
    var proposals = temporary.vault.proposals()
    let ana = try proposals.person(of: "ana@example.org")
    #expect(try proposals.person(of: " ana@EXAMPLE.org") == ana)
    #expect(try proposals.person(of: "ben") == ben)
    #expect(proposals.newPeople.map(\.person) == [ana])
    #expect(try temporary.everything() == before)
    #expect(try temporary.vault.person(of: "ana@example.org") == nil)
    try proposals.commit()
    #expect(proposals.isEmpty)
    #expect(try temporary.reopened().person(of: "ana@example.org") == ana)
    try proposals.commit()
  }

  @Test("a proposal that somebody else was quicker with is a conflict, and theirs is found the next time")
  func conflict() throws {
    let temporary = try TemporaryVault()
    var proposals = temporary.vault.proposals()
    let ours = try proposals.person(of: "ana")
    let other = try proposals.person(of: "ben")
    let theirs = try temporary.reopened().personMaking(account: "ana")
    #expect(throws: VaultError.conflict(account: "ana")) { try proposals.commit() }
    #expect(ours != theirs)
    #expect(try proposals.person(of: "ana") == theirs)
    // The rest of the input's people were made, and nothing is left of ours.
    #expect(try temporary.vault.person(of: "ben") == other)
    #expect(try temporary.files(in: "people").count == 2)
    #expect(try temporary.files(in: "accounts").count == 2)
  }

  @Test("somebody who makes the same account between our look and our link wins, and we answer with theirs")
  func betweenLookAndLink() throws {
    let temporary = try TemporaryVault()
    let rival = try temporary.reopened()
    let vault = try temporary.reopened(
      entropy: Entropy { count in
        // The key is asked for after the look: the rival slips in here.
        do { _ = try rival.personMaking(account: "ana") } catch { Issue.record(error) }
        return (0..<count).map { _ in UInt8.random(in: .min ... .max) }
      })
    let answer = try vault.personMaking(account: "ana")
    #expect(try rival.person(of: "ana") == answer)
    #expect(try temporary.files(in: "people").count == 1)
  }
}
