// What follows a deployment: handover, early life support, incidents, corrections, review, and the end.
#include <stdio.h>
#include <string.h>

#include "chance.h"
#include "steps.h"

static const char *verdict(unsigned how) {
  static const char *const verdicts[] = {"successful", "partlySuccessful", "unsuccessful"};
  return verdicts[how];
}

static const struct person *party(const struct story *s, unsigned users) { return users ? s->user : s->operator; }

static void offer(struct story *s, unsigned users) {
  s->handovers++;
  if (users) {
    say(s, s->manager, "handover.offered",
        "'handover':'h-%u','party':'%s','releaseNotes':'https://wiki.example.org/%s/notes','to':'users',"
        "'training':'https://wiki.example.org/%s/training'",
        s->handovers, s->user->account, s->package->name, s->package->name);
    return;
  }
  say(s, s->manager, "handover.offered",
      "'criteria':[{'criterion':'The runbook was rehearsed','result':'met'}],'due':'%s','environment':'%s',"
      "'handover':'h-%u',%s'onCall':'%s-oncall','party':'%s','runbook':'https://wiki.example.org/%s/runbook',"
      "'to':'operations'",
      date(s->due + 5 * DAY), environment(s, PRODUCTION), s->handovers,
      one_in(4) ? "\"knownErrors\":[{\"id\":\"KE-1\",\"summary\":\"The first call is slow\",\"workaround\":\"Wait\"}],"
                : "",
      service_name(s->package->service), s->operator->account, s->package->name);
}

static void accept(struct story *s, unsigned what) {
  const char *conditions =
      what < 2 ? ""
               : text(
                     "'conditions':[{'condition':'Alerts reach the phone','due':'%s','id':'c1','owner':'%s'},"
                     "{'condition':'The runbook names the partner','due':'%s','id':'c2','owner':'%s'}],",
                     date(s->due + 7 * DAY), s->author->account, date(s->due + 14 * DAY), s->manager->account);
  say(s, party(s, what % 2), "handover.accepted", "%s'handover':'h-%u','reason':'Rehearsed with those on duty'",
      conditions, s->handovers);
}

static void reject(struct story *s, unsigned users) {
  say(s, party(s, users), "handover.rejected", "'handover':'h-%u','reason':'The runbook is for the version before'",
      s->handovers);
}

static void condition_met(struct story *s, unsigned which) {
  say(s, s->operator, "handover.condition.met", "'condition':'c%u','handover':'h-%u','result':'Tried at night'", which,
      s->handovers);
}

static void support_open(struct story *s, unsigned what) {
  (void)what;
  say(s, s->operator, "support.opened",
      "'audience':'users','channel':'phone','criteria':['Fewer than five calls a day'],'environment':'%s',"
      "'lead':'%s','support':'s-1','until':'%s'",
      environment(s, PRODUCTION), s->operator->account, date(s->due + 2 * WEEK));
}

static void advise(struct story *s, unsigned what) {
  (void)what;
  static const char *const askers[] = {"user", "operations", "other"};
  static const char *const advice[] = {
      "Use the new button on the page of the order", "Sign in once more", "Raise the pool to forty",
      "It is known, and mended with the next release"};
  say(s, s->operator, "support.advised", "'advice':'%s','asker':'%s','support':'s-1','topic':'First steps'",
      advice[below(4)], askers[below(3)]);
}

static void support_close(struct story *s, unsigned what) {
  (void)what;
  say(s, s->operator, "support.closed",
      "'criteria':[{'criterion':'Fewer than five calls a day','result':'met'}],'outcome':'succeeded','support':'s-1'");
}

static void review_open(struct story *s, unsigned what) {
  (void)what;
  say(s, s->manager, "review.opened",
      "'due':'%s','lead':'%s','participants':[{'part':'operations','person':'%s'}],'review':'r-1',"
      "'scope':'From the plan to the handover'",
      date(s->due + 2 * WEEK), s->manager->account, s->operator->account);
}

