internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmRules

/// What the shell offers while a command is typed.
enum Completions {
  /// The types that can be recorded. Asked for when a shell asks, not whenever the program starts.
  static let types = CompletionKind.custom { _, _, prefix in
    EventType.allCases.filter { EventCatalogue.description(of: $0).ownVerb == nil }
      .map { EventType.short($0.rawValue) }.filter { $0.hasPrefix(prefix) }
  }

  /// The fields of the type that stands on the line already, with the words that a field can be.
  static let fields = CompletionKind.custom { words, place, prefix in
    let type = words.lazy.compactMap { EventType.named("relm." + $0) ?? EventType.named($0) }.first
    guard let type else { return [] }
    var beginning = ""
    // bash takes 'outcome=f' for three words, and wants the third.
    if prefix == "=", place > 0, place < words.count {
      beginning = words[place - 1] + "="
    } else if place > 1, place < words.count, words[place - 1] == "=" {
      beginning = words[place - 2] + "="
    }
    let whole = beginning + (prefix == "=" ? "" : prefix)
    return Self.words(of: EventCatalogue.description(of: type).fields, under: "")
      .filter { $0.hasPrefix(whole) && $0 != beginning }
      .map { String($0.dropFirst(beginning.count)) }
  }

  private static func words(of fields: [FieldDescription], under prefix: String) -> [String] {
    fields.flatMap { field -> [String] in
      let name = prefix + field.name
      if field.shape == .object {
        return field.isList ? [name + ":="] : words(of: field.fields, under: name + ".")
      }
      if field.shape == .boolean { return [name + "=true", name + "=false"] }
      return field.choices.isEmpty ? [name + "="] : field.choices.map { name + "=" + $0 }
    }
  }

  /// The subjects of the releases that the ledger knows; none where there is no ledger to ask.
  static let subjects = CompletionKind.custom { _, _, prefix in
    do {
      let options = try LedgerOptions.parse([])
      let ledger = try options.open(readOnly: true)
      var subjects: [String] = []
      try ledger.withViews { rows, _ in
        try ledger.forEachRow(of: Releases.self, in: rows) { row in
          let subject = Subject.release(package: row.package, version: row.version).text
          if subject.hasPrefix(prefix) { subjects.append(subject) }
          return subjects.count < 200
        }
      }
      return subjects
    } catch {
      // A completion has no place to say what is wrong; the command itself will.
      return []
    }
  }
}

extension Completions {
  /// The ids of the policies that the ledger knows; none where there is no ledger to ask.
  static let policies = CompletionKind.custom { _, _, prefix in
    do {
      var ids: [String] = []
      try LedgerOptions.parse([]).open(readOnly: true).forEachRow(of: Policies.self) { row, _ in
        if row.policy.hasPrefix(prefix) { ids.append(row.policy) }
        return true
      }
      return ids
    } catch {
      // As above.
      return []
    }
  }
}

extension Completions {
  /// The ids of the frameworks of controls that the program brings.
  static let frameworks = CompletionKind.custom { _, _, prefix in
    ControlCatalogue.builtInIDs.filter { $0.hasPrefix(prefix) }
  }

  /// The clauses of the framework that stands on the line already.
  static let clauses = CompletionKind.custom { words, _, prefix in
    ControlCatalogue.builtIn().filter { words.contains($0.id) }
      .flatMap { $0.clauses.map(\.id) }.filter { $0.hasPrefix(prefix) }
  }

  /// The names of the rules.
  static let rules = CompletionKind.custom { _, _, prefix in
    RuleName.allCases.map(\.rawValue).filter { $0.hasPrefix(prefix) }
  }

  /// The names of what the ledger itself is evidence of.
  static let evidence = CompletionKind.custom { _, _, prefix in
    ControlFramework.LedgerProperty.allCases.map(\.rawValue).filter { $0.hasPrefix(prefix) }
  }
}

/// The script that makes a shell complete the program's words.
enum CompletionScript {
  /// - Returns: the script that the arguments ask for; nil where the parser's own will do, or says what is wrong.
  static func asked(_ arguments: [String]) -> String? {
    let option = "--generate-completion-script"
    let words = arguments.prefix(2).flatMap { $0.split(separator: "=", maxSplits: 1) }
    guard words.count >= 2, words[0] == option else { return nil }
    switch words[1] {
    case "bash":
      return RelmCommand.completionScript(for: .bash)
        .replacing("complete -o filenames -F _relm relm", with: bashWords)
    case "zsh":
      return RelmCommand.completionScript(for: .zsh)
        .replacing("__relm_complete \"${completions[@]:0:-1}\"", with: zshWords)
    default: return nil
    }
  }

  /// A field goes on behind its sign: without a space, and without the backslash that a file's name would get.
  private static let bashWords = """
    _relm_words() {
        _relm "$@"
        if [[ "${COMPREPLY[*]}" = *=* ]]; then
            compopt +o filenames
            [[ "${COMPREPLY[*]} " = *"= "* ]] && compopt -o nospace
        fi
    }

    complete -o filenames -F _relm_words relm
    """

  /// The same for zsh, which also takes what stands behind a colon for a description.
  private static let zshWords = """
    local -a found=("${completions[@]:0:-1}")
            local -a open=("${(M)found[@]:#*=}") whole=("${found[@]:#*=}")
            (( ${#open[@]} )) && compadd -Q -S '' -- "${open[@]}"
            (( ${#whole[@]} )) && compadd -- "${whole[@]}"
    """
}
