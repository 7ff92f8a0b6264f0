#!/usr/bin/env python3
"""Judges every deployment in a ledger's records by the policies in them, without relm: plain Python 3.

    relm log --raw > records.ndjson
    tools/judge.py records.ndjson

What counts, by which clock, and what each rule asks is written in Sources/RelmRules/Documentation.docc/Judging.md.
Here it is followed sentence by sentence. Nothing is shared with relm but the schemas (schemas/): every record is
compared with them, and they say which level is expected of whom. Everything is looked up in the events again each
time that it is asked: this program is to be read, not to be fast. Whether the records are all there and as they were
stored is for tools/verify.py to say.

A log is one record a line; a record's position is its line, from 0. With --batch the input holds many logs, each begun
by a line "# <as-of time>", after which a draft of a policy may stand. One JSON object a line comes out, keys sorted:

    {"attempt":41,"governance":"governed","log":0}
    {"attempt":41,"due":"2026-11-29T20:00:00.000Z","log":0,"outcome":"pending","place":3,"policy":"production-changes",
     "policyVersion":"3","rule":"verified"}

for each attempt where it begins and how it is governed (governed, ungoverned, unasked, beforeLedger, unaccepted), and for
each rule of each policy version what it comes to. An attempt whose beginning is annulled is there all the same, judged as
it stood: "annulled" is the position of the annulment, "independent" whether that is by somebody with level 6 who had no
hand in it. "unreleasable" is what the rule releasable comes to in production where no policy asks it and something hinders the
deployment. "place" is the requirement's place in the policy, from 0; "due" is there where
something is still to come, did not come, or came too late; "waiver" and "override" are the positions of what set an
outcome aside.

Exit status: 0 judged; 64 wrong usage; 65 something does not read, and so nothing of its log is judged; 66 no such file.
"""

import argparse
import datetime
import functools
import json
import pathlib
import re
import sys
import urllib.parse
from collections import namedtuple


class Unreadable(Exception):
    """Something that this program cannot read, and so will not judge."""


# --- Time: microseconds since 1970-01-01T00:00:00Z -----------------------------------------------------------------

SECOND = 1_000_000
EPOCH = datetime.datetime(1970, 1, 1)
TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?"
    r"(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII)
DURATION = re.compile(
    r"P(?:([1-9]\d{0,4})W|(?:([1-9]\d{0,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?)", re.ASCII)


@functools.lru_cache(maxsize=100_000)
def moment(text):
    """The moment that a date and time with its zone says (RFC 3339); what is below a microsecond is cut off."""
    found = TIMESTAMP.fullmatch(text)
    if not found:
        raise Unreadable(f"'{text}' is no date and time of RFC 3339")
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction, sign, hours, minutes = found.groups()[6:]
    ahead = (int(hours or 0) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        passed = (datetime.datetime(year, month, day, hour, minute) - EPOCH) // datetime.timedelta(minutes=1) - ahead
        # A leap second ends a month in UTC; what happens in it happens at the end of the minute before.
        if second == 60 and (EPOCH + datetime.timedelta(minutes=passed + 1)).strftime("%d%H%M") != "010000":
            raise ValueError("no month ends with it")
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"'{text}' is no date and time: {error}") from error
    parts = int(((fraction or "") + "000000")[:6])
    return passed * 60 * SECOND + (60 * SECOND - 1 if second == 60 else second * SECOND + parts)


def written(at):
    """A moment in RFC 3339, in UTC, cut off to milliseconds; at the latest the end of the year 9999."""
    latest = (datetime.datetime.max - EPOCH) // datetime.timedelta(microseconds=1)
    return (EPOCH + datetime.timedelta(microseconds=min(at, latest))).isoformat(timespec="milliseconds") + "Z"


