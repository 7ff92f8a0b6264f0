"""The plain judge follows the page on judging: small logs, and what it says of them."""

import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOOLS))

import judge  # noqa: E402

RELEASE, ENVIRONMENT = "release/payments-api/2026.11.3", "production/eu"
OWNER, ANA, BO, CY, MACHINE, STRANGER = (f"person:00000000-0000-7000-8000-{n:012d}" for n in range(6))
MADE, SIGNED, OTHER = (f"sha256:{letter * 64}" for letter in "abc")
DAY, HOUR = 86_400, 3600
# When the deployment of most histories is begun and ended, in seconds.
BEGUN, ENDED = 10_000, 11_000


def at(seconds):
    """A moment some seconds into the history."""
    return judge.written((1_795_305_600 + seconds) * judge.SECOND)


class History:
    """A log in the making: a ledger with people, an environment, a tool and a policy."""

    def __init__(self, *rules, **policy):
        self.records = []
        self.owns = self.add("ledger.opened", "ledger", 0, owner=OWNER)
        for person in (OWNER, ANA, BO, CY):
            self.link(person, kind="human")
        self.link(MACHINE, kind="service", owner=ANA)
        self.grants = {person: self.grant(person) for person in (ANA, BO, CY)}
        self.add("capability.registered", "capability/farm", 4)
        if rules:
            self.adopt(*rules, **policy)

    def add(self, name, subject, when, happened=None, /, by=OWNER, **data):
        """Records an event; fields that it must have and that are not given are those of its schema's example."""
        schema = judge.schema_of(f"event/{name}")
        example = {field: schema["examples"][0][field] for field in schema["required"]}
        record = {
            "authid": by, "data": {**example, **data}, "id": str(len(self.records)), "recordedtime": at(when),
            "source": "/test", "specversion": "1.0", "subject": subject, "type": f"relm.{name}"}
        if happened is not None:
            record["time"] = at(happened)
        self.records.append({field: value for field, value in record.items() if value is not None})
        return len(self.records) - 1

    def say(self, name, when, happened=None, /, **data):
        """Records an event of the release."""
        return self.add(name, RELEASE, when, happened, **{"by": OWNER, **data})

    def here(self, name, when, happened=None, /, **data):
        """Records an event of the environment."""
        return self.add(name, f"environment/{ENVIRONMENT}", when, happened, **data)

    def link(self, person, **data):
        return self.add("person.linked", f"person/{person[7:]}", 1, **data)

    def lend(self, person, account, by):
        return self.add("person.link.confirmed", f"person/{person[7:]}", 1, account=account, by=by)

    def grant(self, person, when=2, **data):
        data = {"level": 5, "contexts": ["production", "development"], **data}
        return self.add("authority.granted", f"person/{person[7:]}", when, **data)

    def adopt(self, *rules, when=5, **policy):
        document = {
            "id": "p", "version": "1", "title": "t", "context": "production",
            "rules": [rule if isinstance(rule, dict) else {"rule": rule} for rule in rules], **policy}
        return self.add("policy.adopted", f"policy/{document['id']}", when, document=document)

    def annul(self, position, when=50_000):
        return self.add("event.annulled", "ledger", when, position=position)

    def plan(self, when=100, **data):
        return self.say("release.planned", when, **{"class": "normal", **data})

    def begin(self, when=BEGUN, happened=None, deployment="d", environment=ENVIRONMENT, digests=(MADE,), **data):
        if digests:
            data["digests"] = list(digests)
        return self.say(
            "deployment.started", when, happened, deployment=deployment, environment=environment,
            **{"by": CY, **data})

    def finish(self, when=ENDED, happened=None, outcome="succeeded", deployment="d", **data):
        return self.say(
            "deployment.finished", when, happened, deployment=deployment, environment=ENVIRONMENT, outcome=outcome,
            **data)

    def deploy(self, **data):
        """Begins and ends the deployment."""
        position = self.begin(**data)
        self.finish(deployment=data.get("deployment", "d"))
        return position

    def judged(self, time=100_000, size=None, draft=None):
        lines = [json.dumps(record).encode() for record in self.records]
        (_, _, events), = judge.logs_of(lines, False, size)
        return list(judge.judge(judge.Log(events), judge.moment(at(time)), draft))

    def findings(self, time=100_000, **options):
        return [found for found in self.judged(time, **options) if "rule" in found]

    def come(self, time=100_000, **options):
        """What the only finding comes to."""
        found, = self.findings(time, **options)
        return found["outcome"]

    def due(self, time):
        found, = self.findings(time)
        return found["outcome"], found.get("due")


class Governing(unittest.TestCase):
    def governance(self, history, **options):
        return [found["governance"] for found in history.judged(**options) if "governance" in found]

    def test_production_without_a_policy_is_ungoverned(self):
        history = History()
        line = history.begin()
        self.assertEqual(history.judged(), [{"attempt": line, "governance": "ungoverned"}])

    def test_development_without_a_policy_is_asked_nothing(self):
        history = History("planned")
        history.here("environment.registered", 6, context="development")
        history.begin()
        self.assertEqual(self.governance(history), ["unasked"])

    def test_a_retired_environment_is_production_again(self):
        history = History("planned")
        history.here("environment.registered", 6, context="development")
        history.here("environment.retired", 7)
        history.begin()
        self.assertEqual(self.governance(history), ["governed"])

    def test_what_began_before_the_ledger_was_opened_is_not_judged(self):
        history = History("planned")
        history.begin(happened=-1)
        self.assertEqual(self.governance(history), ["beforeLedger"])
        history = History("planned")
        history.begin(happened=0)
        self.assertEqual(self.governance(history), ["governed"])

    def test_a_policy_is_in_force_from_its_recording_and_from_when_it_says(self):
        for effective, begun, governed in (
                (None, 5, True), (None, 4, False), (8, 8, True), (8, 7, False), (1, 4, False)):
            history = History()
            history.adopt("planned", **({"effectiveFrom": at(effective)} if effective else {}))
            history.begin(when=begun)
            self.assertEqual(self.governance(history), ["governed" if governed else "ungoverned"], (effective, begun))

    def test_a_policy_that_was_adopted_later_judges_no_earlier_deployment(self):
        history = History()
        history.begin()
        history.adopt("planned", when=BEGUN)
        self.assertEqual(self.governance(history), ["ungoverned"])

    def test_a_deployment_that_was_recorded_late_answers_to_the_policies_of_both_times(self):
        history = History("planned")
        history.adopt("designed", "planned", when=200, version="2")
        history.adopt("planned", when=200, id="a")
        history.begin(when=300, happened=100)
        found = [(one["policy"], one["policyVersion"], one["place"], one["rule"]) for one in history.findings()]
        self.assertEqual(
            found, [
                ("a", "1", 0, "planned"), ("p", "1", 0, "planned"), ("p", "2", 0, "designed"),
                ("p", "2", 1, "planned")])

    def test_a_policy_is_retired_from_the_recording_on_and_until_it_is_adopted_again(self):
        for begun, governance in ((99, "governed"), (100, "ungoverned")):
            history = History("planned")
            history.add("policy.retired", "policy/p", 100)
            history.begin(when=begun)
            self.assertEqual(self.governance(history), [governance])
        history = History("planned")
        history.add("policy.retired", "policy/p", 100)
        history.adopt("planned", when=200, version="2")
        history.begin()
        self.assertEqual(self.governance(history), ["governed"])

    def test_a_policy_applies_to_what_it_names(self):
        cases = [
            ({"packages": ["payments-api"]}, True), ({"packages": ["other"]}, False),
            ({"environments": [ENVIRONMENT]}, True), ({"environments": ["production"]}, False),
            ({"services": ["other", "payments"]}, True), ({"services": ["other"]}, False),
            ({"classes": ["normal"]}, True), ({"classes": ["standard"]}, False)]
        for applicability, applies in cases:
            history = History("planned", appliesTo=applicability)
            history.plan(services=["payments"])
            history.begin()
            self.assertEqual(self.governance(history), ["governed" if applies else "ungoverned"], applicability)

    def test_one_service_of_a_release_is_enough_for_a_policy_to_apply(self):
        history = History("planned", appliesTo={"services": ["payments"]})
        history.plan(services=["cards", "payments"])
        history.begin()
        self.assertEqual(self.governance(history), ["governed"])

    def test_a_policy_for_a_class_does_not_apply_to_what_was_not_planned(self):
        history = History("planned", appliesTo={"classes": ["normal"]})
        history.begin()
        self.assertEqual(self.governance(history), ["ungoverned"])

    def test_a_new_package_may_concern_any_service_until_somebody_who_may_has_said_which(self):
        def policies(by, *more):
            history = History("planned")
            history.adopt("designed", id="strict", appliesTo={"services": ["payments"]})
            history.plan(services=["toy"], by=by)
            for name, data in more:
                history.say(name, 200, **data)
            history.begin()
            return sorted({found["policy"] for found in history.findings()})

        self.assertEqual(policies(STRANGER), ["p", "strict"])
        self.assertEqual(policies(ANA), ["p"])
        self.assertEqual(policies(STRANGER, ("release.scope.changed", {"services": ["toy"], "by": ANA})), ["p"])
        self.assertEqual(policies(STRANGER, ("approval.given", {"scope": "deployment", "by": ANA})), ["p"])
        self.assertEqual(policies(STRANGER, ("approval.given", {"scope": "deployment", "by": STRANGER})), ["p", "strict"])

    def test_an_approval_that_was_withdrawn_says_nothing_of_services_any_more(self):
        history = History("planned")
        history.adopt("designed", id="strict", appliesTo={"services": ["payments"]})
        history.plan(services=["toy"], by=STRANGER)
        approval = history.say("approval.given", 200, scope="deployment", by=ANA)
        history.say("approval.withdrawn", 300, approval=approval, by=ANA)
        history.begin()
        self.assertEqual({found["policy"] for found in history.findings()}, {"p", "strict"})

    def test_a_package_concerns_more_by_who_may_for_what_it_concerns_already_as_well(self):
        for services, policies in ((["toy"], {"p"}), (["payments", "toy"], {"p", "strict"})):
            history = History("planned")
            history.adopt("designed", id="strict", appliesTo={"services": ["toy"]})
            history.grant(STRANGER, services=services)
            history.plan(services=["payments"], by=ANA)
            history.add("release.planned", "release/payments-api/0.1", 200, services=["toy"], by=STRANGER)
            history.begin()
            self.assertEqual({found["policy"] for found in history.findings()}, policies)

    def test_what_is_deployed_makes_a_service_usual_only_until_somebody_who_may_has_said_one(self):
        for said in (True, False):
            history = History("planned")
            history.adopt("designed", id="strict", appliesTo={"services": ["toy"]})
            if said:
                history.plan(services=["payments"], by=ANA)
            other = "release/payments-api/0.1"
            history.add("release.planned", other, 200, services=["toy"], by=STRANGER)
            history.add(
                "deployment.finished", other, 210, deployment="x", environment=ENVIRONMENT, outcome="succeeded",
                by=STRANGER)
            if not said:
                history.plan(300, services=["payments"], by=ANA)
            begun = history.begin()
            policies = {found["policy"] for found in history.findings() if found["attempt"] == begun}
            self.assertEqual("strict" in policies, not said)

    def test_a_stranger_does_not_see_what_another_had_listed_as_missing(self):
        for by, outcome in ((STRANGER, "violated"), (ANA, "satisfied"), (CY, "satisfied"), (MACHINE, "satisfied")):
            history = History({"rule": "reconciled", "within": "PT1H"})
            history.plan()
            history.deploy()
            history.link(MACHINE, kind="service", owner=ANA)
            for who, digest in ((CY, OTHER), (by, MADE)):
                history.here(
                    "environment.observed", ENDED + 60, by=who, coverage="complete",
                    running=[{"name": "payments-api", "digest": digest}])
            self.assertEqual(history.findings()[0]["outcome"], outcome, by)

    def test_what_ended_without_success_does_not_go_on(self):
        for outcome, decision, told in (
                ("failed", "continue", "violated"), ("failed", "abort", None), ("succeeded", "continue", None)):
            history = History("planned")
            history.plan()
            history.begin()
            history.finish(outcome=outcome)
            history.say(
                "deployment.progressed", ENDED + 60, deployment="d", environment=ENVIRONMENT, decision=decision)
            self.assertEqual(history.judged()[0].get("unreleasable"), told, (outcome, decision))

    def test_a_stranger_does_not_use_up_an_override_for_whoever_may_deploy(self):
        history = History("designed")
        history.plan()
        override = history.say(
            "override.declared", 200, by=ANA, rules=["designed"], environment=ENVIRONMENT, until=at(90_000))
        for name, by in (("one", STRANGER), ("two", STRANGER), ("three", ANA), ("four", ANA)):
            history.begin(BEGUN + len(history.records), deployment=name, by=by, override=override)
        self.assertEqual(
            [found["outcome"] for found in history.findings()], ["overridden", "violated", "overridden", "violated"])

    def test_what_came_back_in_its_own_place_was_not_rolled_back(self):
        for restored, outcome in (("2026.11.3", "overdue"), ("0.9", "notApplicable")):
            history = History({"rule": "reconciled", "within": "PT1H"})
            history.plan()
            history.deploy()
            history.say(
                "deployment.rolledback", ENDED + 60, deployment="d", environment=ENVIRONMENT, restores=restored)
            self.assertEqual(history.findings()[0]["outcome"], outcome)

    def test_a_policy_for_a_service_that_a_stranger_named_does_not_let_into_production(self):
        for by, governance in ((STRANGER, "ungoverned"), (ANA, "governed")):
            history = History("planned", appliesTo={"services": ["toy"]})
            history.plan(services=["toy"], by=by)
            history.begin()
            self.assertEqual(self.governance(history), [governance])

    def test_what_a_stranger_plans_as_an_emergency_is_normal_too_until_somebody_vouches_for_it(self):
        def policies(*more, by=STRANGER, **data):
            history = History("planned", appliesTo={"classes": ["emergency", "standard"]})
            history.adopt("planned", id="n", appliesTo={"classes": ["normal"]})
            scope = history.plan(**{"class": "emergency", "by": by, **data})
            for name, said in more:
                history.add(name, RELEASE if "release" in name or "given" in name or "override" in name
                            else "procedure/web", 200, **{"plan": scope, **said} if "given" in name or "override" in name
                            else said)
            history.begin()
            return sorted({found["policy"] for found in history.findings()})

        document = {"id": "web", "version": "1", "title": "t", "owner": OWNER, "preauthorises": True,
                    "steps": [{"step": "s", "title": "S"}]}
        self.assertEqual(policies(), ["n", "p"])
        self.assertEqual(policies(by=ANA), ["p"])
        self.assertEqual(policies(("approval.given", {"scope": "deployment", "by": ANA})), ["p"])
        self.assertEqual(policies(("approval.given", {"scope": "deployment", "by": STRANGER})), ["n", "p"])
        self.assertEqual(policies(("release.scope.changed", {"class": "emergency", "by": ANA})), ["p"])
        self.assertEqual(policies(**{"class": "standard", "procedure": "web"}), ["n", "p"])
        published = ("procedure.published", {"document": document})
        self.assertEqual(policies(published, **{"class": "standard", "procedure": "web"}), ["p"])
        other = ("procedure.published", {"document": {**document, "appliesTo": {"services": ["toy"]}}})
        self.assertEqual(policies(other, **{"class": "standard", "procedure": "web"}), ["n", "p"])

    def test_what_went_on_though_it_was_withdrawn_meanwhile_is_told(self):
        for ending, told in (("release.withdrawn", "violated"), ("release.superseded", None), (None, None)):
            history = History("planned")
            history.plan()
            history.begin()
            if ending:
                history.say(ending, BEGUN + 10)
            history.finish()
            found = next(found for found in history.judged() if "governance" in found)
            self.assertEqual(found.get("unreleasable"), told)

    def test_a_deployment_of_which_nothing_is_told_for_a_week_is_to_be_ended_or_taken_back(self):
        week = BEGUN + 7 * DAY
        for more, time, outcome in (
                (None, week, "pending"), (None, week + 1, "overdue"), ("deployment.removed", week + 2 * DAY, "pending")):
            history = History("verified")
            history.begin()
            if more:
                history.say(more, BEGUN + 10, deployment="d", environment=ENVIRONMENT)
            self.assertEqual(history.come(time=time), outcome)

    def test_a_draft_judges_all_of_history_alone(self):
        history = History("designed")
        history.begin(when=3)
        draft = {"id": "x", "version": "9", "title": "t", "context": "production", "rules": [{"rule": "planned"}]}
        found, = history.findings(draft=draft)
        self.assertEqual((found["policy"], found["rule"], found["outcome"]), ("x", "planned", "violated"))
        self.assertEqual(self.governance(history, draft={**draft, "context": "development"}), ["ungoverned"])


