import Foundation
import RelmBytes
import RelmProof
import RelmTestSupport
import Testing

/// Proofs made by transparency-dev/merkle, with what must come of each.
@Suite("Proofs made by others", .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
struct VectorTests {
  @Test("98 inclusion proofs come out as their makers say")
  func inclusion() throws {
    let vectors = try Self.read("merkle/inclusion")
    #expect(vectors.count == 98)
    for vector in vectors {
      let isValid =
        if let position = vector.number("leafIdx"), let size = vector.number("treeSize"),
          let leaf = vector.digest("leafHash"), let root = vector.digest("root"), let path = vector.path
        {
          InclusionProof(position: Position(position), size: TreeSize(size), path: path)
            .verify(leaf: leaf, root: root).isValid
        } else {
          false
        }
      #expect(isValid != vector.mustBeRefused, "\(vector.name)")
    }
  }

  @Test("98 consistency proofs come out as their makers say")
  func consistency() throws {
    let vectors = try Self.read("merkle/consistency")
    #expect(vectors.count == 98)
    for vector in vectors {
      let isValid =
        if let from = vector.number("size1"), let to = vector.number("size2"),
          let oldRoot = vector.digest("root1"), let newRoot = vector.digest("root2"), let path = vector.path
        {
          ConsistencyProof(from: TreeSize(from), to: TreeSize(to), path: path)
            .verify(oldRoot: oldRoot, newRoot: newRoot).isValid
        } else {
          false
        }
      #expect(isValid != vector.mustBeRefused, "\(vector.name)")
    }
  }

  /// One file. A number that does not fit our types, or an empty hash, is nil, and so the proof is refused.
  ///
  /// Some have words such as "don't care" where a hash belongs. A digest of the words stands for them, so that the
  /// verifier is asked, and not only the reader of digests.
  struct Vector {
    let name: String
    let fields: [String: Any]

    var mustBeRefused: Bool { fields["wantErr"] as? Bool ?? false }

    /// A proof of `null` has no hashes.
    var path: [Digest]? {
      let texts = fields["proof"] as? [String] ?? []
      let hashes = texts.compactMap(hash)
      return hashes.count == texts.count ? hashes : nil
    }

    func number(_ key: String) -> UInt64? {
      (fields[key] as? NSNumber).flatMap { number in UInt64(number.stringValue) }
    }

    func digest(_ key: String) -> Digest? { (fields[key] as? String).flatMap(hash) }

    private func hash(_ text: String) -> Digest? {
      guard let bytes = Base64.decode(text), !bytes.isEmpty else { return nil }
      return Digest(bytes: bytes) ?? Digest(of: bytes)
    }
  }

  private static func read(_ folder: String) throws -> [Vector] {
    let root = Vectors.folder.appending(path: folder)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return try (files?.allObjects ?? []).compactMap { file in
      guard let file = file as? URL, file.pathExtension == "json" else { return nil }
      let path = String(file.path.dropFirst(Vectors.folder.path.count + 1))
      let object = try JSONSerialization.jsonObject(with: Data(try Vectors.bytes(path)))
      return Vector(name: path, fields: try #require(object as? [String: Any]))
    }
  }
}
