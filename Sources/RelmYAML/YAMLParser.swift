internal import CYAML

/// libyaml's parser over one text, asked again and again for the next event.
///
/// All memory of C is touched here: what it hands out is copied into an event and given back at once.
@safe struct YAMLParser: ~Copyable {
  /// It has an address of its own, because libyaml keeps pointers from it into itself.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// libyaml reads from it as long as the parser lives.
  private let text: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter bytes: the text. It is taken as UTF-8 whatever it begins with: no mark makes it UTF-16.
  /// - Throws: `memory`.
  init(_ bytes: [UInt8]) throws(YAMLTrouble) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw .memory
    }
    let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = unsafe text.initialize(fromContentsOf: bytes)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    unsafe self.parser = parser
    unsafe self.text = text
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next event; the end of the stream again and again once it was reached.
  ///
  /// - Throws: `malformed`, `character` or `memory`, after which there is no other event.
  mutating func next() throws(YAMLTrouble) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    defer { unsafe yaml_event_delete(&event) }
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw trouble }
    return unsafe YAMLEvent(event)
  }

  /// What the parser stopped at.
  private var trouble: YAMLTrouble {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? ""
    switch unsafe parser.pointee.error {
    case YAML_MEMORY_ERROR: return .memory
    case YAML_READER_ERROR: return unsafe .character(problem: problem, offset: parser.pointee.problem_offset)
    default:
      let words = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
      let beginning = unsafe YAMLPlace(parser.pointee.context_mark)
      return unsafe .malformed(
        problem: problem, at: YAMLPlace(parser.pointee.problem_mark),
        while: words.map { YAMLTrouble.Circumstance(words: $0, place: beginning) })
    }
  }
}

extension YAMLEvent {
  /// A copy of what libyaml's event says.
  fileprivate init(_ event: yaml_event_t) {
    place = unsafe YAMLPlace(event.start_mark)
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_ALIAS_EVENT:
      kind = unsafe .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      // By its length, because “\0” in quotes is a character like others.
      let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = unsafe .scalar(
        String(decoding: text, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      anchor = unsafe Self.text(scalar.anchor)
      tag = unsafe Self.text(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      anchor = unsafe Self.text(event.data.sequence_start.anchor)
      tag = unsafe Self.text(event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      anchor = unsafe Self.text(event.data.mapping_start.anchor)
      tag = unsafe Self.text(event.data.mapping_start.tag)
    default:
      // The end, and no event at all, which is what comes behind it.
      kind = .streamEnd
    }
  }

  /// A text that ends with a zero; where bytes of a tag are no UTF-8, the sign for that.
  private static func text(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }
}

extension YAMLPlace {
  /// libyaml counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
