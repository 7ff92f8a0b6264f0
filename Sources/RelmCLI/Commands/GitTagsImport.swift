internal import ArgumentParser
internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger
internal import RelmViews

extension ImportCommand {
  struct GitTagsImport: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "git-tags", abstract: "A repository's tags, as planned and published releases.",
      discussion: """
        Each tag is a release of the package, under the tag's name; a tag of a tag is that of the commit that both lead to. \
        With --package-from a regular expression takes package and version out of the name, by its groups package and \
        version or by its first two: '^(.+)-v(.+)$' makes release/proj1/1.2 of proj1-v1.2, and '^(.+)/v?([^/]+)$' \
        release/foo/2 of foo/v2. Tags that it does not match stay those of the package.

        A tag that names another commit than at the last import was moved, and one that is gone was deleted: both are said, \
        with the commits, and recorded as a result that is not what it should be.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "The repository.", completion: .directory)
    var repository: String

    @Option(help: "The package's name; else the name of the repository's folder.")
    var package: String?

    @Option(
      name: .customLong("package-from"),
      help: ArgumentHelp(
        "Take package and version from the tag's name, as its two groups say.", valueName: "regex"))
    var packageFrom: String?

    @Option(help: "The events' source; else /git/PACKAGE.")
    var source: String?

    @Flag(help: "Print the events as NDJSON instead of appending them.")
    var print = false

    @Flag(name: .shortAndLong, help: "Print no line per event.")
    var quiet = false

    func run() throws {
      guard Files.exists(repository) else {
        throw CommandFailure(.noInput, "there is no repository \(repository)")
      }
      let naming: TagNaming
      do {
        naming = try TagNaming(
          repository: package ?? Self.folderName(Files.absolute(repository)), pattern: packageFrom)
      } catch {
        throw CommandFailure(.usage, "--package-from: \(error)")
      }
      let tags = try listed()
      for other in tags.others { Terminal.remark("relm: \(other) names no commit, so it is no release") }
      if tags.tags.isEmpty {
        Terminal.remark("relm: \(repository) has no tags")
      } else {
        let annotated = tags.tags.count { $0.isAnnotated }
        Terminal.remark("relm: \(annotated) annotated tags, \(tags.tags.count - annotated) lightweight ones")
      }
      let source = source ?? GitTag.source(of: naming.repository)
      guard !print else {
        let drafts = tags.tags.flatMap { tag -> [Draft] in
          let release = naming.named(by: tag.name)
          return [
            tag.planned(in: naming.repository, as: release, source: source),
            tag.published(in: naming.repository, as: release, source: source),
          ]
        }
        return try ImportOutput(print: true, quiet: quiet).take(drafts, ledger, try output.chosen())
      }
      let known = try KnownTags(ledger.open(), naming, source: source)
      let (drafts, findings) = try known.drafts(of: tags.tags)
      try ImportOutput(print: false, quiet: quiet).take(drafts, ledger, try output.chosen())
      for finding in findings { Terminal.remark("relm: \(finding.words)") }
    }

    private func listed() throws -> GitTags {
      let listing = try ChildProcess.output(
        of: "git",
        ["-C", repository, "for-each-ref", "--sort=creatordate", "--format=" + GitTags.format, "refs/tags"])
      var trouble: (any Error)?
      defer { if let trouble { Terminal.remark("relm: \(trouble)") } }
      do {
        return try GitTags(listing) { reference in
          do {
            return try commit(of: reference)
          } catch {
            trouble = error
            return nil
          }
        }
      } catch {
        throw CommandFailure(.badInput, "\(repository): \(error). Nothing was appended")
      }
    }

    /// What Git says of the commit that a tag of a tag leads to; nil where that is none.
    private func commit(of reference: String) throws -> [UInt8]? {
      do {
        return try ChildProcess.output(
          of: "git",
          [
            "-C", repository, "log", "-1", "--format=" + GitTags.commitFormat, "--date=raw",
            reference + "^{commit}", "--",
          ])
      } catch let failure as CommandFailure where failure.status == .badInput {
        return nil
      }
    }

    /// `acme` for `/src/acme`, `/src/acme/.git` and `/src/acme.git`.
    static func folderName(_ path: String) -> String {
      let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".git" }
      let last = parts.last.map(String.init) ?? "repository"
      return last.hasSuffix(".git") && last.count > 4 ? String(last.dropLast(4)) : last
    }
  }
}

/// What earlier imports have recorded of a repository's tags.
private struct KnownTags {
  private let ledger: Ledger
  private let naming: TagNaming
  private let source: String
  /// What was published under each release, in the order of the log.
  private let published: [String: [(id: String, commit: String)]]
  /// The ids of all that was recorded.
  private let ids: Set<String>

  init(_ ledger: Ledger, _ naming: TagNaming, source: String) throws {
    self.ledger = ledger
    self.naming = naming
    self.source = source
    var published: [String: [(id: String, commit: String)]] = [:]
    var ids: Set<String> = []
    for event in try ledger.events(from: source) {
      ids.insert(event.record.envelope.id)
      guard case .release(.packagePublished(let data)) = event.event, data.digest.text.hasPrefix(Self.commit)
      else {
        continue
      }
      published[event.record.envelope.stream, default: []].append(
        (event.record.envelope.id, String(data.digest.text.dropFirst(Self.commit.count))))
    }
    self.published = published
    self.ids = ids
  }

  private static let commit = "gitCommit:"

  /// The events to append, and what is found of tags that were moved or deleted.
  func drafts(of tags: [GitTag]) throws -> (drafts: [Draft], findings: [TagFinding]) {
    var drafts: [Draft] = []
    var findings: [TagFinding] = []
    var named: Set<String> = []
    for tag in tags {
      let release = naming.named(by: tag.name)
      let (package, version) = (release?.package ?? naming.repository, release?.version ?? tag.name)
      let subject = tag.subject(in: naming.repository, as: release)
      // Under its own name too: an earlier import had no pattern, or another one.
      named.formUnion([subject, tag.subject(in: naming.repository)])
      let published = published[subject] ?? []
      // A release that somebody has planned already keeps that plan; its tag is still published.
      let row = try ledger.withViews { rows, _ in
        try Releases.row(Releases.key(package: package, version: version), in: rows)
      }
      if row?.plan == nil { drafts.append(tag.planned(in: naming.repository, as: release, source: source)) }
      let form = form(of: tag, release, published)
      drafts.append(tag.published(in: naming.repository, as: release, source: source, form))
      if let last = published.last, last.commit != tag.commit {
        findings.append(
          TagFinding(
            name: tag.name, subject: subject, before: last.commit, now: tag.commit, last: last.id,
            time: tag.time(form)))
      }
    }
    findings += deleted(besides: named)
    return (drafts + findings.map { $0.draft(source: source) }, findings)
  }

  /// As the event was made that is there already; what was moved away and back is told once more.
  private func form(
    of tag: GitTag, _ release: TagRelease?, _ published: [(id: String, commit: String)]
  ) -> GitTag.Form {
    func isKnown(_ form: GitTag.Form) -> Bool {
      let id = tag.publishedID(in: naming.repository, as: release, form)
      return published.contains { $0.id == id }
    }
    guard let last = published.last else { return .current }
    if last.commit != tag.commit {
      return tag.isAnnotated && !isKnown(.current) && !isKnown(.early) ? .current : .again(after: last.id)
    }
    if isKnown(.early) { return .early }
    // What it was moved back to by an import before this one.
    for before in published where isKnown(.again(after: before.id)) { return .again(after: before.id) }
    return .current
  }

  /// Tags that this source has told of, and that are not there any more.
  private func deleted(besides named: Set<String>) -> [TagFinding] {
    published.sorted { $0.key < $1.key }.compactMap { subject, published in
      guard !named.contains(subject), let last = published.last,
        case .release(_, let version)? = Subject.named(subject)
      else { return nil }
      let finding = TagFinding(name: version, subject: subject, before: last.commit, now: nil, last: last.id)
      // It is said once; who puts the tag back publishes it again.
      return ids.contains(finding.id) ? nil : finding
    }
  }
}
