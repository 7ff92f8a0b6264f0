internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger

struct PolicyInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a starting policy with comments to a file, to edit and then adopt.",
    discussion: "Without a name it lists those that there are. Example: relm policy init small-team")

  @Argument(
    help: "Which: small-team, separation-of-duties or regulated.", completion: .list(StartingPolicy.names))
  var name: String?

  @Option(
    name: .shortAndLong,
    help: "Where to; not given, NAME.policy.yaml here. A file that is there stays as it is.",
    completion: .file())
  var output: String?

  func run() throws {
    guard let name else {
      var table = Rows("name", "what it asks", whenEmpty: "there is none")
      for policy in StartingPolicy.allCases { table.append(Cell(policy.rawValue), Cell(policy.summary)) }
      return try table.write(.table)
    }
    guard let policy = StartingPolicy(rawValue: name) else {
      let hint = EditDistance.nearest(to: name, in: StartingPolicy.names, within: 3).map {
        "did you mean '\($0)'?"
      }
      throw CommandFailure(
        .usage,
        "there is no starting policy '\(name)'; \(hint ?? "there are \(StartingPolicy.names.joined(separator: ", "))")"
      )
    }
    let path = output ?? "\(policy.rawValue).policy.yaml"
    // Whoever has edited one does not want it back as it was: the file is made, and never written over.
    do throws(FileError) {
      let file = try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL, to: "create", mode: 0o666)
      try Files.writeAll(Array(policy.text.utf8)[...], to: file.number, path: path)
    } catch {
      guard error.operation == "create" else { throw error }
      throw CommandFailure(
        .cannotCreate,
        error.code == EEXIST
          ? "\(path) is there already and stays as it is; name another file with --output"
          : "cannot create \(path): \(FileError.words(for: error.code))")
    }
    try Terminal.print("wrote \(path)")
    Terminal.remark(
      "edit it, try it with 'relm policy check \(path)', and adopt it with 'relm policy adopt \(path)'")
  }
}
