internal import RelmDomain

/// A section of a page, with the id that the navigation leads to.
struct PageSection {
  let id: String
  let title: String
  let short: String
  let content: HTML

  init(_ id: String, _ title: String, short: String? = nil, content: HTML) {
    self.id = id
    self.title = title
    self.short = short ?? title
    self.content = content
  }

  var html: HTML {
    tag("section", Attribute("aria-labelledby", id)) { tag("h2", .id(id), words: title) + content }
  }
}

/// Words with the sign of their tone before them; a voice reads the words.
enum Toned {
  static func words(_ words: String, _ tone: TimelineReport.Tone) -> HTML {
    guard tone != .plain else { return HTML(words) }
    return tag("span", .class(tone.style)) { tone.icon.inline + HTML(words) }
  }
}
