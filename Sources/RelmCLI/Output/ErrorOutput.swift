internal import Glibc
internal import RelmDomain

/// How a command that fails says so: in a sentence, or where rows are asked for as JSON, as JSON on standard error too.
enum ErrorOutput {
  /// Whether errors are JSON: by `--format`, else by RELM_FORMAT.
  static let isJSON: Bool = {
    var words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
    while let word = words.popFirst() {
      if word == "--format" { return asksForJSON(words.first) }
      if word.hasPrefix("--format=") { return asksForJSON(String(word.dropFirst(9))) }
    }
    return asksForJSON(getenv("RELM_FORMAT").map { String(cString: $0) })
  }()

  private static func asksForJSON(_ format: String?) -> Bool { format == "json" || format == "ndjson" }

  /// Tells why the command ends with this status.
  static func tell(_ error: any Error, _ status: ExitStatus) {
    let problems =
      if let failure = error as? CommandFailure { failure.problems } else {
        [(error as? JSONError).map { Problem($0) } ?? Problem("\(error)")]
      }
    for problem in problems { tell(problem, status) }
  }

  /// - Parameter prefix: what stands before the sentence for people.
  static func tell(_ problem: Problem, _ status: ExitStatus, prefix: String = "relm: ") {
    if isJSON {
      Terminal.remark(bytes: problem.object(status))
    } else {
      Terminal.remark(prefix + problem.text)
    }
  }
}
