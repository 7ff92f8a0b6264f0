"""Reads schemas/ into a small model, and refuses what lies outside the documented subset of JSON Schema.

The subset: objects with `properties`, `required` and `additionalProperties: false`; arrays with `items` and
`minItems: 1`; `boolean`; closed lists as `enum` of strings; `$ref` to the file's own `$defs` or to
`urn:relm:common:1`. Strings and numbers with a pattern, a format or bounds live in the common file alone,
because each of them has a reader written by hand (SCALARS below).
"""

import json
import re
from dataclasses import dataclass, field

COMMON = "urn:relm:common:1"

# Scalars of the common file: Swift type, JSON shape. ScalarKind.swift has their words.
SCALARS = {
    "name": ("String", "string"),
    "entityName": ("String", "string"),
    "text": ("String", "string"),
    "digest": ("ContentDigest", "string"),
    "person": ("PersonID", "string"),
    "keyHolder": ("PersonID", "string"),
    "timestamp": ("Timestamp", "string"),
    "uriReference": ("String", "string"),
    "mediaType": ("String", "string"),
    "purl": ("String", "string"),
    "releaseSubject": ("String", "string"),
    "base64": ("String", "string"),
    "count": ("Int", "integer"),
    "position": ("Position", "integer"),
    "duration": ("TimeSpan", "string"),
    "subject": ("String", "string"),
    "level": ("Int", "integer"),
    "rating": ("Int", "integer"),
    "percentage": ("Percentage", "number"),
    "instant": ("Instant", "string"),
}

# What an example's value is, by the JSON shape of its scalar.
PYTHON = {"string": str, "integer": int, "number": (int, float)}

# Documents that stand for themselves, in an event or in a file: the schema's name, and the Swift type.
DOCUMENTS = {"controls": "ControlFramework", "policy": "PolicyDocument", "procedure": "ProcedureDocument"}

ANNOTATIONS = {"description", "examples", "title", "x-relm-example"}
COMMON_SCALAR_KEYS = ANNOTATIONS | {
    "type", "pattern", "format", "minLength", "minimum", "maximum", "x-relm-person"}
EVENT_KEYS = ANNOTATIONS | {
    "$schema", "$id", "$defs", "type", "properties", "required", "additionalProperties",
    "x-relm-stream", "x-relm-level", "x-relm-act", "x-relm-act-of", "x-relm-own-verb", "x-relm-opens-stream",
    "x-relm-attempt", "x-relm-recorded-by", "x-relm-help-omits", "x-relm-help-adds",
    "x-relm-family", "x-relm-composed"}
DOCUMENT_KEYS = ANNOTATIONS | {
    "$schema", "$id", "$defs", "type", "properties", "required", "additionalProperties"}
VIEW_KEYS = ANNOTATIONS | {
    "$schema", "$id", "$defs", "type", "properties", "required", "additionalProperties", "x-relm-view", "x-relm-key"}
ATTEMPT_STEPS = {
    "started", "progressed", "finished", "rolledBack", "removed", "offered", "accepted", "rejected", "conditionMet",
    "advised", "found", "acted"}


class SchemaError(Exception):
    """A schema says something that the generator does not know; the message names the place."""


# The families of events of a release beside attempts, and what they are.
FAMILIES = {
    "planning": "What is planned, assessed, scheduled, and told to partners.",
    "permission": "What is asked for, allowed, refused, set aside or decided.",
    "record": "What is recorded along the way: packages, judgements, steps, documents, activities, results.",
    "ending": "How a release ends as a record.",
}


@dataclass
class Kind:
    """What a value may be."""

    shape: str  # scalar, choice, object, boolean, list
    swift: str = ""
    name: str = ""  # a scalar's name in SCALARS
    choices: list = field(default_factory=list)
    item: "Kind" = None
    structure: "Structure" = None
    is_personal: bool = False


@dataclass
class Property:
    name: str
    kind: Kind
    required: bool
    meaning: str
    example: object
    plain: str = None  # of a personal text: what a caller writes, before it is sealed


