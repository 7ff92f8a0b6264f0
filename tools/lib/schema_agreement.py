#!/usr/bin/env python3
"""Holds schemas/ and the strict decoders to each other: what one takes the other takes, and nothing else.

    tools/lib/schema_agreement.py [--probe PROGRAM] [--seed N]     asks both about thousands of damaged examples
    tools/lib/schema_agreement.py --events FILE                    validates the events that `relm log --raw` printed

The decoders answer through Tests/SchemaProbe; the schemas through jsonschema, which knows nothing of relm. Formats
are checked here as the RFCs have them. What the ledger refuses as JSON before any schema is asked (two members of
one name, half surrogates, nesting over 64) is not in question.

Exit status: 0 they agree, or all events are valid; 1 they do not; 69 something that is needed is missing.
"""

import argparse
import calendar
import collections
import importlib
import ipaddress
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from schema_texts import ANYTHING, LETTERS, SOMETHING, TEXTS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGE = "jsonschema==4.26.0"
PAIRS = 60  # of damages at once, for each type
EDITS = 1000  # of a text, for each kind of text
TRIED = 8  # of what is tried here and there, for each place
REPEATED = 0.25  # of the damages inside a shared structure, where it has been tried before
SHOWN = 3  # disagreements of each type

# --- Formats, as the RFCs have them -------------------------------------------------------------------------------


def is_date_time(text):
    """RFC 3339, section 5.6; a second 60 only where 5.7 allows it, at the end of a month in UTC."""
    match = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))", text, re.ASCII)
    if not match:
        return False
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    ahead, hours, minutes = match.group(7), int(match.group(8) or 0), int(match.group(9) or 0)
    if not 1 <= month <= 12 or hour > 23 or minute > 59 or hours > 23 or minutes > 59:
        return False
    last = 29 if month == 2 and calendar.isleap(year) else calendar.mdays[month]
    if not 1 <= day <= last or second > 60:
        return False
    # In UTC, the next minute must be the first of a month: of this day's, or of the one after it.
    following = hour * 60 + minute + 1 - (-1 if ahead == "-" else 1) * (hours * 60 + minutes)
    return second < 60 or (following == 0 and day == 1) or (following == 1440 and day == last)


def is_uri_reference(text):
    """RFC 3986: taken apart as in appendix B, and each part checked against its rule of appendix A."""
    scheme, authority, path, query, fragment = re.fullmatch(
        r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", text, re.DOTALL).groups()

    def consists(part, more=""):
        return re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=" + more + r"-]|%[0-9A-Fa-f]{2})*", part) is not None

    def is_host(host):
        if not host.startswith("["):
            return consists(host)
        if re.fullmatch(r"\[[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\]", host):
            return True
        try:
            return host.endswith("]") and "%" not in host and bool(ipaddress.IPv6Address(host[1:-1]).packed)
        except ValueError:
            return False

    if scheme is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return False
    if scheme is None and authority is None and ":" in path.partition("/")[0]:
        return False  # path-noscheme
    if authority is not None:
        user, at, rest = authority.rpartition("@")
        host, port = re.fullmatch(r"(.*?)(:[0-9]*)?", rest, re.DOTALL).groups()
        if not consists(user, ":") or not is_host(host):
            return False
    return consists(path, ":@/") and consists(query or "", ":@/?") and consists(fragment or "", ":@/?")


# --- The schemas --------------------------------------------------------------------------------------------------


def install():
    """Imports jsonschema; installs it where it is missing."""
    try:
        return importlib.import_module("jsonschema"), importlib.import_module("referencing")
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", PACKAGE], check=False)
    importlib.invalidate_caches()
    try:
        return importlib.import_module("jsonschema"), importlib.import_module("referencing")
    except ImportError as error:
        print(f"The Python package {PACKAGE} is missing, and pip could not install it ({error}).\n"
              f"Install it for {sys.executable}, then run this again.", file=sys.stderr)
        sys.exit(69)


