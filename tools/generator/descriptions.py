"""Writes what the schemas say in words, for help, completion and the intake, as JSON that is read when it is asked for."""

import json

from .schemas import SchemaError, Structure
from .structs import header


def texts_file(contract):
    out = header("")
    out += "/// What the schemas say in words, as JSON: ``EventDescription`` and ``FieldDescription`` are read from it.\n"
    out += "enum SchemaText {\n  static func event(_ type: EventType) -> String {\n    switch type {\n"
    for event in contract.events:
        out += f"    case .{event.case_name}: " + literal(event_block(event, contract))
    out += "    }\n  }\n\n  /// The fields of a structure that several types share, or of a document that stands by itself.\n"
    out += "  static func structure(_ name: String) -> String? {\n    switch name {\n"
    for structure in shared_structures(contract):
        out += f'    case "{structure.swift}": ' + literal("[" + fields(structure, contract) + "]")
    return out + "    default: nil\n    }\n  }\n}\n" + tables(contract)


def tables(contract):
    """The tables of the structures that several types share, each made when it is first asked for."""
    names = [structure.swift for structure in shared_structures(contract)]
    out = "\nextension Structure {\n"
    out += "".join(f'  static let of{name} = Structure(block: "{name}")\n' for name in names)
    out += "\n  /// The table of a structure that several types share, or of a document that stands by itself.\n"
    out += "  static func named(_ name: String) -> Structure? {\n    switch name {\n"
    out += "".join(f'    case "{name}": of{name}\n' for name in names)
    return out + "    default: nil\n    }\n  }\n}\n"


def literal(text):
    """A raw string on one line: a type or a structure a line, that a change of its schema changes."""
    if '"##' in text or "\\##" in text or "\n" in text:
        raise SchemaError("a raw string literal cannot hold this text")
    return f'##"{text}"##\n'


def shared_structures(contract):
    """The structures that have a block of their own."""
    return [s for s in contract.shared if isinstance(s, Structure)] + [d.structure for d in contract.documents]


def event_block(event, contract):
    document = event.document
    pointers = {"person": [], "personal": []}
    collect(event.structure, "", pointers)
    head = {
        "version": event.version, "title": document["title"], "meaning": document["description"],
        "recordedBy": document["x-relm-recorded-by"],
        "level": document["x-relm-level"], "isAct": document["x-relm-act"], "actOf": document.get("x-relm-act-of"),
        "ownVerb": document.get("x-relm-own-verb"),
        "persons": pointers["person"], "personalTexts": pointers["personal"],
        "helpOmits": document.get("x-relm-help-omits"), "helpAdds": document.get("x-relm-help-adds")}
    said = compact({key: value for key, value in head.items() if value})
    example = canonical(document["examples"][0])
    return f'{said[:-1]},"example":{example},"fields":[{fields(event.structure, contract)}]}}'


def collect(structure, at, pointers):
    """JSON pointers of persons and of personal texts, with `*` for each item of an array."""
    for prop in structure.sorted_properties():
        kind, pointer = prop.kind, f"{at}/{prop.name}"
        while kind.shape == "list":
            kind, pointer = kind.item, pointer + "/*"
        if kind.is_personal:
            pointers["personal"].append(pointer)
        elif kind.shape == "object":
            collect(kind.structure, pointer, pointers)
        elif kind.shape == "scalar" and kind.name == "person":
            pointers["person"].append(pointer)


def fields(structure, contract):
    return ",".join(field(prop, contract) for prop in structure.properties)


def field(prop, contract):
    kind = prop.kind.item if prop.kind.shape == "list" else prop.kind
    entries = {"name": prop.name}
    if prop.kind.shape == "list":
        entries["isList"] = True
    if prop.required:
        entries["isRequired"] = True
    if kind.is_personal:
        entries["kind"] = "personalText"
    elif kind.shape in ("scalar", "boolean"):
        entries["kind"] = kind.name or "boolean"
    elif kind.shape == "choice":
        entries["choices"] = kind.choices
    elif kind.structure in shared_structures(contract):
        entries["structure"] = kind.structure.swift
    entries["meaning"] = prop.meaning
    text = compact(entries)
    example = prop.plain if kind.is_personal and prop.plain is not None else prop.example
    if example is not None:
        text = text[:-1] + f',"example":{canonical(example)}}}'
    if kind.shape == "object" and not kind.is_personal and "structure" not in entries:
        text = text[:-1] + ',"fields":[' + fields(kind.structure, contract) + "]}"
    return text


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def canonical(value):
    """Examples hold ASCII keys and no fractions, so that sorting by code point is RFC 8785's order."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