static void finding(struct story *s, unsigned which) {
  static const char *const kinds[] = {"success", "deviation", "cause", "risk", "improvement"};
  static const char *const words[] = {
      "No user noticed the change of versions", "One step was done before the step that it needs",
      "A certificate had run out", "Only one of us knows how it is taken back", "Tests can be told by the farm"};
  unsigned kind = which == 0 ? below(2) : below(5);
  say(s, s->manager, "review.finding.recorded",
      "'finding':'f%u','kind':'%s',%s'review':'r-1','severity':'%s','statement':'%s'", which, kinds[kind],
      telling.knows_positions && s->milestone ? text("'positions':[%lu],", s->milestone) : "",
      kind == 2 ? "high" : "low", words[kind]);
}

static void raise_action(struct story *s, unsigned which) {
  say(s, s->manager, "review.action.raised",
      "'action':'a%u','due':'%s','finding':'f%u','owner':'%s','review':'r-1','task':'Let the farm tell it at once'",
      which, date(s->due + 4 * WEEK), which, s->author->account);
}

static void complete_action(struct story *s, unsigned which) {
  say(s, s->author, "review.action.completed", "'action':'a%u','result':'The farm tells it','review':'r-1'", which);
}

static void review_close(struct story *s, unsigned how) {
  say(s, s->manager, "review.closed", "'lessons':['Tell at once'],'outcome':'%s',%s'review':'r-1'", verdict(how),
      s->override ? text("'overrides':[%lu],", s->override) : "");
}

static void close(struct story *s, unsigned how) {
  say(s, s->manager, "release.closed", "'outcome':'%s','summary':'%s'", verdict(how),
      how ? "Not all of it stayed" : "It runs, and those who waited for it have it");
}

static void withdraw(struct story *s, unsigned what) {
  (void)what;
  say(s, s->manager, "release.withdrawn", "'reason':'Nobody waits for it any more'");
}

// Another release takes its place: the newest of the package, or a new one.
static void supersede(struct story *s, unsigned what) {
  (void)what;
  if (!strcmp(s->package->latest, s->subject) && !release_begin(s->package, NORMAL, s->due + DAY, NULL)) return;
  say(s, s->manager, "release.superseded", "'by':'%s','reason':'It goes out together with the next'",
      s->package->latest);
}

// Incidents

static void incident(struct story *s, unsigned is_mended_by_another) {
  static const char *const severities[] = {"critical", "high", "medium", "low"};
  snprintf(s->incident, sizeof s->incident, "INC-%lu-%lu", (unsigned long)house.seed, ++house.incidents);
  say_of(
      s, s->operator, "incident.opened", text("incident/%s", s->incident),
      "'beganAt':'%s','detectedAt':'%s','environment':'%s','services':['%s'],'severity':'%s',"
      "'summary':'Some users get no answer'",
      date(s->due - 20 * MINUTE), date(s->due - 5 * MINUTE), environment(s, PRODUCTION),
      service_name(s->package->service), severities[is_mended_by_another ? below(2) : below(4)]);
  if (is_mended_by_another) release_begin(s->package, EMERGENCY, s->due + 10 * MINUTE, s->incident);
}

static void incident_resolved(struct story *s, unsigned by_itself) {
  const char *subject = text("incident/%s", s->incident);
  if (by_itself) {
    say_of(s, s->operator, "incident.resolved", subject, "'resolvedAt':'%s','summary':'Users get answers again'",
           date(s->due - 2 * MINUTE));
    return;
  }
  say_of(
      s, s->operator, "incident.resolved", subject,
      "'deployment':'d-%u','release':'%s','resolvedAt':'%s','summary':'Users get answers again'", s->deployments,
      s->subject, date(s->due - 2 * MINUTE));
}

static void attribute(struct story *s, unsigned is_sure) {
  s->attribution = say_of(
      s, s->author, "incident.attributed", text("incident/%s", s->incident),
      "'causes':[{'deployment':'d-%u','release':'%s'}],'confidence':'%s','explanation':'A query without its index'",
      s->deployments, s->subject, is_sure ? "confirmed" : "suspected");
}

