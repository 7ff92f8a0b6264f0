internal import RelmDomain
internal import RelmLedger

/// `relm record --help TYPE`: what a type means, who records it, its fields, and commands that work as printed.
struct TypeHelp {
  private let description: EventDescription
  private let layout: TextLayout
  /// The column in which what a field means begins.
  private let margin: Int

  init(_ description: EventDescription) {
    self.description = description
    layout = TextLayout(width: Terminal.helpColumns)
    margin = min(Self.longest(description.fields, under: 2) + 2, 24)
  }

  func print() throws {
    for line in lines { try Terminal.print(line) }
  }

  var lines: [String] {
    let name = EventType.short(description.type.rawValue)
    var lines = [
      Terminal.bold("\(name): \(description.title.prefix(1).lowercased())\(description.title.dropFirst())"), "",
    ]
    lines += layout.wrapped(description.meaning)
    lines += [""] + layout.wrapped(authority)
    lines += layout.wrapped("Recorded by \(description.recordedBy).")
    lines += ["Subject: \(description.stream.pattern)"]
    let required = description.fields.filter(\.isRequired)
    let optional = description.fields.filter { !$0.isRequired }
    for (title, fields) in [("Required", required), ("Optional", optional)] where !fields.isEmpty {
      lines += ["", Terminal.bold(title)]
      for field in fields { add(field, under: "  ", to: &lines) }
    }
    guard description.ownVerb == nil else { return lines }
    let example = ExampleCommand(description, today: Surroundings.system.now())
    lines += ["", Terminal.bold("Example")] + example.lines(.short, layout)
    if example.hasMore {
      lines += ["", Terminal.bold("With all that can be said")] + example.lines(.full, layout)
    }
    if description.type == .documentAttached {
      lines +=
        [""]
        + layout.wrapped("'relm attach FILE --subject SUBJECT' keeps the file too, and fills in what it can.")
    }
    return lines
  }

  private var authority: String {
    if let verb = description.ownVerb {
      return verb == Intake.ofItself ? "Written by the ledger alone." : "Written by 'relm \(verb)' alone."
    }
    if let party = description.actOf {
      return
        "An act of the person whom the earlier event names as its \(party): from anybody else it is refused."
    }
    return description.isAct
      ? "An act: it needs a person with authority at level \(description.level) for what it concerns, and is refused without."
      : "A fact: it is recorded whoever brings it. The skill expects level \(description.level)."
  }

  private static func longest(_ fields: [FieldDescription], under indent: Int) -> Int {
    fields.map { field in
      let end = indent + field.name.count
      return max(end, longest(field.fields, under: field.isList ? indent + 2 : end + 1))
    }.max() ?? 0
  }

  /// - Parameter label: what stands before the name: the object that it is a part of, or the indent in a list's items.
  private func add(
    _ field: FieldDescription, under label: String, isPart: Bool = false, to lines: inout [String]
  ) {
    let need = isPart && field.isRequired ? " (required)" : ""
    let text = "\(Self.kind(of: field, isInJSON: label.hasPrefix("    ")))\(need). \(field.meaning)"
    let label = label + field.name
    var described = layout.wrapped(text, indent: margin)
    if label.count + 2 > margin {
      lines.append(label)
    } else if let first = described.first {
      described[0] = label + first.dropFirst(label.count)
    }
    lines += described
    let below = field.isList ? "    " : label + "."
    for part in field.fields { add(part, under: below, isPart: true, to: &lines) }
  }

  /// What a field holds, in a few words, and how it is given where that is not plain.
  private static func kind(of field: FieldDescription, isInJSON: Bool) -> String {
    if field.shape == .object {
      if isInJSON { return field.isList ? "A list of objects" : "An object" }
      return field.isList
        ? "A list; give it as JSON with := or from a file with =@, or its parts, as \(field.name).\(field.fields.first?.name ?? "name")=…"
        : "Give its parts"
    }
    var kind = field.kind
    let each = "a list, each: "
    if kind.hasPrefix(each) { kind = String(kind.dropFirst(each.count)) }
    if field.shape == .personalText { kind = "words, stored sealed" }
    if kind == "a person" { kind = "a person's account" }
    if field.isList { kind = "a list, each " + kind + (isInJSON ? "" : "; give the field once for each") }
    return kind.prefix(1).uppercased() + kind.dropFirst()
  }
}