class Attempts(unittest.TestCase):
    def lines(self, history, **options):
        return [found["attempt"] for found in history.judged(**options) if "governance" in found]

    def test_an_attempt_stands_where_it_was_first_told_of_though_its_start_is_told_later(self):
        history = History()
        line = history.finish(backfilled=True)
        history.begin(when=12_000)
        self.assertEqual(self.lines(history), [line])

    def test_without_a_start_it_begins_with_the_first_of_the_others(self):
        for name in ("progressed", "finished", "rolledback"):
            history = History()
            line = history.say(f"deployment.{name}", BEGUN, deployment="d", environment=ENVIRONMENT)
            self.assertEqual(self.lines(history), [line])

    def test_a_removal_alone_is_no_attempt(self):
        history = History()
        history.say("deployment.removed", BEGUN)
        self.assertEqual(self.lines(history), [])

    def test_an_annulled_start_stays_and_an_annulled_annulment_annuls_nothing(self):
        history = History()
        line = history.begin()
        end = history.finish()
        annulment = history.annul(line)
        self.assertEqual(self.lines(history), [line, end])
        history.annul(annulment)
        self.assertEqual(self.lines(history), [line])

    def test_a_deployment_begun_again_after_an_annulment_is_another_one(self):
        history = History()
        lines = []
        for _ in range(3):
            lines.append(history.begin())
            lines.append(history.finish())
        self.assertEqual(self.lines(history), lines[:1])
        for position in lines[:4]:
            history.annul(position)
        self.assertEqual(self.lines(history), lines[::2])

    def test_of_what_was_never_begun_each_annulled_end_stays_by_itself(self):
        history = History()
        ends = [history.finish(backfilled=True) for _ in range(3)]
        for end in ends[:2]:
            history.annul(end)
        self.assertEqual(self.lines(history), ends)

    def test_a_part_that_is_annulled_is_no_deployment_of_its_own(self):
        history = History()
        line = history.begin()
        history.annul(history.finish())
        history.annul(history.say("deployment.removed", ENDED, deployment="d", environment=ENVIRONMENT))
        self.assertEqual(self.lines(history), [line])

    def test_only_the_first_records_are_looked_at(self):
        history = History()
        line = history.begin()
        history.annul(line)
        self.assertEqual(self.lines(history, size=line + 1), [line])
        self.assertEqual(self.lines(history, size=line), [])

    def test_it_ends_with_the_end_that_was_recorded_first_and_begins_with_what_stands_first(self):
        history = History({"rule": "reviewed", "within": "PT1000S"})
        line = history.say("deployment.progressed", BEGUN, deployment="d", environment=ENVIRONMENT)
        history.finish(ENDED, ENDED)
        history.finish(ENDED + 1, BEGUN + 1, outcome="failed")
        found, = history.findings()
        self.assertEqual((found["attempt"], found["due"]), (line, at(ENDED + 1000)))

    def test_two_releases_may_use_one_deployment_id(self):
        history = History()
        first = history.begin()
        second = history.add(
            "deployment.started", "release/payments-api/2026.11.4", BEGUN, deployment="d", environment=ENVIRONMENT)
        self.assertEqual(self.lines(history), [first, second])

    def test_what_is_deployed_are_the_digests_of_the_start_and_of_the_end(self):
        for begun, ended, outcome in (
                ([MADE], [OTHER], "violated"), ([MADE], [MADE], "satisfied"), ([], [MADE], "satisfied"), ([], [OTHER], "violated")):
            history = History("attested")
            history.say("attestation.recorded", 200, digest=MADE)
            history.begin(digests=begun)
            history.finish(digests=ended)
            self.assertEqual(history.come(), outcome)

    def test_events_of_others_move_nothing(self):
        history = History()
        history.records.append({**history.records[0], "type": "deployment.started", "data": 7})
        self.assertEqual(history.judged(), [])


class Clocks(unittest.TestCase):
    def come(self, when, happened=None, **policy):
        history = History("designed", **policy)
        if when <= BEGUN:
            history.say("release.designed", when, happened)
        history.begin()
        if when > BEGUN:
            history.say("release.designed", when, happened)
        return history.come()

    def test_a_fact_counts_if_it_had_happened_and_was_recorded_before(self):
        self.assertEqual(self.come(200), "satisfied")
        self.assertEqual(self.come(BEGUN), "satisfied")
        self.assertEqual(self.come(200, BEGUN + 1), "violated")

    def test_a_fact_that_was_recorded_soon_after_it_happened_is_late(self):
        self.assertEqual(self.come(12_000, 9000), "violated")
        self.assertEqual(self.come(12_000, 9000, lateWithin="PT3000S"), "satisfiedLate")
        self.assertEqual(self.come(12_000, 9000, lateWithin="PT2999S"), "violated")
        self.assertEqual(self.come(12_000, BEGUN + 1, lateWithin="PT3000S"), "violated")

    def test_what_stands_one_position_behind_the_start_was_recorded_after_it(self):
        history = History("designed")
        history.begin()
        history.say("release.designed", BEGUN, BEGUN - 1)
        self.assertEqual(history.come(), "violated")
        history = History("designed")
        history.say("release.designed", BEGUN, BEGUN - 1)
        history.begin()
        self.assertEqual(history.come(), "satisfied")

    def test_of_several_facts_the_one_that_happened_last_counts(self):
        met = {"outcome": "succeeded", "criteria": [{"criterion": "c", "result": "met"}]}
        made = {"artifacts": [{"name": "n", "digest": MADE}], "outcome": "succeeded"}
        tool = {"name": "t", "capability": "farm"}
        part = {"component": {"name": "a"}, "verdict": "acceptable"}
        cases = [
            ("rollback-planned", "release.designed", {"takeBack": "fixForward"}, {"takeBack": "rollBack"}),
            ("validated", "validation.finished", met, {**met, "outcome": "failed"}),
            ("built", "build.finished", {**made, "tool": tool}, made),
            ("risk-assessed", "risk.assessed", {"residualLikelihood": 1}, {"residualLikelihood": 5}),
            ("components-assessed", "component.assessed", part, {**part, "verdict": "unacceptable"}),
            ("attested", "attestation.recorded", {"digest": MADE}, None)]
        for rule, name, good, bad in cases:
            asked = {"maximumResidual": 5} if rule == "risk-assessed" else {}
            for first, last, outcome in ((bad, good, "satisfiedLate"), (good, bad, "violated")):
                history = History({"rule": rule, **asked}, lateWithin="P1D")
                history.plan(components=[{"name": "a"}])
                history.say(name, 9000, 8000, **(first or good))
                history.deploy()
                history.say(name, 20_000, 9500, **{"residualImpact": 2, **(last or good)} if asked else (last or good))
                self.assertEqual(history.come(), "satisfiedLate" if bad is None else outcome, (rule, outcome))

    def test_what_was_tested_by_another_digest_of_the_same_artifact_was_tested(self):
        long, short = "sha512:" + "a" * 128, "sha1:" + "a" * 40
        cases = [
            ([{"name": "n", "digest": MADE, "digests": [long]}], "satisfied"),
            ([{"name": "n", "digest": MADE}, {"name": "n", "digest": long}], "satisfied"),
            ([{"name": "n", "digest": MADE}, {"name": "m", "digest": long}], "violated"),
            ([{"name": "n", "digest": digest} for digest in (MADE, OTHER, long)], "violated"),
            ({"digest": short, "digests": [MADE, long]}, "satisfied"),
            ({"digest": MADE, "digests": [OTHER, long]}, "violated"),
            ({"digest": MADE, "derivedFrom": [OTHER]}, "violated")]
        for said, outcome in cases:
            history = History("tested")
            if isinstance(said, list):
                history.say("build.finished", 200, outcome="succeeded", artifacts=said)
            else:
                history.say("package.published", 200, **said)
            history.say("test.finished", 300, suite="s", outcome="succeeded", digests=[long])
            history.deploy()
            self.assertEqual(history.come(), outcome, said)

    def test_of_two_statements_about_the_digests_of_an_artifact_that_contradict_each_other_the_first_stands(self):
        long = "sha512:" + "a" * 128
        for first, last, outcome in ((MADE, OTHER, "satisfied"), (OTHER, MADE, "violated")):
            history = History("tested")
            for digest in (first, last):
                history.say("package.published", 200, digest=digest, digests=[long])
            history.say("test.finished", 300, suite="s", outcome="succeeded", digests=[long])
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_a_rollback_that_names_nothing_brings_back_what_ran_before_and_is_judged_where_that_was_withdrawn(self):
        for ending, count in (("release.withdrawn", 3), ("approval.refused", 3), ("release.superseded", 2)):
            history = History("planned")
            place = {"deployment": "o", "environment": ENVIRONMENT}
            history.add("deployment.started", "release/payments-api/0", 200, **place)
            history.add("deployment.finished", "release/payments-api/0", 300, **place, outcome="succeeded")
            history.deploy()
            data = {"scope": "deployment"} if ending == "approval.refused" else {}
            history.add(ending, "release/payments-api/0", 15_000, **data)
            history.say("deployment.rolledback", 20_000, deployment="d", environment=ENVIRONMENT)
            self.assertEqual(len(history.findings()), count, ending)

    def test_what_a_rollback_restores_had_run_there_by_any_digest_that_was_said_to_be_of_it_before(self):
        long = "sha512:" + "a" * 128
        place = {"deployment": "o", "environment": ENVIRONMENT}
        for when, count in ((150, 2), (400, 3)):
            history = History("planned")
            told = sorted([
                ("package.published", when, {"digest": MADE, "digests": [long]}),
                ("deployment.started", 200, {**place, "digests": [MADE]}),
                ("deployment.finished", 300, {**place, "outcome": "succeeded"})], key=lambda one: one[1])
            for name, at_time, data in told:
                history.add(name, "release/payments-api/0", at_time, **data)
            history.deploy()
            history.say(
                "deployment.rolledback", 20_000, deployment="d", environment=ENVIRONMENT, restores="0",
                restoresDigests=[long])
            self.assertEqual(len(history.findings()), count)

    def test_what_a_change_of_scope_declares_replaces_what_the_plan_declared(self):
        for rule, field in (("built", "commits"), ("components-assessed", "components")):
            history = History(rule)
            history.plan(**{field: [{"id": "c"}] if field == "commits" else [{"name": "a"}]})
            history.say("component.assessed", 200, component={"name": "a"}, verdict="acceptable")
            history.say(
                "build.finished", 200, outcome="succeeded", artifacts=[{"name": "n", "digest": MADE}],
                tool={"name": "t", "capability": "farm"}, commits=[{"id": "c"}])
            history.say(
                "release.scope.changed", 300, **{field: [{"id": "x"}] if field == "commits" else [{"name": "b"}]})
            history.deploy()
            self.assertEqual(history.come(), "violated", rule)
            history.annul(len(history.records) - 3)
            self.assertEqual(history.come(), "satisfied", rule)

    def test_where_one_of_several_facts_is_late_the_rule_is_satisfied_late(self):
        history = History({"rule": "communicated", "audiences": ["users", "press"]}, lateWithin="P1D")
        history.say("communication.sent", 200, audience="users")
        history.deploy()
        history.say("communication.sent", 20_000, 300, audience="press")
        self.assertEqual(history.come(), "satisfiedLate")

    def test_one_plan_and_one_design_in_time_are_enough(self):
        for rule, name in (("planned", "release.planned"), ("designed", "release.designed")):
            history = History(rule, lateWithin="P1D")
            history.say(name, 200)
            history.deploy()
            history.say(name, 20_000, 300)
            self.assertEqual(history.come(), "satisfied")
            history.annul(next(place for place, one in enumerate(history.records) if one["type"] == f"relm.{name}"))
            self.assertEqual(history.come(), "satisfiedLate")

    def test_an_annulled_fact_does_not_count(self):
        history = History("planned")
        plan = history.plan()
        history.deploy()
        self.assertEqual(history.come(), "satisfied")
        history.annul(plan)
        self.assertEqual(history.come(), "violated")

    def test_fractions_and_offsets_of_times_are_read(self):
        self.assertEqual(judge.moment("2026-11-22T21:00:00.0000019+01:00"), judge.moment("2026-11-22T20:00:00.000001Z"))
        self.assertEqual(judge.moment("2016-12-31T23:59:60Z") + 1, judge.moment("2017-01-01T00:00:00Z"))
        for text in ("2026-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T20:00:00", "2026-11-22T23:59:60Z"):
            with self.assertRaises(judge.Unreadable):
                judge.moment(text)

    def test_durations_are_weeks_or_days_and_times(self):
        self.assertEqual(judge.span("P1DT1H"), 25 * HOUR * judge.SECOND)
        self.assertEqual(judge.span("P1W"), 7 * DAY * judge.SECOND)
        for text in ("P", "PT", "P1M", "P1Y", "P1W1D", "PT1M1H", "P0D"):
            with self.assertRaises(judge.Unreadable):
                judge.span(text)


