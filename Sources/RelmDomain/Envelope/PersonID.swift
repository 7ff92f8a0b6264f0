/// The pseudonym of a person: `person:` and a UUID in lower case. Only the vault knows whose it is.
package struct PersonID: Hashable, Comparable, Sendable {
  package let uuid: UUIDText

  package init(_ uuid: UUIDText) { self.uuid = uuid }

  /// - Returns: `nil` where the text is not exactly how a pseudonym is written.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let uuid = UUIDText(String(text.dropFirst(Self.prefix.count))) else {
      return nil
    }
    self.init(uuid)
    // One person has one name: capital letters would be a second.
    guard self.text == text else { return nil }
  }

  private static let prefix = "person:"

  package var text: String { Self.prefix + uuid.text }

  package static func < (left: PersonID, right: PersonID) -> Bool { left.uuid < right.uuid }
}

extension PersonID: CustomStringConvertible {
  package var description: String { text }
}
