/// Names that are written with letters of other alphabets than they seem: `pаyments` with a Cyrillic `а`.
///
/// The least of Unicode's UTS #39 that needs no tables: which letters are drawn as a Latin one is (its skeleton), and whether a
/// name mixes alphabets (its section 5.2): whether within one part of it letters that belong together are of several, or
/// words that only look Latin stand beside Latin ones.
package enum MixedAlphabets {
  /// A letter of another alphabet among Latin ones.
  package struct Stranger: Equatable, Sendable {
    package let letter: Unicode.Scalar
    let alphabet: String

    /// Which it is, in words: “а” (U+0430, Cyrillic).
    package var words: String {
      "“\(letter)” (\(MixedAlphabets.number(of: letter)), \(alphabet))"
    }
  }

  /// The first letter by which a name mixes alphabets; nil where it mixes none.
  package static func stranger(in name: String) -> Stranger? {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    for part in name.unicodeScalars.split(whereSeparator: { $0 == "/" || $0.properties.isWhitespace }) {
      if let found = stranger(inPart: part) { return found }
    }
    return nil
  }

  private static func stranger(inPart part: Substring.UnicodeScalarView) -> Stranger? {
    guard part.contains(where: { alphabet(of: $0) == latin }) else { return nil }
    // The letters of a word belong together; its neighbours may be of another alphabet.
    let words = part.split { !isOfWord($0) }.map { word in
      (isLatin: word.contains { alphabet(of: $0) == latin }, strangers: word.compactMap(stranger))
    }
    if let mixed = words.first(where: { $0.isLatin && !$0.strangers.isEmpty }) { return mixed.strangers.first }
    let strangers = words.flatMap(\.strangers)
    return strangers.allSatisfy { looksLatin($0.letter) } ? strangers.first : nil
  }

  private static func stranger(_ letter: Unicode.Scalar) -> Stranger? {
    alphabet(of: letter).flatMap { $0 == latin ? nil : Stranger(letter: letter, alphabet: $0) }
  }

  /// Where letters of a text stand that look Latin, are not, and stand in one word with Latin ones.
  static func disguised(in text: String) -> Set<String.Index> {
    var found: Set<String.Index> = []
    guard text.unicodeScalars.contains(where: looksLatin) else { return found }
    for word in text.unicodeScalars.split(whereSeparator: { !isOfWord($0) }) {
      guard word.contains(where: { alphabet(of: $0) == latin }) else { continue }
      let strangers = word.indices.filter { alphabet(of: word[$0]).map { $0 != latin } ?? false }
      if strangers.allSatisfy({ looksLatin(word[$0]) }) { found.formUnion(strangers) }
    }
    return found
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.canonicalCombiningClass != .notReordered
  }

  private static let latin = "Latin"

  /// The alphabet of a letter, among those that have letters which look like Latin ones; nil for everything else.
  private static func alphabet(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: latin
    case 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x37F...0x3E1, 0x3F0...0x3FF, 0x1F00...0x1FFF: "Greek"
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: "Cyrillic"
    case 0x531...0x587: "Armenian"
    case 0x13A0...0x13FD, 0xAB70...0xABBF: "Cherokee"
    case 0x2C80...0x2CEE: "Coptic"
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: "full width"
    case 0x1D400...0x1D7CB: "mathematical"
    default: nil
    }
  }

  /// Letters that are drawn as a Latin one is (of UTS #39's confusables), and which.
  private static let likeLatin: [Unicode.Scalar: Unicode.Scalar] = {
    let letters =
      "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlүyАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSҮYӀIԚQԜWԌG"
      + "αaοoρpνvιiκkυuγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϲcϳjϹC" + "օoսuհhոnյjցgզqՕOՍUԼLՏS"
    let scalars = Array(letters.unicodeScalars)
    return Dictionary(
      uniqueKeysWithValues: stride(from: 0, to: scalars.count, by: 2).map { (scalars[$0], scalars[$0 + 1]) })
  }()

  /// What is drawn as one of the characters that give a name its structure, and as which.
  private static let likeStructure: [Unicode.Scalar: Unicode.Scalar] = {
    let looks: [(Unicode.Scalar, [Unicode.Scalar])] = [
      ("/", ["\u{2044}", "\u{2215}", "\u{2571}", "\u{29F8}", "\u{FF0F}", "\u{2CC6}"]),
      (
        "-",
        [
          "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2043}", "\u{2212}", "\u{2CBA}", "\u{2D7}",
          "\u{FE58}", "\u{FE63}", "\u{FF0D}",
        ]
      ),
      (".", ["\u{2024}", "\u{FE52}", "\u{FF0E}", "\u{A4F8}", "\u{A60E}"]),
      ("_", ["\u{7FA}", "\u{FE4D}", "\u{FE4E}", "\u{FE4F}", "\u{FF3F}"]),
      (":", ["\u{589}", "\u{2236}", "\u{2D0}", "\u{A789}", "\u{FE55}", "\u{FF1A}", "\u{A4FD}"]),
      ("@", ["\u{FE6B}", "\u{FF20}"]), ("+", ["\u{FE62}", "\u{FF0B}", "\u{2795}"]),
      ("*", ["\u{204E}", "\u{2217}", "\u{FE61}", "\u{FF0A}"]), ("%", ["\u{FE6A}", "\u{FF05}"]),
      ("~", ["\u{223C}", "\u{2DC}", "\u{FF5E}"]), ("#", ["\u{FE5F}", "\u{FF03}"]),
    ]
    return Dictionary(uniqueKeysWithValues: looks.flatMap { like in like.1.map { ($0, like.0) } })
  }()

  /// The first character of a name that is drawn as one that gives names their structure, in words: “⁄” (U+2044), which is drawn as
  /// “/”. nil where there is none.
  package static func disguisedStructure(in name: String) -> String? {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return name.unicodeScalars.lazy.compactMap { scalar in
      likeStructure[scalar].map { "“\(scalar)” (\(number(of: scalar))), which is drawn as “\($0)”" }
    }.first
  }

  private static func number(of scalar: Unicode.Scalar) -> String {
    let number = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
  }

  /// The Latin letter that a letter is drawn as, or the character that one which gives structure is; nil where it is drawn as none.
  private static func latin(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if let structure = likeStructure[scalar] { return structure }
    return switch scalar.value {
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0)
    // Thirteen times both cases of the alphabet, one style behind the other.
    case 0x1D400...0x1D6A3:
      Unicode.Scalar(
        (scalar.value - 0x1D400) % 52 < 26
          ? 0x41 + (scalar.value - 0x1D400) % 52 : 0x47 + (scalar.value - 0x1D400) % 52)
    default: likeLatin[scalar]
    }
  }

  private static func looksLatin(_ scalar: Unicode.Scalar) -> Bool { latin(of: scalar) != nil }

  /// What a name reads as in Latin letters; nil where that is the name itself.
  package static func readAsLatin(_ name: String) -> String? {
    guard name.unicodeScalars.contains(where: looksLatin) else { return nil }
    var read = String.UnicodeScalarView()
    for scalar in name.unicodeScalars { read.append(latin(of: scalar) ?? scalar) }
    return String(read)
  }

  /// A name as somebody reads it who does not look closely: in small letters, Latin where they are drawn so, without what draws
  /// nothing. Two readings are compared as texts are, so that both ways to write an accent are one.
  package static func reading(of name: String) -> String {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name.lowercased() }
    var read = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where !LegibleText.isHidden(scalar) {
      read.append(contentsOf: (latin(of: scalar) ?? scalar).properties.lowercaseMapping.unicodeScalars)
    }
    return String(read)
  }
}
