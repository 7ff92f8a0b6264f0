package import RelmDomain
internal import RelmProof
package import RelmViews

/// A small log of a test's own, and the rows of one view folded from it.
package enum TestLog {
  package static let person = PersonID(UUIDText(high: 1, low: 1))

  /// A stored event about a subject, at a minute.
  package static func event(
    _ position: UInt64, _ subject: String?, _ type: String, _ data: String, minute: Int = 0
  ) throws -> RecordedEvent {
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let time = "2026-11-22T\(two(minute / 60)):\(two(minute % 60)):00"
    let about = subject.map { #""subject":"\#($0)","# } ?? ""
    let json =
      #"{"authid":"\#(person.text)","data":\#(data),"id":"\#(position)","recordedtime":"2026-11-23T00:00:00.000Z","#
      + #""source":"/test","specversion":"1.0","streamversion":0,\#(about)"time":"\#(time)Z","type":"\#(type)"}"#
    let record = try Record([UInt8](json.utf8))
    return try RecordedEvent(position: Position(position), record: record, digest: Digest.leaf(record.bytes))
  }

  /// Folds a view's rows, each kept as its bytes between two events, as a store keeps them.
  package static func fold<View: Projection>(_: View.Type, _ events: [RecordedEvent]) throws -> [[UInt8]:
    [UInt8]]
  {
    var rows: [[UInt8]: [UInt8]] = [:]
    for event in events {
      for key in View.keys(touchedBy: event) {
        let row = try rows[key.bytes].map { try View.Row(canonical: $0) }
        rows[key.bytes] = View.evolve(row, at: key, by: event)?.bytes
      }
    }
    return rows
  }
}
