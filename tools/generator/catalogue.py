"""Writes the list of event types, the dispatch to their decoders, and the families of events."""

import textwrap

from .schemas import FAMILIES, upper
from .structs import WIDTH, documentation, header


def event_type_file(contract):
    out = header("event")
    out += "/// Every event type of our own that this program knows, by its wire name.\n"
    out += "package enum EventType: String, Sendable, CaseIterable {\n"
    for event in contract.events:
        out += f'  case {event.case_name} = "relm.{event.type}"\n'
    return out + "}\n"


def traits_file(contract):
    out = header("event") + "extension EventType {\n"
    out += "  /// What a decision has to know about the type.\n  package var traits: EventTraits {\n    switch self {\n"
    for event in contract.events:
        out += f"    case .{event.case_name}: {traits(event)}\n"
    return out + "    }\n  }\n}\n"


def traits(event):
    document = event.document
    authority = ".none"
    if document["x-relm-act"]:
        authority = ".namedParty" if "x-relm-act-of" in document else f".level({document['x-relm-level']})"
    opens = str(document["x-relm-opens-stream"]).lower()
    return f"EventTraits(stream: .{event.stream}, needs: {authority}, opensStream: {opens}, version: {event.version})"


def stream_file(stream, events):
    out = header("event")
    out += f"/// An event of a stream of the kind `{stream}`.\n"
    out += f"package enum {events[0].stream_type}Event: Sendable, Equatable {{\n"
    for event in events:
        out += f"  case {event.case_name}({event.swift_name})  // {event.document['title']}.\n"
    return out + "}\n"


def event_file(contract):
    out = header("event")
    out += "/// What a record's data says: an event of our own, decoded, or one that is kept as it is.\n"
    out += "package enum Event: Sendable, Equatable {\n"
    for stream in contract.streams():
        out += f"  case {stream}({stream[0].upper() + stream[1:]}Event)\n"
    out += "  /// A type that is not ours; it is stored under the same guarantees and moves nothing here.\n  case foreign\n"
    out += "  /// A `relm.*` type or a version that a newer program wrote.\n  case newer\n\n"
    out += "  /// Decodes the data of an event of our own.\n"
    out += "  /// - Throws: `DecodingFailure` with a pointer below the data.\n"
    out += "  package static func decode(_ type: EventType, from reader: inout CanonicalReader) throws(DecodingFailure) -> Event {\n"
    out += "    switch type {\n"
    for event in contract.events:
        out += f"    case .{event.case_name}: .{event.stream}(.{event.case_name}(try {event.swift_name}(from: &reader)))\n"
    out += "    }\n  }\n\n"
    out += "  /// Which of our own types it is.\n  package var type: EventType? {\n    switch self {\n"
    for event in contract.events:
        out += f"    case .{event.stream}(.{event.case_name}): .{event.case_name}\n"
    out += "    case .foreign, .newer: nil\n    }\n  }\n\n"
    out += "  /// Writes the data as canonical JSON; nothing for an event that is not ours.\n"
    out += "  package func write(to writer: inout CanonicalWriter) {\n    switch self {\n"
    for event in contract.events:
        out += f"    case .{event.stream}(.{event.case_name}(let data)): data.write(to: &writer)\n"
    out += "    case .foreign, .newer: break\n    }\n  }\n}\n"
    return out


def attempt_file(contract):
    events = [e for e in contract.events if e.document.get("x-relm-attempt")]
    out = header("event") + "/// A step of an attempt: of a build, a test run, a deployment, a handover, early life support or a review.\n"
    out += "package enum AttemptEvent: Sendable, Equatable {\n"
    for event in events:
        out += f"  case {event.case_name}({event.swift_name})\n"
    out += "\n  /// What kind of attempt it is of.\n  package var kind: AttemptRow.Kind {\n    switch self {\n"
    kinds = {}
    for event in events:
        kinds.setdefault(event.document["x-relm-attempt"]["of"], []).append(event)
    for kind, members in kinds.items():
        out += branch(members, f".{kind}")
    out += "    }\n  }\n\n  /// The attempt's id, as the caller gave it.\n  package var id: String {\n    switch self {\n"
    for event in events:
        out += f"    case .{event.case_name}(let data): data.{event.document['x-relm-attempt']['id']}\n"
    out += "    }\n  }\n\n  /// Which step of the attempt it is.\n  package var step: AttemptStep {\n    switch self {\n"
    steps = {}
    for event in events:
        steps.setdefault(event.document["x-relm-attempt"]["step"], []).append(event)
    for step, members in steps.items():
        out += branch(members, f".{step}")
    out += "    }\n  }\n\n  /// Whether it says of itself that it was recorded without what came before it.\n"
    out += "  package var isBackfilled: Bool {\n    switch self {\n"
    without = []
    for event in events:
        if any(p.name == "backfilled" for p in event.structure.properties):
            out += f"    case .{event.case_name}(let data): data.backfilled == true\n"
        else:
            without.append(event)
    out += branch(without, "false") + "    }\n  }\n}\n\n"
    out += "extension ReleaseEvent {\n  /// The event as a step of an attempt, where it is one.\n"
    out += "  package var attempt: AttemptEvent? {\n"
    return out + "    guard case .attempt(let event) = family else { return nil }\n    return event\n  }\n}\n"


def family_file(contract):
    """The events of a release by what they are about, so that who is concerned with one family switches over that."""
    out = header("event")
    for family, meaning in FAMILIES.items():
        out += documentation(meaning, 0) + f"package enum {upper(family)}Event: Sendable, Equatable {{\n"
        for event in contract.events:
            if event.document.get("x-relm-family") == family:
                out += f"  case {event.case_name}({event.swift_name})\n"
        out += "}\n\n"
    out += "/// An event of a release, by what it is about.\npackage enum ReleaseFamily: Sendable, Equatable {\n"
    out += "  case attempt(AttemptEvent)\n"
    for family in FAMILIES:
        out += f"  case {family}({upper(family)}Event)\n"
    out += "}\n\nextension ReleaseEvent {\n  /// The event by what it is about.\n"
    out += "  package var family: ReleaseFamily {\n    switch self {\n"
    for event in contract.events:
        if event.stream == "release":
            family = event.document.get("x-relm-family", "attempt")
            out += f"    case .{event.case_name}(let data): .{family}(.{event.case_name}(data))\n"
    return out + "    }\n  }\n}\n"


def branch(events, result):
    """A branch of a switch over some events, laid out as the formatter does it."""
    line = "    case " + ", ".join(f".{e.case_name}" for e in events) + ":"
    if len(line) + 1 + len(result) <= WIDTH:
        return f"{line} {result}\n"
    wrapped = textwrap.fill(line.strip(), WIDTH - 4, initial_indent="    ", subsequent_indent="      ")
    return f"{wrapped}\n      {result}\n"


def catalogue_file(contract):
    out = header("event")
    out += "extension EventCatalogue {\n"
    out += "  /// The description of a type; each is made when it is first asked for.\n"
    out += "  package static func description(of type: EventType) -> EventDescription {\n    switch type {\n"
    for event in contract.events:
        out += f"    case .{event.case_name}: {event.swift_name}.description\n"
    return out + "    }\n  }\n}\n"
