internal import RelmDomain

/// A tag of a Git repository that names a commit.
package struct GitTag: Sendable, Equatable {
  /// What `refs/tags/` has it under: "v1.4", "2026/11".
  package let name: String
  /// Hash of what the tag points to: the tag object of an annotated tag, otherwise the commit.
  package let object: String
  /// Hash of the commit.
  package let commit: String
  /// Whether it is a tag object with a tagger and a message of its own.
  package let isAnnotated: Bool
  /// E-mail of who tagged it; of a lightweight tag, of who committed. Nil where Git has none.
  package let account: String?
  /// When it was tagged; for a lightweight tag, when it was committed.
  package let tagged: Moment
  /// When the commit was made.
  package let committed: Moment
  /// First line of the tag's message; for a lightweight tag, of the commit's.
  package let summary: String

  /// A moment as Git keeps it.
  package struct Moment: Sendable, Equatable {
    package let unixSeconds: Int64
    /// Minutes ahead of UTC where it was written.
    package let offsetMinutes: Int

    /// RFC 3339, with the offset kept.
    package var text: String {
      let local = CivilTime(seconds: unixSeconds + Int64(offsetMinutes) * 60).text
      guard offsetMinutes != 0 else { return local + "Z" }
      func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let minutes = abs(offsetMinutes)
      return local + (offsetMinutes < 0 ? "-" : "+") + digits(minutes / 60) + ":" + digits(minutes % 60)
    }
  }
}

extension GitTag {
  /// The release that the tag names, as a subject: `release/<repository>/<tag>`, or what a pattern made of its name.
  package func subject(in repository: String, as release: TagRelease? = nil) -> String {
    Subject.release(package: release?.package ?? repository, version: release?.version ?? name).description
  }

  /// Which kind of tag it is, for a person.
  package var kind: String { isAnnotated ? "annotated" : "lightweight" }

  /// How the events of a tag are made.
  package enum Form: Sendable {
    /// As imports made them that did not say which kind of tag it is: for what such a one has recorded.
    case early
    case current
    /// What the tag names since it was moved, where that is as old as what it names, or was recorded before: nobody knows when
    /// it was moved, so that it happened when it is recorded. Holds the id of the event before.
    case again(after: String)

    fileprivate var tellsKind: Bool {
      switch self {
      case .early: false
      case .current, .again: true
      }
    }
  }

  /// `relm.release.planned`: a tag is the first that a repository says of a release.
  ///
  /// A tag that was moved is a new object and gives a new event. The release is planned already then, so whoever
  /// appends leaves this out where the ledger has the release, and appends what was published alone.
  package func planned(in repository: String, as release: TagRelease? = nil, source: String? = nil) -> Draft {
    let id = id(of: "release.planned", repository, release)
    return draft(
      "release.planned", id, tagged.text, subject(in: repository, as: release), in: repository, source
    ) { writer in
      writer.beginObject()
      writer.key("class")
      writer.string("normal")
      writer.key("commits")
      writer.beginArray()
      writer.beginObject()
      writer.key("committedAt")
      writer.string(committed.text)
      writer.key("id")
      writer.string(commit)
      writer.endObject()
      writer.endArray()
      if !summary.isEmpty {
        writer.key("purpose")
        writer.string(summary)
      }
      writer.endObject()
    }
  }

  /// When it was given to its commit; nil where nobody knows.
  package func time(_ form: Form) -> String? {
    switch form {
    case .early, .current: tagged.text
    case .again: nil
    }
  }

  /// The id of the event that publishes it.
  package func publishedID(in repository: String, as release: TagRelease? = nil, _ form: Form = .current)
    -> String
  {
    switch form {
    case .early: id(of: "package.published", repository, release)
    case .current: id(of: "package.published", repository, release, kind)
    case .again(let last): id(of: "package.published", repository, release, kind, last)
    }
  }

  /// `relm.package.published`: under this name there is this commit to be had. A moved tag publishes another digest
  /// under the same name, and the release's history shows both.
  package func published(
    in repository: String, as release: TagRelease? = nil, source: String? = nil, _ form: Form = .current
  ) -> Draft {
    let id = publishedID(in: repository, as: release, form)
    return draft(
      "package.published", id, time(form), subject(in: repository, as: release), in: repository, source
    ) { writer in
      writer.beginObject()
      writer.key("digest")
      writer.string("gitCommit:\(commit)")
      writer.key("name")
      writer.string(release?.package ?? repository)
      if form.tellsKind {
        writer.key("references")
        writer.beginArray()
        writer.string("refs/tags/\(PathSegment.encoded(name))#\(kind)")
        writer.endArray()
      }
      writer.key("tool")
      writer.beginObject()
      writer.key("name")
      writer.string("git")
      writer.endObject()
      writer.endObject()
    }
  }

  /// The id follows from the repository's name, the tag's name and its object, whose hash covers all that the event
  /// says: tagger, time, message and commit.
  private func id(of type: String, _ repository: String, _ release: TagRelease?, _ more: String...) -> String {
    let named = release.map { [$0.package, $0.version] } ?? []
    return ContentID.uuid(["relm git tag event v1", type, repository, name, object, commit] + named + more)
  }

  private func draft(
    _ type: String, _ id: String, _ time: String?, _ subject: String, in repository: String, _ source: String?,
    data: (inout CanonicalWriter) -> Void
  ) -> Draft {
    precondition(!repository.isEmpty, "a repository has a name")
    return Draft(
      id: id, source: source ?? Self.source(of: repository), type: "relm.\(type)", subject: subject, time: time,
      account: account, origin: "tag \(name)", data: data)
  }

  /// What the tags of a repository come from, where nobody says otherwise.
  package static func source(of repository: String) -> String { "/git/\(PathSegment.encoded(repository))" }
}
