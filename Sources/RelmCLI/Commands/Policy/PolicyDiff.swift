internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What differs between two versions of a policy, or between two files, field by field.",
    usage: "relm policy diff ID OLD NEW\n       relm policy diff FILE FILE",
    discussion: """
      To compare a draft with what is in force: relm policy show ID --format yaml | relm policy diff - DRAFT
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "A policy's id and two of its versions, or two files.")
  var words: [String]

  func validate() throws {
    guard words.count == 2 || words.count == 3 else {
      throw ValidationError("name a policy and two of its versions, or two files")
    }
    guard words != ["-", "-"] else { throw ValidationError("only one of the two can be standard input") }
  }

  func run() throws {
    let (old, new) = try documents()
    let changes = try FieldChange.between(old.bytes, new.bytes)
    switch try output.chosen() {
    case .table:
      let lines = try ChangePrinter.lines(of: changes, margin: "", value: ShownPeople.read)
      for line in lines { try Terminal.print(line) }
      Terminal.remark(
        changes.isEmpty
          ? "they ask the same" : "\(changes.count) field\(changes.count == 1 ? " differs" : "s differ")")
    case .json, .ndjson:
      var writer = CanonicalWriter()
      ChangePrinter.write(fields: changes, to: &writer)
      try Terminal.data(String(decoding: writer.bytes, as: UTF8.self))
    case .csv:
      func text(_ value: [UInt8]?) throws -> String { try value.map(ShownPeople.read) ?? "" }
      var table = CSV.record(["field", "before", "after"])
      for change in changes {
        table += CSV.record([change.path, try text(change.before), try text(change.after)])
      }
      try Terminal.write(Array(table.utf8))
    }
  }

  private func documents() throws -> (PolicyDocument, PolicyDocument) {
    guard words.count == 3 else {
      return (try PolicyFile(words[0], in: nil).document, try PolicyFile(words[1], in: nil).document)
    }
    let known = try AdoptedPolicy(words[0], in: ledger.open())
    return (try known.version(words[1]).document, try known.version(words[2]).document)
  }
}
