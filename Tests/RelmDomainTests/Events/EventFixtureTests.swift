import RelmDomain
import Testing

@Suite("Event types and their fixtures")
struct EventFixtureTests {
  @Test("every event type has a fixture, and every fixture a type")
  func fixturesAreComplete() throws {
    let expected = EventCatalogue.all.map { "\($0.type.rawValue.dropFirst("relm.".count)).v\($0.version).json" }
    #expect(try Fixture.names(in: "event") == expected.sorted())
  }

  @Test("every fixture decodes and is written again byte for byte", arguments: EventType.allCases)
  func fixtureRoundTrips(type: EventType) throws {
    let bytes = try Fixture.data(of: type)
    let event = try Event.decode(type: type.rawValue, dataschema: type.schema, data: CanonicalReader(bytes))
    var writer = CanonicalWriter()
    event.write(to: &writer)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    #expect(event.type == type)
  }

  @Test("what was written before a schema gained an optional field reads as it did, byte for byte")
  func earlyFixtures() throws {
    let names = try Fixture.names(in: "early")
    #expect(
      names == [
        "approval.given.v1.json", "deployment.started.v1.json", "document.attached.v1.json",
        "freeze.declared.v1.json", "handover.offered.v1.json", "package.published.v1.json",
      ])
    for name in names {
      let bytes = try Fixture.bytes("early/\(name)")
      let type = try #require(EventType.named("relm." + name.dropLast(".v1.json".count)))
      let event = try Event.decode(type: type.rawValue, dataschema: nil, data: CanonicalReader(bytes))
      var writer = CanonicalWriter()
      event.write(to: &writer)
      #expect(writer.bytes == bytes, "\(name)")
    }
  }

  @Test("the example in the catalogue is the fixture", arguments: EventType.allCases)
  func exampleIsFixture(type: EventType) throws {
    let description = EventCatalogue.description(of: type)
    #expect(description.type == type)
    #expect(try description.example == String(decoding: Fixture.data(of: type), as: UTF8.self))
  }

  @Test("a record without dataschema is of version 1")
  func absentSchemaIsFirstVersion() throws {
    let bytes = try Fixture.data(of: .buildStarted)
    let event = try Event.decode(type: "relm.build.started", dataschema: nil, data: CanonicalReader(bytes))
    #expect(event.type == .buildStarted)
  }

  @Test("another version of a known type, and an unknown type of relm, are of a newer program")
  func newerIsNotDecoded() throws {
    let bytes = CanonicalReader([UInt8]("{}".utf8))
    #expect(
      try Event.decode(type: "relm.build.started", dataschema: "urn:relm:event:build.started:2", data: bytes)
        == .newer)
    #expect(try Event.decode(type: "relm.moon.landed", dataschema: nil, data: bytes) == .newer)
  }

  @Test("a type that is not relm's is foreign, whatever its data")
  func foreignIsForeign() throws {
    #expect(try Event.decode(type: "dev.cdevents.build.started.0.2.0", dataschema: nil, data: nil) == .foreign)
    #expect(try Event.decode(type: "relm", dataschema: nil, data: nil) == .foreign)
  }

  @Test("an event of our own without data is refused")
  func dataIsNeeded() {
    #expect(throws: DecodingFailure.self) {
      try Event.decode(type: "relm.build.started", dataschema: nil, data: nil)
    }
  }

  @Test("a wire name is found, and nothing like it", arguments: EventType.allCases)
  func wireNamesAreFound(type: EventType) {
    #expect(EventType.named(type.rawValue) == type)
    #expect(EventType.named(String(type.rawValue.dropLast())) == nil)
    #expect(EventType.named(type.rawValue.uppercased()) == nil)
  }
}
