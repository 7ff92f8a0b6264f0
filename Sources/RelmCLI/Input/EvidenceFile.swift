internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// A file that an event names as evidence.
struct EvidenceFile {
  let name: String
  let bytes: [UInt8]
  let digest: Digest
  let mediaType: String

  /// - Parameters:
  ///   - path: the file.
  ///   - mediaType: what kind of file it is; nil where its name tells.
  /// - Throws: `FileError`.
  init(_ path: String, mediaType: String? = nil) throws {
    bytes = try Files.read(path)
    name = String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    digest = Digest(of: bytes)
    self.mediaType = mediaType ?? MediaTypes.guess(name)
  }

  /// Copies it into the ledger, under its digest.
  func keep(in ledger: Ledger) throws {
    _ = try EvidenceStore(directory: ledger.layout.evidence).store(bytes)
  }

  /// What an event says of it, as canonical JSON.
  var object: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("digest")
    writer.string("sha256:" + digest.hex)
    writer.key("mediaType")
    writer.string(mediaType)
    writer.key("name")
    writer.string(name)
    writer.key("size")
    writer.integer(Int64(bytes.count))
    writer.endObject()
    return writer.bytes
  }
}

/// Media types by file name, for the documents that accompany releases.
enum MediaTypes {
  private static let byEnding = [
    "pdf": "application/pdf", "json": "application/json", "xml": "application/xml", "txt": "text/plain",
    "log": "text/plain", "md": "text/markdown", "html": "text/html", "csv": "text/csv", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "yaml": "application/yaml", "yml": "application/yaml",
    "zip": "application/zip", "gz": "application/gzip",
  ]

  static func guess(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return byEnding[name[name.index(after: dot)...].lowercased()] ?? "application/octet-stream"
  }
}
