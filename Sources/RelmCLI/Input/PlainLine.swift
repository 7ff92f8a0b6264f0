/// The words behind a verb, read without the parser where they are plain: every option once, written out and with its value
/// behind it, and no word that begins with a dash beside them.
///
/// The parser builds the whole program's options out of reflection before it reads a word, which takes longer than recording
/// an event does. So the verbs that pipelines call all day take their words from here. Nothing is told from here: what is
/// not plain, or wrong, is left to the parser, which has the last word on what may be written and how it is refused. A
/// debug build lets the parser read what is plain as well, and ends where it comes to something else.
struct PlainLine {
  private var words: [String]
  private var isAmongArguments = false
  /// Whether nothing was met so far that is the parser's to judge.
  private(set) var arePlain: Bool

  init(_ words: ArraySlice<String>) {
    self.words = Array(words)
    // An empty word is an error, and behind '--' nothing is an option.
    arePlain = !words.contains { $0.isEmpty || $0 == "--" }
  }

  /// Whether all were plain and all were taken.
  var areDone: Bool { arePlain && words.isEmpty }

  /// Says that something is the parser's to judge.
  mutating func refuse() { arePlain = false }

  /// Leaves what does not go together to the parser.
  mutating func check(_ validate: () throws -> Void) {
    do { try validate() } catch { refuse() }
  }

  /// Whether a flag is given.
  mutating func flag(_ name: String, or short: String? = nil) -> Bool {
    guard let place = place(of: name, short) else { return false }
    words.remove(at: place)
    return true
  }

  /// An option's value; nil where it is not given.
  mutating func value(_ name: String, or short: String? = nil) -> String? {
    if let place = place(of: name, short) {
      guard place + 1 < words.count, !Self.isOption(words[place + 1]) else {
        refuse()
        return nil
      }
      let value = words[place + 1]
      words.removeSubrange(place...place + 1)
      return value
    }
    return nil
  }

  /// An option's value as what it stands for; what stands for nothing is refused.
  mutating func value<Value>(_ name: String, or short: String? = nil, _ make: (String) -> Value?) -> Value? {
    guard let text = value(name, or: short) else { return nil }
    guard let value = make(text) else {
      refuse()
      return nil
    }
    return value
  }

  /// An option's value, which must be given.
  mutating func needed(_ name: String, or short: String? = nil) -> String {
    if let value = value(name, or: short) { return value }
    refuse()
    return ""
  }

  /// The next word that belongs to no option. All options are to be taken before.
  mutating func argument() -> String? {
    isAmongArguments = true
    guard let word = words.first else { return nil }
    guard !Self.isOption(word) else {
      refuse()
      return nil
    }
    words.removeFirst()
    return word
  }

  /// The next word that belongs to no option, which must be there.
  mutating func neededArgument() -> String {
    if let word = argument() { return word }
    refuse()
    return ""
  }

  /// All words that are left and belong to no option.
  mutating func arguments() -> [String] {
    var all: [String] = []
    while let word = argument() { all.append(word) }
    return all
  }

  /// Where an option stands. One that stands there twice, or with its value behind a sign, is not plain.
  private mutating func place(of name: String, _ short: String?) -> Int? {
    precondition(!isAmongArguments, "'\(name)' is asked for after the arguments, which its value was taken for")
    var found: Int?
    for (place, word) in words.enumerated() where word == name || word == short {
      if found != nil { refuse() }
      found = place
    }
    return found
  }

  private static func isOption(_ word: String) -> Bool { word.utf8.first == UInt8(ascii: "-") }
}
