internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmProof

/// A file that an event names as evidence: copied into the ledger, where it stays once the event is recorded.
struct EvidenceFile {
  /// Attachments may be large, and are never held in memory; but what has no end does not go in.
  static let limitBytes = 64 << 30
  /// Of what comes through a pipe nobody knows beforehand how much it is.
  static let pipeLimitBytes = 1 << 30

  private let arrived: ArrivingEvidence
  /// The file's own name; nil for standard input.
  private let name: String?
  private let mediaType: String
  var digest: Digest { arrived.digest }

  /// Copies it into the ledger.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - mediaType: what kind of file it is; nil where its name tells.
  ///   - actor: who attaches it; without anybody nobody's key can seal the file's name, which is then left out.
  /// - Throws: a failure with status 65 for a file of the vault, a key, or what is no file; `FileError`.
  init(_ path: String, mediaType: String? = nil, by actor: String?, into ledger: Ledger) throws {
    let file = try InputFile(path)
    var about = stat()
    guard fstat(file.descriptor, &about) == 0 else {
      throw FileError(path: file.name, operation: "look at", code: errno)
    }
    let isPipe: Bool
    switch about.st_mode & S_IFMT {
    case S_IFREG: isPipe = false
    case S_IFIFO, S_IFSOCK: isPipe = true
    default:
      throw CommandFailure(.badInput, "\(file.name) is no file; attach a file, or what comes through a pipe")
    }
    if let kind = try ledger.secret(in: file.descriptor) { throw FieldFiles.refusal(file.name, kind) }
    var scan = SecretScan()
    arrived = try ArrivingEvidence(
      file.descriptor, path: file.name, atMost: isPipe ? Self.pipeLimitBytes : Self.limitBytes,
      in: EvidenceStore(directory: ledger.layout.evidence)
    ) { block in
      if let kind = scan.kind(after: block) { throw FieldFiles.refusal(file.name, kind) }
    }
    let last = path.split(separator: "/").last.map(String.init)
    name = path == "-" || actor == nil ? nil : last
    self.mediaType = mediaType ?? last.map(MediaTypes.guess) ?? MediaTypes.unknown
  }

  /// What an event says of it, as canonical JSON. The file's name is sealed by the intake, as all personal text.
  var object: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("digest")
    writer.string("sha256:" + digest.hex)
    if let name {
      writer.key("fileName")
      writer.string(name)
    }
    writer.key("mediaType")
    writer.string(mediaType)
    writer.key("size")
    writer.integer(Int64(arrived.sizeBytes))
    writer.endObject()
    return writer.bytes
  }

  /// Records what names these files, and keeps them: or, where it is refused, leaves nothing of them.
  ///
  /// Where it is unknown what became of the event, they stay as they are until the next opening, which asks the log.
  ///
  /// - Parameter isDryRun: nothing is recorded, so nothing is kept.
  static func keeping(_ files: [EvidenceFile], isDryRun: Bool = false, _ record: () throws -> Void) throws {
    do {
      try record()
    } catch let refused as CommandFailure {
      for file in files { try file.arrived.drop() }
      throw refused
    }
    for file in files { try isDryRun ? file.arrived.drop() : file.arrived.keep() }
  }
}

/// Media types by file name, for the documents that accompany releases.
enum MediaTypes {
  static let unknown = "application/octet-stream"
  private static let byEnding = [
    "pdf": "application/pdf", "json": "application/json", "xml": "application/xml", "txt": "text/plain",
    "log": "text/plain", "md": "text/markdown", "html": "text/html", "csv": "text/csv", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "yaml": "application/yaml", "yml": "application/yaml",
    "zip": "application/zip", "gz": "application/gzip",
  ]

  static func guess(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return unknown }
    return byEnding[name[name.index(after: dot)...].lowercased()] ?? unknown
  }
}
