package import RelmDomain

extension Envelope {
  /// The stream that the event belongs to: its subject. Foreign events without one share the stream without a name.
  package var stream: String { subject ?? "" }
}
