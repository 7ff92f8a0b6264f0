package import RelmDomain

/// What a vault is found to be when all of it is read.
package struct VaultFindings: Sendable, Equatable {
  /// What does not fit, each with its place and what to do.
  package var problems: [String] = []
  /// Files that do not belong there; they say nothing of what does.
  package var strays: [String] = []
  /// How many people it has, the erased among them.
  package var people = 0
  /// Whom a file still tells of although they are erased.
  package var unerased: [PersonID] = []

  package init() {}
}

extension Vault {
  /// Reads every file of the vault, and holds them against each other.
  ///
  /// An account belongs to one person, in the person's file and in its entry; a file is about whom its name says, and
  /// bears its seal; two people have not one name.
  ///
  /// - Parameters:
  ///   - erased: whom the log says is erased.
  ///   - isSame: whether two pseudonyms stand for one human, who has one name.
  /// - Throws: `file` and `exposed`, which say nothing of what the files hold, and what `isSame` throws. What is wrong with
  ///   that is in the result.
  package func verify(
    erased: Set<PersonID>, isSame: (PersonID, PersonID) throws -> Bool
  ) throws -> VaultFindings {
    var findings = VaultFindings()
    // A vault of an earlier version has none, until somebody writes to it.
    let seal = try told({ () throws(VaultError) in try self.seal() }, &findings)
    var owners: [String: PersonID] = [:]
    var names: [String: PersonID] = [:]
    for name in try VaultFiles.names(in: people)
    where ![".new", "erased"].contains(where: name.hasSuffix) {
      guard let person = Self.person(ofFile: name) else {
        findings.strays.append("\(people)/\(name) is no person's file. Move it away")
        continue
      }
      guard let file = try told({ () throws(VaultError) in try stored(person) }, &findings) else { continue }
      findings.people += 1
      if seal.map({ !$0.holds(file) }) ?? (file.mac != nil) {
        findings.problems.append(
          "\(self.file(of: person)) is not as it was written: its seal does not hold. Restore it from the vault's backup"
        )
      }
      if erased.contains(person), !file.isErased { findings.unerased.append(person) }
      try check(file, &owners, &names, isSame, &findings)
    }
    try checkEntries(owners, &findings)
    return findings
  }

  /// A person's accounts and names against those of everybody before.
  private func check(
    _ file: PersonFile, _ owners: inout [String: PersonID], _ names: inout [String: PersonID],
    _ isSame: (PersonID, PersonID) throws -> Bool, _ findings: inout VaultFindings
  ) throws {
    for account in file.accounts {
      guard let key = try told({ () throws(VaultError) in try Account(account) }, &findings) else { continue }
      // One that the entry does not give to anybody, or to somebody else, was broken off; it counts for nobody.
      guard let owner = try told({ () throws(VaultError) in try pointed(key) }, &findings),
        owner == file.person
      else { continue }
      owners[key.fileName] = file.person
    }
    for name in file.names {
      let folded = PersonName.folded(name)
      if let other = names[folded], try !isSame(other, file.person) {
        findings.problems.append(
          "\(other.text) and \(file.person.text) have the same name. Name one of them anew: relm person name")
      }
      names[folded] = file.person
    }
  }

  /// Every entry leads to the person who has its account.
  private func checkEntries(_ owners: [String: PersonID], _ findings: inout VaultFindings) throws {
    for name in try VaultFiles.names(in: accounts) where !name.hasSuffix(".new") {
      guard owners[name] == nil else { continue }
      findings.problems.append(
        "\(accounts)/\(name) leads to nobody who has that account. Restore the vault from its backup, or delete the "
          + "entry: the account then gets a new pseudonym when it is met again")
    }
  }

  /// What a look at a file gives; nil where it does not read, which is then said.
  private func told<Value>(
    _ body: () throws(VaultError) -> Value?, _ findings: inout VaultFindings
  ) throws -> Value? {
    do throws(VaultError) {
      return try body()
    } catch .file(let error) {
      throw VaultError.file(error)
    } catch .exposed(let file, let mode) {
      throw VaultError.exposed(file: file, mode: mode)
    } catch {
      findings.problems.append(error.description)
      return nil
    }
  }
}
