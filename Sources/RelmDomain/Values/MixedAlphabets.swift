/// Names that mix alphabets so that they read as another name: `pаyments` with a Cyrillic `а`.
///
/// The least of Unicode's UTS #39, section 5.2, that needs no tables: within one part of a name, letters that belong together
/// are of one alphabet, and beside Latin words no other stands of which all letters only look Latin. What is written in one
/// alphabet throughout is what it is, whatever it looks like.
package enum MixedAlphabets {
  /// A letter of another alphabet among Latin ones.
  package struct Stranger: Equatable, Sendable {
    package let letter: Unicode.Scalar
    let alphabet: String

    /// Which it is, in words: “а” (U+0430, Cyrillic).
    package var words: String {
      let number = String(letter.value, radix: 16, uppercase: true)
      return "“\(letter)” (U+\(String(repeating: "0", count: max(0, 4 - number.count)))\(number), \(alphabet))"
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
    // Of each word, as it is its letters that belong together.
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

  /// Letters that are drawn as a Latin one is (of UTS #39's confusables).
  private static let likeLatin = Set(
    ("аеорсухіјѕһԁԛԝӏүАВЕКМНОРСТУХІЈЅҮӀԚԜԌ" + "αοορνικυγΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳϹ" + "օսոհյցզՕՍԼՏ").unicodeScalars)

  private static func looksLatin(_ scalar: Unicode.Scalar) -> Bool {
    likeLatin.contains(scalar)
      || ["full width", "mathematical", "Cherokee", "Coptic"].contains(alphabet(of: scalar))
  }
}

extension MixedAlphabets {
  /// Why nobody may be called so from now on, although it may have been taken before; nil for any other name.
  package static func objection(to name: String) -> String? {
    stranger(in: name).map { found in
      "“\(name)” has \(found.words) among Latin letters, so that it reads as another name: write it in one alphabet"
    }
  }
}
