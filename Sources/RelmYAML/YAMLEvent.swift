/// A step of libyaml through a text.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    case scalar(String, isPlain: Bool)
    case alias(String)
  }

  let kind: Kind
  /// Where it begins.
  let place: YAMLPlace
  /// The name behind “&”, of what bears one.
  var anchor: String?
  /// The whole name that “!…” stands for, such as `tag:yaml.org,2002:str` for `!!str`; nil where none is written.
  var tag: String?
}
