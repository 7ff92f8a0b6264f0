internal import RelmDomain

/// What has become of a tag since it was taken in: a name that means another commit now, or none.
///
/// Whoever has built from the name before has built something else; so it is recorded as a result that is not what it
/// should be, and no import says no more than "recorded" of it.
package struct TagFinding: Sendable, Equatable {
  /// The tag's name, or the release's version where the name is not known any more.
  package let name: String
  /// The release that it names.
  package let subject: String
  /// The commit that it named.
  package let before: String
  /// The commit that it names now; nil where there is no such tag any more.
  package let now: String?
  /// The id of the event that published it last.
  package let last: String
  /// When it was tagged anew; nil where that is not known.
  package let time: String?

  package init(name: String, subject: String, before: String, now: String?, last: String, time: String? = nil) {
    self.name = name
    self.subject = subject
    self.before = before
    self.now = now
    self.last = last
    self.time = time
  }

  /// What is found, in words, with both commits.
  package var words: String {
    guard let now else { return "the tag \(name) is no longer there; it named \(before)" }
    return "the tag \(name) was moved: it named \(before) before, and names \(now) now"
  }

  /// The id of the event that says so: one for each time.
  package var id: String { ContentID.uuid(["relm git tag finding v1", subject, before, now ?? "", last]) }

  /// `relm.result.logged`, failed: a tag should stay where it is.
  package func draft(source: String) -> Draft {
    Draft(
      id: id, source: source, type: "relm.result.logged", subject: subject, time: time, origin: "tag \(name)"
    ) { writer in
      writer.beginObject()
      writer.key("of")
      writer.string("tag \(name)")
      writer.key("outcome")
      writer.string("failed")
      writer.key("result")
      writer.string(words)
      writer.key("tool")
      writer.beginObject()
      writer.key("name")
      writer.string("git")
      writer.endObject()
      writer.endObject()
    }
  }
}