@dataclass
class Structure:
    """An object with named properties; becomes a Swift struct."""

    swift: str
    meaning: str
    properties: list
    nested: list = field(default_factory=list)  # structures and closed lists that only it uses
    case: str = None  # of an event's data: the case of its type
    is_stored: bool = False  # its members are stored, and not read out of an event's bytes
    table: str = None  # of what others may have written: the table by which it is looked at first

    def sorted_properties(self):
        return sorted(self.properties, key=lambda p: p.name)


@dataclass
class Choice:
    """A closed list of words; becomes a Swift enum."""

    swift: str
    meaning: str
    choices: list


@dataclass
class EventSchema:
    type: str  # without relm.
    version: int
    path: str
    swift_name: str
    case_name: str
    stream: str
    stream_type: str
    structure: Structure
    document: dict


@dataclass
class WholeSchema:
    path: str
    swift_name: str
    structure: Structure
    document: dict


@dataclass
class DocumentSchema:
    path: str
    swift_name: str
    structure: Structure
    document: dict


@dataclass
class Contract:
    shared: list
    documents: list
    events: list
    views: list
    reports: list

    def streams(self):
        return sorted({e.stream for e in self.events})


def upper(name):
    return name[0].upper() + name[1:]


def load(folder):
    common_document = read(folder / "common.v1.json")
    if common_document.get("$id") != COMMON:
        raise SchemaError(f"common.v1.json: $id must be {COMMON}")
    common = Definitions("common.v1.json", common_document["$defs"], None)
    documents = [load_document(folder / f"{name}.v1.json", swift, common) for name, swift in sorted(DOCUMENTS.items())]
    events = [load_event(path, common) for path in sorted((folder / "event").glob("*.json"))]
    views = [load_view(path, common) for path in sorted((folder / "view").glob("*.json"))]
    reports = [load_report(path, common) for path in sorted((folder / "report").glob("*.json"))]
    for name in common.defs:
        if name not in SCALARS:
            common.kind_of(name)
    whole = documents + views + reports + [e for e in events if e.document.get("x-relm-composed")]
    for structure in (made.structure for made in whole):
        store(structure)
    for event in events:
        event.structure.table = f"Structure(.{event.case_name})" if event.structure.is_stored else None
    for document in documents:
        document.structure.table = f"Structure.of{document.swift_name}"
    return Contract(common.made, documents, events, views, reports)


def store(structure):
    """Marks what a row, a report or a document holds, and what the program composes itself, as stored in members."""
    structure.is_stored = True
    for prop in structure.properties:
        kind = prop.kind.item if prop.kind.shape == "list" else prop.kind
        if kind.shape == "object" and not kind.structure.is_stored:
            store(kind.structure)


def read(path):
    try:
        return json.loads(path.read_text("utf-8"), object_pairs_hook=without_duplicates)
    except ValueError as error:
        raise SchemaError(f"{path.name}: {error}") from error


def without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"duplicate key among {keys}")
    return dict(pairs)


def load_event(path, common):
    where = f"event/{path.name}"
    match = re.fullmatch(r"([a-z.]+)\.v([1-9][0-9]*)\.json", path.name)
    if not match:
        raise SchemaError(f"{where}: a file is named <type>.v<version>.json")
    event_type, version = match.group(1), int(match.group(2))
    document = read(path)
    only(document, EVENT_KEYS, where)
    if document.get("$id") != f"urn:relm:event:{event_type}:{version}":
        raise SchemaError(f"{where}: $id must be urn:relm:event:{event_type}:{version}")
    for key in ("title", "x-relm-stream", "x-relm-level", "x-relm-act", "x-relm-opens-stream", "x-relm-recorded-by"):
        if key not in document:
            raise SchemaError(f"{where}: {key} is missing")
    if document["x-relm-level"] not in (3, 4, 5, 6):
        raise SchemaError(f"{where}: x-relm-level is 3, 4, 5 or 6")
    swift_name = "".join(upper(word) for word in event_type.split("."))
    if version > 1:
        raise SchemaError(f"{where}: a second version needs a rule for reading the first; see Adding an event type")
    local = Definitions(where, document.get("$defs", {}), common)
    structure = local.structure(swift_name, document, where)
    structure.nested = local.made
    structure.case = swift_name[0].lower() + swift_name[1:]
    names = {p.name for p in structure.properties}
    if not {"note", "references"} <= names:
        raise SchemaError(f"{where}: every type takes note and references")
    attempt = document.get("x-relm-attempt")
    if attempt and (attempt.get("step") not in ATTEMPT_STEPS or attempt.get("id") not in names):
        raise SchemaError(f"{where}: x-relm-attempt needs of, id (a property) and step ({sorted(ATTEMPT_STEPS)})")
    family = document.get("x-relm-family")
    if (document["x-relm-stream"] == "release") != bool(attempt or family) or (attempt and family):
        raise SchemaError(f"{where}: a type of a release is a step of an attempt, or has an x-relm-family")
    if family and family not in FAMILIES:
        raise SchemaError(f"{where}: x-relm-family is one of {sorted(FAMILIES)}")
    check_examples(structure, document, where)
    stream = document["x-relm-stream"]
    return EventSchema(event_type, version, where, swift_name, swift_name[0].lower() + swift_name[1:],
                       stream, upper(stream), structure, document)


