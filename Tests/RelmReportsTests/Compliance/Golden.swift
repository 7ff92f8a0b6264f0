import Foundation
import Testing

/// A text that is kept beside the tests; RELM_UPDATE_GOLDENS=1 writes it anew.
enum Golden {
  static func expect(_ text: String, is name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["RELM_UPDATE_GOLDENS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    // Not the texts themselves: a failure should not print two whole pages.
    let isSame = text == kept
    #expect(isSame, "look at \(name); RELM_UPDATE_GOLDENS=1 rewrites it")
  }
}
