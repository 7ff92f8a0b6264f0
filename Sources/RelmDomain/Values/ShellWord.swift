/// Words of commands that are printed to be copied.
package enum ShellWord {
  /// A word as a POSIX shell takes it: as it is where nothing in it means anything to one, else in single quotes.
  ///
  /// `…`, which stands for what is to be filled in, stays as it is.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "0"..."9", "A"..."Z", "a"..."z", "…": true
      default: "=:/._-@+,%".unicodeScalars.contains(scalar)
      }
    }
    guard !isPlain || word.isEmpty else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// A field as `relm record` takes it, `name=value` or `name:=JSON`, with its value quoted.
  package static func quoted(field: String) -> String {
    guard let equals = field.firstIndex(of: "=") else { return quoted(field) }
    let value = field[field.index(after: equals)...]
    return field[...equals] + (value.isEmpty ? "" : quoted(String(value)))
  }
}