class Schemas:
    """The validators of all event types and of documents, and the definitions that they point to."""

    def __init__(self, folder):
        jsonschema, referencing = install()
        formats = jsonschema.FormatChecker(formats=())
        formats.checks("date-time")(lambda text: not isinstance(text, str) or is_date_time(text))
        formats.checks("uri-reference")(lambda text: not isinstance(text, str) or is_uri_reference(text))
        read = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.v1.json"))]
        self.documents = {document["$id"]: document for document in read}
        registry = referencing.Registry().with_resources(
            (name, referencing.Resource.from_contents(document)) for name, document in self.documents.items())
        self.events, self.validators, self.tried = {}, {}, set()
        for path in sorted((folder / "event").glob("*.v1.json")):
            self.events["relm." + path.name[:-len(".v1.json")]] = json.loads(path.read_text("utf-8"))
        # A document that stands in no event is asked about by the name of its schema.
        carried = json.dumps(self.events)
        for name, document in self.documents.items():
            if "properties" in document and f'"{name}"' not in carried:
                self.events[name] = document
        for kind, schema in self.events.items():
            jsonschema.Draft202012Validator.check_schema(schema)
            self.validators[kind] = jsonschema.Draft202012Validator(schema, registry=registry, format_checker=formats)

    def resolve(self, schema, home):
        """What a $ref points to: the schema, the document that it stands in, and the definition's name."""
        name = ""
        while "$ref" in schema:
            document, _, name = schema["$ref"].partition("#/$defs/")
            home = self.documents[document] if document else home
            schema = home["$defs"][name] if name else home
        return schema, home, name


# --- Damages ------------------------------------------------------------------------------------------------------


def changed(value, path, change):
    """A copy of a value that is changed at a path; what is not on the path is shared."""
    if not path:
        return change(value)
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], change)
    return copy


def without(value, schema, home, schemas):
    """The value with required members alone, at every depth."""
    schema, home, _ = schemas.resolve(schema, home)
    if isinstance(value, dict):
        parts = schema["properties"]
        return {k: without(v, parts[k], home, schemas) for k, v in value.items() if k in schema["required"]}
    if isinstance(value, list):
        return [without(item, schema["items"], home, schemas) for item in value[:1]]
    return value


def damages(value, schema, home, schemas, chance, path=()):
    """Every damage to a value and to what is in it: the path, the definition's name, and the change."""
    schema, home, name = schemas.resolve(schema, home)
    texts = ANYTHING + chance.sample(SOMETHING + TEXTS.get(name, []), TRIED)
    if schema["type"] == "string" and "enum" not in schema and name not in TEXTS:
        sys.exit(f"There are no texts to try for the definition {name}: add some to tools/lib/schema_texts.py")
    for word in schema.get("enum", []):
        texts = texts + [word, word.upper(), word.title(), word + "s", word[:-1], " " + word, word + "\n"]
    for bound in {schema.get("minimum"), schema.get("maximum")} - {None}:
        texts = texts + [bound, bound - 1, bound + 1, bound + 0.5, float(bound), str(bound), [bound]]
    for text in texts:
        yield path, name, lambda _, text=text: text
    yield path, name, lambda old: [old]
    # What many share is tried whole where it first stands; the same code reads it elsewhere.
    share = REPEATED if (home["$id"], name) in schemas.tried else 1
    if isinstance(value, dict):
        if name:
            schemas.tried.add((home["$id"], name))
        yield path, name, lambda old: dict(reversed(old.items()))
        for key in ["unknown", "", "Note", "note ", "$schema", "ä"]:
            yield path, name, lambda old, key=key: {**old, key: "a"}
        for key, part in schema["properties"].items():
            yield path, name, lambda old, key=key: {k: v for k, v in old.items() if k != key}
            yield path, name, lambda old, key=key: {**old, key.upper(): old.get(key)}
            if key in value:
                inside = damages(value[key], part, home, schemas, chance, path + (key,))
                yield from (damage for damage in inside if chance.random() < share)
            else:
                yield path, name, lambda old, key=key: {**old, key: None}
    if isinstance(value, list):
        yield path, name, lambda old: old + old
        yield path, name, lambda old: old + [None]
        yield path, name, lambda old: old + [old]
        for index, item in enumerate(value):
            yield from damages(item, schema["items"], home, schemas, chance, path + (index,))


