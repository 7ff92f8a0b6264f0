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
  /// The release that the tag names, as a subject: `release/<repository>/<tag>`.
  package func subject(in repository: String) -> String {
    Subject.release(package: repository, version: name).description
  }

  /// `relm.release.planned`: a tag is the first that a repository says of a release.
  ///
  /// A tag that was moved is a new object and gives a new event. The release is planned already then, so whoever
  /// appends leaves this out where the ledger has the release, and appends ``published(in:source:)`` alone.
  package func planned(in repository: String, source: String? = nil) -> Draft {
    draft("release.planned", in: repository, source: source) { writer in
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

  /// `relm.package.published`: under this name there is this commit to be had. A moved tag publishes another digest
  /// under the same name, and the release's history shows both.
  package func published(in repository: String, source: String? = nil) -> Draft {
    draft("package.published", in: repository, source: source) { writer in
      writer.beginObject()
      writer.key("digest")
      writer.string("gitCommit:\(commit)")
      writer.key("name")
      writer.string(repository)
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
  private func draft(
    _ type: String, in repository: String, source: String?, data: (inout CanonicalWriter) -> Void
  ) -> Draft {
    precondition(!repository.isEmpty, "a repository has a name")
    return Draft(
      id: ContentID.uuid(["relm git tag event v1", type, repository, name, object, commit]),
      source: source ?? "/git/\(PathSegment.encoded(repository))", type: "relm.\(type)",
      subject: subject(in: repository), time: tagged.text, account: account, origin: "tag \(name)", data: data)
  }
}