class RulesOfPlanning(unittest.TestCase):
    def test_planned(self):
        history = History("planned")
        history.deploy()
        self.assertEqual(history.come(), "violated")
        history = History("planned")
        history.plan()
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_a_normal_release_is_classified_and_an_unplanned_one_is_not(self):
        history = History("classified")
        history.deploy()
        self.assertEqual(history.come(), "violated")
        history = History("classified")
        history.plan()
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_a_standard_release_names_a_procedure_in_force_that_preauthorises(self):
        for preauthorises, retires, named, outcome in (
                (True, False, "sd", "satisfied"), (False, False, "sd", "violated"), (True, True, "sd", "violated"),
                (True, False, "other", "violated"), (True, False, None, "violated")):
            history = History("classified")
            procedure(history, preauthorises=preauthorises)
            if retires:
                history.add("procedure.retired", "procedure/sd", 20)
            history.plan(**{"class": "standard"}, **({"procedure": named} if named else {}))
            history.deploy()
            self.assertEqual(history.come(), outcome, (preauthorises, retires, named))

    def test_an_emergency_answers_an_incident_that_was_opened_before(self):
        for opened, outcome in ((50, "satisfied"), (20_000, "violated"), (None, "violated")):
            history = History("classified")
            if opened == 50:
                history.add("incident.opened", "incident/i-1", 50)
            history.plan(**{"class": "emergency"}, fixes=["i-0", "i-1"])
            history.deploy()
            if opened == 20_000:
                history.add("incident.opened", "incident/i-1", opened)
            self.assertEqual(history.come(), outcome)

    def test_the_first_plan_stands_and_a_change_without_a_plan_changes_nothing(self):
        history = History("classified")
        history.say("release.scope.changed", 50, **{"class": "emergency"})
        history.plan()
        history.plan(200, **{"class": "emergency"})
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_a_change_of_scope_changes_the_class(self):
        history = History("classified")
        history.plan()
        history.say("release.scope.changed", 200, **{"class": "emergency"})
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_a_way_back_is_a_plan_without_migrations_that_do_not_reverse_or_mending_forward(self):
        stuck, easy = ({"migration": "m", "reverses": reverses} for reverses in (False, True))
        cases = [
            ({"takeBack": "fixForward"}, "satisfied"), ({"takeBack": "rollBack"}, "violated"),
            ({"takeBack": "rollBack", "rollbackPlan": "back"}, "satisfied"),
            ({"takeBack": "rollBack", "rollbackPlan": "back", "migrations": [easy]}, "satisfied"),
            ({"takeBack": "rollBack", "rollbackPlan": "back", "migrations": [easy, stuck]}, "violated")]
        for design, outcome in cases:
            history = History("rollback-planned")
            history.say("release.designed", 200, **design)
            history.deploy()
            self.assertEqual(history.come(), outcome, design)
        history.say("release.designed", 20_000, 300, takeBack="fixForward")
        self.assertEqual(history.come(), "violated")

    def test_the_last_design_is_the_one_that_happened_last(self):
        history = History("rollback-planned")
        history.say("release.designed", 200, 190, takeBack="fixForward")
        history.say("release.designed", 300, 180, takeBack="rollBack")
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_every_component_is_assessed_for_all_that_is_asked_and_none_is_unacceptable(self):
        ssl = {"name": "openssl", "version": "3"}
        for assessments, said, outcome in (
                (None, [("function", "acceptable")], "satisfied"), (None, [], "violated"),
                (["licence"], [("function", "acceptable")], "violated"),
                (["licence"], [("licence", "conditional")], "satisfied"),
                (["licence"], [("licence", "acceptable"), ("export", "unacceptable")], "violated"),
                (["licence"], [("licence", "unacceptable"), ("licence", "acceptable")], "satisfied")):
            asked = {"rule": "components-assessed", **({"assessments": assessments} if assessments else {})}
            history = History(asked)
            history.plan(components=[ssl])
            for kind, verdict in said:
                history.say("component.assessed", 200, component={"name": "openssl"}, kind=kind, verdict=verdict)
            history.deploy()
            self.assertEqual(history.come(), outcome, (assessments, said))

    def test_what_somebody_found_unacceptable_is_taken_back_by_them_a_machine_that_is_answered_for_or_an_approver(self):
        robot = "person:00000000-0000-7000-8000-000000000077"
        for finder, other, outcome in (
                (MACHINE, STRANGER, "violated"), (STRANGER, STRANGER, "satisfied"), (STRANGER, MACHINE, "satisfied"),
                (MACHINE, CY, "satisfied"), (None, None, "violated"), (robot, robot, "satisfied"), (MACHINE, robot, "violated")):
            history = History("components-assessed")
            history.link(robot, kind="service")
            history.plan(components=[{"name": "a"}])
            for by, verdict in ((finder, "unacceptable"), (other, "acceptable")):
                history.say("component.assessed", 200, by=by, component={"name": "a"}, kind="licence", verdict=verdict)
            history.deploy()
            self.assertEqual(history.come(), outcome, (finder, other))

    def test_components_are_the_same_by_digest_or_else_by_name_and_version(self):
        one = {"name": "a", "version": "1", "digest": MADE}
        for other, same in (
                ({"name": "b", "digest": MADE}, True), ({"name": "a", "version": "1", "digest": OTHER}, False),
                ({"name": "a"}, True), ({"name": "a", "version": "2"}, False)):
            self.assertEqual(judge.is_same(one, other), same)

    def test_a_plan_without_components_has_none_assessed(self):
        history = History("components-assessed")
        history.plan()
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_the_risk_is_assessed_after_the_scope_was_set_and_is_not_too_high(self):
        def come(changes=False, **asked):
            history = History({"rule": "risk-assessed", **asked})
            history.plan()
            history.say("risk.assessed", 200, residualLikelihood=3, residualImpact=3)
            if changes:
                history.say("release.scope.changed", 300)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come(maximumResidual=9), "satisfied")
        self.assertEqual(come(maximumResidual=8), "violated")
        self.assertEqual(come(changes=True), "violated")

    def test_a_deployment_begins_inside_the_window_that_was_agreed_last_for_its_environment(self):
        def come(*windows):
            history = History("scheduled")
            for begins, ends, environment in windows:
                history.say("schedule.agreed", 200, windows=[
                    {"environment": environment, "from": at(begins), "until": at(ends)}])
            history.deploy()
            return history.come()
        self.assertEqual(come((BEGUN, BEGUN + 1, ENVIRONMENT)), "satisfied")
        self.assertEqual(come((BEGUN + 1, BEGUN + 2, ENVIRONMENT)), "violated")
        self.assertEqual(come((BEGUN - 1, BEGUN, ENVIRONMENT)), "violated")
        self.assertEqual(come((BEGUN, BEGUN + 1, "other")), "violated")
        self.assertEqual(come((BEGUN, BEGUN + 1, ENVIRONMENT), (1, 2, "other")), "satisfied")
        self.assertEqual(come((BEGUN, BEGUN + 1, ENVIRONMENT), (1, 2, ENVIRONMENT)), "violated")

    def test_partners_are_consulted_and_none_objects_last(self):
        def come(*said, **asked):
            history = History({"rule": "partners-consulted", **asked})
            for kind, name, outcome in said:
                history.say("partner.consulted", 200, partner=kind, name=name, outcome=outcome)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "violated")
        self.assertEqual(come(("it", "x", "noted")), "satisfied")
        self.assertEqual(come(("it", "x", "noted"), partners=["business"]), "violated")
        self.assertEqual(come(("it", "x", "objected"), ("it", "x", "agreed")), "satisfied")
        self.assertEqual(come(("it", "x", "objected"), ("business", "x", "agreed")), "violated")

    def test_every_audience_is_told_early_enough(self):
        def come(*said, **asked):
            history = History({"rule": "communicated", **asked})
            for audience, when in said:
                history.say("communication.sent", when, audience=audience)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "violated")
        self.assertEqual(come(("users", BEGUN)), "satisfied")
        self.assertEqual(come(("users", BEGUN), audiences=["users", "press"]), "violated")
        self.assertEqual(come(("users", BEGUN - 60), ("users", BEGUN), leadTime="PT60S"), "satisfied")
        self.assertEqual(come(("users", BEGUN - 59), leadTime="PT60S"), "violated")
        history = History("communicated", lateWithin="P1D")
        history.say("communication.sent", 200)
        history.deploy()
        history.say("communication.sent", 20_000, 300)
        self.assertEqual(history.come(), "satisfied")


class RulesOfBuildingAndTesting(unittest.TestCase):
    def built(self, asked=(), outcome="succeeded", tool="farm", made=MADE, commits=("c",), history=None):
        history = history or History({"rule": "built", **dict(asked)})
        history.plan(commits=[{"id": "c"}])
        history.say(
            "build.finished", 200, outcome=outcome, artifacts=[{"name": "n", "digest": made}],
            tool={"name": "bazel", **({"capability": tool} if tool else {})}, commits=[{"id": c} for c in commits])
        return history

    def test_what_is_deployed_was_built_from_the_declared_commits_by_a_tool_in_place(self):
        for changes, outcome in (
                ({}, "satisfied"), ({"outcome": "failed"}, "violated"), ({"tool": None}, "violated"),
                ({"tool": "unknown"}, "violated"), ({"made": OTHER}, "violated"), ({"commits": ("x",)}, "violated"),
                ({"commits": ("x", "c")}, "satisfied"), ({"asked": {"capabilities": ["farm"]}}, "satisfied"),
                ({"asked": {"capabilities": ["other"]}}, "violated")):
            history = self.built(**changes)
            history.deploy()
            self.assertEqual(history.come(), outcome, changes)

    def test_nothing_is_built_or_tested_or_attested_where_nothing_says_what_is_deployed(self):
        for rule in ("built", "tested", "attested"):
            history = self.built(history=History(rule))
            history.deploy(digests=())
            self.assertEqual(history.come(), "violated")

    def test_identity_runs_from_link_to_link(self):
        history = self.built()
        history.say("package.published", 300, digest=OTHER, derivedFrom=[MADE])
        link = history.say("package.published", 300, digest=SIGNED, derivedFrom=[OTHER])
        history.deploy(digests=[SIGNED])
        self.assertEqual(history.come(), "satisfied")
        history.annul(link)
        self.assertEqual(history.come(), "violated")

    def test_identity_does_not_run_backwards(self):
        history = self.built(made=SIGNED)
        history.say("package.published", 300, digest=SIGNED, derivedFrom=[MADE])
        history.deploy(digests=[MADE])
        self.assertEqual(history.come(), "violated")

    def test_a_capability_in_place_is_registered_acceptable_valid_and_not_withdrawn(self):
        cases = [
            ([], "satisfied"), ([("withdrawn", {})], "violated"),
            ([("withdrawn", {}), ("registered", {})], "satisfied"),
            ([("assessed", {"verdict": "unacceptable"})], "violated"),
            ([("assessed", {"verdict": "unacceptable"}), ("assessed", {"verdict": "conditional"})], "satisfied"),
            ([("assessed", {"verdict": "acceptable", "validUntil": at(BEGUN)})], "violated"),
            ([("assessed", {"verdict": "acceptable", "validUntil": at(BEGUN + 1)})], "satisfied")]
        for said, outcome in cases:
            for rule in ({"rule": "capability-in-place", "capabilities": ["farm"]}, {"rule": "built"}):
                history = self.built(history=History(rule))
                for name, data in said:
                    history.add(f"capability.{name}", "capability/farm", 50, **data)
                history.deploy()
                self.assertEqual(history.come(), outcome, (said, rule))

    def test_the_assessment_that_happened_last_counts_and_none_of_what_is_not_registered(self):
        for said, outcome in (
                ([(50, "acceptable"), (40, "unacceptable")], "satisfied"),
                ([(50, "unacceptable"), (40, "acceptable")], "violated")):
            history = History({"rule": "capability-in-place", "capabilities": ["farm"]})
            for happened, verdict in said:
                history.add("capability.assessed", "capability/farm", 60, happened, verdict=verdict)
            history.deploy()
            self.assertEqual(history.come(), outcome)
        history = History({"rule": "capability-in-place", "capabilities": ["x"]})
        history.add("capability.assessed", "capability/x", 60, verdict="acceptable")
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_capabilities_that_are_not_named_or_not_known_are_not_in_place(self):
        for asked in ({}, {"capabilities": ["farm", "unknown"]}):
            history = History({"rule": "capability-in-place", **asked})
            history.deploy()
            self.assertEqual(history.come(), "violated")

    def runs(self, said, digests=(MADE,), **asked):
        history = History({"rule": "tested", **asked})
        for suite, digest, outcome in said:
            history.say(
                "test.finished", 200, suite=suite, outcome=outcome, digests=[digest],
                tool={"name": "t", "capability": "farm"})
        history.deploy(digests=digests)
        return history.come()

    def test_the_last_run_of_each_suite_on_what_is_deployed_succeeded(self):
        good, bad = ("s", MADE, "succeeded"), ("s", MADE, "failed")
        self.assertEqual(self.runs([]), "violated")
        self.assertEqual(self.runs([bad, good]), "satisfied")
        self.assertEqual(self.runs([good, bad]), "violated")
        self.assertEqual(self.runs([good, ("t", MADE, "failed")]), "violated")
        self.assertEqual(self.runs([good, ("t", MADE, "failed")], suites=["s"]), "satisfied")
        self.assertEqual(self.runs([good], suites=["s", "t"]), "violated")
        self.assertEqual(self.runs([good], digests=[MADE, OTHER]), "violated")
        self.assertEqual(self.runs([good, ("s", OTHER, "failed")]), "satisfied")
        self.assertEqual(self.runs([good], capabilities=["farm"]), "satisfied")
        self.assertEqual(self.runs([good], capabilities=["other"]), "violated")

    def test_attestations_are_of_each_type_and_about_each_digest(self):
        def come(*said, digests=(MADE,), **asked):
            history = History({"rule": "attested", **asked})
            for digest, kind in said:
                history.say("attestation.recorded", 200, digest=digest, predicateType=kind)
            history.deploy(digests=digests)
            return history.come()
        self.assertEqual(come((MADE, "x")), "satisfied")
        self.assertEqual(come((OTHER, "x")), "violated")
        self.assertEqual(come((MADE, "x"), predicateTypes=["x", "y"]), "violated")
        self.assertEqual(come((MADE, "x"), (MADE, "y"), predicateTypes=["x", "y"]), "satisfied")
        self.assertEqual(come((MADE, "x"), digests=[MADE, OTHER]), "violated")

    def test_the_last_validation_succeeded_with_every_criterion_on_what_is_deployed(self):
        def come(outcome="succeeded", result="met", **data):
            history = History("validated")
            history.say(
                "validation.finished", 200, outcome=outcome, criteria=[{"criterion": "c", "result": result}], **data)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come(outcome="failed"), "violated")
        self.assertEqual(come(result="notAssessed"), "violated")
        self.assertEqual(come(digests=[MADE]), "satisfied")
        self.assertEqual(come(digests=[OTHER]), "violated")


