internal import ArgumentParser
internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmRules

/// Which frameworks of controls are known.
struct ControlsOptions: ParsableArguments {
  @Option(
    name: .customLong("controls"),
    help: ArgumentHelp(
      "A house's own framework, or clauses for one that there is; YAML or JSON. Can be given several times.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  /// The program's own frameworks and those of the files.
  ///
  /// - Throws: `FileError`, or an end with status 65 where anything is wrong with a file; it is told line by line.
  func catalogue() throws -> ControlCatalogue {
    var own: [ControlFramework] = []
    for path in files {
      let known = ControlCatalogue(adding: own).frameworks
      own.append(
        try WrittenFile(path).read { bytes throws(DocumentFaults) in
          try ControlsText(bytes, beside: known).framework
        })
    }
    return ControlCatalogue(adding: own)
  }
}