@functools.lru_cache(maxsize=10_000)
def span(text):
    """How long a duration is (ISO 8601; weeks, or days, hours, minutes and seconds)."""
    found = DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        raise Unreadable(f"'{text}' is no duration in weeks, or in days, hours, minutes and seconds")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((weeks * 7 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds) * SECOND


# --- Schemas: what a record must look like, and what is expected of who records it ----------------------------------

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "schemas"
NUMBER = (int, float)
KINDS = {"string": str, "integer": int, "number": NUMBER, "boolean": bool, "object": dict, "array": list}


@functools.lru_cache(maxsize=None)
def schema_of(name):
    """A schema by its name in the folder: common, policy, procedure or event/<type>; None where there is none."""
    try:
        return json.loads((SCHEMAS / f"{name}.v1.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def check(value, schema, root, where):
    """Compares a value with its schema: kinds, fields, closed lists, bounds, times and durations."""
    if "$ref" in schema:
        document, _, place = schema["$ref"].partition("#/$defs/")
        root = schema_of(document.split(":")[2]) if document else root
        check(value, root["$defs"][place] if place else root, root, where)
        try:
            {"timestamp": moment, "duration": span}.get(place, str)(value)
        except Unreadable as error:
            raise Unreadable(f"{where}: {error}") from error
        return
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) or (kind in (int, NUMBER) and isinstance(value, bool)):
        raise Unreadable(f"{where} is no {schema['type']}")
    if "enum" in schema and value not in schema["enum"]:
        raise Unreadable(f"{where} is '{value}', which is none of {', '.join(schema['enum'])}")
    if kind in (int, NUMBER) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        raise Unreadable(f"{where} is {value}, which is out of bounds")
    if kind in (str, list) and len(value) < max(schema.get("minLength", 0), schema.get("minItems", 0)):
        raise Unreadable(f"{where} is empty")
    if kind is list:
        for place, item in enumerate(value):
            check(item, schema["items"], root, f"{where}/{place}")
    if kind is dict:
        for name in schema["required"]:
            if name not in value:
                raise Unreadable(f"{where} has no {name}")
        for name, inner in value.items():
            if name not in schema["properties"]:
                raise Unreadable(f"{where} has a field {name}, which is not known")
            check(inner, schema["properties"][name], root, f"{where}/{name}")


# --- Records: what an event says, where it stands, when it happened and when it was recorded ------------------------

class Event:
    """One record. `by` is the person who recorded it, None where that is nobody; `stream` is what it is about."""

    __slots__ = ("position", "type", "stream", "subject", "data", "by", "happened", "recorded", "source")

    def __init__(self, position, record):
        self.position = position
        for name in ("id", "source", "type", "recordedtime", "time", "subject", "authid", "dataschema"):
            value = record.get(name, None if name in ("id", "source", "type", "recordedtime") else "-")
            if not isinstance(value, str) or not value:
                raise Unreadable(f"the record has no {name} that is a text")
        self.source = record["source"]
        self.recorded = moment(record["recordedtime"])
        self.happened = moment(record["time"]) if "time" in record else self.recorded
        # Events of others are stored beside relm's own, and say nothing here.
        self.type, self.stream, self.subject, self.data, self.by = None, None, None, {}, None
        if record["type"].startswith("relm."):
            self.read_own(record)

    def read_own(self, record):
        """Reads an event of relm's own."""
        self.type = record["type"].removeprefix("relm.")
        schema = schema_of(f"event/{self.type}") if re.fullmatch(r"[a-z]+(\.[a-z]+)*", self.type) else None
        if schema is None or record.get("dataschema", schema["$id"]) != schema["$id"]:
            raise Unreadable(f"relm.{self.type} is of a type or version that is not known here")
        self.data = record.get("data")
        check(self.data, schema, schema, "data")
        self.subject = record.get("subject", "")
        self.stream = stream_of(self.subject)
        if self.stream[0] != schema["x-relm-stream"]:
            raise Unreadable(f"relm.{self.type} does not belong to '{self.subject}'")
        if re.fullmatch(r"person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", record.get("authid", "")):
            self.by = record["authid"]

    @property
    def order(self):
        """Facts are taken in the order in which they happened, then by position."""
        return self.happened, self.position


def stream_of(subject):
    """What a subject names: its kind and its name; of a release the kind, the package and the version."""
    kind, _, rest = subject.partition("/")
    names = rest.rpartition("/")[::2] if kind == "release" else (rest,)
    if (not all(names)) != (subject == "ledger"):
        raise Unreadable(f"'{subject}' is no subject")
    try:
        return (kind, *(urllib.parse.unquote(name, errors="strict") for name in names))
    except UnicodeDecodeError as error:
        raise Unreadable(f"'{subject}' is no subject") from error


def said(events, *types, **fields):
    """Those of some events that are of one of these types and say just this."""
    return [
        event for event in events
        if event.type in types and all(event.data.get(name) == value for name, value in fields.items())]


NAMING_COMMITS = ("release.planned", "release.scope.changed", "build.started", "build.finished")
Grant = namedtuple("Grant", "position holder level contexts services packages begins ends source")


class Log:
    """The first events of a ledger, those of them that count, and the counting ones of each stream."""

    def __init__(self, events, earlier=None):
        self.annulments, self.earlier = {}, {} if earlier is None else earlier
        for event in reversed(events):
            # Whoever annuls stands later, so that it is known by now whether it counts itself.
            if event.type == "event.annulled" and event.position not in self.annulments:
                self.annulments.setdefault(event.data["position"], []).insert(0, event)
        self.events = events
        self.services_told, self.services_read, self.apart = [], 0, {}
        self.counting = [event for event in events if self.counts(event)]
        self.streams, self.everything = {}, {}
        for event in events:
            if event.stream:
                self.everything.setdefault(event.stream, []).append(event)
                if self.counts(event):
                    self.streams.setdefault(event.stream, []).append(event)
        self.opened = next(iter(said(self.counting, "ledger.opened")), None)
        self.grants = [grant_of(event) for event in said(self.counting, "ledger.opened", "authority.granted")]
        self.revocations = said(self.counting, "authority.revoked")
        # Who is erased has no authority from there on, and none that comes from theirs.
        self.gone = {event.data["person"]: event.position for event in said(self.counting, "subject.erased")}

    def counts(self, event):
        return event.position not in self.annulments

    @functools.cached_property
    def people(self):
        """Who is whose account, as it is known at the end."""
        return People(self, len(self.events))

    def as_known_at(self, position):
        """The log as it was when what stands at a position was recorded."""
        # Only what was annulled since makes a difference.
        differs = any(
            target < position <= event.position for target, found in self.annulments.items() for event in found)
        if not differs:
            return self
        if position not in self.earlier:
            self.earlier[position] = Log(self.events[:position], self.earlier)
        return self.earlier[position]

    def told_of_services(self, before):
        """What is told of the services of packages in contexts: (package, context, service, is said by who may, position)
        of what counts; the service is None where somebody who may has named none."""
        # What is said of them depends on what was said before, and so is found in the order of the log.
        while self.services_read < len(self.counting) and self.counting[self.services_read].position < before:
            event = self.counting[self.services_read]
            if event.stream and event.stream[0] == "release":
                self.services_told += [
                    (event.stream[1], *word, event.position) for word in words_about_services(self, event)]
            self.services_read += 1
        return self.services_told

    @functools.cached_property
    def withdrawals(self):
        """Where approvals were first taken back: by the package and the approval's position."""
        return {
            (event.stream[1], event.data["approval"]): event.position
            for event in reversed(said(self.counting, "approval.withdrawn"))}

    def services_known(self, package, context, before):
        """The services that a package usually concerns, those that somebody has named who may, and whether anybody who may has
        said anything. An approval that was taken back says nothing any more."""
        told = [
            (service, is_said) for of, where, service, is_said, position in self.told_of_services(before)
            if (of, where) == (package, context) and position < before
            and self.withdrawals.get((package, position), before) >= before]
        usual = sorted({service for service, _ in told if service is not None})
        said_by_who_may = {service for service, is_said in told if is_said and service is not None}
        return usual, said_by_who_may, any(is_said for _, is_said in told)

    @functools.cached_property
    def authors(self):
        """Whom counting events of any release name as the authors of each commit: (position, author) by the commit's id."""
        found = {}
        for event in said(self.counting, *NAMING_COMMITS):
            for commit in event.data.get("commits", []):
                named = found.setdefault(commit["id"], [])
                named += [(event.position, author) for author in commit.get("authors", [])]
        return found

    def authors_of(self, commits, before):
        return [who for name in commits for position, who in self.authors.get(name, []) if position < before]

    def stream(self, *stream, before=None):
        """The counting events of a stream, in the order of the log; with a position only those before it."""
        events = self.streams.get(stream, [])
        return events if before is None else [event for event in events if event.position < before]


def grant_of(event):
    """What an event grants; the opening of the ledger gives its owner level 6 everywhere."""
    data = event.data
    if event.type == "ledger.opened":
        both = ["development", "production"]
        return Grant(event.position, data["owner"], 6, both, [], [], event.recorded, None, None)
    begins = max(moment(data["from"]) if "from" in data else 0, event.recorded)
    ends = moment(data["until"]) if "until" in data else None
    return Grant(
        event.position, f"person:{event.stream[1]}", data["level"], data["contexts"], data.get("services", []),
        data.get("packages", []), begins, ends, data.get("delegatedFrom"))


# --- As it stood: what had been said before a position --------------------------------------------------------------

def context_of(log, environment, before):
    """What an environment is registered for; production where it is not, or not any more."""
    context = "production"
    for event in log.stream("environment", environment, before=before):
        if event.type == "environment.registered":
            context = event.data["context"]
        if event.type == "environment.retired":
            context = "production"
    return context


def names(scope, environment):
    """Whether what stands for an environment names one: itself, with /* all below it, and * all there are."""
    return scope in ("*", environment) or scope.endswith("/*") and is_below(environment, scope[:-2])


def is_below(environment, above):
    return environment.startswith(above + "/") and len(environment) > len(above) + 1


def reaches(scope, environment):
    """Whether it names an environment or one above it: what forbids reaches down."""
    is_pattern = scope == "*" or scope.endswith("/*")
    return names(scope, environment) or not is_pattern and is_below(environment, scope)


def reaching(environment):
    """Every way to write what reaches an environment: itself, each above it and all below that, and all there are."""
    parts = environment.split("/")
    above = ["/".join(parts[:length]) for length in range(1, len(parts))]
    return dict.fromkeys([environment, *above, *(name + "/*" for name in above), "*"])


def freezes_reaching(log, environment, before):
    """The declarations of the freezes that reach an environment and were not lifted."""
    context, found = context_of(log, environment, before), []
    for name in reaching(environment):
        # Who freezes an environment of development has no say over production.
        if context_of(log, name, before) not in ("production", context):
            continue
        found += [
            freeze for freeze in freezes_of(log, name, before)
            if freeze.data.get("context", context) == context
            and not any(reaches(free, environment) for free in freeze.data.get("except", []))]
    return found


def freezes_of(log, environment, before):
    """The declarations of freezes in an environment's own stream that were not lifted."""
    standing = []
    for event in log.stream("environment", environment, before=before):
        if event.type == "freeze.declared":
            standing.append([event, True])
        if event.type == "freeze.lifted":
            # A lifting ends the last freeze of that id.
            named = [freeze for freeze in standing if freeze[0].data["freeze"] == event.data["freeze"]]
            if named:
                named[-1][1] = False
    return [freeze for freeze, stands in standing if stands]


def document_in_force(log, procedure, before):
    """The procedure's version that is to be followed: the last published, unless it was retired since."""
    document = None
    for event in log.stream("procedure", procedure, before=before):
        if event.type == "procedure.published":
            document = event.data["document"]
        if event.type == "procedure.retired":
            document = None
    return document


def is_reliable(log, capability, before, at):
    """Whether a capability is registered, not withdrawn, not found unacceptable, and valid at a time."""
    registered, withdrawn, assessed, verdict, valid = False, False, None, None, None
    for event in log.stream("capability", capability, before=before):
        if event.type == "capability.registered":
            registered, withdrawn, assessed, verdict = True, False, None, None
            valid = event.data.get("validUntil")
        elif event.type == "capability.withdrawn":
            withdrawn = registered
        elif event.type == "capability.assessed" and registered and (assessed is None or assessed < event.order):
            # Of several assessments the one that happened last counts.
            assessed, verdict, valid = event.order, event.data["verdict"], event.data.get("validUntil")
    return registered and not withdrawn and verdict != "unacceptable" and (valid is None or at < moment(valid))


class Release:
    """A release as it stood before a position."""

    def __init__(self, log, stream, before):
        self.events = log.stream(*stream, before=before)
        self.plan, self.scope = None, None
        for event in self.events:
            if event.type == "release.planned" and self.plan is None:
                self.plan, self.scope = dict(event.data), event.position
            if event.type == "release.scope.changed" and self.plan is not None:
                # What a change says replaces; what it leaves out stays.
                self.plan.update(event.data)
                self.scope = event.position


USUAL_LEVEL = 5
# How far clocks may differ.
LATITUDE = 5 * 60 * SECOND


def approval_level(document):
    """The level that a policy asks of approvers, the highest where it asks more than once."""
    return max((asked["level"] for asked in document["rules"] if asked["rule"] == "approved" and "level" in asked),
               default=USUAL_LEVEL)


def words_about_services(log, event):
    """What an event tells of the services of its package, by what was known when it was recorded: in which context, which
    service, None for none in particular, and whether it is said by somebody with authority."""
    is_plan = event.type in NAMING_COMMITS[:2]
    is_deployment = event.type == "deployment.finished" and event.data["outcome"] == "succeeded"
    is_approval = event.type == "approval.given" and "ratifies" not in event.data
    if not (is_plan or is_deployment or is_approval):
        return []
    then, line = log.as_known_at(event.position), event.position
    planned = services_planned(then.stream(*event.stream, before=line))
    place = context_of(then, event.data["environment"], line) if "environment" in event.data else None
    known = {context: then.services_known(event.stream[1], context, line) for context in ("development", "production")}
    if is_deployment:
        # Where somebody has said which it concerns who may, what is deployed adds nothing.
        return [] if known[place][1] else [(place, service, False) for service in planned or []]
    if event.by is None or is_approval and planned is None:
        return []
    # Whoever approves a plan vouches for what it says, and so needs authority for whatever it may concern. Whoever plans needs
    # it for what they name; and where that is not the first word, for what the package concerns already.
    services = event.data.get("services", []) if is_plan else planned
    people, words = People(then, line), []
    for context, (usual, vouched, _) in known.items():
        asked = [] if not is_plan or not services else [*services, *usual] if vouched else services
        if place in (None, context) and level_held(
                then, people, event.by, (context, event.stream[1], asked), line, event.recorded) >= USUAL_LEVEL:
            words += [(context, service, True) for service in services or [None]]
    return words


def services_planned(events):
    """The services of the plan that some events of a release make; None where there is no plan."""
    plan = None
    for event in said(events, "release.planned", "release.scope.changed"):
        if event.type == "release.planned" and plan is None:
            plan = event.data.get("services", [])
        elif event.type == "release.scope.changed" and plan is not None:
            plan = event.data.get("services") or plan
    return plan


class Scope:
    """What a release was planned to be as it stood: what lowers it counts only by somebody with a level."""

    def __init__(self, attempt, level):
        self.attempt, self.level = attempt, level
        self.services, self.vouched, is_vouched_for = attempt.log.services_known(
            attempt.package, attempt.context, attempt.line)
        # Until somebody who may has said which it concerns, it may concern any.
        self.or_any = not is_vouched_for
        self.is_of_all, self.classes, self.is_critical, self.requires = True, [], False, []
        # The class that it was planned as by nobody who may say so, as long as nobody has who may.
        self.unvouched, planned, procedure = None, None, None
        withdrawn = {event.data["approval"] for event in said(attempt.release.events, "approval.withdrawn")}
        for event in attempt.release.events:
            is_permission = event.type == "override.declared" or (
                event.type == "approval.given" and "ratifies" not in event.data
                and event.data["scope"] in ("plan", "release", "deployment") and event.position not in withdrawn)
            # What is permitted elsewhere is permitted there.
            is_permission = is_permission and attempt.context == context_of(
                attempt.log, event.data["environment"], attempt.line) if "environment" in event.data else is_permission
            if self.unvouched and is_permission and event.data.get("plan") == planned and self.is_approver(event):
                self.unvouched = None
            if event.type in ("release.planned", "release.scope.changed"):
                procedure = event.data.get("procedure", procedure)
            if event.type == "release.planned" and not self.classes:
                self.services = changed(self.services, event.data.get("services", []), False)
                self.is_of_all, self.classes = not event.data.get("services"), [event.data["class"]]
                self.is_critical = event.data.get("critical", False)
                self.requires, planned = event.data.get("requires", []), event.position
                if event.data["class"] != "normal" and not self.is_approver(event):
                    self.unvouched = event.data["class"]
            elif event.type == "release.scope.changed" and self.classes:
                may_lower, planned = self.is_approver(event), event.position
                if may_lower and "class" in event.data:
                    self.unvouched = None
                self.services = changed(self.services, event.data.get("services", []), may_lower)
                self.is_of_all = self.is_of_all and not (may_lower and event.data.get("services"))
                self.classes = changed(self.classes, [event.data[x] for x in ["class"] if x in event.data], may_lower)
                says = event.data.get("critical", self.is_critical)
                self.is_critical = says or (self.is_critical and not may_lower)
                self.requires = changed(self.requires, event.data.get("requires", []), may_lower)
        if self.unvouched == "standard" and procedure is not None:
            document = document_in_force(attempt.log, procedure, attempt.line)
            if document and document.get("preauthorises") and takes_in(
                    document.get("appliesTo", {}), attempt.package, self.reach):
                self.unvouched = None
        if self.unvouched and "normal" not in self.classes:
            self.classes = [*self.classes, "normal"]

    @property
    def reach(self):
        """The services that authority has to cover; none, which is all, where it names none itself, or nobody who may has
        named any for its package."""
        return [] if self.is_of_all or not self.vouched else self.services

    def concerns(self, services):
        """Whether what is about some services is about it."""
        return bool(services) if self.or_any else any(service in services for service in self.services)

    def concerns_vouched(self, services):
        """The same by what is not for anybody to say, where it is production."""
        is_production = self.attempt.context == "production"
        return any(
            service in services for service in self.services if not is_production or service in self.vouched)

    def is_approver(self, event):
        """Whether a record was made by somebody who had the level then, for what the release is by now."""
        if event.by is None:
            return False
        place = (self.attempt.context, self.attempt.package, self.reach)
        held = level_held(
            self.attempt.log, self.attempt.people, event.by, place, event.position, event.recorded)
        return held >= self.level


def takes_in(applicability, package, services):
    """Whether what applies to some releases takes in all of a standard one: each of its services."""
    return ("standard" in applicability.get("classes", ["standard"])
            and package in applicability.get("packages", [package])
            and ("services" not in applicability or bool(services) and set(services) <= set(applicability["services"])))


def changed(items, new, may_lower):
    """What a list comes to by a change that says something of it: that, or both together."""
    if not new:
        return items
    return new if may_lower else items + [item for item in new if item not in items]


class People:
    """Who is whose account, as it stood before a position."""

    def __init__(self, log, before):
        self.humans, self.kinds, self.owners, self.linked = {}, {}, {}, set()
        self.lent, self.gone = {}, log.gone
        for stream in log.streams:
            if stream[0] != "person":
                continue
            person = f"person:{stream[1]}"
            for event in said(log.stream(*stream, before=before), "person.linked", "person.link.confirmed"):
                if event.type == "person.linked":
                    self.link(person, event)
                else:
                    self.lend(person, event)

    def link(self, person, event):
        """Takes up that somebody's accounts are known."""
        self.linked.add(person)
        self.kinds[person] = event.data["kind"]
        self.owners[person] = event.data.get("owner", self.owners.get(person))
        for account in event.data.get("accounts", []):
            if account != person:
                self.linked.add(account)
                self.lent.setdefault((person, account))
                self.lent.setdefault((account, person))
                # Whoever claims an account last has it.
                known = self.humans.get(account, (-1, None))
                self.humans[account] = max(known, (event.position, person))

    def human(self, person):
        """The pseudonym that stands for the human behind an account."""
        return self.humans.get(person, (None, person))[1]

    def is_service(self, person):
        return self.kinds.get(person) == "service"

    def is_known_human(self, person):
        """Whether it is known which human an account belongs to."""
        return person in self.linked and not self.is_service(person)

    def lend(self, person, event):
        """Takes up that a link was confirmed: by each side for its own authority, by anybody else for both."""
        account = event.data["account"]
        for lender, borrower in ((person, account), (account, person)):
            if event.by != borrower and self.lent.get((lender, borrower), "unlinked") is None:
                self.lent[lender, borrower] = event.position

    def lenders(self, person, before):
        """By whose grants somebody may act, by what stood before a position: their own, and what others have lent."""
        def acts(account):
            return not self.is_service(account) and self.gone.get(account, before) >= before

        if not acts(person):
            return set()
        return {person, *(
            lender for (lender, borrower), position in self.lent.items()
            if borrower == person and position is not None and position < before and acts(lender))}


def level_held(log, people, person, place, before, at):
    """The highest level that a person held at a time by what stood before a position; 0 for none.

    A place is a context, a package and its services; where no service is named, all are meant.
    """
    context, package, services = place
    accounts = people.lenders(person, before)
    levels = [0]
    for grant in log.grants:
        if (grant.holder in accounts and context in grant.contexts
                and (not grant.packages or package in grant.packages)
                and (not grant.services or (services and set(services) <= set(grant.services)))
                and is_in_force(log, grant, before, at)):
            levels.append(grant.level)
    return max(levels)


def level_anywhere(log, people, person, before, at):
    """The highest level that a person held at a time for anything at all; 0 for none."""
    accounts = people.lenders(person, before)
    return max((
        grant.level for grant in log.grants if grant.holder in accounts and is_in_force(log, grant, before, at)),
        default=0)


def is_in_force(log, grant, before, at):
    """Whether a grant stood, had begun, was not over and not revoked; and what it was delegated from as well."""
    if grant.position >= before or at < grant.begins or (grant.ends is not None and grant.ends <= at):
        return False
    if any(e.data["grant"] == grant.position and e.position < before for e in log.revocations):
        return False
    if grant.source is None:
        return True
    source = next((other for other in log.grants if other.position == grant.source), None)
    # Delegation goes one step.
    return (source is not None and source.source is None and log.gone.get(source.holder, before) >= before
            and is_in_force(log, source, before, at))


# --- Policies -------------------------------------------------------------------------------------------------------

Policy = namedtuple("Policy", "document adopted")


def policies_in_force(log, at, before):
    """Of each policy the version that is in force at a time, by what stood before a position."""
    for stream in log.streams:
        if stream[0] != "policy":
            continue
        events = log.stream(*stream, before=before)
        retired = [event.position for event in said(events, "policy.retired") if event.recorded <= at]
        come = [event for event in said(events, "policy.adopted") if effective_time(event) <= at]
        if come and not any(come[-1].position < position for position in retired):
            yield Policy(come[-1].data["document"], come[-1].position)


def effective_time(adoption):
    """From when on an adopted version is in force: as it says, and never before it was recorded."""
    says = adoption.data["document"].get("effectiveFrom")
    return max(moment(says), adoption.recorded) if says else adoption.recorded


def applies(applicability, package, environment, scope, concerns=None, classes=None):
    """Whether something applies to a deployment: what is left out does not narrow it."""
    def holds(name, found):
        return name not in applicability or any(one in applicability[name] for one in found)
    concerns, classes = concerns or scope.concerns, scope.classes if classes is None else classes
    return (holds("packages", [package]) and ("services" not in applicability or concerns(applicability["services"]))
            and ("environments" not in applicability
                 or any(names(one, environment) for one in applicability["environments"]))
            and holds("classes", classes))


def is_critical(document, release, scope):
    """Whether a policy takes a release for critical."""
    if not scope.classes:
        return False
    marks = document.get("criticalWhen", {})
    if (scope.is_critical or any(kind in marks.get("classes", []) for kind in scope.classes)
            or scope.concerns(marks.get("services", []))):
        return True
    standing = []
    for risk in sorted(said(release.events, "risk.assessed"), key=lambda event: event.order):
        # Only who may say that it is less does away with what was said before.
        standing = [risk] if scope.is_approver(risk) else [*standing, risk]
    ranks = ["low", "medium", "high", "critical"]
    for risk in standing:
        if "securityImpact" in marks and "securityImpact" in risk.data:
            if ranks.index(risk.data["securityImpact"]) >= ranks.index(marks["securityImpact"]):
                return True
        if "residualRisk" in marks and residual(risk) >= marks["residualRisk"]:
            return True
    return False


def residual(risk):
    return risk.data["residualLikelihood"] * risk.data["residualImpact"]


# --- Attempts -------------------------------------------------------------------------------------------------------

class Attempt:
    """A deployment of a release: where and when it begins and ends, what is deployed, and what stood before it."""

    def __init__(self, log, beginning, events, is_annulled=False):
        self.log, self.beginning, self.events, self.is_annulled = log, beginning, events, is_annulled
        self.stream, self.subject, self.deployment = beginning.stream, beginning.subject, beginning.data["deployment"]
        _, self.package, self.version = self.stream
        self.environment = beginning.data["environment"]
        # A start that is recorded after the end does not take back that there was a deployment by then.
        # Nor does a word that says that nothing was deployed yet make it begin where that stands.
        told = [
            event for event in events if event.type != "deployment.removed" and event.position <= beginning.position
            and (event is beginning or tells_of_deploying(event))]
        self.first, self.line = told[0], told[0].position
        self.begun = min(event.happened for event in told)
        self.claimed_last = max(event.happened for event in events)
        finished = said(events, "deployment.finished")
        self.end = finished[0] if finished else None
        # Whatever its clock says, it ends no earlier than it begins.
        self.ended = self.end.happened if finished else None
        # A beginning that is told only after the end does not put that off.
        if finished and beginning.position < self.end.position:
            self.ended = max(self.end.happened, beginning.happened)
        named = [digest for event in [beginning, *finished] for digest in event.data.get("digests", [])]
        self.digests = list(dict.fromkeys(named))
        self.context = context_of(log, self.environment, self.line)
        self.release = Release(log, self.stream, self.line)
        self.people = People(log, self.line)
        self.others, self.scopes = [], {}

    def scope(self, level):
        """What its release was planned to be, where that level is needed to lower it."""
        if level not in self.scopes:
            self.scopes[level] = Scope(self, level)
        return self.scopes[level]

    @functools.cached_property
    def everything(self):
        """All events of its release, whether they count or not."""
        return self.log.everything[self.stream]

    @functools.cached_property
    def counting(self):
        """The events of its release that count for it: its own do, even where they are annulled."""
        own = {event.position for event in self.events}
        return [event for event in self.everything if self.log.counts(event) or event.position in own]

    @functools.cached_property
    def annulment(self):
        """What annuls its beginning: somebody who had no hand in it where there is one, else the first; None for nobody."""
        found = self.log.annulments.get(self.beginning.position, [])
        return next((event for event in found if is_off(self, event)), found[0] if found else None)

    @property
    def is_annulled_by_others(self):
        return self.annulment is not None and is_off(self, self.annulment)

    def policies(self):
        """The policy versions that were in force when it began and when that was recorded."""
        found = {
            policy.adopted: policy
            for at in (self.begun, self.first.recorded)
            for policy in policies_in_force(self.log, at, self.line)}
        return list(found.values())

    def judging(self, policies):
        """Those of some policies by which it is judged: all that apply; none where none does by what is not for anybody
        to say."""
        asking = [policy for policy in policies if self.is_asked_by(policy.document)]
        return asking if any(self.is_governed_by(policy.document) for policy in asking) else []

    def is_asked_by(self, document):
        return document["context"] == self.context and applies(
            document.get("appliesTo", {}), self.package, self.environment, self.scope(approval_level(document)))

    def is_governed_by(self, document):
        """Whether it is asked by that for what is not for anybody to say."""
        scope = self.scope(approval_level(document))
        is_production = self.context == "production"
        classes = [kind for kind in scope.classes if not is_production or kind != scope.unvouched]
        return document["context"] == self.context and applies(
            document.get("appliesTo", {}), self.package, self.environment, scope, scope.concerns_vouched, classes)

    def decision(self):
        """The gate's decision that it relies on: the one that the beginning names, else the last; None where none is."""
        decisions = said(self.release.events, "gate.decided", environment=self.environment)
        named = self.beginning.data.get("gateDecision")
        found = [event for event in decisions if named in (None, event.position)]
        return found[-1] if found else None

    def used_override(self):
        """Where the override stands that it uses: that the beginning names, else that by which the gate was open."""
        if "override" in self.beginning.data:
            return self.beginning.data["override"]
        decision = self.decision()
        return decision.data.get("override") if decision and decision.data["outcome"] == "open" else None


class Restoration(Attempt):
    """A rollback as the deployment of the release that it brings back, where that had not run there as what it brings back."""

    def __init__(self, log, rollback, stream):
        super().__init__(log, rollback, [rollback], not log.counts(rollback))
        self.end, self.ended = rollback, rollback.happened
        self.digests = rollback.data.get("restoresDigests", [])
        self.stream = stream
        if "restores" not in rollback.data:
            # What is not named is what it consisted of when it last ran there.
            self.digests = [run.digests for run in runs_of(log, stream, rollback)][-1:] or [[]]
            self.digests = self.digests[0]
        _, self.package, self.version = self.stream
        self.release = Release(log, self.stream, self.line)
        # In the release's own words: it is named as what the rollback is about is.
        self.subject = rollback.subject.rpartition("/")[0] + "/" + urllib.parse.quote(self.version, safe="")

    @functools.cached_property
    def everything(self):
        return self.log.everything.get(self.stream, [])


def is_restoration(attempt):
    """Whether it comes in the place of what stands in the log, and so is no older than that."""
    return isinstance(attempt, Restoration)


def restored_by(log, event):
    """The release that a rollback brings back; None for another event, and where nothing comes to run by it."""
    if event.type != "deployment.rolledback":
        return None
    _, package, version = event.stream
    restored = event.data.get("restores")
    if restored is None:
        environment = event.data["environment"]
        before = Place([
            told for told in log.counting[:] if told.position < event.position
            and is_about_deployments(told, package, environment)])
        restored = before.brought_back_by(event)
    return None if restored is None else ("release", package, restored)


def undoings(attempt):
    """Where a deployment was rolled back or removed. What is said to have come back in its own place runs on as it did."""
    return [
        event for event in said(attempt.events, "deployment.rolledback", "deployment.removed")
        if event.data.get("restores") != event.stream[2]
        or not set(event.data.get("restoresDigests", [])) <= set(attempt.digests)]


Ran = namedtuple("Ran", "line digests was_rolled_back")


def runs_of(log, stream, rollback):
    """The deployments of a release that succeeded where and before something was rolled back, in the order in which they begin."""
    found = []
    before = log.stream(*stream, before=rollback.position)
    for (*key, is_apart), told in told_of(before, *apart_of(log, stream)).items():
        beginning, finished = beginning_of(told, is_apart), said(told, "deployment.finished")
        if (beginning is None or not finished or finished[0].data["outcome"] != "succeeded"
                or beginning.data["environment"] != rollback.data["environment"]
                or not has_surely_been(Attempt(log, beginning, told))):
            continue
        named = [digest for event in [beginning, *finished] for digest in event.data.get("digests", [])]
        line = next(event.position for event in told if event.type != "deployment.removed")
        was_rolled_back = any(
            [event.data["deployment"], event.data["environment"]] == key for event in said(before, "deployment.rolledback"))
        found.append(Ran(line, list(dict.fromkeys(named)), was_rolled_back))
    return sorted(found, key=lambda run: run.line)


def has_run(log, stream, rollback):
    """Whether a release was deployed with success where a rollback restores it, as what it restores, and stands."""
    events = log.stream(*stream, before=rollback.position)
    if said(events, "release.withdrawn"):
        return False
    refused = max((event.position for event in events if says_no(event, rollback.data["environment"])), default=-1)
    for run in runs_of(log, stream, rollback):
        # What is said later of which digests are of one artifact does not make something else what had run.
        sets = sets_said(event for event in events if event.position < run.line)
        # Of a deployment that does not say what it deployed it was what the release consisted of.
        contents = run.digests or contents_of(events)
        # What was itself rolled back there is no way back, but forward once more.
        if refused < run.line and not run.was_rolled_back and names_all_of(rollback.data.get("restoresDigests", []), contents, sets):
            return True
    return False


def says_no(event, environment):
    """Whether it refuses that a release, or its deployment to an environment, goes on."""
    return event.type == "authorisation.refused" or (
        event.type == "approval.refused" and event.data["scope"] in ("release", "deployment")
        and event.data.get("environment", environment) == environment)


def contents_of(events):
    """What a release consists of: what its latest good build has made, and what was published besides."""
    made, digests = None, []
    for event in events:
        if event.type == "build.finished" and event.data["outcome"] == "succeeded" and event.data.get("artifacts"):
            if made is None or made < event.order:
                made, digests = event.order, [artifact["digest"] for artifact in event.data["artifacts"]]
        if event.type == "package.published":
            digests = digests + [event.data["digest"]]
    return digests


BEGINNINGS = ("deployment.progressed", "deployment.finished", "deployment.rolledback")


def beginning_of(events, is_apart=False):
    """With which of some events of a deployment it begins. Of what strangers tell beside others, that something was rolled back is
    no beginning."""
    return next(iter(
        said(events, "deployment.started") or said(events, *BEGINNINGS[:2 if is_apart else 3])), None)


def told_of(events, ahead=(), idle=()):
    """What some events tell of each deployment: by the id, the environment, and whether strangers tell it ahead of others. What changes
    nothing is left out."""
    found = {}
    for event in events:
        if event.type and event.type.startswith("deployment.") and event.position not in idle:
            key = event.data["deployment"], event.data["environment"], event.position in ahead
            found.setdefault(key, []).append(event)
    return found


TAKING_BACK = ("deployment.rolledback", "deployment.removed")


def apart_of(log, stream):
    """Where what strangers tell of a release's deployments stands, where others tell of the same: what is a deployment of its own,
    as it begins ahead of what others tell, and what changes nothing."""
    if stream not in log.apart:
        ahead, idle = log.apart[stream] = set(), set()
        for words in told_of(log.everything.get(stream, [])).values():
            if beginning_of(words) and {event.by for event in words} not in [{event.by} for event in words if event.by]:
                apart, is_ahead = set_apart(Attempt(log, beginning_of(words), words))
                (ahead if is_ahead else idle).update(event.position for event in apart)
    return log.apart[stream]


def set_apart(whole):
    """Which of all words about one deployment are strangers', and no part of what others tell of it; and whether they begin ahead of that."""
    strangers = [event for event in whole.events if is_told_by_stranger(whole, event)]
    standing = [event for event in whole.events if event not in strangers]
    steps = said(standing, "deployment.started", *BEGINNINGS)
    if not steps:
        # Strangers alone tell of it; one who says nothing else does not take it back.
        tellers = {event.by for event in strangers if event.type not in TAKING_BACK}
        return [event for event in said(strangers, *TAKING_BACK) if event.by is None or event.by not in tellers], False
    # That it succeeded only says that more is owed for it.
    line = steps[0].position
    succeeded = [event for event in said(strangers, "deployment.finished", outcome="succeeded") if line < event.position]
    joined = [] if said(standing, "deployment.finished") else succeeded[:1]
    apart = [event for event in strangers if event not in joined]
    return apart, any(event.type not in TAKING_BACK for event in apart if event.position < line)


def tells_of_deploying(event):
    """Whether something was deployed by then: not where it is only held before anything was, or was cancelled."""
    if event.type == "deployment.progressed":
        return event.data["decision"] == "continue" or int(event.data.get("share", 0) * 100 + 0.5) > 0
    return event.type != "deployment.finished" or event.data["outcome"] != "cancelled"


def attempts_of(log):
    """Every deployment attempt, in the order in which they begin; those among them whose beginning is annulled."""
    found = []
    told = [
        (key[2], events) for stream, everything in log.everything.items() if stream[0] == "release"
        for key, events in told_of(everything, *apart_of(log, stream)).items()]
    for is_apart, events in told:
        counting = [event for event in events if log.counts(event)]
        beginning = beginning_of(counting, is_apart)
        if beginning:
            found.append(Attempt(log, beginning, counting))
        is_begun = False
        for part in parts_of(events):
            beginning = beginning_of(part, is_apart)
            if beginning is None:
                continue
            if not log.counts(beginning) and (beginning.type == "deployment.started" or not is_begun):
                found.append(Attempt(log, beginning, part, is_annulled=True))
            is_begun = is_begun or any(
                log.counts(event) for event in said(part, "deployment.started", *BEGINNINGS))
    for attempt in found:
        attempt.others = found
    restorations = [
        Restoration(log, event, stream) for event in log.events
        if (stream := restored_by(log, event)) and not has_run(log, stream, event)]
    for attempt in restorations:
        attempt.others = found
    # A rollback of which nothing else is told is not two deployments.
    restoring = {attempt.line for attempt in restorations}
    found = [attempt for attempt in found if attempt.line not in restoring] + restorations
    return sorted(found, key=lambda attempt: attempt.line)


def parts_of(events):
    """What was said of a deployment id, parted where it was begun again: at each start, and before the first start at each
    end after another."""
    parts, was_started, was_ended = [], False, False
    for event in events:
        is_start, is_end = event.type == "deployment.started", event.type == "deployment.finished"
        if not parts or is_start or (is_end and was_ended and not was_started):
            parts.append([])
            was_ended = False
        was_started, was_ended = was_started or is_start, was_ended or is_end
        parts[-1].append(event)
    return parts


# --- Who had a hand in it -------------------------------------------------------------------------------------------

def workers_on(log, events, before):
    """Who planned, asked for, wrote, built or deployed a release, by all that was ever said of it."""
    people = makers_of(log, events, before)
    for event in events:
        if event.type in ("release.planned", "release.scope.changed"):
            people.append(event.data.get("manager"))
        elif event.type == "deployment.started":
            people.append(event.data.get("initiator", event.by))
    return [person for person in people if person is not None]


def makers_of(log, events, before):
    """Who asked for, wrote or built a release; who wrote a commit is known by what any release was told of it."""
    people, commits = [], []
    for event in said(events, *NAMING_COMMITS):
        commits += event.data.get("commits", [])
        people += [event.data.get(name) for name in ("requestedBy", "initiator")]
    people += [who for commit in commits for who in commit.get("authors", [])]
    people += log.authors_of({commit["id"] for commit in commits}, before)
    return [person for person in people if person is not None]


DECISIONS = (
    "approval.given", "approval.refused", "approval.withdrawn", "authorisation.requested", "authorisation.granted",
    "authorisation.refused", "waiver.granted", "waiver.revoked", "override.declared")


def is_off(attempt, annulment):
    """Whether an annulment is by somebody with level 6 for the deployment who had no hand in it until then."""
    log, people = attempt.log, attempt.log.people
    if annulment.by is None:
        return False
    place = attempt.context, attempt.package, attempt.scope(USUAL_LEVEL).reach
    if level_held(log, people, annulment.by, place, annulment.position, annulment.recorded) < 6:
        return False
    before = [event for event in attempt.everything if event.position < annulment.position]
    own = {event.position for event in attempt.events}
    hands = workers_on(log, before, len(log.events)) + [event.by for event in said(before, *DECISIONS)]
    for event in before:
        if event.position in own:
            hands += [event.by, *persons_in(event.data, schema_of(f"event/{event.type}"))]
    return not any(people.human(hand) == people.human(annulment.by) for hand in hands if hand is not None)


def persons_in(value, schema, root=None):
    """The persons whom some data names, as its schema says."""
    root = root or schema
    if "$ref" in schema:
        document, _, place = schema["$ref"].partition("#/$defs/")
        if place == "person":
            return [value]
        root = schema_of(document.split(":")[2]) if document else root
        return persons_in(value, root["$defs"][place] if place else root, root)
    if schema["type"] == "array":
        return [person for item in value for person in persons_in(item, schema["items"], root)]
    if schema["type"] == "object":
        return [
            person for name, inner in value.items() for person in persons_in(inner, schema["properties"][name], root)]
    return []


# --- What a rule comes to, and what may count for it ----------------------------------------------------------------

Verdict = namedtuple("Verdict", "outcome due", defaults=[None])
SATISFIED, LATE, NOT_APPLICABLE = Verdict("satisfied"), Verdict("satisfiedLate"), Verdict("notApplicable")
VIOLATED, PENDING = Verdict("violated"), Verdict("pending")
FROM_WORST = ["violated", "overdue", "pending", "satisfiedLate", "satisfied", "notApplicable"]


def worst(verdicts):
    """The worst of some verdicts; of equals the one that is due first."""
    return min(verdicts, key=lambda one: (FROM_WORST.index(one.outcome), one.due is None, one.due))


def made_by(build):
    """All digests of what a build has made."""
    made = build.data.get("artifacts", [])
    return {digest for one in made for digest in [one["digest"], *one.get("digests", [])]}


def all_of(sets, digest):
    """A digest with the others of the same artifact."""
    return next((one for one in sets if digest in one), {digest})


def contradicts(digests):
    """Whether two digests of one algorithm are among some."""
    return len({digest.partition(":")[0] for digest in digests}) < len(digests)


def said_of_one(event):
    """The digests that a record says are of one artifact, for each artifact of which it says several."""
    data, found = event.data, []
    if event.type == "package.published":
        found = [{data["digest"], *data.get("digests", [])}]
    elif data["outcome"] == "succeeded":
        named = {}
        for made in data.get("artifacts", []):
            named.setdefault(made["name"], []).append({made["digest"], *made.get("digests", [])})
        for parts in named.values():
            whole = set().union(*parts)
            # Several things may bear one name, such as an image for each kind of machine.
            found += parts if contradicts(whole) else [whole]
    return [digests for digests in found if len(digests) > 1 and not contradicts(digests)]


def sets_said(events):
    """Which digests are of one artifact, by what some records say: the first word stands."""
    sets = []
    for event in sorted(said(events, "build.finished", "package.published"), key=lambda event: event.position):
        for digests in said_of_one(event):
            known = [one for one in sets if one & digests]
            joined = digests.union(*known)
            if not contradicts(joined):
                sets = [one for one in sets if one not in known] + [joined]
    return sets


def names_all_of(meant, digests, sets):
    """Whether some digests name each of others, by any digest of the same artifact."""
    return all(all_of(sets, digest).intersection(digests) for digest in meant)


class Case:
    """One deployment as one policy looks at it at one time."""

    def __init__(self, attempt, document, time):
        self.attempt, self.document, self.time = attempt, document, time
        self.log, self.release, self.line, self.begun = attempt.log, attempt.release, attempt.line, attempt.begun
        self.environment, self.digests = attempt.environment, attempt.digests
        self.end = attempt.end if attempt.end and attempt.ended <= time else None
        self.ended = attempt.ended
        self.late_within = span(document["lateWithin"]) if "lateWithin" in document else 0
        self.level = approval_level(document)
        self.scope = attempt.scope(self.level)
        # When has to hold what holds for a time only: at the time that is claimed, and where that is told later than anybody
        # is believed, when it is told.
        self.moments = self.moments_of(self.begun, attempt.first.recorded)
        beginning = attempt.beginning
        if attempt.line < beginning.position and (attempt.end is None or beginning.position < attempt.end.position):
            self.moments += self.moments_of(beginning.happened, beginning.recorded)
        # Positions of evidence that is left out, as the requirement that is judged does not take it from who brought it.
        self.left = set()

    def moments_of(self, happened, told):
        believed = max(self.late_within, LATITUDE)
        return [happened] if told - happened <= believed else [happened, told]

    @property
    def place(self):
        return self.attempt.context, self.attempt.package, self.scope.reach

    @functools.cached_property
    def events(self):
        """All events of the release that count."""
        return self.attempt.counting

    def acts(self, *types, **fields):
        """The release's acts that count: they stand before the line; in the order of the log."""
        return said(self.release.events, *types, **fields)

    def facts(self, *types, among=None):
        """The facts that count: they had happened, and were recorded before the line or soon enough after."""
        found = [
            event for event in said(self.events if among is None else among, *types)
            if self.is_fact(event) and event.position not in self.left]
        return sorted(found, key=lambda event: event.order)

    def is_in_time(self, event):
        """Whether a fact had happened, and was recorded before the line."""
        return event.happened <= self.begun and event.position < self.line

    def is_fact(self, event):
        """Whether it had happened, and was recorded before the line or soon enough after."""
        return self.is_in_time(event) or (event.happened <= self.begun and self.is_soon_enough(event))

    def is_soon_enough(self, event):
        return event.recorded - event.happened <= self.late_within

    def one_of(self, facts):
        """What it comes to where one of some facts is enough, be the others late."""
        return min(map(self.satisfied, ([fact] for fact in facts)), key=[SATISFIED, LATE].index, default=VIOLATED)

    def satisfied(self, by):
        """Satisfied by some facts: late where one of them was recorded behind the line."""
        return LATE if any(event.position > self.line for event in by) else SATISFIED

    @property
    def identities(self):
        """For each digest that is deployed it and all that it is derived from."""
        return self.identities_linked(None)

    def identities_linked(self, before):
        """The same by the links that stand before a position, where one is given."""
        # A deployment that names nothing is held to be of what the release consisted of, for what permits it.
        return self.identities_of(self.digests if before is None else self.meant, before)

    def identities_of(self, digests, before=None):
        """For each of some digests it and all that it is derived from, by the links that stand before a position."""
        links = [link for link in self.facts("package.published") if before is None or link.position < before]
        sets = self.digest_sets(before)
        found = []
        for digest in digests:
            identity = set(all_of(sets, digest))
            open_ends = list(identity)
            while open_ends:
                last = open_ends.pop()
                for link in links:
                    if link.data["digest"] == last:
                        sources = {same for source in link.data.get("derivedFrom", []) for same in all_of(sets, source)}
                        new = sources - identity
                        identity |= new
                        open_ends += new
            found.append(identity)
        return found

    @functools.cached_property
    def meant(self):
        """What is deployed, for what permits it: of a deployment that does not say so what the release consisted of."""
        return self.digests or contents_of(self.events_before)

    @property
    def events_before(self):
        return [event for event in self.events if event.position < self.line]

    def digest_sets(self, before=None):
        """Which digests are of one artifact, by what was said before a position, where one is given: the first word stands."""
        facts = self.facts("build.finished", "package.published")
        return sets_said(fact for fact in facts if before is None or fact.position < before)

    def names_all(self, digests, before):
        """Whether some digests name everything that is deployed, each by any digest of the same artifact."""
        return names_all_of(self.meant, digests, self.digest_sets(before))

    def covers(self, digests, before=None):
        """Whether some digests hold one of each identity that is deployed, by what was linked before a position."""
        return all(identity.intersection(digests) for identity in self.identities_linked(before))

    def is_here(self, event):
        """Whether an event is for the environment, or for all of them."""
        return event.data.get("environment", self.environment) == self.environment

    def is_of_it(self, event):
        """Whether an event is for the deployment, or for none in particular."""
        return event.data.get("deployment", self.attempt.deployment) == self.attempt.deployment

    def is_reliable(self, capability):
        return all(is_reliable(self.log, capability, self.line, at) for at in self.moments)

    def holds_until(self, end):
        """Whether something that is over at a moment still held for it."""
        return all(at < end for at in self.moments)

    # What comes after the end.

    def due(self, asked):
        """The end plus what the rule allows; None where it allows any time."""
        return self.ended + span(asked["within"]) if "within" in asked else None

    def after(self, *types, among=None):
        """Facts that happened at the end or later, and by now; in the order in which they happened."""
        events = said(self.events if among is None else among, *types)
        found = [
            event for event in events
            if self.ended <= event.happened <= self.time and event.position not in self.left]
        return sorted(found, key=lambda event: event.order)

    def by_now(self, *types, **fields):
        """What is said of the release and had happened by now; in the order of the log."""
        return [event for event in said(self.events, *types, **fields) if event.happened <= self.time]

    def still_owed(self, due):
        """What it comes to that something has not come."""
        return Verdict("pending" if due is None or self.time <= due else "overdue", due)

    def by_due(self, candidates, due):
        """The first candidate decides, by when it happened and when it was recorded."""
        if not candidates:
            return self.still_owed(due)
        first = candidates[0]
        if due is None:
            return SATISFIED
        if first.happened <= due and first.recorded <= due:
            return SATISFIED
        if first.happened <= due and first.recorded - first.happened <= self.late_within:
            return LATE
        return Verdict("pending" if self.time <= due else "violated", due)

    def unless_undone(self, verdict, limit):
        """What was rolled back or removed since its end and in time, and is recorded as that in time, owes no more."""
        is_undone = any(
            self.ended <= min(event.happened, event.recorded) and event.happened <= self.time
            and (limit is None or max(event.happened, event.recorded) <= limit)
            for event in undoings(self.attempt) if event is not self.attempt.end)
        return NOT_APPLICABLE if is_undone and verdict.outcome not in ("satisfied", "satisfiedLate") else verdict

    @property
    def has_failed(self):
        return self.end is not None and self.end.data.get("outcome", "succeeded") != "succeeded"


# --- What each rule asks before -------------------------------------------------------------------------------------

def planned(case, _):
    return case.one_of(case.facts("release.planned"))


def classified(case, _):
    if case.release.plan is None:
        return VIOLATED
    return worst([classified_as(case, kind, case.release.plan) for kind in case.scope.classes])


def classified_as(case, kind, plan):
    """Whether a release is of a class as it should be."""
    if kind == "normal":
        return SATISFIED
    if kind == "standard":
        document = document_in_force(case.log, plan["procedure"], case.line) if "procedure" in plan else None
        is_good = document and document.get("preauthorises") and takes_in(
            document.get("appliesTo", {}), case.attempt.package, case.scope.reach) and any(
                names(one, case.environment) for one in document.get("appliesTo", {}).get("environments", ["*"]))
        return SATISFIED if is_good else VIOLATED
    incidents = [case.log.stream("incident", name, before=case.line) for name in plan.get("fixes", [])]
    return SATISFIED if any(said(events, "incident.opened") for events in incidents) else VIOLATED


def designed(case, _):
    return case.one_of(case.facts("release.designed"))


def rollback_planned(case, _):
    designs = case.facts("release.designed")
    if not designs:
        return VIOLATED
    design = designs[-1].data
    can_go_back = "rollbackPlan" in design and all(step["reverses"] for step in design.get("migrations", []))
    return case.satisfied(designs[-1:]) if design["takeBack"] == "fixForward" or can_go_back else VIOLATED


def declared(case, name):
    """What the plan declares: by the last planned or scope-changing fact of somebody with the policy's level that says
    something of it, and everything that anybody has said since."""
    found = []
    for fact in case.facts("release.planned", "release.scope.changed"):
        if fact.data.get("commits") or fact.data.get("components"):
            found = changed(found, fact.data.get(name, []), case.scope.is_approver(fact))
    return found


def is_same(one, other):
    """Whether two components are the same thing: by digest where both have one, else by name and version."""
    if "digest" in one and "digest" in other:
        return one["digest"] == other["digest"]
    versions = {component["version"] for component in (one, other) if "version" in component}
    return one["name"] == other["name"] and len(versions) < 2


def components_assessed(case, asked):
    assessed, used = case.facts("component.assessed"), []
    for component in declared(case, "components"):
        own = standing_assessments(
            case, [fact for fact in assessed if is_same(fact.data["component"], component)])
        last = {fact.data["kind"]: fact for fact in own}
        # What is known to be unacceptable is not passed over, asked for or not.
        if not own or any(fact.data["verdict"] == "unacceptable" for fact in last.values()):
            return VIOLATED
        for kind in asked.get("assessments", []):
            if kind not in last:
                return VIOLATED
            used.append(last[kind])
        if "assessments" not in asked:
            used.append(own[-1])
    return case.satisfied(used) if used else VIOLATED


def standing_assessments(case, assessed):
    """Those assessments of a component that count: what somebody found unacceptable stays that until they say otherwise, or a
    service account that has an owner, or somebody whose approval would count."""
    found, last, people = [], {}, case.attempt.people
    for fact in assessed:
        before, verdict = last.get(fact.data["kind"]), fact.data["verdict"]
        is_machine = people.is_service(fact.by) and (people.owners[fact.by] is not None or fact.by == getattr(before, "by", None))
        if before is None or before.data["verdict"] != "unacceptable" or verdict == "unacceptable" or is_machine or (
                not people.is_service(fact.by) and takes_back(case, fact, before)):
            last[fact.data["kind"]] = fact
            found.append(fact)
    return found


def takes_back(case, fact, before):
    """Whether somebody takes back what was said before: who said it, or somebody whose approval would count."""
    people = case.attempt.people
    return case.scope.is_approver(fact) or (
        None not in (before.by, fact.by) and people.human(before.by) == people.human(fact.by))


def risk_assessed(case, asked):
    risks = case.facts("risk.assessed")
    if not risks:
        return VIOLATED
    risk = risks[-1]
    is_stale = case.release.scope is not None and risk.position < case.release.scope
    is_high = "maximumResidual" in asked and residual(risk) > asked["maximumResidual"]
    return VIOLATED if is_stale or is_high else case.satisfied([risk])


def is_by(fact, asked):
    """Whether something was done with one of the capabilities asked for, where some are."""
    return "capabilities" not in asked or fact.data.get("tool", {}).get("capability") in asked["capabilities"]


def built(case, asked):
    good = [fact for fact in case.facts("build.finished") if fact.data["outcome"] == "succeeded"]
    commits, used = {commit["id"] for commit in declared(case, "commits")}, []
    for identity in case.identities:
        own = [fact for fact in good if identity & made_by(fact)]
        if not own:
            return VIOLATED
        build = own[-1]
        tool = build.data.get("tool", {}).get("capability")
        if not commits <= {commit["id"] for commit in build.data.get("commits", [])}:
            return VIOLATED
        if tool is None or not is_by(build, asked) or not case.is_reliable(tool):
            return VIOLATED
        used.append(build)
    return case.satisfied(used) if used else VIOLATED


def tested(case, asked):
    runs, used = case.facts("test.finished"), []
    for identity in case.identities:
        own = [fact for fact in runs if identity.intersection(fact.data.get("digests", []))]
        last = {fact.data["suite"]: fact for fact in own}
        if not own:
            return VIOLATED
        for suite in asked.get("suites", last):
            run = last.get(suite)
            if run is None or run.data["outcome"] != "succeeded" or not is_by(run, asked):
                return VIOLATED
            used.append(run)
    return case.satisfied(used) if used else VIOLATED


def attested(case, asked):
    used = []
    for identity in case.identities:
        own = [fact for fact in case.facts("attestation.recorded") if fact.data["digest"] in identity]
        for kind in asked.get("predicateTypes", [None]):
            found = [fact for fact in own if kind in (None, fact.data["predicateType"])]
            if not found:
                return VIOLATED
            used.append(found[-1])
    return case.satisfied(used) if used else VIOLATED


def validated(case, _):
    validations = case.facts("validation.finished")
    if not validations:
        return VIOLATED
    last = validations[-1].data
    is_good = last["outcome"] == "succeeded" and all_met(last["criteria"])
    is_of_this = "digests" not in last or case.covers(last["digests"])
    return case.satisfied(validations[-1:]) if is_good and is_of_this else VIOLATED


def all_met(criteria):
    return all(criterion["result"] == "met" for criterion in criteria)


def scheduled(case, _):
    def windows(fact):
        return [window for window in fact.data["windows"] if names(window["environment"], case.environment)]
    last = [fact for fact in case.facts("schedule.agreed") if windows(fact)][-1:]
    is_inside = all(
        any(moment(window["from"]) <= at < moment(window["until"]) for fact in last for window in windows(fact))
        for at in case.moments)
    return case.satisfied(last) if is_inside else VIOLATED


def partners_consulted(case, asked):
    facts, last = case.facts("partner.consulted"), {}
    for fact in facts:
        partner = fact.data["partner"], fact.data["name"]
        before = last.get(partner)
        if before is None or before.data["outcome"] != "objected" or takes_back(case, fact, before):
            last[partner] = fact
    if not facts or any(fact.data["outcome"] == "objected" for fact in last.values()):
        return VIOLATED
    kinds = {kind for kind, _ in last}
    return case.satisfied(last.values()) if kinds.issuperset(asked.get("partners", [])) else VIOLATED


def communicated(case, asked):
    latest, used = case.begun - span(asked.get("leadTime", "PT0S")), []
    for audience in asked.get("audiences", [None]):
        told = [f for f in case.facts("communication.sent") if audience in (None, f.data["audience"])]
        if not told or told[0].happened > latest:
            return VIOLATED
        used.append(told[0])
    return case.satisfied(used)


def approved(case, asked):
    people = case.attempt.people
    withdrawn = {act.data["approval"] for act in case.acts("approval.withdrawn")}
    for scope in asked.get("scopes", ["deployment"]):
        latest = {}
        for act in case.acts("approval.given", "approval.refused", scope=scope, ratifies=None):
            if act.by and case.is_here(act) and act.position not in withdrawn:
                latest[people.human(act.by)] = act
        if any(act.type == "approval.refused" for act in latest.values()):
            return VIOLATED
        counted = [act for act in latest.values() if approval_counts(case, asked, act)]
        if len(counted) < max(asked.get("quorum", 1), 1):
            return VIOLATED
    return SATISFIED


def approval_counts(case, asked, approval):
    """Whether an approval is of the plan and of what is deployed, and by somebody who may give it."""
    people, digests = case.attempt.people, approval.data.get("digests", [])
    if approval.data.get("plan") != case.release.scope:
        return False
    is_of_artifacts = approval.data["scope"] not in ("plan", "design")
    if (is_of_artifacts or digests) and not case.covers(digests, approval.position):
        return False
    held = level_held(case.log, people, approval.by, case.place, case.line, case.begun)
    if held < asked.get("level", 5):
        return False
    if "separate" not in asked and asked.get("quorum", 1) <= 1:
        return True
    if not people.is_known_human(approval.by):
        return False
    for duty in asked.get("separate", []):
        holders = holders_of(case, duty)
        if holders is None:
            return False
        for person in holders:
            # An account of nobody who is known may be the approver's.
            if people.human(person) == people.human(approval.by) or not people.is_known_human(person):
                return False
    return True


def holders_of(case, duty):
    """Who had a duty; None where that is not known."""
    if duty == "requester":
        # Whoever ever asked for it has asked for it, whoever is named now.
        people = [
            event.data["requestedBy"] for event in said(case.attempt.everything, "release.planned")
            if event.position < case.line and "requestedBy" in event.data]
        people += [] if "requestedBy" in (case.release.plan or {}) else [None]
    elif duty == "author":
        wanted = {commit["id"] for commit in declared(case, "commits")}
        facts = case.facts("release.planned", "release.scope.changed", "build.started", "build.finished")
        commits = [
            commit for fact in facts for commit in fact.data.get("commits", []) if not wanted or commit["id"] in wanted]
        # A build names a commit by its id; who wrote it is told once, often by the plan.
        people = [None] if not commits else []
        for name in {commit["id"] for commit in commits}:
            told = [who for commit in commits if commit["id"] == name for who in commit.get("authors", [])]
            people += told or [None]
        # What the plan leaves out is in what was built all the same.
        built = built_commits(case) if wanted else []
        people += [who for commit in built for who in commit.get("authors", [])]
        # What another release says of a commit adds to who wrote it.
        people += case.log.authors_of({commit["id"] for commit in [*commits, *built]}, case.line)
    elif duty == "initiator":
        people = [
            person for fact in case.facts("build.finished") for person in set_going_by(case, fact, None)] or [None]
        people += build_beginners(case)
    elif duty == "deployer":
        recorder = case.attempt.beginning.by
        is_machine = recorder is not None and case.attempt.people.is_service(recorder)
        people = set_going_by(case, case.attempt.beginning, None if is_machine else recorder)
        # So has whoever is named as the initiator of a later step.
        people += [
            event.data["initiator"] for event in case.attempt.events
            if event.type in ("deployment.finished", "deployment.rolledback") and "initiator" in event.data]
    else:
        people = []  # An approver is no other approver: a quorum counts humans.
    return None if None in people else people


def built_commits(case):
    """The commits of the builds that made what is deployed."""
    origins = set().union(*case.identities_of(case.meant))
    made = {
        fact.data["build"] for fact in case.facts("build.finished") if not case.meant or origins & made_by(fact)}
    facts = case.facts("build.started", "build.finished")
    return [commit for fact in facts if fact.data["build"] in made for commit in fact.data.get("commits", [])]


def build_beginners(case):
    """Whom the beginnings of builds name as who set them going, and which humans recorded those."""
    found = []
    for event in case.facts("build.started"):
        found += [event.data["initiator"]] if "initiator" in event.data else []
        found += [event.by] if event.by is not None and case.attempt.people.is_known_human(event.by) else []
    return found


def set_going_by(case, event, otherwise):
    """Whom an event names as who set something going, with who recorded it where that is known to be human."""
    if "initiator" not in event.data:
        return [otherwise]
    is_human = event.by is not None and case.attempt.people.is_known_human(event.by)
    return [event.data["initiator"], *([event.by] if is_human else [])]


def authorised(case, _):
    if not is_critical(case.document, case.release, case.scope):
        return NOT_APPLICABLE
    requests = {}
    for event in case.release.events:
        name = event.data.get("authorisation")
        if event.type == "authorisation.requested" and name not in requests:
            requests[name] = {**event.data, "until": None, "granted": False}
        elif event.type == "authorisation.granted" and name in requests:
            # What is granted is what the grant names, which may be less than what was asked for.
            requests[name].update({"until": None, **event.data, "granted": True, "decided": event.position})
        elif event.type == "authorisation.refused" and name in requests:
            requests[name]["granted"] = False
    for request in requests.values():
        is_here = names(request.get("environment", case.environment), case.environment)
        is_in_time = request["until"] is None or case.holds_until(moment(request["until"]))
        is_of_plan = request.get("plan", case.release.scope) == case.release.scope
        is_of_this = case.covers(request.get("digests", []), request.get("decided"))
        if request["granted"] and is_here and is_in_time and is_of_plan and is_of_this:
            return SATISFIED
    return VIOLATED


def capability_in_place(case, asked):
    names = asked.get("capabilities", [])
    return SATISFIED if names and all(case.is_reliable(name) for name in names) else VIOLATED


def not_frozen(case, _):
    return VIOLATED if freezes_in_force(case) else SATISFIED


def freezes_in_force(case):
    """The declarations of every freeze that concerns the deployment and is in force when it begins."""
    found = []
    for declaration in freezes_reaching(case.log, case.environment, case.line):
        freeze = declaration.data
        is_about_all = "packages" not in freeze and "services" not in freeze
        is_about_it = case.attempt.package in freeze.get("packages", []) or case.scope.concerns(
            freeze.get("services", []))
        if (is_about_all or is_about_it) and any(
                moment(freeze["from"]) <= at < moment(freeze["until"]) for at in case.moments):
            found.append(declaration)
    return found


def releasable(case, _):
    return VIOLATED if hindrances_of(case.attempt) else SATISFIED


def hindrances_of(attempt):
    """What says that a release was over or refused, or the environment retired, by what stood before the deployment."""
    endings = said(attempt.release.events, "release.withdrawn", "release.superseded", "release.closed")
    # Of several endings the one that happened last is the one that is told, and a withdrawal before all others.
    found = sorted(endings, key=lambda event: (event.type == "release.withdrawn", *event.order))[-1:]
    life = said(
        attempt.log.stream("environment", attempt.environment, before=attempt.line),
        "environment.registered", "environment.retired")
    found += [event for event in life[-1:] if event.type == "environment.retired"]
    return found + refusals_of(attempt)


def refusals_of(attempt):
    """The refusals that are somebody's last word about the release or its deployment, or the last decision about an
    authorisation."""
    def is_here(data):
        return data.get("environment", attempt.environment) == attempt.environment

    events, latest = attempt.release.events, {}
    withdrawn = {act.data["approval"] for act in said(events, "approval.withdrawn")}
    for act in said(events, "approval.given", "approval.refused", ratifies=None):
        scope = act.data["scope"]
        if act.by and is_here(act.data) and scope in ("release", "deployment") and act.position not in withdrawn:
            latest[attempt.people.human(act.by), scope] = act
    found = [act for act in latest.values() if act.type == "approval.refused"]
    requests, last = {}, None
    for event in events:
        name = event.data.get("authorisation")
        if event.type == "authorisation.requested":
            requests.setdefault(name, event.data)
        elif event.type in ("authorisation.granted", "authorisation.refused") and is_here(requests.get(name, {})):
            last = event if name in requests else last
    return found + [last] if last is not None and last.type == "authorisation.refused" else found


def requirements_met(case, _):
    if not case.scope.requires:
        return NOT_APPLICABLE
    return worst([requirement_met(case, stream_of(required)) for required in case.scope.requires])


def requirement_met(case, required):
    """Whether a release ran in the environment when the deployment began."""
    _, package, version = required

    def runs(counts):
        return version_running(case, package, counts) == version

    is_believed = case.is_soon_enough(case.attempt.beginning)
    if runs(case.is_in_time) and (is_believed or runs(lambda event: event.position < case.line)):
        return SATISFIED
    if runs(case.is_fact) and (
            is_believed or runs(lambda event: event.position < case.line or case.is_fact(event))):
        return LATE
    return VIOLATED


def is_about_deployments(event, package, environment):
    """Whether an event tells of a deployment of a package to an environment."""
    return (event.stream is not None and event.stream[:2] == ("release", package)
            and event.type.startswith("deployment.") and event.data["environment"] == environment)


def version_running(case, package, counts):
    """Which version of a package runs in the environment by those events that count; None for none."""
    running = Place([
        event for event in case.log.counting
        if is_about_deployments(event, package, case.environment) and counts(event)]).running
    return running.version if running else None


Run = namedtuple("Run", "version deployment since")


class Place:
    """What of one package runs in one environment, and what ran before it, by what some events tell of its deployments."""

    def __init__(self, told):
        self.running, self.previous, self.newest, self.begun = None, None, None, []
        for event in told:
            self.take(event)

    def brought_back_by(self, rollback):
        """Which version runs by a rollback that did not run before; None for none."""
        before = self.running
        self.take(rollback)
        return self.running.version if self.running and self.running != before else None

    def take(self, event):
        name = event.stream[2], event.data["deployment"]
        if event.type == "deployment.started":
            if all(run is None or run[:2] != name for run in (self.running, self.previous)):
                self.begun.append((name, event.happened))
            return
        if event.type == "deployment.progressed":
            return
        # A deployment ends no earlier than it began, and is taken back no earlier than it ran.
        at = event.happened
        if of_it := [one for one in self.begun if one[0] == name]:
            self.begun.remove(of_it[0])
            at = max(at, of_it[0][1])
        if event.type != "deployment.finished" and self.running and self.running[:2] == name:
            at = max(at, self.running.since[0])
        moment_of = at, event.position
        is_success = event.type == "deployment.finished" and event.data["outcome"] == "succeeded"
        if event.type == "deployment.finished" and not is_success:
            return
        if self.newest is None or self.newest < moment_of:
            self.newest = moment_of
            if is_success:
                self.previous, self.running = self.running or self.previous, Run(*name, moment_of)
            elif event.type == "deployment.removed":
                if self.running and self.running.version == name[0]:
                    self.previous, self.running = self.running, None
            else:
                self.running, self.previous = rolled_back(self.running, self.previous, event, moment_of)
        elif is_success:
            self.running, self.previous = told_late(self.running, self.previous, Run(*name, moment_of))


def rolled_back(running, previous, event, since):
    """What runs and what ran before it once a deployment was rolled back."""
    undone = running if running and running.version == event.stream[2] else None
    restored = event.data.get("restores") or (previous.version if undone and previous else None)
    if restored is None:
        return (None, undone) if undone else (running, previous)
    if undone is None and running and running.version == restored:
        return running, previous
    return Run(restored, event.data["deployment"], since), running or previous


def told_late(running, previous, run):
    """What runs and what ran before it once a success is told that is older than what is known."""
    if running:
        is_between = run.since < running.since and (previous is None or previous.since < run.since)
        return running, run if is_between else previous
    if previous is None:
        return None, run
    if not previous.since < run.since:
        return None, previous
    return (None, run) if previous.version == run.version else (run, previous)


def gated(case, _):
    decision = case.attempt.decision()
    if decision is None or not case.digests:
        return VIOLATED
    last = decision.data
    is_open = last["outcome"] == "open" and "until" in last and case.holds_until(moment(last["until"]))
    is_of_this = case.names_all(last.get("digests", []), decision.position)
    is_of_plan = "plan" not in last or last["plan"] == case.release.scope
    # What was open by an override is so once.
    is_left = "override" not in last or override_at_hand(case, last["override"]) is not None
    return SATISFIED if is_open and is_of_this and is_of_plan and is_left else VIOLATED


def baselined(case, asked):
    return worst([
        baselined_before(case) if wanted == "before" else baselined_after(case)
        for wanted in asked.get("moments", ["before"])])


def own_baselines(case, wanted):
    """The baselines of the environment for this deployment, or for the release and no deployment in particular."""
    events = case.log.stream("environment", case.environment)
    own = said(events, "baseline.recorded", moment=wanted, release=case.attempt.subject)
    return [event for event in own if case.is_of_it(event)]


def baselined_before(case):
    return case.one_of(case.facts("baseline.recorded", among=own_baselines(case, "before")))


def baselined_after(case):
    if case.end is None:
        return unended(case)
    if case.has_failed:
        return NOT_APPLICABLE
    candidates = case.after("baseline.recorded", among=own_baselines(case, "after"))
    return case.by_due(candidates, case.ended + case.late_within)


def personnel_competent(case, asked):
    attempt = case.attempt
    own = {event.position for event in attempt.events}
    # Whoever tells of it is to be of that level, also where what they tell is set apart.
    apart = set() if is_restoration(attempt) else set().union(*apart_of(case.log, attempt.stream))
    told = attempt.deployment, attempt.environment
    of_attempt = own | {
        event.position for event in case.events
        if event.position in apart and (event.data["deployment"], event.data["environment"]) == told}
    # What restores a release is told of another one.
    others = [event for event in case.attempt.events if event.stream != case.attempt.stream]
    for event in case.events + others:
        schema = schema_of(f"event/{event.type}")
        if schema["x-relm-act"] or (event.position >= case.line and event.position not in of_attempt):
            continue
        person, people = event.by, case.attempt.people
        services = [account for account in (person, people.human(person)) if people.is_service(account)]
        if services:
            person = people.owners[services[0]]
        if person is None:
            return VIOLATED
        known = min(event.position, case.line)
        held = level_held(case.log, people, person, case.place, known, event.recorded)
        if held < max(schema["x-relm-level"], asked.get("level", 0)):
            return VIOLATED
    return SATISFIED


# --- What each rule asks after --------------------------------------------------------------------------------------

def verified(case, asked):
    runs = [event for event in case.after("verification.finished") if case.is_here(event) and case.is_of_it(event)]
    candidates = []
    for run in runs:
        is_good = run.data["outcome"] == "succeeded" and all_met(run.data.get("checks", []))
        is_of_this = "digests" not in run.data or case.covers(run.data["digests"])
        # Only what comes after the last one that does not hold can show that it holds.
        candidates = [*candidates, run] if is_good and is_of_this else []
    verdict = case.by_due(candidates, case.due(asked))
    return verdict._replace(outcome="violated") if verdict.outcome == "overdue" and runs else verdict


def reconciled(case, asked):
    due, all_seen = case.due(asked), case.log.stream("environment", case.environment)
    seen = [
        event for event in case.after("environment.observed", among=all_seen)
        if due is None or event.happened <= due
        and (event.recorded <= due or event.recorded - event.happened <= case.late_within)]
    absent = [event for event in seen if event.data["coverage"] == "complete" and not shows_all(case, event)]
    verdict = case.by_due([
        event for event in seen if shows_all(case, event)
        and all(goes_over(case, event, look) for look in absent
                if look.order < event.order or look.position < event.position)], due)
    if verdict.outcome == "overdue" and any(event.data["coverage"] == "complete" for event in seen):
        verdict = verdict._replace(outcome="violated")
    return case.unless_undone(verdict, due)


def goes_over(case, sight, look):
    """Whether what somebody saw counts where another had looked at everything and had not seen it: where that was the same human,
    and where it is by a service account that somebody answers for, or by somebody with the level there that it expects."""
    people = case.attempt.people
    if sight.by is None:
        return look.by is None
    if look.by is not None and people.human(sight.by) == people.human(look.by):
        return True
    if people.is_service(sight.by):
        return people.owners[sight.by] is not None
    known, level = min(sight.position, case.line), schema_of("event/environment.observed")["x-relm-level"]
    return level_held(case.log, people, sight.by, (case.attempt.context, None, []), known, sight.recorded) >= level


def shows_all(case, observation):
    """Whether everything that was deployed was seen running."""
    items = observation.data.get("running", [])
    by_name = [
        item for item in items if item["name"] == case.attempt.package and item.get("version") == case.attempt.version]
    if not case.digests:
        return bool(by_name)
    nameless = any("digest" not in item for item in by_name)
    return nameless or case.covers({item["digest"] for item in items if "digest" in item})


def handed_over(case, asked):
    due = case.due(asked)
    verdict = worst([handed_over_to(case, community, due) for community in asked.get("communities", [None])])
    limits = [limit for limit in (due, verdict.due) if limit is not None]
    return case.unless_undone(verdict, min(limits, default=None))


def handed_over_to(case, community, due):
    """Whether a community, or one of any, has taken it over."""
    offers = {}
    for event in said(case.events, "handover.offered"):
        offers.setdefault(event.data["handover"], event)
    wanted = [name for name, offer in offers.items() if community in (None, offer.data["to"]) and case.is_here(offer)]
    # An act counts from when it was recorded, whenever it says that it was done.
    acts = [event for event in case.events if event.recorded <= case.time]
    accepted = [
        event for event in said(acts, "handover.accepted") if event.data["handover"] in wanted
        and is_of_another(case, event, offers[event.data["handover"]])]
    if not accepted:
        return case.still_owed(due)
    first = accepted[0]
    if due is not None and first.recorded > due:
        return Verdict("pending" if case.time <= due else "violated", due)
    done = said(acts, "handover.condition.met", handover=first.data["handover"])
    met = [event.data["condition"] for event in done]
    dues = [moment(condition["due"]) for condition in first.data.get("conditions", []) if condition["id"] not in met]
    return Verdict("overdue", min(dues)) if dues and min(dues) < case.time else SATISFIED


def is_of_another(case, acceptance, offer):
    """Whether a handover was accepted by a linked human who has neither offered it nor written a commit of the release."""
    log, people = case.log, case.log.people
    if acceptance.by is None or not people.is_known_human(acceptance.by):
        return False
    commits = [commit for event in said(case.events, *NAMING_COMMITS) for commit in event.data.get("commits", [])]
    # What a service account offers, its owner offers.
    owner = people.owners[offer.by] if people.is_service(offer.by) else None
    others = [offer.by, owner, *(who for commit in commits for who in commit.get("authors", []))]
    others += log.authors_of({commit["id"] for commit in commits}, len(log.events))
    return all(people.human(other) != people.human(acceptance.by) for other in others if other is not None)


def supported(case, asked):
    minimum = span(asked.get("minimum", "PT0S"))
    due = case.ended + minimum
    opening, closing = support_of(case)
    # What was closed is judged from then on, whatever becomes of the deployment.
    limit = due if closing is None else min(due, closing.recorded)
    return case.unless_undone(supported_until(case, opening, closing, minimum, due), limit)


def support_of(case):
    """How the last early life support was opened and closed; None for what it was not."""
    opened = [event for event in case.by_now("support.opened") if case.is_here(event)]
    if not opened:
        return None, None
    opening = max(opened, key=lambda event: event.order)
    closed = case.by_now("support.closed", support=opening.data["support"])
    return opening, max(closed, key=lambda event: event.order, default=None)


def supported_until(case, opening, closing, minimum, due):
    """Whether support was given long enough, and ended well."""
    if opening is None:
        return case.still_owed(due)
    if closing is not None:
        data, earliest = closing.data, max(case.ended, opening.happened) + minimum
        is_good = all_met(data["criteria"]) and data.get("outcome", "succeeded") == "succeeded"
        return SATISFIED if is_good and closing.happened >= earliest else Verdict("violated", due)
    if "until" not in opening.data:
        return Verdict("pending", due)
    return case.still_owed(max(due, moment(opening.data["until"])))


def reviewed(case, asked):
    due = case.due(asked)
    verdict, override = case.by_due(case.after("review.closed"), due), override_of(case)
    if override is None or verdict.outcome not in ("satisfied", "satisfiedLate"):
        return verdict
    # A policy that gives no time for the review leaves the one in which an override is ratified.
    due = ratification_due(override, span(LONGEST_OVERRIDE)) if due is None else due
    is_ratified = any(event.recorded <= due for event in ratifying(case, override))
    is_reviewed = any(override.position in event.data.get("overrides", []) for event in case.by_now("review.closed"))
    return verdict if is_ratified and is_reviewed else case.still_owed(due)


def ratifying(case, override):
    """The approvals that ratify an override and are by somebody else who is known."""
    return [
        event for event in said(case.events, "approval.given", ratifies=override.position)
        if is_independent(case.log.people, event, override) and not said(
            case.events, "approval.withdrawn", approval=event.position)]


def end_of(override, longest):
    """When an override ends: as it says, and no later than it may last."""
    return min(moment(override.data["until"]), override.recorded + longest)


def ratification_due(override, longest):
    """By when an override is to be ratified: as it says, or within five days, and no later than five days after its end."""
    says = moment(override.data["ratifyBy"]) if "ratifyBy" in override.data else override.recorded + RATIFIED_WITHIN
    return min(says, end_of(override, longest) + RATIFIED_WITHIN)


RATIFIED_WITHIN = 5 * 86_400 * SECOND
LONGEST_OVERRIDE = "P7D"


def is_independent(people, approval, override):
    """Whether an approval is by a linked human who has not declared an override, as far as is known at the end."""
    if approval.by is None or override.by is None or not people.is_known_human(approval.by):
        return False
    return people.human(approval.by) != people.human(override.by)


def recorded_promptly(case, asked):
    within = span(asked["within"]) if "within" in asked else (
        case.late_within if "lateWithin" in case.document else 3600 * SECOND)
    if any(event.recorded - event.happened > within for event in case.attempt.events):
        return VIOLATED
    return PENDING if case.end is None else SATISFIED


def unended(case):
    """What is asked after a deployment that has not ended: it is not put off for ever by leaving out the end."""
    events = case.attempt.events
    due = max(event.recorded for event in events) + LONGEST_SILENCE
    progress = said(events, "deployment.progressed")[-1:]
    is_taken_back = any(event.happened <= case.time for event in undoings(case.attempt))
    if case.time <= due or is_taken_back or any(event.data["decision"] == "abort" for event in progress):
        return PENDING
    return Verdict("overdue", due)


LONGEST_SILENCE = 7 * 86_400 * SECOND


def procedure_applied(case, asked):
    verdicts = []
    for name in asked.get("procedures", []):
        document = document_in_force(case.log, name, case.line)
        if document is None:
            return VIOLATED
        attempt = case.attempt
        if applies(document.get("appliesTo", {}), attempt.package, case.environment, case.scope):
            verdicts += [
                step_completed(case, name, document["version"], step["step"])
                for step in document["steps"] if step.get("mandatory", True)] or [SATISFIED]
    return worst(verdicts) if verdicts else NOT_APPLICABLE


def step_completed(case, procedure, version, step):
    """Whether a step was completed by the end, and recorded by then or soon after it happened."""
    of_step = said(case.events, "procedure.step.completed", procedure=procedure, version=version, step=step)
    completed = [event for event in of_step if case.is_of_it(event) and event.happened <= case.ended]
    if any(event.recorded <= case.end.recorded for event in completed):
        return SATISFIED
    return LATE if any(e.recorded - e.happened <= case.late_within for e in completed) else VIOLATED


# --- All rules, and the parameters that each takes ------------------------------------------------------------------

RULES = {
    "approved": (approved, {"quorum", "level", "separate", "scopes"}),
    "attested": (attested, {"predicateTypes", "by"}),
    "authorised": (authorised, set()),
    "baselined": (baselined, {"moments", "by"}),
    "built": (built, {"capabilities", "by"}),
    "capability-in-place": (capability_in_place, {"capabilities"}),
    "classified": (classified, set()),
    "communicated": (communicated, {"audiences", "leadTime"}),
    "components-assessed": (components_assessed, {"assessments", "by"}),
    "designed": (designed, set()),
    "gated": (gated, set()),
    "handed-over": (handed_over, {"communities", "within"}),
    "not-frozen": (not_frozen, set()),
    "partners-consulted": (partners_consulted, {"partners"}),
    "personnel-competent": (personnel_competent, {"level"}),
    "planned": (planned, set()),
    "procedure-applied": (procedure_applied, {"procedures"}),
    "reconciled": (reconciled, {"within", "by"}),
    "recorded-promptly": (recorded_promptly, {"within"}),
    "releasable": (releasable, set()),
    "requirements-met": (requirements_met, set()),
    "reviewed": (reviewed, {"within"}),
    "risk-assessed": (risk_assessed, {"maximumResidual", "by"}),
    "rollback-planned": (rollback_planned, set()),
    "scheduled": (scheduled, set()),
    "supported": (supported, {"minimum"}),
    "tested": (tested, {"suites", "capabilities", "by"}),
    "validated": (validated, {"by"}),
    "verified": (verified, {"within", "by"}),
}
# What is asked after the end, and what of it only where the attempt succeeded.
IF_SUCCEEDED = {"verified", "reconciled", "handed-over", "supported", "procedure-applied"}
AFTER = {*IF_SUCCEEDED, "reviewed", "recorded-promptly"}


def verdict_of(case, asked):
    """What a requirement comes to, before anything sets it aside."""
    rule = asked["rule"]
    judge, parameters = RULES[rule]
    if set(asked) - parameters - {"rule"}:
        return PENDING  # It says something that the rule does not take, and is not judged by half of it.
    if rule in IF_SUCCEEDED and case.has_failed:
        return NOT_APPLICABLE
    if rule in AFTER and rule != "recorded-promptly" and case.end is None:
        return unended(case)
    case.left = left_out(case, asked)
    try:
        return judge(case, asked)
    finally:
        case.left = set()


# --- Who may bring evidence -----------------------------------------------------------------------------------------

def left_out(case, asked):
    """The positions of evidence that a requirement does not take from who brought it: only good news has to come from
    those whom it names."""
    if "by" not in asked:
        return set()
    source, insiders = asked["by"], insiders_of(case, asked["by"].get("independentOf", []))
    events = [*case.events, *case.log.stream("environment", case.environment)]
    return {
        event.position for event in events
        if speaks_for(event, asked) and not is_allowed(case, source, insiders, event)}


def speaks_for(event, asked):
    """Whether an event speaks for what a requirement asks."""
    rule, data = asked["rule"], event.data
    succeeded = data.get("outcome") == "succeeded"
    return {
        "package.published": lambda: "derivedFrom" in data or "digests" in data,
        "build.finished": lambda: succeeded and (rule == "built" or bool(said_of_one(event))),
        "test.finished": lambda: rule == "tested" and succeeded,
        "attestation.recorded": lambda: rule == "attested",
        "validation.finished": lambda: rule == "validated" and succeeded and all_met(data["criteria"]),
        "verification.finished": lambda: rule == "verified" and succeeded and all_met(data.get("checks", [])),
        "component.assessed": lambda: rule == "components-assessed" and data["verdict"] != "unacceptable",
        "risk.assessed": lambda: rule == "risk-assessed" and residual(event) <= asked.get("maximumResidual", 25),
        "environment.observed": lambda: rule == "reconciled",
        "baseline.recorded": lambda: rule == "baselined",
    }.get(event.type, lambda: False)()


def is_allowed(case, source, insiders, event):
    """Whether an event is by one of those who may bring it."""
    if event.by is None or not is_named(case, source, event):
        return False
    if "independentOf" not in source:
        return True
    people, human = case.attempt.people, answering_for(case.attempt.people, event.by)
    if insiders is None or human is None or human in insiders:
        return False
    partakers = [one["person"] for one in event.data.get("participants", [])] + event.data.get("validators", [])
    if event.type not in ("test.finished", "verification.finished", "validation.finished"):
        partakers = []
    if event.type == "test.finished" and event.data.get("mode") == "manual":
        partakers += [event.data[name] for name in ["initiator"] if name in event.data]
    return not partakers or not all(people.human(person) in insiders for person in partakers)


def is_named(case, source, event):
    """Whether whoever recorded an event is one of those whom a requirement names."""
    people, person = case.attempt.people, event.by
    kind = "service" if people.is_service(person) else "human"
    names_nobody = not any(name in source for name in ("kinds", "accounts", "capabilities"))
    if (kind in source.get("kinds", []) or names_nobody) and answering_for(people, person) is not None:
        return True
    if any(is_one_human(people, named, person) for named in source.get("accounts", [])):
        return True
    return any(stands_for(case, name, event) for name in source.get("capabilities", []))


def is_one_human(people, one, other):
    """Whether two accounts are one human's; a service account is itself alone."""
    if one == other:
        return True
    return not people.is_service(one) and not people.is_service(other) and people.human(one) == people.human(other)


def stands_for(case, capability, event):
    """Whether an event is by the owner of a capability, one of its people, or its owner's service account with it."""
    people, registration, withdrawn = case.attempt.people, None, False
    for told in case.log.stream("capability", capability, before=case.line):
        if told.type == "capability.registered":
            registration, withdrawn = told, False
        elif told.type == "capability.withdrawn":
            withdrawn = True
    if registration is None or withdrawn or registration.by is None:
        return False
    level = schema_of("event/capability.registered")["x-relm-level"]
    if level_anywhere(case.log, people, registration.by, registration.position, registration.recorded) < level:
        return False
    data, owner = registration.data, people.owners.get(event.by)
    if not people.is_service(event.by):
        return any(is_one_human(people, named, event.by) for named in [data["owner"], *data.get("people", [])])
    is_with_it = event.data.get("tool", {}).get("capability") == capability
    return is_with_it and owner is not None and people.human(owner) == people.human(data["owner"])


def answering_for(people, person):
    """The human who answers for an account: its own, or its owner; None where that is not known."""
    human = people.owners.get(person) if people.is_service(person) else person
    return people.human(human) if human is not None and people.is_known_human(human) else None


def insiders_of(case, duties):
    """The humans who had some duties; None where that cannot be told."""
    people, found = case.attempt.people, []
    for duty in duties:
        if duty == "author":
            authors = holders_of(case, "author")
            if authors is None:
                return None
            found += authors
        else:
            # A build that names nobody was set going by who recorded it.
            found += [
                person for fact in case.facts("build.finished") for person in set_going_by(case, fact, fact.by)]
            found += build_beginners(case)
    found = [person for person in found if person is not None and not people.is_service(person)]
    if not all(people.is_known_human(person) for person in found):
        return None
    return {people.human(person) for person in found}


# --- Setting aside: waivers and overrides ---------------------------------------------------------------------------

def waiver_of(case, rule, due):
    """The last waiver of a rule that holds for the deployment; None where there is none."""
    if rule in case.document.get("nonWaivable", []):
        return None
    holding = [
        event for event in said(case.events, "waiver.granted", rule=rule)
        if names(event.data.get("environment", case.environment), case.environment)
        and is_impartial(case, event) and waiver_holds(case, rule, event, due)]
    return holding[-1] if holding else None


def is_impartial(case, waiver):
    """Whether it was given by none of those whom it excuses, nor by anybody who ever had a hand in the release."""
    people = case.attempt.people
    before = [event for event in case.attempt.everything if event.position < case.line]
    excused = workers_on(case.log, before, case.line)
    excused += [*(holders_of(case, "deployer") or []), *waiver.data.get("excuses", [])]
    return waiver.by is not None and people.human(waiver.by) not in [people.human(one) for one in excused]


def waiver_holds(case, rule, waiver, due):
    """Whether a waiver stands and its time has come and is not over, where and when the rule needs it."""
    revoking = said(case.events, "waiver.revoked", waiver=waiver.data["waiver"])
    revocations = [event for event in revoking if event.position > waiver.position]
    if rule in AFTER:
        at = case.time if due is None else min(due, case.time)
        moments = [at]
        stands = waiver.recorded <= at and not any(event.recorded <= at for event in revocations)
    else:
        moments = case.moments
        stands = waiver.position < case.line and not any(event.position < case.line for event in revocations)
    # It is never retroactive, whatever it says.
    begins = max(moment(waiver.data["from"]), waiver.recorded) if "from" in waiver.data else waiver.recorded
    return stands and all(begins <= at < moment(waiver.data["until"]) for at in moments)


def override_of(case):
    """The override that the deployment uses, where it counts for it, whichever rules it names; None where not."""
    used = case.attempt.used_override()
    return None if used is None else override_at_hand(case, used)


def override_at_hand(case, used):
    """The override at a position, where it counts for the deployment and none before has used it; None where not."""
    attempt = case.attempt
    declared = [
        event for event in said(case.release.events, "override.declared")
        if names(event.data["environment"], case.environment)]
    override = next((event for event in declared if event.position == used), None)
    if override is None:
        return None
    data = override.data
    # What was annulled by those who had made it has used up what it used.
    # What a stranger says to have deployed by it does not take it from whoever may deploy.
    is_spent = any(
        other.used_override() == used for other in attempt.others
        if other.stream == attempt.stream and other.line < case.line
        and (is_strangers(attempt) or not is_strangers(other))
        and not (other.is_annulled and other.is_annulled_by_others))
    is_of_plan = data.get("plan", case.release.scope) == case.release.scope
    is_of_this = "digests" not in data or case.names_all(data["digests"], override.position)
    return override if case.begun < moment(data["until"]) and not is_spent and is_of_plan and is_of_this else None


def is_strangers(attempt):
    """Whether a deployment was told by nobody who could have deployed it: neither who declared an override of its release, nor a
    service account that somebody answers for, nor anybody of the level that the record expects."""
    return not is_restoration(attempt) and is_told_by_stranger(attempt, attempt.beginning)


def is_told_by_stranger(attempt, told):
    """The same of one word about a deployment."""
    log, people = attempt.log, attempt.log.people
    if told.by is None:
        return True
    if people.is_service(told.by):
        return people.owners[told.by] is None
    declarers = [event.by for event in said(log.stream(*attempt.stream), "override.declared") if event.by is not None]
    if any(people.human(declarer) == people.human(told.by) for declarer in declarers):
        return False
    place = attempt.context, attempt.package, attempt.scope(USUAL_LEVEL).reach
    return level_held(log, people, told.by, place, told.position, told.recorded) < schema_of(
        "event/deployment.started")["x-relm-level"]


def sets_aside(case, override, rule):
    """Whether an override sets a rule aside: whoever had no level for it could only break the freeze that names them."""
    longest = span(case.document.get("overrideWithin", LONGEST_OVERRIDE))
    if rule not in override.data["rules"] or not case.holds_until(end_of(override, longest)):
        return False
    if not is_vouched_for(case, override, ratification_due(override, longest)):
        return False
    is_entitled = case.scope.is_approver(override)
    freezes = freezes_in_force(case) if rule == "not-frozen" else []
    if not freezes or "freeze" not in override.data:
        return is_entitled
    return all(
        freeze.data["freeze"] == override.data["freeze"] and (is_entitled or may_break(case, freeze, override))
        for freeze in freezes)


def is_vouched_for(case, override, due):
    """Whether an override is no maker's own, or is ratified by somebody who is none, or can still be."""
    people = case.attempt.people
    before = [event for event in case.attempt.everything if event.position < case.line]
    makers = {people.human(person) for person in makers_of(case.log, before, case.line)}
    if override.by is None or people.human(override.by) not in makers or case.time <= due:
        return True
    return any(
        event.recorded <= due and people.human(event.by) not in makers for event in ratifying(case, override))


def may_break(case, freeze, override):
    """Whether a freeze names who declared an override, and stood when they did."""
    people = case.attempt.people
    named = [people.human(person) for person in freeze.data.get("mayOverride", [])]
    return override.by is not None and freeze.position < override.position and people.human(override.by) in named


# --- What claims to be older than the ledger ------------------------------------------------------------------------

GRACE = 86_400 * SECOND


def is_unaccepted(log, beginning):
    """Whether a deployment that claims to be older than the ledger was recorded late, and is of no accepted source."""
    if beginning.recorded <= log.opened.recorded + GRACE:
        return False
    return not is_accepted(log, beginning)


def is_accepted(log, beginning):
    """Whether somebody with level 6 for everything has accepted what its source tells."""
    for event in said(log.counting, "history.accepted", source=beginning.source):
        is_covered = beginning.position < event.position or (
            "until" in event.data and beginning.recorded < moment(event.data["until"]))
        if is_covered and event.by is not None and all(
                level_held(log, log.people, event.by, (context, None, []), event.position, event.recorded) >= 6
                for context in ("development", "production")):
            return True
    return False


def has_surely_been(attempt):
    """Whether it is known that a deployment was, by who told it: what is older than the ledger was never judged."""
    log = attempt.log
    if log.opened is None or attempt.claimed_last >= log.opened.recorded or is_accepted(log, attempt.beginning):
        return True
    return not any(is_told_by_stranger(attempt, told) for told in (attempt.beginning, attempt.end))


# --- Judging a log --------------------------------------------------------------------------------------------------

def judge(log, time, draft=None):
    """Every attempt's line and its findings, as objects; a draft stands in place of the versions of its own policy."""
    attempts = attempts_of(log)
    for attempt in attempts:
        line = {"attempt": attempt.line}
        if attempt.is_annulled:
            line |= {"annulled": attempt.annulment.position, "independent": attempt.is_annulled_by_others}
        if log.opened is not None and not is_restoration(attempt) and attempt.claimed_last < log.opened.recorded:
            is_claimed = is_unaccepted(log, attempt.beginning)
            if any(event.happened >= log.opened.recorded or event.happened <= attempt.begun
                   for event in hindrances_of(attempt)):
                line |= unreleasable(attempt, [], time)
            yield {**line, "governance": "unaccepted" if is_claimed else "beforeLedger"}
            continue
        policies = attempt.policies()
        if draft is not None:
            policies = [policy for policy in policies if policy.document["id"] != draft["id"]] + [Policy(draft, -1)]
        policies = attempt.judging(policies)
        line |= unreleasable(attempt, policies, time) or overtaken(attempt, time)
        if not policies:
            governance = "ungoverned" if attempt.context == "production" else "unasked"
            yield {**line, "governance": governance}
            continue
        yield {**line, "governance": "governed"}
        for policy in sorted(policies, key=lambda policy: (policy.adopted < 0, policy.document["id"], policy.adopted)):
            case = Case(attempt, policy.document, time)
            for place, asked in enumerate(policy.document["rules"]):
                yield {
                    "attempt": attempt.line, "policy": policy.document["id"],
                    "policyVersion": policy.document["version"], "rule": asked["rule"], "place": place,
                    **finding(case, asked)}


def unreleasable(attempt, policies, time):
    """What `releasable` comes to in production where no policy asks it; nothing where nothing hinders the deployment."""
    asked = {"rule": "releasable"}
    is_asked = any(one["rule"] == "releasable" for policy in policies for one in policy.document["rules"])
    if attempt.context != "production" or is_asked:
        return {}
    outcome = finding(Case(attempt, {"rules": [asked]}, time), asked)["outcome"]
    return {} if outcome == "satisfied" else {"unreleasable": outcome}


def overtaken(attempt, time):
    """What `releasable` comes to at the first step by which a deployment to production went on though it was forbidden since
    it had begun; nothing where there is none. One that went on after its end is one as well, whatever was said."""
    if attempt.context != "production" or is_restoration(attempt):
        return {}
    asked, furthest, goes_beyond = {"rule": "releasable"}, 0, False
    for step in attempt.events:
        is_start = step.type == "deployment.started" and (
            attempt.end is None or step.position < attempt.end.position)
        goes_on = is_start or step.type == "deployment.finished" and step.data["outcome"] == "succeeded"
        if step.type == "deployment.progressed":
            # Whatever was decided, what has come further has gone on.
            share, decision = int(step.data.get("share", 0) * 100 + 0.5), step.data.get("decision")
            goes_on = decision == "continue" or (decision != "abort" and furthest < share)
            furthest = max(furthest, share)
        if step.position <= attempt.line or not goes_on:
            continue
        later = Later(attempt, step)
        # That it was superseded or closed says nothing against it.
        forbidding = [
            event for event in hindrances_of(later)
            if event.type not in ("release.superseded", "release.closed") and event.position > attempt.line]
        if forbidding:
            outcome = finding(Case(later, {"rules": [asked]}, time), asked, Case(attempt, {"rules": [asked]}, time))
            return {"unreleasable": outcome["outcome"]}
        # What ended otherwise than with success does not go on.
        goes_beyond |= attempt.end is not None and attempt.end.data["outcome"] != "succeeded" and (
            attempt.end.position < step.position)
    return {"unreleasable": "violated"} if goes_beyond else {}


class Later(Attempt):
    """A deployment at one of its steps, as if it began only there."""

    def __init__(self, attempt, step):
        super().__init__(attempt.log, attempt.beginning, attempt.events, attempt.is_annulled)
        # The order of the log counts, and not a time that the step claims.
        self.line, self.begun, self.first, self.others = step.position, step.recorded, step, attempt.others
        self.release, self.people = Release(self.log, self.stream, self.line), People(self.log, self.line)


def finding(case, asked, going=None):
    """What a requirement comes to: its outcome, when it is or was due, and what set it aside."""
    verdict, found = verdict_of(case, asked), {}
    outcome = verdict.outcome
    if outcome in ("violated", "pending", "overdue"):
        if verdict.due is not None:
            found["due"] = written(verdict.due)
        if waiver := waiver_of(case, asked["rule"], verdict.due):
            outcome, found["waiver"] = "waived", waiver.position
        elif (override := override_of(going or case)) and sets_aside(case, override, asked["rule"]):
            outcome, found["override"] = "overridden", override.position
    return {**found, "outcome": outcome}


# --- Input and output -----------------------------------------------------------------------------------------------

# More than any record has, and any draft of a policy.
LONGEST_LINE = 1_000_000


def unrepeated(members):
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a name is repeated in an object")
    return found


def no_number(name):
    raise ValueError(f"{name} is no number of JSON")


def read_record(position, line):
    """The event of a line."""
    try:
        record = json.loads(line, object_pairs_hook=unrepeated, parse_constant=no_number)
        # Half a character of UTF-16 is none.
        if b"\\u" in line:
            json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"this is not JSON that a ledger takes: {error}") from error
    if not isinstance(record, dict):
        raise Unreadable("a record is an object")
    return Event(position, record)


def logs_of(lines, is_batch, size):
    """Each log of the input: the as-of time and the draft that it gives, or None, and its first events."""
    time, draft, events = None, None, None if is_batch else []
    for number, line in enumerate(lines, 1):
        try:
            if is_batch and line.startswith(b"#"):
                if events is not None:
                    yield time, draft, events
                said_time, _, said_draft = line[1:].decode().strip().partition(" ")
                time, draft, events = moment(said_time), parsed_policy(said_draft) if said_draft else None, []
            elif events is None:
                raise Unreadable("a batch begins with a line '# <as-of time>'")
            elif size is None or len(events) < size:
                events.append(read_record(len(events), line))
        except (Unreadable, UnicodeDecodeError) as error:
            raise Unreadable(f"line {number}: {error}") from error
    if events is not None:
        yield time, draft, events


def parsed_policy(text):
    """A policy document of its own, for judging by it what it would have asked."""
    try:
        document = json.loads(text, object_pairs_hook=unrepeated, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the policy is not JSON: {error}") from error
    check(document, schema_of("policy"), schema_of("policy"), "the policy")
    return document


def read_policy(path):
    """The policy document of a file."""
    with open(path, "rb") as file:
        try:
            return parsed_policy(file.read())
        except Unreadable as error:
            raise Unreadable(f"{path}: {error}") from error


def lines_of(file):
    """The lines of a file; no record and no draft of a policy is nearly as long as a line may be."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"line {number}: it is longer than any record: this is not what 'relm log --raw' printed")
        yield line


def run(options):
    draft = read_policy(options.policy) if options.policy else None
    given = moment(options.time) if options.time else None
    with open(options.file, "rb") if options.file else sys.stdin.buffer as lines:
        for number, (time, own, events) in enumerate(logs_of(lines_of(lines), options.batch, options.size)):
            if events:
                time = next(at for at in (given, time, events[-1].recorded) if at is not None)
            for found in judge(Log(events), time, own or draft):
                print(json.dumps({"log": number, **found}, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(64, f"judge.py: {message}\n")


def main():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", help="what 'relm log --raw' printed; without it, standard input")
    parser.add_argument("--time", help="the as-of time; without it, when the last record was recorded")
    parser.add_argument("--size", type=int, help="judge only by so many records, the first ones")
    parser.add_argument("--policy", help="judge by this policy, as JSON, in place of its versions in the log")
    parser.add_argument("--batch", action="store_true", help="many logs, each begun by a line '# <as-of time>'")
    options = parser.parse_args()
    if options.batch and options.time:
        parser.error("--batch takes the as-of times from its input, not from --time")
    if options.size is not None and options.size < 0:
        parser.error("--size is a number of records, from 0")
    try:
        run(options)
    except Unreadable as error:
        print(f"judge.py: {error}", file=sys.stderr)
        return 65
    except OSError as error:
        print(f"judge.py: {error}", file=sys.stderr)
        return 66
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # A record that no ledger has taken: its parts are not of the kinds that its schema says.
        print(f"judge.py: a record does not read: {type(error).__name__}: {ascii(str(error))[:200]}", file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main())