class RulesOfPermission(unittest.TestCase):
    def history(self, *approvers, asked=(), plan=(), rule="approved", **data):
        history = History({"rule": rule, **dict(asked)})
        history.scope = history.plan(**dict(plan))
        history.approvals = [self.approve(history, by, **data) for by in approvers]
        return history

    def approve(self, history, by, when=300, **data):
        data = {"scope": "deployment", "digests": [MADE], "plan": history.scope, **data}
        return history.say("approval.given", when, by=by, **data)

    def come(self, *approvers, **options):
        history = self.history(*approvers, **options)
        history.deploy(initiator=CY)
        return history.come()

    def test_one_approval_at_level_5_is_enough_where_nothing_else_is_said(self):
        self.assertEqual(self.come(ANA), "satisfied")
        self.assertEqual(self.come(), "violated")
        self.assertEqual(self.come(STRANGER), "violated")
        self.assertEqual(self.come(ANA, asked={"level": 6}), "violated")
        self.assertEqual(self.come(OWNER, asked={"level": 6}), "satisfied")

    def test_an_approval_of_something_else_or_of_an_older_plan_does_not_count(self):
        self.assertEqual(self.come(ANA, digests=[OTHER]), "violated")
        self.assertEqual(self.come(ANA, environment="other"), "violated")
        self.assertEqual(self.come(ANA, environment=ENVIRONMENT), "satisfied")
        self.assertEqual(self.come(ANA, scope="release"), "violated")
        self.assertEqual(self.come(ANA, ratifies=0), "violated")
        history = self.history(ANA)
        history.say("release.scope.changed", 400)
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_an_approval_that_names_nothing_is_of_nothing_that_is_deployed(self):
        for scope, outcome in (("deployment", "violated"), ("design", "satisfied")):
            history = History({"rule": "approved", "scopes": [scope]})
            plan = history.plan()
            history.say("approval.given", 200, scope=scope, plan=plan)
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_every_scope_that_is_asked_for_is_approved_and_a_plan_needs_no_digests(self):
        history = self.history(ANA, asked={"scopes": ["plan", "deployment"]})
        self.approve(history, BO, scope="plan")
        history.records[-1]["data"].pop("digests")
        history.deploy()
        self.assertEqual(history.come(), "satisfied")
        self.assertEqual(self.come(ANA, asked={"scopes": ["plan", "deployment"]}), "violated")

    def test_an_approval_behind_the_line_does_not_count(self):
        history = self.history()
        history.deploy()
        history.say("approval.given", 20_000, 100, by=ANA, scope="deployment", digests=[MADE], plan=history.scope)
        self.assertEqual(history.come(), "violated")

    def test_a_quorum_counts_humans_by_their_latest_statement(self):
        quorum = {"quorum": 2}
        self.assertEqual(self.come(ANA, BO, asked=quorum), "satisfied")
        self.assertEqual(self.come(ANA, ANA, asked=quorum), "violated")
        history = self.history(ANA, STRANGER, asked=quorum)
        history.link(ANA, kind="human", accounts=[STRANGER])
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_a_standing_refusal_blocks_and_one_that_was_withdrawn_or_followed_does_not(self):
        def come(*then):
            history = self.history(ANA)
            refusal = history.say("approval.refused", 310, by=BO, scope="deployment")
            for name in then:
                if name == "withdraw":
                    history.say("approval.withdrawn", 320, approval=refusal)
                else:
                    self.approve(history, BO, 320)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "violated")
        self.assertEqual(come("withdraw"), "satisfied")
        self.assertEqual(come("approve"), "satisfied")

    def test_a_withdrawn_approval_does_not_count(self):
        history = self.history(ANA)
        history.say("approval.withdrawn", 400, approval=history.approvals[0])
        history.deploy()
        self.assertEqual(history.come(), "violated")

    def test_whoever_lost_the_level_before_the_line_has_not_approved(self):
        history = self.history(ANA)
        revocation = history.add("authority.revoked", f"person/{ANA[7:]}", 400, grant=history.grants[ANA])
        history.deploy()
        self.assertEqual(history.come(), "violated")
        history.annul(revocation)
        self.assertEqual(history.come(), "satisfied")

    def test_a_grant_reaches_as_far_as_it_says(self):
        def come(**grant):
            history = History("approved")
            history.grant(STRANGER, **grant)
            history.scope = history.plan(services=["payments"])
            self.approve(history, STRANGER)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come(contexts=["development"]), "violated")
        self.assertEqual(come(packages=["other"]), "violated")
        self.assertEqual(come(packages=["payments-api"]), "satisfied")
        self.assertEqual(come(until=at(BEGUN)), "violated")
        self.assertEqual(come(until=at(BEGUN + 1)), "satisfied")
        self.assertEqual(come(**{"from": at(BEGUN + 1)}), "violated")
        self.assertEqual(come(**{"from": at(BEGUN)}), "satisfied")

    def test_a_grant_for_some_services_covers_a_release_of_only_those(self):
        for services, outcome in ((["payments"], "satisfied"), (["payments", "x"], "violated"), (None, "violated")):
            history = History("approved")
            history.grant(STRANGER, services=["payments"])
            history.scope = history.plan(**({"services": services} if services else {}))
            self.approve(history, STRANGER)
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_an_account_belongs_to_whoever_claimed_it_last_and_service_accounts_hold_nothing(self):
        def come(*claims, kind="human"):
            history = History({"rule": "approved", "quorum": 2})
            for person in claims:
                history.link(person, kind="human", accounts=[STRANGER])
                history.lend(person, STRANGER, by=person)
            if kind == "service":
                history.link(STRANGER, kind=kind)
            history.scope = history.plan()
            for by in (ANA, STRANGER):
                self.approve(history, by)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "violated")
        self.assertEqual(come(ANA, BO), "satisfied")
        self.assertEqual(come(BO, ANA), "violated")
        self.assertEqual(come(ANA, BO, kind="service"), "violated")

    def test_a_service_account_among_ones_own_takes_nothing_away(self):
        history = History("approved")
        history.link(ANA, kind="human", accounts=[MACHINE])
        history.scope = history.plan()
        self.approve(history, ANA)
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_a_linked_account_has_only_the_authority_that_is_lent_to_it(self):
        def come(by):
            history = History("approved")
            history.link(BO, kind="human", accounts=[STRANGER])
            if by:
                history.lend(BO, STRANGER, by=by)
            history.scope = history.plan()
            self.approve(history, STRANGER)
            history.deploy()
            return history.come()
        self.assertEqual(come(None), "violated")
        self.assertEqual(come(STRANGER), "violated")
        self.assertEqual(come(BO), "satisfied")
        self.assertEqual(come(ANA), "satisfied")

    def test_whoever_is_erased_has_no_authority_nor_has_whom_they_delegated_it_to(self):
        def come(*gone):
            history = History("approved")
            history.scope = history.plan()
            self.approve(history, BO)
            for person in gone:
                history.add("subject.erased", "ledger", 3, person=person, ground="g")
            history.deploy()
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come(BO), "violated")

    def test_what_is_delegated_goes_with_its_source(self):
        def come(*then, level=6):
            history = History("approved")
            source = history.grant(ANA, when=3, level=level)
            history.grant(STRANGER, when=4, delegatedFrom=source)
            if "revoke" in then:
                history.add("authority.revoked", f"person/{ANA[7:]}", 50, grant=source)
            if "annul" in then:
                history.annul(source)
            history.scope = history.plan()
            self.approve(history, STRANGER)
            history.deploy()
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come("revoke"), "violated")
        self.assertEqual(come("annul"), "violated")

    def test_duties_are_separate_by_human(self):
        for duty, plan, outcome in (
                ("requester", {"requestedBy": BO}, "satisfied"), ("requester", {"requestedBy": ANA}, "violated"),
                ("requester", {}, "violated"), ("requester", {"requestedBy": STRANGER}, "violated"),
                ("author", {"commits": [{"id": "c", "authors": [BO]}]}, "satisfied"),
                ("author", {"commits": [{"id": "c", "authors": [BO, ANA]}]}, "violated"),
                ("author", {"commits": [{"id": "c"}]}, "violated"), ("author", {}, "violated"),
                ("initiator", {}, "violated"), ("deployer", {}, "satisfied"), ("approver", {}, "satisfied")):
            self.assertEqual(self.come(ANA, asked={"separate": [duty]}, plan=plan), outcome, (duty, plan))
        self.assertEqual(self.come(CY, asked={"separate": ["deployer"]}), "violated")

    def test_who_set_a_build_going_is_told_by_every_build(self):
        for initiators, outcome in (([BO], "satisfied"), ([BO, ANA], "violated"), ([BO, None], "violated")):
            history = self.history(ANA, asked={"separate": ["initiator"]})
            for number, initiator in enumerate(initiators):
                extra = {"initiator": initiator} if initiator else {}
                history.say("build.finished", 200, build=str(number), **extra)
            history.deploy()
            self.assertEqual(history.come(), outcome, initiators)

    def test_an_account_that_is_linked_to_no_human_shows_no_separation(self):
        history = History({"rule": "approved", "separate": ["approver"]})
        history.grant(STRANGER)
        history.scope = history.plan()
        self.approve(history, STRANGER)
        history.deploy()
        self.assertEqual(history.come(), "violated")
        history = History("approved")
        history.grant(STRANGER)
        history.scope = history.plan()
        self.approve(history, STRANGER)
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def authorised(self, plan=(("critical", True),), request=(), grant=(), then=(), policy=(), decides="granted"):
        history = History("authorised", **dict(policy))
        scope = history.plan(**dict(plan))
        history.say(
            "build.finished", 150, outcome="succeeded", artifacts=[{"name": "n", "digest": MADE}])
        history.say("risk.assessed", 160, residualLikelihood=2, residualImpact=2, securityImpact="high")
        history.say("authorisation.requested", 200, authorisation="a", plan=scope, digests=[MADE], **dict(request))
        if decides:
            history.say(f"authorisation.{decides}", 300, authorisation="a", **dict(grant))
        for name, data in then:
            history.say(name, 400, **data)
        history.deploy()
        return history.come()

    def test_a_critical_release_is_authorised(self):
        self.assertEqual(self.authorised(), "satisfied")
        self.assertEqual(self.authorised(decides=None), "violated")
        self.assertEqual(self.authorised(decides="refused"), "violated")
        self.assertEqual(self.authorised(request={"environment": "other"}), "violated")
        self.assertEqual(self.authorised(grant={"until": at(BEGUN)}), "violated")
        self.assertEqual(self.authorised(grant={"until": at(BEGUN + 1)}), "satisfied")
        self.assertEqual(self.authorised(grant={"digests": [OTHER]}), "violated")
        self.assertEqual(self.authorised(then=[("release.scope.changed", {})]), "violated")
        # What else was published is not what is deployed.
        self.assertEqual(self.authorised(then=[("package.published", {"digest": SIGNED})]), "satisfied")

    def test_the_last_decision_on_an_authorisation_counts(self):
        for decisions, outcome in (
                (["granted", "refused"], "violated"), (["refused", "granted"], "satisfied"),
                (["granted", "requested"], "satisfied"), ([], "violated")):
            history = History("authorised")
            history.plan(critical=True)
            history.say("authorisation.granted", 190, authorisation="a")
            history.say("authorisation.requested", 200, authorisation="a", digests=[MADE])
            history.say("authorisation.requested", 210, authorisation="b")
            for decision in decisions:
                history.say(f"authorisation.{decision}", 300, authorisation="a")
            history.say("authorisation.refused", 310, authorisation="b")
            history.deploy()
            self.assertEqual(history.come(), outcome, decisions)

    def test_an_authorisation_is_of_what_is_deployed_or_what_that_is_derived_from(self):
        for named, deployed, outcome in (
                ([MADE], [MADE], "satisfied"), ([MADE], [OTHER], "violated"), ([MADE], [SIGNED], "satisfied"),
                ([SIGNED], [MADE], "violated"), ([MADE], [MADE, OTHER], "violated"), ([], [MADE], "violated"),
                # What is not said is what the release consists of: here the signed one.
                ([], [], "violated"), ([MADE], [], "satisfied")):
            history = History("authorised")
            scope = history.plan(critical=True)
            history.say("package.published", 200, digest=SIGNED, derivedFrom=[MADE])
            history.say("authorisation.requested", 400, authorisation="a", plan=scope, **({"digests": named} if named else {}))
            history.say("authorisation.granted", 500, authorisation="a")
            history.deploy(digests=deployed)
            self.assertEqual(history.come(), outcome)

    def test_a_release_is_as_critical_as_its_last_risk_says(self):
        for last, outcome in ((2, "notApplicable"), (3, "violated")):
            history = History("authorised", criticalWhen={"residualRisk": 6})
            history.plan()
            history.say("risk.assessed", 200, 200, residualLikelihood=last, residualImpact=2)
            history.say("risk.assessed", 300, 100, residualLikelihood=5 - last, residualImpact=2)
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_what_is_critical_is_said_by_the_plan_or_by_the_policy(self):
        self.assertEqual(self.authorised(plan={}), "notApplicable")
        for marks, outcome in (
                ({"classes": ["normal"]}, "satisfied"), ({"classes": ["standard"]}, "notApplicable"),
                ({"residualRisk": 4}, "satisfied"), ({"residualRisk": 5}, "notApplicable"),
                ({"securityImpact": "medium"}, "satisfied"), ({"securityImpact": "critical"}, "notApplicable"),
                ({"services": ["x"]}, "notApplicable")):
            self.assertEqual(self.authorised(plan={}, policy={"criticalWhen": marks}), outcome, marks)

    def test_no_freeze_that_is_about_the_release_is_in_force(self):
        def come(begins=BEGUN, ends=BEGUN + 1, lifts=False, **about):
            history = History("not-frozen")
            history.plan(services=["cards", "payments"])
            history.here("freeze.declared", 200, freeze="f", **{"from": at(begins), "until": at(ends)}, **about)
            if lifts:
                history.here("freeze.lifted", 300, freeze="f")
            history.deploy()
            return history.come()
        self.assertEqual(come(), "violated")
        self.assertEqual(come(begins=BEGUN + 1, ends=BEGUN + 2), "satisfied")
        self.assertEqual(come(begins=1, ends=BEGUN), "satisfied")
        self.assertEqual(come(lifts=True), "satisfied")
        self.assertEqual(come(packages=["payments-api"]), "violated")
        self.assertEqual(come(packages=["other"]), "satisfied")
        self.assertEqual(come(services=["payments"], packages=["other"]), "violated")

    def test_a_freeze_reaches_its_environment_what_is_below_it_and_what_a_star_stands_for(self):
        def come(environment, context=None, above="production", **about):
            history = History("not-frozen")
            history.add("environment.registered", "environment/production", 100, context=above)
            if context:
                history.here("environment.registered", 150, context=context)
            history.add(
                "freeze.declared", f"environment/{environment}", 200, freeze="f",
                **{"from": at(BEGUN), "until": at(BEGUN + 1)}, **about)
            history.deploy()
            return history.come()
        for scope in ("production/eu", "production", "production/*", "*"):
            self.assertEqual(come(scope), "violated", scope)
            self.assertEqual(come(scope, **{"except": [scope]}), "satisfied", scope)
            self.assertEqual(come(scope, context="production", **{"except": ["staging"]}), "violated", scope)
        for scope in ("production/us", "production/eu/canary", "production/eu/*", "prod", "staging/*"):
            self.assertEqual(come(scope), "satisfied", scope)
        # Who freezes an environment of development has no say over production.
        self.assertEqual(come("production", above="development"), "satisfied")

    def test_a_freeze_of_one_context_freezes_no_other(self):
        for context, outcome in (("production", "violated"), ("development", "satisfied")):
            history = History("not-frozen")
            history.add(
                "freeze.declared", "environment/*", 200, freeze="f", context=context,
                **{"from": at(BEGUN), "until": at(BEGUN + 1)})
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_a_lifting_ends_the_last_freeze_of_its_id(self):
        for second, outcome in ((BEGUN, "satisfied"), (BEGUN + 5, "violated")):
            history = History("not-frozen")
            begins = {BEGUN: BEGUN + 5, BEGUN + 5: BEGUN}[second]
            for begun in (begins, second):
                history.here("freeze.declared", 200, freeze="f", **{"from": at(begun), "until": at(begun + 1)})
            history.here("freeze.lifted", 300, freeze="f")
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_a_freeze_behind_the_line_froze_nothing(self):
        history = History("not-frozen")
        history.deploy()
        history.here("freeze.declared", 20_000, **{"from": at(1), "until": at(50_000)})
        self.assertEqual(history.come(), "satisfied")

    def test_what_is_over_is_not_to_be_released_whatever_time_the_deployment_claims(self):
        for ending, data in (("withdrawn", {}), ("superseded", {"by": "release/payments-api/3"}), ("closed", {})):
            for when, expected in ((BEGUN - 1, "violated"), (BEGUN + 1, "satisfied")):
                history = History("releasable", lateWithin="P1D")
                history.plan()
                if when < BEGUN:
                    history.say(f"release.{ending}", when, **data)
                history.begin(happened=BEGUN - HOUR)
                if when > BEGUN:
                    history.say(f"release.{ending}", when, **data)
                self.assertEqual(history.come(), expected, (ending, when))

    def test_a_retired_environment_takes_nothing_until_it_is_registered_again(self):
        for again, expected in ((False, "violated"), (True, "satisfied")):
            history = History("releasable")
            history.here("environment.registered", 100, context="production")
            history.here("environment.retired", 101)
            if again:
                history.here("environment.registered", 102, context="production")
            history.begin()
            self.assertEqual(history.come(), expected)

    def test_a_refusal_stands_until_the_same_human_says_otherwise(self):
        def come(*words):
            history = History("releasable")
            plan = history.plan()
            for place, (name, by, data) in enumerate(words):
                history.say(f"approval.{name}", 200 + place, **{"scope": "deployment", "plan": plan, "by": by, **data})
            history.begin()
            return history.come()
        refused, given = ("refused", ANA, {}), ("given", ANA, {"digests": [MADE]})
        self.assertEqual(come(refused), "violated")
        self.assertEqual(come(refused, given), "satisfied")
        self.assertEqual(come(refused, ("given", BO, {"digests": [MADE]})), "violated")
        self.assertEqual(come(("refused", ANA, {"scope": "plan"})), "satisfied")
        self.assertEqual(come(("refused", ANA, {"environment": "staging"})), "satisfied")
        self.assertEqual(come(given, refused), "violated")

    def test_the_last_decision_about_an_authorisation_hinders(self):
        for answers, expected in ((("refused",), "violated"), (("refused", "granted"), "satisfied"),
                                  (("granted", "refused"), "violated")):
            history = History("releasable")
            plan = history.plan()
            for place, answer in enumerate(answers):
                history.say(
                    "authorisation.requested", 200 + place, authorisation=answer, of=ANA, plan=plan, environment=ENVIRONMENT)
                history.say(f"authorisation.{answer}", 210 + place, by=ANA, authorisation=answer)
            history.begin()
            self.assertEqual(history.come(), expected, answers)

    def test_production_is_asked_about_what_is_over_where_no_policy_does(self):
        for rules, expected in (((), "violated"), (("planned",), "violated"), (("releasable",), None)):
            history = History(*rules)
            history.plan()
            history.say("release.withdrawn", 200)
            history.begin()
            line = next(found for found in history.judged() if "governance" in found)
            self.assertEqual(line.get("unreleasable"), expected, rules)
        history = History()
        history.here("environment.registered", 100, context="development")
        history.say("release.withdrawn", 200)
        history.begin()
        self.assertNotIn("unreleasable", history.judged()[0])

    def required(self, history, what, when, happened=None, version="14.2", **data):
        history.add(
            f"deployment.{what}", f"release/ledger-db/{version}", when, happened,
            **{"deployment": f"db-{version}", "environment": ENVIRONMENT, **data})

    def met(self, *steps, lateWithin="PT1H", begun=BEGUN, happened=None):
        history = History("requirements-met", lateWithin=lateWithin, appliesTo={"packages": ["payments-api"]})
        history.plan(requires=["release/ledger-db/14.2"])
        before = [step for step in steps if step[1] < begun]
        for what, when, *more in before:
            self.required(history, what, when, *more[:1], **(more[1] if len(more) > 1 else {}))
        history.begin(begun, happened)
        for what, when, *more in steps[len(before):]:
            self.required(history, what, when, *more[:1], **(more[1] if len(more) > 1 else {}))
        return history.come()

    def test_a_required_release_runs_there_when_the_deployment_begins(self):
        good = {"outcome": "succeeded"}
        newer = {**good, "version": "14.3"}
        ran = ("finished", 500, None, good)
        self.assertEqual(self.met(), "violated")
        self.assertEqual(self.met(ran), "satisfied")
        self.assertEqual(self.met(("finished", 500, None, {**good, "environment": "staging"})), "violated")
        self.assertEqual(self.met(("finished", 500, None, {"outcome": "failed"})), "violated")
        self.assertEqual(self.met(ran, ("finished", 600, None, newer)), "violated")
        self.assertEqual(self.met(ran, ("finished", BEGUN + 1, None, newer)), "satisfied")
        self.assertEqual(self.met(ran, ("removed", 600, None, {})), "violated")
        self.assertEqual(
            self.met(ran, ("finished", 600, None, newer), ("rolledback", 700, None, {"version": "14.3"})), "satisfied")
        self.assertEqual(self.met(("finished", BEGUN + 10, BEGUN - 10, good)), "satisfiedLate")
        self.assertEqual(self.met(("finished", BEGUN + 10, BEGUN - 10, good), lateWithin="PT1S"), "violated")
        # It ends no earlier than it began, and is taken back no earlier than it ran.
        started = ("started", 400, None, {})
        other = ("finished", 390, None, newer)
        self.assertEqual(self.met(other, started, ("finished", 410, 380, good)), "satisfied")
        self.assertEqual(self.met(started, ("finished", 410, 300, good), ("removed", 420, 350, {})), "violated")
        # A time that is claimed is believed no further than late records are taken.
        displaced = ("finished", BEGUN, None, newer)
        self.assertEqual(self.met(ran, displaced, begun=BEGUN + 1800, happened=BEGUN - 1), "satisfied")
        self.assertEqual(self.met(ran, displaced, begun=BEGUN + DAY, happened=BEGUN - 1), "violated")

    def test_a_release_that_requires_nothing_is_not_asked_and_only_an_approver_drops_a_requirement(self):
        history = History("requirements-met")
        history.plan()
        history.begin()
        self.assertEqual(history.come(), "notApplicable")
        for by, expected in ((ANA, "satisfied"), (STRANGER, "violated")):
            history = History("requirements-met", appliesTo={"packages": ["payments-api"]})
            history.plan(requires=["release/ledger-db/14.2"])
            self.required(history, "finished", 150, version="14.3", outcome="succeeded")
            history.say("release.scope.changed", 200, by=by, requires=["release/ledger-db/14.3"])
            history.begin()
            self.assertEqual(history.come(), expected)

    def test_an_end_that_is_dated_before_its_beginning_is_an_end_from_the_beginning_on(self):
        history = History({"rule": "verified", "within": "PT1H"})
        history.begin()
        history.finish(BEGUN + 10, BEGUN - 180)
        history.say("verification.finished", BEGUN + 20, BEGUN - 60, deployment="d", environment=ENVIRONMENT, outcome="succeeded")
        self.assertEqual(history.come(), "overdue")
        history.say("verification.finished", BEGUN + 30, deployment="d", environment=ENVIRONMENT, outcome="succeeded")
        self.assertEqual(history.come(), "satisfied")

    def gated(self, *decisions, named=None, digests=(MADE,), then=()):
        history = History("gated")
        plan = history.plan()
        for outcome, until, environment in decisions:
            history.say(
                "gate.decided", 300, outcome=outcome, environment=environment, digests=[MADE], plan=plan,
                **({"until": at(until)} if until else {}))
        for name in then:
            history.say(name, 400)
        extra = {} if named is None else {"gateDecision": plan + 1 + named}
        history.deploy(digests=digests, **extra)
        return history.come()

    def test_the_last_decision_for_the_environment_is_open_and_unexpired(self):
        opened, shut = ("open", BEGUN + 1, ENVIRONMENT), ("closed", None, ENVIRONMENT)
        self.assertEqual(self.gated(opened), "satisfied")
        self.assertEqual(self.gated(), "violated")
        self.assertEqual(self.gated(("open", BEGUN, ENVIRONMENT)), "violated")
        self.assertEqual(self.gated(("open", None, ENVIRONMENT)), "violated")
        self.assertEqual(self.gated(opened, shut), "violated")
        self.assertEqual(self.gated(shut, opened), "satisfied")
        self.assertEqual(self.gated(opened, ("closed", None, "other")), "satisfied")
        self.assertEqual(self.gated(opened, shut, named=0), "satisfied")
        self.assertEqual(self.gated(opened, shut, named=1), "violated")
        self.assertEqual(self.gated(opened, named=7), "violated")
        self.assertEqual(self.gated(opened, digests=(OTHER,)), "violated")
        self.assertEqual(self.gated(opened, digests=()), "violated")
        self.assertEqual(self.gated(opened, then=["release.scope.changed"]), "violated")

    def test_a_decision_behind_the_line_opened_nothing(self):
        history = History("gated")
        history.deploy()
        history.say(
            "gate.decided", 20_000, 100, outcome="open", until=at(90_000), environment=ENVIRONMENT, digests=[MADE])
        self.assertEqual(history.come(), "violated")