def edited(text, chance):
    """A text with one to three characters put in, taken out, replaced or doubled."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        letter = chance.choice(LETTERS)
        text = chance.choice([
            text[:at] + letter + text[at:], text[:at] + text[at + 1:], text[:at] + letter + text[at + 1:],
            text[:at] + text[max(at - 1, 0):], text[:at] + text[at:at + 1].swapcase() + text[at + 1:]])
    return text


def cases(schemas, chance):
    """Everything that is asked: the type, the paths of what was changed, and the data."""
    homes = {}  # Of each definition, the smallest data that it stands in.
    for kind, schema in schemas.events.items():
        example = schema["examples"][0]
        for start in (example, without(example, schema, schema, schemas)):
            yield kind, (), start
            ways = list(damages(start, schema, schema, schemas, chance))
            size = len(json.dumps(start))
            for path, name, change in ways:
                if name not in homes or size < homes[name][0]:
                    homes[name] = size, kind, start, path
                yield kind, (path,), changed(start, path, change)
            for _ in range(PAIRS):
                (first, _, change), (second, _, other) = chance.sample(ways, 2)
                try:
                    data = changed(changed(start, first, change), second, other)
                except (KeyError, IndexError, TypeError, AttributeError):
                    continue  # The first change took away what the second would change.
                yield kind, (first, second), data
    for name, texts in TEXTS.items():
        for _ in range(EDITS if name in homes else 0):
            _, kind, start, path = homes[name]
            text = edited(chance.choice(texts), chance)
            yield kind, (path,), changed(start, path, lambda _, text=text: text)


def found(value, path):
    """What stands at a path, to be shown; where a second change took it away, what is left of it."""
    for token in path:
        try:
            value = value[token]
        except (KeyError, IndexError, TypeError):
            break
    text = json.dumps(value)
    return text if len(text) < 300 else text[:300] + "…"


def pointer(path):
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


# --- The comparison -----------------------------------------------------------------------------------------------


def compare(schemas, probe, seed):
    asked = {}
    for kind, paths, data in cases(schemas, random.Random(seed)):
        asked.setdefault(json.dumps({"type": kind, "data": data}), (kind, paths, data))
    with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as answers:
        lines.write("".join(line + "\n" for line in asked).encode())
        lines.seek(0)
        with subprocess.Popen([probe], stdin=lines, stdout=answers) as process:
            valid = [schemas.validators[kind].is_valid(data) for kind, _, data in asked.values()]
        answers.seek(0)
        said = answers.read().decode().split("\n")[:-1]
    if process.returncode != 0 or len(said) != len(asked):
        print(f"{probe} ended with {process.returncode} after {len(said)} answers of {len(asked)}")
        return 1
    trouble = collections.Counter()
    for (kind, paths, data), schema, answer in zip(asked.values(), valid, said):
        # What is asked without a change is an example, and must be valid.
        if (answer == "accepted") == schema and answer != "differs" and (paths or schema):
            continue
        trouble[kind] += 1
        if trouble[kind] <= SHOWN:
            changes = " and ".join(f"{pointer(path) or 'the whole'} = {found(data, path)}" for path in paths)
            print(f"{kind}: {changes or 'the example'}\n    the schema {'accepts' if schema else 'refuses'} it, "
                  f"the decoder says: {answer[:300]}")
    if trouble:
        print(f"{sum(trouble.values()):,} disagreements among {len(asked):,} mutations (seed {seed}): "
              + ", ".join(f"{kind} {count:,}" for kind, count in sorted(trouble.items())))
        return 1
    print(f"{len(schemas.events)} types, {len(asked):,} mutations, {sum(valid):,} of them valid (seed {seed}): "
          "schema and decoder agree")
    return 0


def validate(schemas, path):
    """Validates stored events, one a line."""
    count, wrong = 0, 0
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                event = json.loads(line)
                kind = event["type"]
            except (ValueError, KeyError, TypeError):
                sys.exit(f"{path}:{number}: no event, as relm log --raw prints it")
            if not kind.startswith("relm."):
                continue
            count += 1
            reasons = ["there is no schema for it"]
            if kind in schemas.validators:
                errors = schemas.validators[kind].iter_errors(event.get("data"))
                reasons = [f"{pointer(error.absolute_path)}: {error.message}" for error in errors]
            wrong += bool(reasons)
            for reason in reasons:
                print(f"{path}:{number}: {kind}: {reason}")
    print(f"{count:,} events of relm, {wrong:,} of them not as their schema says")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    probe = str(ROOT / ".build/debug/SchemaProbe")
    parser.add_argument("--probe", default=probe, help="the program that asks the decoders")
    parser.add_argument("--seed", type=int, default=20261122, help="of what is chosen by chance")
    parser.add_argument("--events", metavar="FILE", help="validate these events instead")
    options = parser.parse_args()
    schemas = Schemas(ROOT / "schemas")
    if options.events:
        return validate(schemas, options.events)
    if not pathlib.Path(options.probe).exists():
        print(f"{options.probe} is missing: swift build --product SchemaProbe makes it", file=sys.stderr)
        return 69
    return compare(schemas, options.probe, options.seed)


if __name__ == "__main__":
    sys.exit(main())
