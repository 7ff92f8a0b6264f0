internal import RelmBytes
internal import RelmProof

/// A whole page in one file: it loads nothing, and a browser is told to let it load nothing.
///
/// The policy (Content Security Policy, level 3) allows the one style and the one script by their digests and nothing
/// else; so even markup that got in by mistake could neither run nor send anything.
package struct Page {
  private let title: String
  private let style: String
  private let script: String?
  private let skip: (id: String, words: String)
  private let body: HTML

  /// - Parameters:
  ///   - title: of the window.
  ///   - style: what the page needs beside the shared stylesheet.
  ///   - script: a script that is run when the page is there; the page must be whole without it.
  ///   - skip: where the first link leads, for whom a keyboard or a voice moves through the page.
  ///   - body: a header, a main part, a footer.
  package init(
    title: String, style: String = "", script: String? = nil, skip: (id: String, words: String),
    @HTMLBuilder body: () throws -> HTML
  ) rethrows {
    self.title = title
    self.style = "\n" + Palette.style + Stylesheet.shared + Icon.style + style
    self.script = script.map { "\n" + $0 }
    self.skip = skip
    self.body = try body()
    for raw in [self.style, self.script ?? ""] {
      precondition(!raw.contains("</") && !raw.contains("<!--"), "a style or script that would end early")
    }
  }

  /// The whole file.
  package func text() -> String {
    let policy =
      "default-src 'none'; style-src \(Self.source(style)); script-src \(script.map(Self.source) ?? "'none'"); "
      + "base-uri 'none'; form-action 'none'"
    var text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
    text += tag("meta", Attribute("charset", "utf-8")).markup + "\n"
    text +=
      tag("meta", Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", policy)).markup
      + "\n"
    text +=
      tag("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
      .markup
      + "\n"
    text += tag("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark")).markup + "\n"
    text += tag("meta", Attribute("name", "referrer"), Attribute("content", "no-referrer")).markup + "\n"
    text += tag("title", words: title).markup + "\n"
    text += "<style>\(style)</style>\n</head>\n<body>\n"
    text += tag("a", .class("skip"), .link(to: skip.id), words: skip.words).markup + "\n"
    text += Icon.symbols.markup + "\n"
    text += body.markup
    if let script { text += "<script>\(script)</script>\n" }
    return text + "</body>\n</html>\n"
  }

  private static func source(_ content: String) -> String {
    "'sha256-\(Base64.encode(Digest(of: content.utf8).bytes))'"
  }
}
