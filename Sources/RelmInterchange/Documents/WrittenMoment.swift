/// A moment as somebody wrote it into a document, and in which field: what a day means depends on that.
package struct WrittenMoment: Hashable, Sendable {
  package let field: String
  package let text: String
}
