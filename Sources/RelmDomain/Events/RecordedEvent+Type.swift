extension EventType {
  /// A type's name as people write it: ours without their prefix.
  package static func short(_ name: String) -> String {
    name.hasPrefix("relm.") ? String(name.dropFirst(5)) : name
  }
}

extension RecordedEvent {
  /// The type as people write it.
  package var shortType: String { EventType.short(record.envelope.type) }
}