class WordsOfStrangers(unittest.TestCase):
    def tell(self, history, name, when, by=STRANGER, **data):
        return history.say(f"deployment.{name}", when, by=by, deployment="d", environment=ENVIRONMENT, **data)

    def test_a_word_of_theirs_before_a_deployment_is_one_of_its_own_and_does_not_say_where_another_is_judged(self):
        for name, data in (
                ("started", {}), ("progressed", {"decision": "continue", "backfilled": True}),
                ("finished", {"outcome": "failed", "backfilled": True})):
            for deployer in (CY, MACHINE):
                history = History("planned")
                parked = self.tell(history, name, 50, **data)
                history.plan()
                line = history.begin(by=deployer)
                self.assertEqual(
                    [(found["attempt"], found["outcome"]) for found in history.findings()],
                    [(parked, "violated"), (line, "satisfied")])

    def test_what_they_tell_of_its_end_takes_nothing_from_what_is_owed(self):
        for name, data in (
                ("finished", {"outcome": "failed"}), ("finished", {"outcome": "cancelled"}), ("removed", {}),
                ("rolledback", {})):
            for when in (BEGUN - 1, BEGUN + 1, ENDED + 1):
                history = History({"rule": "verified", "within": "PT1H"}, {"rule": "handed-over", "within": "PT1H"})
                steps = [
                    (BEGUN, lambda: history.begin()), (ENDED, lambda: history.finish(by=CY)),
                    (when, lambda: self.tell(history, name, when, **data))]
                told = {at: step() for at, step in sorted(steps, key=lambda step: step[0])}
                own = [found for found in history.findings() if found["attempt"] == told[BEGUN]]
                self.assertEqual([found["outcome"] for found in own], ["overdue", "overdue"], (name, when))

    def test_that_it_succeeded_counts_as_long_as_nobody_else_has_told_how_it_ended(self):
        history = History({"rule": "verified", "within": "PT1H"})
        history.begin()
        self.tell(history, "finished", ENDED, outcome="succeeded")
        self.assertEqual(history.come(), "overdue")
        history.finish(when=ENDED + 10, by=CY, outcome="failed")
        self.assertEqual(history.come(), "notApplicable")

    def test_where_strangers_alone_tell_of_it_who_says_nothing_else_does_not_take_it_back(self):
        for by, expected in ((STRANGER, "notApplicable"), (None, "overdue"), (CY, "notApplicable")):
            history = History({"rule": "handed-over", "within": "PT10H"})
            history.begin(by=STRANGER)
            history.finish(by=STRANGER)
            self.tell(history, "removed", ENDED + 60, by=by)
            self.assertEqual(history.come(), expected)

    def test_what_strangers_say_ran_before_there_was_a_ledger_is_no_way_back(self):
        for by, accepted, governed in ((STRANGER, False, True), (STRANGER, True, False), (CY, False, False)):
            history = History("planned")
            old = RELEASE.rpartition("/")[0] + "/0.9"
            history.add(
                "deployment.finished", old, 20, -100, by=by, deployment="old", environment=ENVIRONMENT, outcome="succeeded",
                backfilled=True)
            if accepted:
                history.add("history.accepted", "ledger", 21, source="/test")
            history.plan()
            history.deploy()
            back = history.say("deployment.rolledback", ENDED + 10, deployment="d", environment=ENVIRONMENT, restores="0.9")
            told = [found["attempt"] for found in history.judged() if found.get("governance") == "governed"]
            self.assertEqual(back in told, governed)

    def test_it_is_taken_back_after_it_has_ended(self):
        history = History({"rule": "handed-over", "within": "PT10H"})
        history.begin()
        self.tell(history, "removed", BEGUN + 1, by=CY)
        history.finish(by=CY)
        self.assertEqual(history.come(), "overdue")


class RulesOfPeople(unittest.TestCase):
    def come(self, by, prepare=None, **asked):
        history = History({"rule": "personnel-competent", **asked})
        if prepare:
            prepare(history)
        history.begin(by=by)
        return history.come()

    def test_whoever_recorded_an_event_held_its_level(self):
        self.assertEqual(self.come(ANA), "satisfied")
        self.assertEqual(self.come(STRANGER), "violated")
        self.assertEqual(self.come(None), "violated")
        self.assertEqual(self.come(ANA, level=6), "violated")
        self.assertEqual(self.come(OWNER, level=6), "satisfied")
        self.assertEqual(self.come(STRANGER, lambda history: history.grant(STRANGER, level=4)), "satisfied")
        self.assertEqual(self.come(STRANGER, lambda history: history.grant(STRANGER, level=3)), "violated")

    def test_a_service_account_counts_as_its_owner(self):
        self.assertEqual(self.come(MACHINE), "satisfied")
        robot = lambda history: history.link(STRANGER, kind="service")
        self.assertEqual(self.come(STRANGER, robot), "violated")

    def test_acts_and_events_of_others_behind_the_line_are_not_asked_about(self):
        history = History("personnel-competent")
        history.say("approval.given", 200, by=STRANGER)
        history.begin(by=ANA)
        history.say("activity.recorded", 20_000, by=STRANGER)
        self.assertEqual(history.come(), "satisfied")
        history.say("deployment.progressed", 20_000, by=STRANGER, deployment="d", environment=ENVIRONMENT)
        self.assertEqual(history.come(), "violated")

    def test_what_counts_is_what_was_held_when_the_event_was_recorded(self):
        def come(granted=2, revoked=None, after=False):
            history = History("personnel-competent")
            if not after:
                grant = history.grant(STRANGER, when=granted)
            history.say("test.finished", 200, by=STRANGER)
            if after:
                grant = history.grant(STRANGER, when=granted)
            if revoked:
                history.add("authority.revoked", f"person/{STRANGER[7:]}", revoked, grant=grant)
            history.begin(by=ANA)
            return history.come()
        self.assertEqual(come(), "satisfied")
        self.assertEqual(come(granted=200, after=True), "violated")
        self.assertEqual(come(revoked=300), "satisfied")

    def test_a_grant_that_was_revoked_before_the_event_is_not_held(self):
        history = History("personnel-competent")
        history.add("authority.revoked", f"person/{ANA[7:]}", 150, grant=history.grants[ANA])
        history.begin(by=ANA)
        self.assertEqual(history.come(), "violated")