// Corrections

// Something that is wrong, or belongs to another release: a result, an activity, or a verification that failed.
static void mistake(struct story *s, unsigned what) {
  if (what == 1) {
    s->mistake = say(s, s->operator, "activity.recorded", "'activity':'Warmed the caches','phase':'deploy'");
  } else if (what == 2) {
    s->mistake = say(
        s, &house.deployer, "verification.finished", "'deployment':'d-%u','environment':'%s','outcome':'failed'",
        s->deployments, environment(s, s->place));
  } else {
    s->mistake = say(
        s, s->tester, "result.logged", "'of':'Calls in the first week','outcome':'succeeded','result':'%u'",
        between(1, 90));
  }
}

static void correct(struct story *s, unsigned what) {
  if (what == 1) {
    say(s, s->operator, "activity.recorded", "'activity':'Emptied the caches','phase':'deploy'");
  } else if (what == 2) {
    say(s, &house.deployer, "verification.finished", "'deployment':'d-%u','environment':'%s','outcome':'succeeded'",
        s->deployments, environment(s, s->place));
  } else {
    say(s, s->tester, "result.logged", "'of':'Calls in the first week','outcome':'succeeded','result':'%u'",
        between(1, 90));
  }
  memcpy(s->correction, telling.id, sizeof s->correction);
}

// Who has decided nothing about the release, and owns no account of a tool, as the second lead does: nobody annuls what tells
// against a release that they had a hand in.
static const struct person *outsider(const struct story *s) { return &house.lead[s->lead == &house.lead[0] ? 2 : 0]; }

static void annul(struct story *s, unsigned what) {
  (void)what;
  s->annulment = say_of(
      s, outsider(s), "event.annulled", "ledger",
      "'position':%lu,'reason':'It was of another release'%s", s->mistake,
      s->correction[0] ? text(",'replacedBy':'%s'", s->correction) : "");
}

static void reinstate(struct story *s, unsigned what) {
  (void)what;
  say_of(s, outsider(s), "event.annulled", "ledger", "'position':%lu,'reason':'It was of this release after all'",
         s->annulment);
}

static void acquit(struct story *s, unsigned what) {
  (void)what;
  say_of(s, outsider(s), "event.annulled", "ledger",
         "'position':%lu,'reason':'It was a certificate, and no release'", s->attribution);
}

const struct step OFFER = {offer, SAME_DAY, 0};
const struct step ACCEPT = {accept, NEXT_DAYS, 0};
const struct step REJECT = {reject, SAME_DAY, 0};
const struct step CONDITION_MET = {condition_met, LATER, 0};
const struct step SUPPORT_OPEN = {support_open, SAME_DAY, 0};
const struct step ADVISE = {advise, NEXT_DAYS, 0};
const struct step SUPPORT_CLOSE = {support_close, LATER, 0};
const struct step REVIEW_OPEN = {review_open, LATER, 0};
const struct step FINDING = {finding, SAME_DAY, 0};
const struct step RAISE_ACTION = {raise_action, SAME_DAY, 0};
const struct step COMPLETE_ACTION = {complete_action, WEEKS, 0};
const struct step REVIEW_CLOSE = {review_close, LATER, 0};
const struct step CLOSE = {close, LATER, 0};
const struct step WITHDRAW = {withdraw, NEXT_DAYS, 0};
const struct step SUPERSEDE = {supersede, NEXT_DAYS, 0};
const struct step INCIDENT = {incident, RUNNING, 0};
const struct step INCIDENT_RESOLVED = {incident_resolved, RUNNING, 0};
const struct step ATTRIBUTE = {attribute, NEXT_DAYS, 0};
const struct step MISTAKE = {mistake, NEXT_DAYS, 1};
const struct step CORRECT = {correct, NEXT_DAYS, 1};
const struct step ANNUL = {annul, AT_ONCE, 1};
const struct step REINSTATE = {reinstate, NEXT_DAYS, 1};
const struct step ACQUIT = {acquit, NEXT_DAYS, 1};
