import Foundation
import Testing

/// Who wrote a commit, with the pseudonyms that real people have.
@Suite("The authors of a commit, over releases")
struct CommitAuthorTests {
  @Test(
    "whoever one release names as a commit's author does not approve it in another that names somebody else")
  func elsewhere() throws {
    let desk = try Desk.withLedger()
    try desk.record(
      "policy.adopted", "policy/p",
      #"document:={"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"approved","quorum":1,"level":5,"separate":["author"],"scopes":["deployment"]}]}"#
    )
    for person in ["bo", "dev"] {
      _ = try desk.done("person", "link", "\(person)@example.org", "\(person)@home.example")
    }
    let commit = String(repeating: "ab", count: 20)
    try desk.record("authority.granted", "person/bo@example.org", "level=5", "contexts=production")
    for (version, author) in [("1", "bo@example.org"), ("2", "dev@example.org")] {
      try desk.record(
        "release.planned", "release/app/\(version)", "class=normal", "commits.id=\(commit)",
        "commits.authors=\(author)")
    }
    _ = try desk.done(
      "record", "approval.given", "-s", "release/app/2", "scope=deployment", "--actor", "bo@example.org")
    let run = try desk.relm("gate", "app/2", "--to", "production/eu", "--dry-run")
    #expect(run.status == 1 && run.text.contains("approved"), "\(run.text)\(run.remarks)")
  }
}
