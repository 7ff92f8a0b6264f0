internal import ArgumentParser
internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// Whether a field's value may be read from a file.
struct FieldFileOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Take every value as it stands: key=@x is the text @x. For values that come from elsewhere."))
  var literal = false

  @Flag(
    name: .customLong("no-files"),
    help: "Refuse key=@FILE; else RELM_NO_FILES=1. For pipelines: no file gets into the log by a slip.")
  var noFiles = false

  init() {}

  init(_ words: inout PlainLine) {
    literal = words.flag("--literal")
    noFiles = words.flag("--no-files")
  }

  func words(for ledger: Ledger) throws -> FieldWords {
    if literal { return .literal }
    return try noFiles || Environment.isOn("RELM_NO_FILES") ? .withoutFiles : .withFiles(FieldFiles(ledger))
  }
}

/// What `@` means at the beginning of a field's value.
enum FieldWords {
  /// Nothing.
  case literal
  /// What `.withFiles` takes for a file is refused.
  case withoutFiles
  /// `@FILE` is the file's content, and `@@text` the text `@text`.
  case withFiles(FieldFiles)

  /// Whether a value is the content of a file.
  func isFile(_ value: String) -> Bool {
    guard case .withFiles = self else { return false }
    return value.hasPrefix("@") && !value.hasPrefix("@@")
  }

  /// The text that a value means.
  ///
  /// - Parameter argument: what was typed, for the refusal.
  func text(_ value: String, _ argument: String) throws -> String {
    switch self {
    case .literal: return value
    case .withoutFiles, .withFiles:
      guard value.hasPrefix("@") else { return value }
      let rest = String(value.dropFirst())
      if rest.hasPrefix("@") { return rest }
      guard case .withFiles(let files) = self else {
        throw CommandFailure(
          .usage,
          "'\(argument)' would read a file, and that is turned off here; write @@ for a text that begins with @, or "
            + "take every value as it stands with --literal")
      }
      return try files.text(of: rest)
    }
  }
}

/// Files whose text becomes the value of a field, and so gets into the log for ever.
struct FieldFiles {
  /// A record has at most so many bytes (the bound of tlog-tiles), and so has what is read into one.
  static let limitBytes = 65_535

  private let ledger: Ledger

  init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  /// A file's text.
  ///
  /// - Throws: a failure with status 65 for a file of the vault, a key by its content, more than a record holds, or what
  ///   is no text; `FileError`.
  func text(of path: String) throws -> String {
    guard !path.isEmpty else {
      throw CommandFailure(.usage, "key=@ names no file; write key=@@ for the text @")
    }
    let file = try InputFile(path)
    if let kind = try ledger.secret(in: file.descriptor) { throw Self.refusal(path, kind) }
    let bytes = try file.bytes(atMost: Self.limitBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.badInput, "\(path) is not UTF-8 text; attach it with 'relm attach'")
    }
    if let kind = SecretText.kind(of: text) { throw Self.refusal(path, kind) }
    return text
  }

  static func refusal(_ path: String, _ kind: String) -> CommandFailure {
    CommandFailure(
      .badInput,
      "\(path) is \(kind), and what gets into a ledger stays there for everybody; name another file")
  }
}