class RulesOfConfiguration(unittest.TestCase):
    def baseline(self, history, moment, when, happened=None, **data):
        return history.here(
            "baseline.recorded", when, happened, moment=moment, **{"release": RELEASE, "deployment": "d", **data})

    def test_a_baseline_is_recorded_before(self):
        for data, outcome in (
                ({}, "satisfied"), ({"deployment": "other"}, "violated"), ({"release": "release/x/1"}, "violated"),
                ({"moment": "regular"}, "violated")):
            history = History("baselined")
            self.baseline(history, **{"moment": "before", "when": 200, **data})
            history.deploy()
            self.assertEqual(history.come(), outcome, data)

    def test_a_baseline_of_the_release_and_no_deployment_will_do(self):
        history = History("baselined")
        self.baseline(history, "before", 200)
        history.records[-1]["data"].pop("deployment")
        history.deploy()
        self.assertEqual(history.come(), "satisfied")

    def test_one_baseline_before_in_time_is_enough(self):
        for first, outcome in ((True, "satisfied"), (False, "satisfiedLate")):
            history = History("baselined", lateWithin="P1D")
            if first:
                self.baseline(history, "before", 200)
            history.deploy()
            self.baseline(history, "before", 20_000, 300)
            self.assertEqual(history.come(), outcome)

    def after(self, *recorded, time=100_000, ends=True, late="PT1000S", outcome="succeeded", moments=("after",)):
        history = History({"rule": "baselined", "moments": list(moments)}, **({"lateWithin": late} if late else {}))
        history.begin()
        if ends:
            history.finish(outcome=outcome)
        for when, happened in recorded:
            self.baseline(history, "after", when, happened)
        return history.due(time)

    def test_a_baseline_after_is_due_with_the_end_and_may_be_late(self):
        due = at(ENDED + 1000)
        self.assertEqual(self.after((ENDED, ENDED)), ("satisfied", None))
        self.assertEqual(self.after((ENDED, ENDED - 1)), ("overdue", due))
        self.assertEqual(self.after(time=ENDED + 1000), ("pending", due))
        self.assertEqual(self.after(time=ENDED + 1001), ("overdue", due))
        self.assertEqual(self.after((ENDED + 1500, ENDED + 500)), ("satisfiedLate", None))
        self.assertEqual(self.after((ENDED + 1501, ENDED + 500)), ("violated", due))
        self.assertEqual(self.after((ENDED + 1001, ENDED + 1001)), ("violated", due))
        self.assertEqual(self.after((ENDED, ENDED), late=None), ("satisfied", None))
        self.assertEqual(self.after(ends=False), ("pending", None))
        self.assertEqual(self.after(outcome="failed"), ("notApplicable", None))

    def test_the_worse_of_both_moments_counts(self):
        both = ["before", "after"]
        self.assertEqual(self.after((ENDED, ENDED), moments=both), ("violated", None))
        self.assertEqual(self.after(outcome="failed", moments=both), ("violated", None))

    def observed(self, *seen, time=100_000, within="PT1000S", digests=(MADE,), ends=True, undone=None):
        history = History({"rule": "reconciled", **({"within": within} if within else {})}, lateWithin="PT10S")
        history.begin(digests=digests)
        if ends:
            history.finish()
        if undone:
            history.say("deployment.rolledback", undone, deployment="d", environment=ENVIRONMENT)
        for when, coverage, *items in seen:
            history.here("environment.observed", when, coverage=coverage, running=items)
        return history.due(time)

    def test_what_is_deployed_is_seen_running(self):
        right, wrong = {"name": "x", "digest": MADE}, {"name": "payments-api", "version": "2026.11.3", "digest": OTHER}
        named, due = {"name": "payments-api", "version": "2026.11.3"}, at(ENDED + 1000)
        self.assertEqual(self.observed((ENDED, "partial", right)), ("satisfied", None))
        self.assertEqual(self.observed((ENDED, "partial", named)), ("satisfied", None))
        self.assertEqual(self.observed((ENDED, "partial", wrong)), ("overdue", due))
        self.assertEqual(self.observed((ENDED, "partial", wrong), digests=()), ("satisfied", None))
        self.assertEqual(self.observed((ENDED, "complete", wrong)), ("violated", due))
        self.assertEqual(self.observed((ENDED, "complete", wrong), time=ENDED + 1000), ("pending", due))
        self.assertEqual(self.observed((ENDED + 1000, "complete", wrong)), ("violated", due))
        self.assertEqual(self.observed((ENDED + 1001, "complete", wrong)), ("overdue", due))
        other = {"name": "payments-api", "version": "2026.11.2"}
        self.assertEqual(self.observed((ENDED, "partial", other), digests=()), ("overdue", due))
        self.assertEqual(self.observed((ENDED + 1001, "complete", right)), ("overdue", due))
        self.assertEqual(self.observed((ENDED - 1, "partial", right)), ("overdue", due))
        self.assertEqual(self.observed((ENDED, "partial", right), digests=(MADE, OTHER)), ("overdue", due))
        self.assertEqual(self.observed(within=None), ("pending", None))
        self.assertEqual(self.observed(ends=False), ("pending", None))

    def test_what_was_undone_in_time_need_not_be_seen(self):
        right = {"name": "x", "digest": MADE}
        self.assertEqual(self.observed(undone=ENDED + 1000), ("notApplicable", None))
        self.assertEqual(self.observed(undone=ENDED + 1001), ("overdue", at(ENDED + 1000)))
        self.assertEqual(self.observed((ENDED, "partial", right), undone=ENDED + 10), ("satisfied", None))


    def test_what_is_told_after_somebody_looked_goes_by_their_look_whenever_it_was_seen(self):
        right = [{"name": "payments-api", "digest": MADE}]
        for by, outcome in ((STRANGER, "violated"), (MACHINE, "satisfied")):
            history = History({"rule": "reconciled", "within": "PT1000S"})
            history.deploy()
            history.here("environment.observed", ENDED + 20, by=MACHINE, coverage="complete", running=[{"name": "else"}])
            history.here("environment.observed", ENDED + 30, ENDED + 10, by=by, coverage="partial", running=right)
            self.assertEqual(history.come(), outcome)


class RulesOfWhatComesAfter(unittest.TestCase):
    def history(self, rule, outcome="succeeded", ends=True, policy=(), **asked):
        history = History({"rule": rule, **asked}, **dict(policy))
        history.begin()
        if ends:
            history.finish(outcome=outcome)
        return history

    def test_what_comes_after_is_pending_until_the_end_and_not_asked_of_what_failed(self):
        for rule in judge.AFTER:
            asked = {"procedures": ["sd"]} if rule == "procedure-applied" else {}
            self.assertEqual(self.history(rule, ends=False, **asked).come(), "pending", rule)
            come = self.history(rule, outcome="failed", **asked).come()
            expected = {"reviewed": "pending", "recorded-promptly": "satisfied"}.get(rule, "notApplicable")
            self.assertEqual(come, expected, rule)

    def verified(self, *runs, time=100_000, within="PT1000S", late="PT10S"):
        history = self.history("verified", policy={"lateWithin": late}, **({"within": within} if within else {}))
        for when, recorded, data in runs:
            history.say("verification.finished", recorded, when, **{
                "deployment": "d", "environment": ENVIRONMENT, "outcome": "succeeded", **data})
        return history.due(time)

    def test_a_verification_happens_and_is_recorded_by_its_due_time(self):
        due = at(ENDED + 1000)
        self.assertEqual(self.verified((ENDED, ENDED, {})), ("satisfied", None))
        self.assertEqual(self.verified((ENDED - 1, ENDED, {})), ("overdue", due))
        self.assertEqual(self.verified((ENDED + 1000, ENDED + 1000, {})), ("satisfied", None))
        self.assertEqual(self.verified((ENDED + 1001, ENDED + 1001, {})), ("violated", due))
        self.assertEqual(self.verified((ENDED + 995, ENDED + 1005, {})), ("satisfiedLate", None))
        self.assertEqual(self.verified((ENDED + 995, ENDED + 1006, {})), ("violated", due))
        self.assertEqual(self.verified((ENDED + 1000, ENDED + 1010, {})), ("satisfiedLate", None))
        self.assertEqual(self.verified((ENDED + 1000, ENDED + 1011, {}), time=ENDED + 1000), ("pending", due))
        self.assertEqual(self.verified((ENDED + 1, ENDED + 1, {}), time=ENDED), ("pending", due))
        self.assertEqual(self.verified((ENDED + 1, ENDED + 1, {}), time=ENDED + 1), ("satisfied", None))
        self.assertEqual(self.verified(time=ENDED + 1000), ("pending", due))
        self.assertEqual(self.verified(time=ENDED + 1001), ("overdue", due))
        self.assertEqual(self.verified(within=None), ("pending", None))
        self.assertEqual(self.verified((ENDED + 5000, ENDED + 9000, {}), within=None), ("satisfied", None))
        self.assertEqual(self.verified((ENDED, ENDED, {"deployment": "x"})), ("overdue", due))
        self.assertEqual(self.verified((ENDED, ENDED, {"environment": "x"})), ("overdue", due))

    def test_the_first_candidate_by_when_it_happened_decides(self):
        early, late, due = (ENDED + 1, ENDED + 5000, {}), (ENDED + 2, ENDED + 2, {}), at(ENDED + 1000)
        self.assertEqual(self.verified(early, late), ("violated", due))
        self.assertEqual(self.verified(late, (ENDED + 3, ENDED + 5000, {})), ("satisfied", None))

    def test_only_what_comes_after_the_last_bad_verification_counts(self):
        good, bad, due = (ENDED + 2, ENDED + 2, {}), (ENDED + 1, ENDED + 3, {"outcome": "failed"}), at(ENDED + 1000)
        worse = (ENDED + 4, ENDED + 4, {"checks": [{"criterion": "c", "result": "unmet"}]})
        self.assertEqual(self.verified(good, bad), ("satisfied", None))
        self.assertEqual(self.verified(good, bad, worse), ("violated", due))
        self.assertEqual(self.verified(good, bad, worse, time=ENDED + 1000), ("pending", due))
        self.assertEqual(self.verified((ENDED, ENDED, {"digests": [OTHER]})), ("violated", due))
        self.assertEqual(self.verified((ENDED, ENDED, {"digests": [MADE]})), ("satisfied", None))

    def handed(self, *said, time=100_000, undone=None, **asked):
        history = self.history("handed-over", **asked)
        for name, when, data in said:
            history.say(f"handover.{name}", when, **{"handover": "h", "by": BO if name == "accepted" else OWNER, **data})
        history.link(BO, kind="human")
        if undone:
            history.say("deployment.removed", undone, deployment="d", environment=ENVIRONMENT)
        return history.due(time)

    def test_a_handover_is_accepted_by_its_due_time(self):
        offer, within, due = ("offered", 300, {"to": "users"}), {"within": "PT1000S"}, at(ENDED + 1000)
        self.assertEqual(self.handed(offer, ("accepted", ENDED + 1000, {}), **within), ("satisfied", None))
        self.assertEqual(self.handed(offer, ("accepted", 400, {}), **within), ("satisfied", None))
        self.assertEqual(self.handed(offer, ("accepted", ENDED + 1001, {}), **within), ("violated", due))
        late = ("accepted", ENDED + 1001, {})
        self.assertEqual(self.handed(offer, late, time=ENDED + 1001, **within), ("violated", due))
        self.assertEqual(self.handed(offer, ("accepted", 400, {}), late, **within), ("satisfied", None))
        self.assertEqual(self.handed(offer, time=ENDED + 1000, **within), ("pending", due))
        self.assertEqual(self.handed(offer, **within), ("overdue", due))
        self.assertEqual(self.handed(("accepted", ENDED, {}), **within), ("overdue", due))
        self.assertEqual(self.handed(offer, undone=ENDED + 1, **within), ("notApplicable", None))
        self.assertEqual(self.handed(offer), ("pending", None))

    def test_every_community_that_is_asked_for_takes_it_over(self):
        offer, accepted = ("offered", 300, {"to": "users"}), ("accepted", 400, {})
        self.assertEqual(self.handed(offer, accepted, communities=["users"]), ("satisfied", None))
        self.assertEqual(self.handed(offer, accepted, communities=["users", "operations"]), ("pending", None))
        elsewhere = ("offered", 300, {"to": "users", "environment": "other"})
        self.assertEqual(self.handed(elsewhere, accepted), ("pending", None))

    def test_a_handover_is_accepted_by_another_than_who_offered_it_or_wrote_the_release(self):
        offer = ("offered", 300, {"to": "users"})
        for by, outcome in ((OWNER, "pending"), (STRANGER, "pending"), (BO, "satisfied"), (None, "pending")):
            self.assertEqual(self.handed(offer, ("accepted", 400, {"by": by}))[0], outcome)
        wrote = ("release.scope.changed", {"commits": [{"id": "c", "authors": [BO]}]})
        history = self.history("handed-over")
        history.say(wrote[0], 200, **wrote[1])
        history.say("handover.offered", 300, handover="h", to="users")
        history.say("handover.accepted", 400, handover="h", by=BO)
        history.link(BO, kind="human")
        self.assertEqual(history.due(100_000)[0], "pending")

    def test_a_condition_that_was_due_and_is_not_met_is_overdue(self):
        condition = {"id": "c", "condition": "x", "owner": ANA, "due": at(50_000)}
        offer, accepted = ("offered", 300, {"to": "users"}), ("accepted", 400, {"conditions": [condition]})
        self.assertEqual(self.handed(offer, accepted, time=50_000), ("satisfied", None))
        self.assertEqual(self.handed(offer, accepted, time=50_001), ("overdue", at(50_000)))
        self.assertEqual(self.handed(offer, accepted, ("condition.met", 500, {"condition": "c"})), ("satisfied", None))

    def supported(self, *said, time=100_000, undone=None, **asked):
        history = self.history("supported", **asked)
        for name, when, data in said:
            history.say(f"support.{name}", when, **{"support": "s", **data})
        if undone:
            history.say("deployment.rolledback", undone, deployment="d", environment=ENVIRONMENT)
        return history.due(time)

    def test_support_lasts_long_enough_and_ends_well(self):
        minimum, due = {"minimum": "PT1000S"}, at(ENDED + 1000)
        met, unmet = ([{"criterion": "c", "result": result}] for result in ("met", "unmet"))
        opened, closed = ("opened", 300, {}), ("closed", ENDED + 1000, {"criteria": met})
        self.assertEqual(self.supported(opened, closed, **minimum), ("satisfied", None))
        early, poor = ("closed", ENDED + 999, {"criteria": met}), ("closed", ENDED + 1000, {"criteria": unmet})
        self.assertEqual(self.supported(opened, early, **minimum), ("violated", due))
        self.assertEqual(self.supported(("opened", ENDED + 1, {}), closed, **minimum), ("violated", due))
        self.assertEqual(self.supported(opened, poor, **minimum), ("violated", due))
        failed = ("closed", ENDED + 1000, {"criteria": met, "outcome": "failed"})
        self.assertEqual(self.supported(opened, failed, **minimum), ("violated", due))
        self.assertEqual(self.supported(opened, failed, undone=ENDED, **minimum), ("notApplicable", None))
        self.assertEqual(self.supported(opened, ("closed", ENDED, {"criteria": met})), ("satisfied", None))

    def test_the_last_support_counts_and_its_last_end(self):
        minimum, due = {"minimum": "PT1000S"}, at(ENDED + 1000)
        good, bad = ([{"criterion": "c", "result": result}] for result in ("met", "unmet"))
        opened, again = ("opened", 300, {}), ("opened", 400, {"support": "t"})
        closed = ("closed", ENDED + 1000, {"criteria": good, "support": "t"})
        poor = ("closed", ENDED + 2000, {"criteria": bad, "support": "t"})
        self.assertEqual(self.supported(opened, closed, **minimum), ("pending", due))
        self.assertEqual(self.supported(opened, again, closed, **minimum), ("satisfied", None))
        self.assertEqual(self.supported(opened, again, closed, poor, **minimum), ("violated", due))
        self.assertEqual(self.supported(opened, again, poor, closed, **minimum), ("violated", due))

    def test_support_that_was_not_opened_or_not_closed_is_still_owed(self):
        minimum, due, later = {"minimum": "PT1000S"}, at(ENDED + 1000), at(ENDED + 2000)
        self.assertEqual(self.supported(time=ENDED + 1000, **minimum), ("pending", due))
        self.assertEqual(self.supported(**minimum), ("overdue", due))
        self.assertEqual(self.supported(("opened", 300, {}), **minimum), ("pending", due))
        planned = ("opened", 300, {"until": later})
        self.assertEqual(self.supported(planned, time=ENDED + 2000, **minimum), ("pending", later))
        self.assertEqual(self.supported(planned, time=ENDED + 2001, **minimum), ("overdue", later))
        self.assertEqual(self.supported(("opened", 300, {"environment": "x"}), **minimum), ("overdue", due))

    def test_a_review_is_closed_by_its_due_time(self):
        def come(when, time=100_000):
            history = self.history("reviewed", outcome="failed", within="PT1000S")
            if when:
                history.say("review.closed", when)
            return history.due(time)
        due = at(ENDED + 1000)
        self.assertEqual(come(ENDED), ("satisfied", None))
        self.assertEqual(come(ENDED - 1), ("overdue", due))
        self.assertEqual(come(ENDED + 1001), ("violated", due))
        self.assertEqual(come(None, time=ENDED), ("pending", due))

    def test_an_override_is_ratified_and_reviewed(self):
        def come(ratified=None, lists=False, time=100_000, by=BO):
            history = History({"rule": "reviewed", "within": "PT1000S"})
            history.link(ANA, kind="human", accounts=[MACHINE])
            override = history.say("override.declared", 200, by=ANA, environment=ENVIRONMENT, until=at(90_000))
            history.begin(override=override)
            history.finish()
            if ratified:
                history.say("approval.given", ratified, by=by, scope="release", ratifies=override)
            history.say("review.closed", ENDED + 5, **({"overrides": [override]} if lists else {}))
            history.say("review.closed", ENDED + 6)
            return history.due(time)
        due = at(ENDED + 1000)
        self.assertEqual(come(ENDED + 1000, True), ("satisfied", None))
        self.assertEqual(come(ENDED + 1001, True), ("overdue", due))
        self.assertEqual(come(ENDED + 1000, False), ("overdue", due))
        self.assertEqual(come(None, True, time=ENDED + 1000), ("pending", due))
        # Neither by who declared it, nor by another account of theirs, nor by an account of nobody who is known.
        for by in (ANA, MACHINE, STRANGER):
            self.assertEqual(come(ENDED + 1000, True, by=by), ("overdue", due))

    def test_every_event_of_an_attempt_is_recorded_promptly(self):
        def come(delay, policy=(), ends=True, **asked):
            history = History({"rule": "recorded-promptly", **asked}, **dict(policy))
            history.begin(happened=BEGUN)
            if ends:
                history.finish(ENDED, ENDED - delay)
            return history.come()
        self.assertEqual(come(HOUR), "satisfied")
        self.assertEqual(come(HOUR + 1), "violated")
        self.assertEqual(come(6, {"lateWithin": "PT5S"}), "violated")
        self.assertEqual(come(6, {"lateWithin": "PT5S"}, within="PT6S"), "satisfied")
        self.assertEqual(come(0, ends=False), "pending")

    def steps(self, *done, policy=(), applies=None, end=(ENDED, ENDED), **asked):
        history = History({"rule": "procedure-applied", "procedures": ["sd"], **asked}, **dict(policy))
        procedure(history, **({"appliesTo": applies} if applies else {}))
        history.begin()
        last = [step for step in done if step[1] > end[0]]
        for step, recorded, happened, data in [one for one in done if one not in last]:
            self.step(history, step, recorded, happened, data)
        history.finish(*end)
        for step, recorded, happened, data in last:
            self.step(history, step, recorded, happened, data)
        return history.come()

    def step(self, history, step, recorded, happened, data):
        history.say(
            "procedure.step.completed", recorded, happened,
            **{"procedure": "sd", "version": "1", "step": step, "deployment": "d", **data})

    def test_every_mandatory_step_of_a_procedure_is_completed_by_the_end(self):
        first, second = ("one", 300, 300, {}), ("two", ENDED, ENDED, {})
        self.assertEqual(self.steps(first, second), "satisfied")
        self.assertEqual(self.steps(first), "violated")
        self.assertEqual(self.steps(first, ("two", ENDED, ENDED + 1, {})), "violated")
        self.assertEqual(self.steps(first, ("two", 300, 300, {"version": "0"})), "violated")
        self.assertEqual(self.steps(first, ("two", 300, 300, {"deployment": "x"})), "violated")
        late = ("two", ENDED + 10, ENDED - 1, {})
        self.assertEqual(self.steps(first, late), "violated")
        self.assertEqual(self.steps(first, late, policy={"lateWithin": "PT11S"}), "satisfiedLate")
        self.assertEqual(self.steps(first, late, policy={"lateWithin": "PT10S"}), "violated")
        self.assertEqual(self.steps(first, late, end=(ENDED + 10, ENDED)), "satisfied")

    def test_procedures_that_do_not_apply_are_passed_over_and_unknown_ones_are_not(self):
        self.assertEqual(self.steps(applies={"packages": ["other"]}), "notApplicable")
        self.assertEqual(self.steps(applies={"packages": ["other"]}, procedures=["sd", "unknown"]), "violated")


