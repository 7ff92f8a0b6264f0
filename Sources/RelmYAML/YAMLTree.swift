/// What a text says, as it is written: nothing is resolved, followed or read into it.
package struct YAMLTree: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case scalar(String, isPlain: Bool)
    case sequence([YAMLTree])
    case mapping([Pair])
    /// The name of what stands elsewhere. It is never put in its place: ten lines of that can stand for more than any
    /// machine holds.
    case alias(String)
  }

  package struct Pair: Equatable, Sendable {
    package let key: YAMLTree
    package let value: YAMLTree
  }

  package let value: Value
  /// Where it begins.
  package let place: YAMLPlace
  /// The name behind “&”, if it bears one.
  package let anchor: String?
  /// The whole name that “!…” stands for, such as `tag:yaml.org,2002:str` for `!!str`; nil where none is written.
  package let tag: String?
}