def load_document(path, swift_name, common):
    where = path.name
    document = read(path)
    only(document, DOCUMENT_KEYS, where)
    identity = f"urn:relm:{path.name.split('.')[0]}:1"
    if document.get("$id") != identity:
        raise SchemaError(f"{where}: $id must be {identity}")
    local = Definitions(where, document.get("$defs", {}), common)
    structure = local.structure(swift_name, document, where)
    structure.nested = local.made
    check_examples(structure, document, where)
    common.documents[identity] = Kind("object", swift_name, structure=structure)
    return DocumentSchema(where, swift_name, structure, document)


def load_view(path, common):
    where = f"view/{path.name}"
    document = read(path)
    only(document, VIEW_KEYS, where)
    if "x-relm-view" not in document:
        raise SchemaError(f"{where}: x-relm-view is missing")
    return load_whole(document, where, upper(path.name.split(".")[0]) + "Row", common)


def load_report(path, common):
    where = f"report/{path.name}"
    document = read(path)
    only(document, DOCUMENT_KEYS, where)
    if document.get("$id") != f"urn:relm:report:{path.name.split('.')[0]}:1":
        raise SchemaError(f"{where}: $id must be urn:relm:report:{path.name.split('.')[0]}:1")
    return load_whole(document, where, upper(path.name.split(".")[0]) + "Report", common)


def load_whole(document, where, swift_name, common):
    """A structure that is written as a whole: a row, a report."""
    local = Definitions(where, document.get("$defs", {}), common)
    structure = local.structure(swift_name, document, where)
    structure.nested = local.made
    check_examples(structure, document, where)
    return WholeSchema(where, swift_name, structure, document)


def only(document, allowed, where):
    for key in document:
        if key not in allowed:
            raise SchemaError(f"{where}: {key} is outside the subset")


def check_examples(structure, document, where):
    examples = document.get("examples", [])
    if not examples:
        raise SchemaError(f"{where}: an example at the top is missing")
    for example in examples:
        check(Kind("object", structure=structure), example, where)
    whole = {p.name for p in structure.properties} - set(examples[0])
    if whole:
        raise SchemaError(f"{where}: the first example lacks {sorted(whole)}; it shows every field")
    for prop in structure.properties:
        if prop.example is not None:
            check(prop.kind, prop.example, f"{where}: example of {prop.name}")


def check(kind, value, where):
    """Whether an example has the shape that the schema gives it; patterns are left to a full validator."""
    good = {
        "boolean": lambda: isinstance(value, bool),
        "choice": lambda: value in kind.choices,
        "scalar": lambda: isinstance(value, PYTHON[SCALARS[kind.name][1]]) and value != "",
        "list": lambda: isinstance(value, list) and len(value) > 0,
        "object": lambda: isinstance(value, dict),
    }[kind.shape]()
    if not good:
        raise SchemaError(f"{where}: {json.dumps(value)} is not of kind {kind.shape}")
    if kind.shape == "list":
        for item in value:
            check(kind.item, item, where)
    if kind.shape == "object":
        properties = {p.name: p for p in kind.structure.properties}
        for key in value:
            if key not in properties:
                raise SchemaError(f"{where}: {key} is no field of {kind.structure.swift}")
            check(properties[key].kind, value[key], f"{where}/{key}")
        for prop in properties.values():
            if prop.required and prop.name not in value:
                raise SchemaError(f"{where}: {prop.name} is required in {kind.structure.swift}")


