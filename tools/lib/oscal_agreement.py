#!/usr/bin/env python3
"""Holds OSCAL assessment results to NIST's JSON Schema, in the eyes of a validator that shares nothing with relm.

    oscal_agreement.py SCHEMA FILE...

The schema is NIST's oscal_assessment-results_schema.json (draft-07). Beyond it, what a schema cannot say: every UUID
names one thing, whatever points to something inside the document points to something that is there, and every UUID is
made from the origin alone (version 5).
"""

import argparse
import importlib
import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
from schema_agreement import install, is_date_time, is_uri_reference, pointer  # noqa: E402

PATTERNS = "regex==2026.5.9"  # The schema's patterns name classes of Unicode, which Python's own `re` does not know.

# What points to what: the member, and the kinds of things one of which must have that UUID.
REFERENCES = {
    "subject-uuid": {"components"}, "component-uuid": {"components"}, "actor-uuid": {"components"},
    "observation-uuid": {"observations"}, "risk-uuid": {"risks"},
}


def install_patterns():
    """Imports regex; installs it where it is missing."""
    try:
        return importlib.import_module("regex")
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", PATTERNS], check=False)
    importlib.invalidate_caches()
    try:
        return importlib.import_module("regex")
    except ImportError as error:
        print(f"The Python package {PATTERNS} is missing, and pip could not install it ({error}).\n"
              f"Install it for {sys.executable}, then run this again.", file=sys.stderr)
        sys.exit(69)


def validator_of(schema):
    jsonschema, _ = install()
    regex = install_patterns()

    def pattern(_, wanted, text, __):
        # As ECMA 262 reads it: the end is the end, and not the line's before a last newline.
        if isinstance(text, str) and not regex.search(wanted.replace("$", r"\Z"), text):
            yield jsonschema.ValidationError(f"{text!r} does not match {wanted!r}")

    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time")(lambda text: not isinstance(text, str) or is_date_time(text))
    formats.checks("uri-reference")(lambda text: not isinstance(text, str) or is_uri_reference(text))
    made = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": pattern})
    return made(schema, format_checker=formats)


def members(value, kind=""):
    """Every object of a document, with the name of the list or the member that it stands in."""
    if isinstance(value, dict):
        yield kind, value
        for name, part in value.items():
            yield from members(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from members(part, kind)


def loose_ends(document):
    """What is wrong with ids and references, in words."""
    named, parts = {}, {part["id"] for kind, part in members(document) if kind == "parts" and "id" in part}
    for kind, part in members(document):
        if "uuid" not in part:
            continue
        if part["uuid"] in named:
            yield f"{part['uuid']} names two things: {named[part['uuid']]} and {kind}"
        named[part["uuid"]] = kind
        if part["uuid"][14] != "5":
            yield f"{part['uuid']} is not of version 5"
    for kind, part in members(document):
        for member, kinds in REFERENCES.items():
            if member in part and named.get(part[member]) not in kinds:
                yield f"{kind}: {member} {part[member]} is none of {', '.join(sorted(kinds))}"
        if part.get("href", "").startswith("#") and named.get(part["href"][1:]) != "resources":
            yield f"{kind}: {part['href']} is no resource"
        for party in part.get("party-uuids", []):
            if named.get(party) != "parties":
                yield f"{kind}: {party} is no party"
        for member in ("target-id", "objective-id"):
            if member in part and part[member] not in parts:
                yield f"{kind}: {part[member]} is no objective"
    roles = {part["id"] for kind, part in members(document) if kind == "roles"}
    for kind, part in members(document):
        if "role-id" in part and part["role-id"] not in roles:
            yield f"{kind}: {part['role-id']} is no role"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schema", help="NIST's JSON Schema for assessment results")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a document")
    options = parser.parse_args()
    validator = validator_of(json.loads(pathlib.Path(options.schema).read_text("utf-8")))
    wrong = 0
    for path in options.files:
        document = json.loads(pathlib.Path(path).read_text("utf-8"))
        reasons = [f"{pointer(error.absolute_path)}: {error.message}" for error in validator.iter_errors(document)]
        reasons += list(loose_ends(document))
        wrong += bool(reasons)
        for reason in reasons[:20]:
            print(f"{path}: {reason}")
    print(f"{len(options.files):,} documents, {wrong:,} of them not as OSCAL has them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