def procedure(history, **data):
    """Publishes a procedure with two mandatory steps and one that is not."""
    steps = [
        {"step": "one", "title": "t"}, {"step": "two", "title": "t", "mandatory": True},
        {"step": "three", "title": "t", "mandatory": False}]
    document = {"id": "sd", "version": "1", "title": "t", "owner": ANA, "steps": steps, **data}
    history.add("procedure.published", "procedure/sd", 10, document=document)


class SettingAside(unittest.TestCase):
    def waived(self, *, rule="designed", when=200, by=OWNER, begun=BEGUN, revoked=None, plan=(), policy=(), **data):
        history = History(rule, **dict(policy))
        history.plan(**dict(plan))
        data = {"rule": rule, "waiver": "w", "until": at(90_000), **data}
        if when <= begun:
            waiver = history.say("waiver.granted", when, by=by, **data)
        if revoked and revoked <= begun:
            history.say("waiver.revoked", revoked, waiver="w")
        history.begin(when=begun)
        if revoked and revoked > begun:
            history.say("waiver.revoked", revoked, waiver="w")
        if when > begun:
            waiver = history.say("waiver.granted", when, by=by, **data)
        found, = history.findings()
        self.assertEqual(found.get("waiver"), waiver if found["outcome"] == "waived" else None)
        return found["outcome"]

    def test_a_waiver_before_the_line_whose_time_has_come_sets_a_rule_aside(self):
        self.assertEqual(self.waived(), "waived")
        self.assertEqual(self.waived(rule="planned"), "satisfied")
        self.assertEqual(self.waived(when=20_000), "violated")
        self.assertEqual(self.waived(until=at(BEGUN)), "violated")
        self.assertEqual(self.waived(until=at(BEGUN + 1)), "waived")
        self.assertEqual(self.waived(**{"from": at(BEGUN)}), "waived")
        self.assertEqual(self.waived(**{"from": at(BEGUN + 1)}), "violated")
        self.assertEqual(self.waived(environment="other"), "violated")
        self.assertEqual(self.waived(environment=ENVIRONMENT), "waived")
        self.assertEqual(self.waived(revoked=300), "violated")
        self.assertEqual(self.waived(revoked=20_000), "waived")
        self.assertEqual(self.waived(policy={"nonWaivable": ["designed"]}), "violated")
        self.assertEqual(self.waived(policy={"nonWaivable": ["planned"]}), "waived")

    def test_nobody_waives_a_rule_for_themselves(self):
        self.assertEqual(self.waived(plan={"manager": OWNER}), "violated")
        self.assertEqual(self.waived(plan={"requestedBy": OWNER}), "violated")
        self.assertEqual(self.waived(excuses=[ANA, OWNER]), "violated")
        self.assertEqual(self.waived(excuses=[ANA], plan={"manager": BO}), "waived")

    def test_of_several_waivers_the_last_counts(self):
        history = History("designed")
        history.say("waiver.granted", 200, rule="designed", waiver="a", until=at(90_000))
        last = history.say("waiver.granted", 300, rule="designed", waiver="b", until=at(90_000))
        history.begin()
        found, = history.findings()
        self.assertEqual(found["waiver"], last)

    def test_a_waiver_of_what_comes_after_holds_when_it_was_due_or_now(self):
        def come(when=ENDED + 1, time=100_000, until=90_000, revoked=None):
            history = History({"rule": "reviewed", "within": "PT1000S"})
            history.deploy()
            waiver = history.say("waiver.granted", when, rule="reviewed", waiver="w", until=at(until))
            if revoked:
                history.say("waiver.revoked", revoked, waiver="w")
            found, = history.findings(time)
            self.assertEqual(found["due"], at(ENDED + 1000))
            self.assertEqual(found.get("waiver"), waiver if found["outcome"] == "waived" else None)
            return found["outcome"]
        self.assertEqual(come(), "waived")
        self.assertEqual(come(time=ENDED + 1), "waived")
        self.assertEqual(come(time=ENDED), "pending")
        self.assertEqual(come(when=ENDED + 1000), "waived")
        self.assertEqual(come(when=ENDED + 1001), "overdue")
        self.assertEqual(come(until=ENDED + 1000), "overdue")
        self.assertEqual(come(until=ENDED + 1001), "waived")
        self.assertEqual(come(revoked=ENDED + 1000), "overdue")
        self.assertEqual(come(revoked=ENDED + 1001), "waived")

    def overridden(self, names=True, digests=(MADE,), then=(), earlier=False, rule="designed", **data):
        history = History(rule)
        scope = history.plan()
        data = {
            "rules": ["designed"], "environment": ENVIRONMENT, "until": at(90_000), "plan": scope, "digests": [MADE],
            **data}
        override = history.say("override.declared", 200, **data)
        for name in then:
            history.say(name, 300)
        if earlier:
            history.begin(when=400, deployment="e", override=override)
        line = history.begin(digests=digests, **({"override": override} if names else {}))
        found, = [one for one in history.findings() if one["attempt"] == line]
        self.assertEqual(found.get("override"), override if found["outcome"] == "overridden" else None)
        return found["outcome"]

    def test_an_override_that_the_start_names_sets_its_rules_aside_once(self):
        self.assertEqual(self.overridden(), "overridden")
        self.assertEqual(self.overridden(rule="planned"), "satisfied")
        self.assertEqual(self.overridden(names=False), "violated")
        self.assertEqual(self.overridden(rules=["planned"]), "violated")
        self.assertEqual(self.overridden(environment="other"), "violated")
        self.assertEqual(self.overridden(until=at(BEGUN)), "violated")
        self.assertEqual(self.overridden(until=at(BEGUN + 1)), "overridden")
        self.assertEqual(self.overridden(digests=[MADE, OTHER]), "violated")
        self.assertEqual(self.overridden(then=["release.scope.changed"]), "violated")
        self.assertEqual(self.overridden(earlier=True), "violated")

    def test_a_waiver_comes_before_an_override(self):
        history = History("designed")
        override = history.say("override.declared", 200, rules=["designed"], environment=ENVIRONMENT, until=at(90_000))
        waiver = history.say("waiver.granted", 300, rule="designed", until=at(90_000))
        history.begin(override=override)
        found, = history.findings()
        self.assertEqual((found["outcome"], found["waiver"], "override" in found), ("waived", waiver, False))

    def test_a_parameter_that_a_rule_does_not_take_keeps_it_pending(self):
        history = History({"rule": "planned", "quorum": 2})
        history.plan()
        history.deploy()
        self.assertEqual(history.due(100_000), ("pending", None))

    def test_the_table_of_parameters_says_the_same_as_the_schema(self):
        fields = judge.schema_of("policy")["$defs"]["requirement"]["properties"]
        names = judge.schema_of("common")["$defs"]["ruleName"]["enum"]
        self.assertEqual(set(judge.RULES), set(names))
        for field, schema in fields.items():
            if field != "rule":
                said = set(schema["description"].rstrip(".").rpartition(": ")[2].split(", "))
                self.assertEqual(said, {rule for rule, (_, taken) in judge.RULES.items() if field in taken}, field)


class DoneAwayWith(unittest.TestCase):
    """Deployments that are annulled stay, judged as they stood."""

    def annulled(self, by, before=(), **plan):
        history = History("planned")
        six = history.grant(STRANGER, level=6)
        history.link(STRANGER, kind="human")
        for words, data in before:
            history.say(words, 90, **data)
        if plan:
            history.plan(**plan)
        lines = [history.begin(), history.finish(by=ANA)]
        for position in lines:
            history.add("event.annulled", "ledger", 50_000, by=by, position=position)
        found = history.judged()
        self.assertEqual([one.get("attempt") for one in found], [lines[0]] * 2)
        self.assertEqual(found[0]["annulled"], lines[1] + 1)
        return found[0]["independent"], found[1]["outcome"], six

    def test_it_is_judged_as_it_stood_whoever_annulled_it(self):
        self.assertEqual(self.annulled(CY)[:2], (False, "violated"))
        self.assertEqual(self.annulled(STRANGER)[:2], (True, "violated"))
        self.assertEqual(self.annulled(STRANGER, manager=BO)[:2], (True, "satisfied"))

    def test_who_had_a_hand_in_it_is_not_off_it(self):
        # Who recorded it has level 6, as the owner of the ledger.
        self.assertEqual(self.annulled(OWNER, manager=OWNER)[0], False)
        hands = [
            ("release.scope.changed", {"manager": STRANGER}),
            ("build.finished", {"commits": [{"id": "c", "authors": [STRANGER]}]}),
            ("build.started", {"initiator": STRANGER}),
            ("approval.given", {"by": STRANGER}),
            ("approval.refused", {"by": STRANGER}),
        ]
        for hand in hands:
            self.assertEqual(self.annulled(STRANGER, [hand])[0], False, hand)

    def test_a_manager_who_was_renamed_before_has_had_a_hand_in_it(self):
        hands = [("release.planned", {"manager": STRANGER}), ("release.scope.changed", {"manager": BO})]
        self.assertEqual(self.annulled(STRANGER, hands)[0], False)

    def test_another_account_of_who_had_a_hand_in_it_is_not_off_it(self):
        history = History()
        history.grant(STRANGER, level=6)
        line = history.begin(by=ANA)
        history.link(ANA, kind="human", accounts=[STRANGER])
        history.add("event.annulled", "ledger", 50_000, by=STRANGER, position=line)
        self.assertEqual([one["independent"] for one in history.judged()], [False])

    def test_level_six_elsewhere_is_none_here(self):
        for grant, is_off in ({"services": ["x"]}, False), ({"packages": ["payments-api"]}, True), ({"level": 5}, False):
            history = History()
            history.grant(STRANGER, **{"level": 6, **grant})
            line = history.begin()
            history.add("event.annulled", "ledger", 50_000, by=STRANGER, position=line)
            self.assertEqual([one["independent"] for one in history.judged()], [is_off], grant)

    def test_an_override_that_an_annulled_deployment_used_is_used_up(self):
        for by, outcome in (CY, "violated"), (STRANGER, "overridden"):
            history = History("designed")
            history.grant(STRANGER, level=6)
            override = history.say(
                "override.declared", 200, rules=["designed"], environment=ENVIRONMENT, until=at(90_000))
            line = history.begin(override=override)
            history.add("event.annulled", "ledger", BEGUN, by=by, position=line)
            again = history.begin(when=BEGUN + 10, deployment="again", override=override)
            found, = [one for one in history.findings() if one["attempt"] == again]
            self.assertEqual(found["outcome"], outcome)


