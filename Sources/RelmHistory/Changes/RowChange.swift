internal import RelmViews
package import RelmDomain

/// What became of one row between two moments.
package struct RowChange: Sendable, Equatable {
  /// The view that the row is of.
  package let view: String
  /// What it stands under, such as package and version.
  package let key: [String]
  /// What differs, field by field; all of a row that is new or gone.
  package let fields: [FieldChange]
  /// Whether the row was there before, and is there after.
  package let existed: Bool
  package let exists: Bool

  init(view: String, key: RowKey, before: [UInt8]?, after: [UInt8]?) throws(JSONError) {
    self.view = view
    self.key = key.components
    existed = before != nil
    exists = after != nil
    fields = try FieldChange.between(before, after)
  }
}
