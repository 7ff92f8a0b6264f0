/// Why a text cannot be read as YAML.
package enum YAMLTrouble: Error, Equatable, Sendable {
  /// What libyaml says in its own words, and what it was reading then, if it tells.
  case malformed(problem: String, at: YAMLPlace, while: Circumstance?)
  /// A character that YAML does not have begins at an offset, in bytes from 0.
  case character(problem: String, offset: Int)
  /// A key of a mapping has the text of one before it.
  case repeatedKey(String, at: YAMLPlace, first: YAMLPlace)
  /// A value lies deeper than was asked for.
  case depth(at: YAMLPlace)
  case memory

  /// What was being read, in libyaml's words, and where that began.
  package struct Circumstance: Equatable, Sendable {
    package let words: String
    package let place: YAMLPlace
  }
}