class EarlierThanTheLedger(unittest.TestCase):
    """What claims to be older than the ledger is believed for a day, and then where somebody has accepted its source."""

    def governance(self, when, *accepted, by=OWNER, after=False):
        history = History("planned")
        history.grant(ANA, level=6, packages=["payments-api"])
        for data in () if after else accepted:
            history.add("history.accepted", "ledger", when - 1, by=by, **data)
        history.begin(when=when, happened=-1)
        for data in accepted if after else ():
            history.add("history.accepted", "ledger", when + 1, by=by, **data)
        return [one["governance"] for one in history.judged()]

    def test_for_a_day_anybody_brings_along_what_was(self):
        self.assertEqual(self.governance(DAY), ["beforeLedger"])
        self.assertEqual(self.governance(DAY + 1), ["unaccepted"])

    def test_afterwards_it_is_accepted_by_its_source(self):
        late = 5 * DAY
        self.assertEqual(self.governance(late, {"source": "/test"}, after=True), ["beforeLedger"])
        self.assertEqual(self.governance(late, {"source": "/other"}, after=True), ["unaccepted"])

    def test_what_comes_after_the_acceptance_is_accepted_until_it_says(self):
        late = 5 * DAY
        self.assertEqual(self.governance(late, {"source": "/test"}), ["unaccepted"])
        self.assertEqual(self.governance(late, {"source": "/test", "until": at(late)}), ["unaccepted"])
        self.assertEqual(self.governance(late, {"source": "/test", "until": at(late + 1)}), ["beforeLedger"])

    def test_only_unlimited_level_six_accepts_it(self):
        late = 5 * DAY
        self.assertEqual(self.governance(late, {"source": "/test"}, by=ANA, after=True), ["unaccepted"])
        self.assertEqual(self.governance(late, {"source": "/test"}, by=BO, after=True), ["unaccepted"])


class Loosening(unittest.TestCase):
    """No fact makes anything better but by the evidence that a rule names."""

    def test_a_removal_that_is_told_when_it_was_due_undoes_nothing(self):
        for recorded, outcome in (ENDED + 1000, "notApplicable"), (ENDED + 1001, "overdue"):
            history = History({"rule": "reconciled", "within": "PT1000S"})
            history.deploy()
            history.say(
                "deployment.removed", recorded, ENDED + 1, deployment="d", environment=ENVIRONMENT)
            self.assertEqual(history.come(), outcome)

    def test_support_that_was_closed_badly_is_not_undone_by_a_removal(self):
        history = History({"rule": "supported", "minimum": "PT1000S"})
        history.deploy()
        history.say("support.opened", ENDED + 1, support="s", criteria=["c"])
        history.say("support.closed", ENDED + 2, support="s", criteria=[{"criterion": "c", "result": "unmet"}])
        history.say("deployment.removed", ENDED + 3, deployment="d", environment=ENVIRONMENT)
        self.assertEqual(history.come(), "violated")

    def change(self, rule, by, plan, change, *facts, **policy):
        history = History(rule, **policy)
        history.plan(**plan)
        for name, data in facts:
            history.say(name, 300, **data)
        if change:
            history.say("release.scope.changed", 200, by=by, **change)
        history.deploy()
        return history.come()

    def test_commits_and_components_are_dropped_by_authority_only(self):
        build = ("build.finished", {
            "outcome": "succeeded", "artifacts": [{"name": "a", "digest": MADE}], "commits": [{"id": "c-2"}],
            "tool": {"name": "t", "capability": "farm"}})
        both, less = {"commits": [{"id": "c-1"}]}, {"commits": [{"id": "c-2"}]}
        self.assertEqual(self.change("built", ANA, both, less, build), "satisfied")
        self.assertEqual(self.change("built", STRANGER, both, less, build), "violated")
        assessed = ("component.assessed", {"component": {"name": "b"}, "verdict": "acceptable"})
        one, other = {"components": [{"name": "a"}]}, {"components": [{"name": "b"}]}
        self.assertEqual(self.change("components-assessed", ANA, one, other, assessed), "satisfied")
        self.assertEqual(self.change("components-assessed", STRANGER, one, other, assessed), "violated")

    def test_a_release_stays_critical_unless_by_authority(self):
        self.assertEqual(self.change("authorised", ANA, {"critical": True}, {"critical": False}), "notApplicable")
        self.assertEqual(self.change("authorised", STRANGER, {"critical": True}, {"critical": False}), "violated")
        marks = {"criticalWhen": {"classes": ["emergency"], "services": ["payments"], "residualRisk": 8}}
        for plan, less in ({"class": "emergency"}, {"class": "normal"}), (
                {"services": ["payments"]}, {"services": ["other"]}):
            self.assertEqual(self.change("authorised", ANA, plan, less, **marks), "notApplicable")
            self.assertEqual(self.change("authorised", STRANGER, plan, less, **marks), "violated")

    def test_a_risk_is_less_only_by_authority(self):
        for by, outcome in (ANA, "notApplicable"), (STRANGER, "violated"):
            history = History("authorised", criticalWhen={"residualRisk": 8})
            history.plan()
            history.say("risk.assessed", 200, residualLikelihood=4, residualImpact=4)
            history.say("risk.assessed", 300, by=by, residualLikelihood=1, residualImpact=1)
            history.deploy()
            self.assertEqual(history.come(), outcome)

    def test_a_class_is_left_only_by_authority(self):
        self.assertEqual(self.change("classified", ANA, {"class": "emergency"}, {"class": "normal"}), "satisfied")
        self.assertEqual(self.change("classified", STRANGER, {"class": "emergency"}, {"class": "normal"}), "violated")
        applies = {"appliesTo": {"classes": ["emergency"]}}
        self.assertEqual(self.change("designed", STRANGER, {"class": "emergency"}, {"class": "normal"}, **applies),
                         "violated")

    def test_whoever_ever_asked_for_it_has_asked_for_it(self):
        history = History({"rule": "approved", "separate": ["requester"]})
        history.annul(history.plan(requestedBy=BO), 150)
        plan = history.plan(requestedBy=CY)
        history.say("approval.given", 300, by=BO, scope="deployment", plan=plan, digests=[MADE])
        history.deploy()
        self.assertEqual(history.come(), "violated")


class Freezes(unittest.TestCase):
    """Who may only break a freeze breaks that freeze and nothing else."""

    def overridden(self, rule, by=STRANGER, freezes=("one",), override=None, **data):
        history = History(rule)
        for name in freezes:
            history.here(
                "freeze.declared", 100, **{
                    "freeze": name, "from": at(50), "until": at(BEGUN + 100), "mayOverride": [STRANGER], **data})
        position = history.say(
            "override.declared", 200, by=by, **{
                "rules": ["not-frozen", "designed"], "environment": ENVIRONMENT, "until": at(90_000), "freeze": "one",
                **(override or {})})
        history.begin(override=position)
        return history.come()

    def test_it_breaks_the_freeze_that_names_them_and_no_other_rule(self):
        self.assertEqual(self.overridden("not-frozen"), "overridden")
        self.assertEqual(self.overridden("designed"), "violated")
        self.assertEqual(self.overridden("designed", by=ANA), "overridden")

    def test_two_freezes_of_which_one_is_overridden_still_stand(self):
        self.assertEqual(self.overridden("not-frozen", freezes=("one", "two")), "violated")
        self.assertEqual(self.overridden("not-frozen", by=ANA, freezes=("one", "two")), "violated")
        del_freeze = {"rules": ["not-frozen"]}
        self.assertEqual(self.overridden("not-frozen", by=ANA, override=del_freeze), "overridden")

    def test_a_freeze_that_names_somebody_else_is_not_broken(self):
        self.assertEqual(self.overridden("not-frozen", mayOverride=[BO]), "violated")

    def test_a_freeze_that_is_over_or_about_something_else_breaks_nothing(self):
        self.assertEqual(self.overridden("designed", until=at(BEGUN)), "violated")
        self.assertEqual(self.overridden("designed", packages=["other"]), "violated")
        self.assertEqual(self.overridden("not-frozen", until=at(BEGUN)), "satisfied")


class WhoBringsIt(unittest.TestCase):
    """Evidence counts from those whom the requirement names; bad news counts from anybody."""

    def come_of(self, by, source, *, outcome="succeeded", authors=(BO,), **data):
        history = History({"rule": "tested", "by": source})
        history.add(
            "capability.registered", "capability/runner", 4, owner=CY, people=[BO])
        history.link(STRANGER[:-1] + "9", kind="service", owner=CY)
        history.say("build.finished", 200, commits=[{"id": "c", **({"authors": list(authors)} if authors else {})}], initiator=BO)
        history.say("test.finished", 300, suite="s", outcome="succeeded", digests=[MADE], by=by, **data)
        if outcome != "succeeded":
            history.say("test.finished", 400, suite="s", outcome=outcome, digests=[MADE], by=STRANGER)
        history.deploy()
        return history.come()

    RUNNER = STRANGER[:-1] + "9"

    def test_kinds_take_it_from_whoever_is_known(self):
        for by, kinds, outcome in (
                (CY, ["human"], "satisfied"), (MACHINE, ["human"], "violated"), (MACHINE, ["service"], "satisfied"),
                (CY, ["service"], "violated"), (STRANGER, ["human", "service"], "violated"), (None, ["human"], "violated")):
            self.assertEqual(self.come_of(by, {"kinds": kinds}), outcome, (by, kinds))

    def test_accounts_take_it_from_these(self):
        self.assertEqual(self.come_of(CY, {"accounts": [CY]}), "satisfied")
        self.assertEqual(self.come_of(CY, {"accounts": [ANA, MACHINE]}), "violated")
        self.assertEqual(self.come_of(MACHINE, {"accounts": [MACHINE]}), "satisfied")
        # A service account is itself alone, and not whoever owns it.
        self.assertEqual(self.come_of(ANA, {"accounts": [MACHINE]}), "violated")

    def test_capabilities_take_it_from_their_people_and_their_machines(self):
        source, tool = {"capabilities": ["runner"]}, {"tool": {"name": "t", "capability": "runner"}}
        for by, outcome in (CY, "satisfied"), (BO, "satisfied"), (ANA, "violated"):
            self.assertEqual(self.come_of(by, source), outcome, by)
        self.assertEqual(self.come_of(self.RUNNER, source, **tool), "satisfied")
        self.assertEqual(self.come_of(self.RUNNER, source), "violated")
        self.assertEqual(self.come_of(MACHINE, source, **tool), "violated")

    def test_an_author_is_never_the_only_source(self):
        source = {"kinds": ["human", "service"], "independentOf": ["author", "initiator"]}
        self.assertEqual(self.come_of(CY, source), "satisfied")
        self.assertEqual(self.come_of(BO, source), "violated")
        # Her own service account is hers.
        self.assertEqual(self.come_of(MACHINE, source), "satisfied")
        self.assertEqual(self.come_of(MACHINE, source, authors=[ANA]), "violated")
        # Nor where who tested is the author, whoever records it.
        self.assertEqual(self.come_of(CY, source, participants=[{"person": BO, "part": "tester"}]), "violated")
        self.assertEqual(self.come_of(CY, source, authors=[]), "violated")
        self.assertEqual(self.come_of(CY, source, authors=[STRANGER]), "violated")

    def test_a_failure_counts_from_anybody(self):
        self.assertEqual(self.come_of(CY, {"kinds": ["human"]}, outcome="failed"), "violated")

    def test_what_links_digests_is_evidence_too(self):
        for by, outcome in (CY, "satisfied"), (STRANGER, "violated"):
            history = History({"rule": "tested", "by": {"kinds": ["human"]}})
            history.say("test.finished", 300, suite="s", outcome="succeeded", digests=[MADE])
            history.say("package.published", 310, digest=SIGNED, derivedFrom=[MADE], by=by)
            history.deploy(digests=[SIGNED])
            self.assertEqual(history.come(), outcome)


class CommandLine(unittest.TestCase):
    def run_judge(self, *arguments, given=""):
        return subprocess.run(
            [sys.executable, str(TOOLS / "judge.py"), *arguments], input=given, capture_output=True, text=True,
            check=False)

    def log(self, history):
        return "".join(json.dumps(record) + "\n" for record in history.records)

    def test_lines_are_compact_and_sorted(self):
        history = History({"rule": "reviewed", "within": "PT1S"})
        line = history.deploy()
        run = self.run_judge(given=self.log(history))
        self.assertEqual(run.stdout, (
            f'{{"attempt":{line},"governance":"governed","log":0}}\n'
            f'{{"attempt":{line},"due":"{at(ENDED + 1)}","log":0,"outcome":"pending","place":0,"policy":"p",'
            '"policyVersion":"1","rule":"reviewed"}\n'))
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn('"overdue"', self.run_judge("--time", at(ENDED + 2), given=self.log(history)).stdout)
        self.assertEqual(self.run_judge("--size", str(line), given=self.log(history)).stdout, "")

    def test_a_batch_is_many_logs_each_with_its_time(self):
        history = History()
        history.begin()
        batch = "".join(f"# {at(time)}\n{self.log(history)}" for time in (20_000, 30_000))
        run = self.run_judge("--batch", given=batch)
        self.assertEqual([json.loads(line)["log"] for line in run.stdout.splitlines()], [0, 1])
        self.assertEqual(self.run_judge("--batch", given=self.log(history)).returncode, 65)
        self.assertEqual(self.run_judge("--batch", "--time", at(1), given=batch).returncode, 64)

    def test_a_draft_is_read_from_a_file(self):
        history = History()
        history.begin()
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            draft = {"id": "x", "version": "1", "title": "t", "context": "production", "rules": [{"rule": "gated"}]}
            json.dump(draft, file)
            file.flush()
            run = self.run_judge("--policy", file.name, given=self.log(history))
        self.assertEqual(json.loads(run.stdout.splitlines()[1])["rule"], "gated")

    def test_what_does_not_read_is_named_by_its_line_and_nothing_is_guessed(self):
        good = self.log(History("planned"))
        count = good.count("\n")
        broken = [
            ("{", "not JSON"), ("[]", "object"), ('{"a":1,"a":2}', "repeated"), ("", "not JSON")]
        for change, words in (
                ({"type": "relm.release.exploded"}, "not known here"),
                ({"data": {"deployment": "d"}}, "no environment"),
                ({"type": "relm.../x"}, "not known here"), ({"type": "relm.a\0b"}, "not known here"),
                ({"dataschema": "urn:relm:event:deployment.started:2"}, "not known here"),
                ({"recordedtime": "yesterday"}, "RFC 3339"), ({"subject": "environment/x"}, "does not belong"),
                ({"subject": "release/x"}, "no subject"),
                ({"data": {"deployment": "d", "environment": "e", "x": 1}}, "a field x")):
            history = History()
            history.begin()
            broken.append((json.dumps({**history.records[-1], **change}), words))
        for line, words in broken:
            run = self.run_judge(given=good + line + "\n")
            self.assertEqual((run.returncode, run.stdout), (65, ""), words)
            self.assertTrue(run.stderr.startswith(f"judge.py: line {count + 1}: "), run.stderr)
            self.assertIn(words, run.stderr)

    def test_unknown_rules_and_durations_that_do_not_read_are_errors(self):
        for rule in ({"rule": "blessed"}, {"rule": "verified", "within": "P1M"}):
            run = self.run_judge(given=self.log(History(rule)))
            self.assertEqual(run.returncode, 65)
            self.assertIn("data/document/rules/0", run.stderr)

    def test_a_file_that_is_not_there_and_options_that_are_none_have_their_own_status(self):
        self.assertEqual(self.run_judge("/nowhere/at/all").returncode, 66)
        self.assertEqual(self.run_judge("--what").returncode, 64)
        self.assertEqual(self.run_judge("--time", "now").returncode, 65)

    def test_every_example_of_a_schema_passes_it(self):
        for path in sorted((TOOLS.parent / "schemas" / "event").glob("*.v1.json")):
            schema = judge.schema_of(f"event/{path.name.removesuffix('.v1.json')}")
            for example in schema["examples"]:
                judge.check(example, schema, schema, path.name)

    def test_every_rule_is_judged_for_every_attempt(self):
        history = History(*[{"rule": rule} for rule in judge.RULES])
        history.plan(services=["payments"])
        for number in range(20):
            history.deploy(deployment=f"d{number}")
        self.assertEqual(len(history.findings()), 20 * len(judge.RULES))


if __name__ == "__main__":
    unittest.main()
