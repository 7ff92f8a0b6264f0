internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger

/// One thing that is wrong: as a sentence for people, and its parts for a program.
struct Problem {
  /// The whole sentence, with the place before it.
  private(set) var text: String
  /// What is wrong, alone.
  let message: String
  /// Where in the input, and where in the event (RFC 6901).
  private(set) var line: Int?
  private(set) var pointer: String?
  /// The option or field that was typed and is at fault.
  private(set) var option: String?
  private(set) var advice: String?

  /// How many of an input are told at once.
  static let most = 20

  init(_ message: String) {
    text = message
    self.message = message
    // Of an option that is misused its name is said first, or in quotes.
    let found = message.firstMatch(of: #/^(--[a-z-]+)|'(--[a-z-]+)/#)
    option = (found?.output.1 ?? found?.output.2).map { String($0) }
  }

  /// What is no JSON.
  ///
  /// - Parameter error: with the pointer from the whole input.
  init(_ error: JSONError) {
    text = "\(error)"
    message = error.reason
    line = error.line
    pointer = error.pointer
  }

  /// What is wrong in a document that somebody wrote.
  init(_ fault: DocumentFault, in file: String) {
    text = Rows.printable("\(file):\(fault)")
    message = fault.reason
    line = fault.line
    pointer = fault.pointer
  }

  /// - Parameters:
  ///   - refusal: with the pointer from the event.
  ///   - place: where the event stood; without a line where nobody needs to be told of it.
  ///   - options: which option was typed for what a pointer names.
  init(_ refusal: Refusal, at place: InputPlace, _ options: TypedOptions = TypedOptions()) {
    line = place.line
    option = refusal.pointer.flatMap { options.name(of: $0, place) }
    let element = place.element.map { "/\($0)" }
    pointer = refusal.pointer.map { (element ?? "") + $0 } ?? element
    message = refusal.reason
    advice = refusal.advice
    let isOption = option?.hasPrefix("--") == true
    let named = Refusal(
      refusal.code, at: isOption ? option : pointer, refusal.reason, advice: refusal.advice)
    text = (line.map { "line \($0): " } ?? "") + "\(named)"
  }

  /// The same, with what it means for the input.
  func saying(_ outcome: String) -> Problem {
    var problem = self
    problem.text += (text.hasSuffix(".") ? " " : ". ") + outcome
    return problem
  }

  /// As canonical JSON.
  func object(_ status: ExitStatus) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    member("advice", advice, &writer)
    writer.key("code")
    writer.integer(Int64(status.rawValue))
    if let line {
      writer.key("line")
      writer.integer(Int64(line))
    }
    member("message", message, &writer)
    member("option", option, &writer)
    member("pointer", pointer, &writer)
    writer.endObject()
    return writer.bytes
  }

  private func member(_ name: String, _ text: String?, _ writer: inout CanonicalWriter) {
    guard let text else { return }
    writer.key(name)
    writer.string(text)
  }
}

/// Which words of the command line an event's attributes came from, so that who typed them is told by these.
struct TypedOptions {
  /// Whether subject, id, time and the fields were typed, and not only who acts and from where.
  var isWholeEvent = false

  func name(of pointer: String, _ place: InputPlace) -> String? {
    switch pointer {
    case "/authid" where place.isActorDefault: return "--actor"
    case "/source" where place.isSourceDefault: return "--source"
    case "/subject" where isWholeEvent: return "--subject"
    case "/id" where isWholeEvent: return "--id"
    case "/time" where isWholeEvent: return "--time"
    case "/causationid" where isWholeEvent: return "--corrects"
    default: break
    }
    guard isWholeEvent, pointer.hasPrefix("/data/") else { return nil }
    return JSONPointer.tokens(of: pointer)?.dropFirst().joined(separator: ".")
  }
}
