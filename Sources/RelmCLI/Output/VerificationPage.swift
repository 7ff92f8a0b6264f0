internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// What a verification found, for a person or a program.
struct VerificationPage {
  private let result: Verification

  init(_ result: Verification) {
    self.result = result
  }

  func print(_ format: OutputFormat) throws {
    guard format == .table else { return try Terminal.data(String(decoding: json, as: UTF8.self)) }
    try Terminal.print("records    \(result.size.value), each read and hashed again")
    try Terminal.print("tree root  \(result.root.base64)")
    if result.problems.isEmpty {
      try Terminal.print("chains     every stream continues, no id twice, the clock never backwards")
      try Terminal.print("views      \(Self.counted(result.rowsCompared, "row")) folded again and compared")
      try Terminal.print("evidence   \(Self.counted(result.evidenceFiles, "file")) read again")
      try Terminal.print(
        result.isVaultMissing
          ? "vault      is not here, and people are their pseudonyms"
          : "vault      \(Self.counted(result.people, "person", "people")) held against each other")
    }
    for person in result.unerased {
      try Terminal.print(
        "UNDONE     \(person.text) is erased, and a file of the vault still tells who it was; to erase it: "
          + "relm person erase \(person.text) --ground …")
    }
    for size in result.checkpointsHeld { try Terminal.print("checkpoint of size \(size.value) holds") }
    for digest in result.evidenceMissing {
      try Terminal.print("missing    evidence \(digest) is named by an event and not on this machine")
    }
    for problem in result.unusable { try Terminal.print("unusable   \(problem)") }
    for problem in result.problems + result.viewProblems {
      try Terminal.print(Terminal.red("BROKEN") + "     \(problem)")
    }
    try Terminal.print(verdict)
  }

  /// The last line. Where nothing but evidence is missing, it says so.
  private var verdict: String {
    let count = result.evidenceMissing.count
    let missing = "\(Self.counted(count, "attached file")) \(count == 1 ? "is" : "are") not here"
    var others = result
    others.isEvidenceOptional = true
    guard others.isClean, count > 0 else {
      return result.isClean ? Terminal.green("verified: all is as it must be") : Terminal.red("NOT verified")
    }
    return result.isClean
      ? Terminal.green("verified: all that is here is as it must be; \(missing)")
      : Terminal.red(
        "NOT verified: \(missing); put the evidence back, or verify without it: --evidence optional")
  }

  private static func counted(_ count: some BinaryInteger, _ noun: String, _ plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
  }

  private var json: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("checkpointsHeld")
    writer.beginArray()
    for size in result.checkpointsHeld { writer.integer(Int64(size.value)) }
    writer.endArray()
    writer.key("clean")
    writer.bool(result.isClean)
    writer.key("evidenceFiles")
    writer.integer(Int64(result.evidenceFiles))
    writer.key("evidenceMissing")
    writer.beginArray()
    for digest in result.evidenceMissing { writer.string(digest) }
    writer.endArray()
    writer.key("people")
    writer.integer(Int64(result.people))
    writer.key("problems")
    writer.beginArray()
    for problem in result.problems + result.viewProblems + result.unusable {
      writer.beginObject()
      writer.key("reason")
      writer.string(problem.reason)
      writer.key("subject")
      writer.string(problem.subject)
      writer.endObject()
    }
    writer.endArray()
    writer.key("root")
    writer.string(result.root.base64)
    writer.key("rowsCompared")
    writer.integer(Int64(result.rowsCompared))
    writer.key("size")
    writer.integer(Int64(result.size.value))
    writer.key("unerased")
    writer.beginArray()
    for person in result.unerased { writer.string(person.text) }
    writer.endArray()
    writer.key("vaultMissing")
    writer.bool(result.isVaultMissing)
    writer.endObject()
    return writer.bytes
  }
}