class Definitions:
    """The `$defs` of one file; makes each of them once, in the order in which they are first used."""

    def __init__(self, where, defs, common):
        self.where, self.defs, self.common = where, defs, common
        self.kinds, self.made = {}, []
        self.documents = common.documents if common else {}

    def kind_of(self, name):
        if name in self.kinds:
            return self.kinds[name]
        where = f"{self.where}#/$defs/{name}"
        if name not in self.defs:
            raise SchemaError(f"{where}: there is no such definition")
        schema = self.defs[name]
        if self.common is None and name in SCALARS:
            only(schema, COMMON_SCALAR_KEYS, where)
            kind = Kind("scalar", SCALARS[name][0], name)
        else:
            kind = self.kind(schema, upper(name), where)
            kind.is_personal = name == "personalText" and self.common is None
        self.kinds[name] = kind
        return kind

    def kind(self, schema, swift, where):
        if "$ref" in schema:
            only(schema, ANNOTATIONS | {"$ref"}, where)
            if schema["$ref"] in self.documents:
                return self.documents[schema["$ref"]]
            target, _, name = schema["$ref"].partition("#/$defs/")
            if target == COMMON:
                return (self.common or self).kind_of(name)
            if target == "" and name:
                return self.kind_of(name)
            raise SchemaError(f"{where}: a $ref points to #/$defs/ or to {COMMON}#/$defs/")
        if "enum" in schema:
            only(schema, ANNOTATIONS | {"type", "enum"}, where)
            if not all(isinstance(w, str) and re.fullmatch(r"[a-z][A-Za-z0-9]*(-[a-z]+)*", w) for w in schema["enum"]):
                raise SchemaError(f"{where}: a closed list holds words in lowerCamelCase, or joined by hyphens")
            self.made.append(Choice(swift, schema.get("description", ""), schema["enum"]))
            return Kind("choice", swift, choices=schema["enum"])
        if schema.get("type") == "boolean":
            only(schema, ANNOTATIONS | {"type"}, where)
            return Kind("boolean", "Bool")
        if schema.get("type") == "array":
            only(schema, ANNOTATIONS | {"type", "items", "minItems"}, where)
            if schema.get("minItems") != 1:
                raise SchemaError(f"{where}: an array has minItems 1; what is empty is left out")
            item = self.kind(schema["items"], swift, where + "/items")
            return Kind("list", f"[{item.swift}]", item=item)
        if schema.get("type") == "object":
            only(schema, ANNOTATIONS | {"type", "properties", "required", "additionalProperties"}, where)
            structure = self.structure(swift, schema, where)
            self.made.append(structure)
            return Kind("object", swift, structure=structure)
        raise SchemaError(f"{where}: strings and integers are defined in common.v1.json")

    def structure(self, swift, schema, where):
        if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
            raise SchemaError(f"{where}: needs type object and additionalProperties false")
        required = schema.get("required", [])
        properties = []
        for name, prop in schema["properties"].items():
            here = f"{where}/properties/{name}"
            if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
                raise SchemaError(f"{here}: a field's name is in lowerCamelCase")
            if not prop.get("description"):
                raise SchemaError(f"{here}: description is missing")
            kind = self.kind(prop, upper(name), here)
            example = prop.get("examples", [None])[0]
            plain = prop.get("x-relm-example")
            if plain is not None and not kind.is_personal:
                raise SchemaError(f"{here}: x-relm-example is for personal text; others have examples")
            properties.append(Property(name, kind, name in required, prop["description"], example, plain))
        for name in required:
            if name not in schema["properties"]:
                raise SchemaError(f"{where}: {name} is required and is no property")
        return Structure(swift, schema.get("description", ""), properties)
