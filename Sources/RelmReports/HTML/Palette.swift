/// The colours of a page, by what they are for; a light set, which is also the one on paper, and a dark one.
package enum Palette {
  /// A colour of the sRGB space.
  package struct Colour: Sendable, Equatable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    init(_ value: UInt32) {
      red = UInt8(truncatingIfNeeded: value >> 16)
      green = UInt8(truncatingIfNeeded: value >> 8)
      blue = UInt8(truncatingIfNeeded: value)
    }

    /// "#1b2129".
    var style: String {
      let digits = Array("0123456789abcdef")
      return [red, green, blue].reduce(into: "#") { text, part in
        text.append(digits[Int(part >> 4)])
        text.append(digits[Int(part & 15)])
      }
    }
  }

  package enum Role: String, Sendable, CaseIterable {
    /// Behind everything, behind cards and heads of tables, behind a phase in a drawing, behind the row looked for.
    case page, surface, band, target
    /// Words, quieter words, links and the focus.
    case text, muted, link
    /// Lines that mean something, and lines that only lead the eye.
    case line, grid
    /// What is drawn, and how it went.
    case bar, good, warning, bad
  }

  package static func light(_ role: Role) -> Colour {
    switch role {
    case .page: Colour(0xFFFFFF)
    case .surface: Colour(0xF3F5F8)
    case .band: Colour(0xE4ECF6)
    case .target: Colour(0xFFF1B0)
    case .text: Colour(0x1A2028)
    case .muted: Colour(0x525C68)
    case .link: Colour(0x0A4F98)
    case .line: Colour(0x717C88)
    case .grid: Colour(0xDCE1E7)
    case .bar: Colour(0x2A66A8)
    case .good: Colour(0x17643A)
    case .warning: Colour(0x7D4B00)
    case .bad: Colour(0xA81E18)
    }
  }

  package static func dark(_ role: Role) -> Colour {
    switch role {
    case .page: Colour(0x14181D)
    case .surface: Colour(0x1D232A)
    case .band: Colour(0x223247)
    case .target: Colour(0x4A3F12)
    case .text: Colour(0xE7EAEE)
    case .muted: Colour(0xABB5C1)
    case .link: Colour(0x8CC0F8)
    case .line: Colour(0x8A96A4)
    case .grid: Colour(0x313941)
    case .bar: Colour(0x6AA9EE)
    case .good: Colour(0x74D494)
    case .warning: Colour(0xE8B755)
    case .bad: Colour(0xFF958B)
    }
  }

  /// Which colours stand on which, and the contrast that they need (WCAG 2.2, criteria 1.4.3 and 1.4.11): 4.5 for
  /// words, 3 for what is drawn.
  package static let pairs: [(front: Role, back: Role, least: Double)] = {
    let backs: [Role] = [.page, .surface, .band, .target]
    let words: [Role] = [.text, .muted, .link, .good, .warning, .bad]
    let drawn: [Role] = [.line, .bar]
    return backs.flatMap { back in
      words.map { ($0, back, 4.5) } + drawn.map { ($0, back, 3) }
    }
  }()

  /// The colours as properties of the page. A screen may be dark; paper is light.
  static let style: String = {
    func properties(_ colour: (Role) -> Colour) -> String {
      Role.allCases.map { "--\($0.rawValue):\(colour($0).style)" }.joined(separator: ";")
    }
    return """
      :root{color-scheme:light dark;\(properties(light))}
      @media screen and (prefers-color-scheme:dark){:root{\(properties(dark))}}

      """
  }()
}
