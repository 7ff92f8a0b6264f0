// What kinds of releases there are, good and bad ones, and what happens in them.
//
// Of all that are not emergencies 60 in a hundred go by the book, which is to say by the policies that the
// foundations adopt. Each of the others has one thing wrong with it, so many in a thousand:
//
//   UNTESTED             30  not one test
//   TEST_FAILED          25  the last acceptance test failed, and it was deployed all the same
//   UNAPPROVED           35  nobody approved it
//   STALE_APPROVAL       30  it was built anew, or its scope changed, after the approval
//   SELF_APPROVED        25  an author approved it
//   OTHER_DIGEST         20  what was deployed is not what was built, tested and approved
//   NO_HANDOVER          30  nobody was offered it
//   LATE_RECORD          30  a test or a deployment was told days after it ended
//   NO_REVIEW            30  it was never reviewed
//   WINDOW_MISSED        20  it was deployed after its window
//   UNDESIGNED           15  no design, no plan to take it back
//   RISK_TOO_HIGH        10  a residual risk of 20
//   REFUSED              10  the last word on it was no
//   IN_FREEZE            15  its window lay in a freeze of its package (without positions: WINDOW_MISSED)
//   UNVERIFIED           15  nobody looked whether it runs
//   UNPLANNED            10  it was built and deployed without a plan
//   UNTOLD               20  users were not told
//   UNAUTHORISED         10  critical, and not authorised
//   STEP_SKIPPED         10  a mandatory step of its procedure was skipped
//   CONDITION_FORGOTTEN  10  a condition of its handover was never met
//
// Of emergencies 70 in a hundred go by the book; the others are never ratified (UNAPPROVED), reviewed or verified.
//
// About one in a thousand of those by the book misses its window all the same, because its approvals took too long, or
// meets a freeze that was declared after its window was agreed.
//
// What else goes wrong is no fault against a policy: builds, tests and deployments fail and are tried again, incidents
// are caused and mended, partners object, releases are withdrawn or superseded, actions are never completed.
#include <stdio.h>
#include <string.h>

#include "chance.h"
#include "queue.h"
#include "steps.h"

// What notes call it, and how many in a thousand have it.
static const struct {
  const char *name;
  unsigned weight;
} defects[DEFECTS] = {
    [BY_THE_BOOK] = {"by the book", 600},
    [UNTESTED] = {"untested", 30},
    [TEST_FAILED] = {"test failed", 25},
    [UNAPPROVED] = {"unapproved", 35},
    [STALE_APPROVAL] = {"stale approval", 30},
    [SELF_APPROVED] = {"self approved", 25},
    [OTHER_DIGEST] = {"other digest", 20},
    [NO_HANDOVER] = {"no handover", 30},
    [LATE_RECORD] = {"late record", 30},
    [NO_REVIEW] = {"no review", 30},
    [WINDOW_MISSED] = {"window missed", 20},
    [UNDESIGNED] = {"undesigned", 15},
    [RISK_TOO_HIGH] = {"risk too high", 10},
    [REFUSED] = {"refused", 10},
    [IN_FREEZE] = {"in freeze", 15},
    [UNVERIFIED] = {"unverified", 15},
    [UNPLANNED] = {"unplanned", 10},
    [UNTOLD] = {"untold", 20},
    [UNAUTHORISED] = {"unauthorised", 10},
    [STEP_SKIPPED] = {"step skipped", 10},
    [CONDITION_FORGOTTEN] = {"condition forgotten", 10},
};
const char *const class_names[] = {"standard", "normal", "emergency"};

FILE *notes;

void note_release(const struct story *s) {
  if (!notes || telling.is_rehearsal) return;
  fprintf(
      notes, "{\"subject\":\"%s\",\"class\":\"%s\",\"defect\":\"%s\"}\n", s->subject, class_names[s->class],
      defects[s->defect].name);
}

// Features that one in so many shows; see sometimes().
enum {
  CRITICAL, CANARY, FIRST_BUILD_FAILS, FIRST_TEST_FAILS, SCOPE_CHANGES, LICENCES, COMPONENT_FINDING, BUSINESS, IT,
  PLAN_APPROVED, ATTESTED, PUBLISHED, RESULT, DOCUMENTED, WAIVED, WAIVER_REVOKED, PROPOSED, REFUSED_FIRST, DENIED,
  WITHDRAWN_APPROVAL, BASELINED, ESCALATED, EXCHANGED, CAUSES_INCIDENT, FAILS, WATCHED, SERVES, CONDITIONS,
  REJECTED, TO_USERS, MISTAKEN, ACTIONS, REMOVED, GIVEN_UP, SUPERSEDED, UNDECIDED
};

static enum defect choose_defect(const struct story *s) {
  unsigned chosen = below(1000);
  // Each of them once in the first fifty.
  if (s->ordinal < (DEFECTS - 1) / 2 * 5) {
    unsigned place = s->ordinal % 5;
    return place == 1 || place == 3 ? 1 + (unsigned)(s->ordinal / 5) * 2 + (place == 3) : BY_THE_BOOK;
  }
  enum defect defect = BY_THE_BOOK;
  while (chosen >= defects[defect].weight) chosen -= defects[defect++].weight;
  return defect;
}

// Whether a standard release, which follows a procedure and needs no approval, could have the defect.
static int is_of_standard(enum defect defect) {
  return defect == BY_THE_BOOK || defect == UNTESTED || defect == TEST_FAILED || defect == OTHER_DIGEST ||
         defect == STEP_SKIPPED || defect == UNVERIFIED || defect == LATE_RECORD;
}

static void tests(struct story *s) {
  if (s->defect == UNTESTED) return;
  if (sometimes(6, FIRST_TEST_FAILS)) {
    add(s, &TEST_BEGIN, 0);
    add(s, &TEST_END, one_in(4) ? ERRORED : FAILED);
  }
  for (unsigned suite = 0; suite < 2; suite++) {
    add(s, &TEST_BEGIN, suite);
    if (suite == 1 && s->defect == LATE_RECORD && s->ordinal % 2) return;
    add(s, &TEST_END, suite == 1 && s->defect == TEST_FAILED ? FAILED : SUCCEEDED);
  }
}

static void build(struct story *s) {
  if (sometimes(7, FIRST_BUILD_FAILS)) {
    add(s, &BUILD_BEGIN, 0);
    add(s, &BUILD_END, one_in(3) ? ERRORED : FAILED);
  }
  add(s, &BUILD_BEGIN, 0);
  add(s, &BUILD_END, SUCCEEDED);
  if (sometimes(3, PUBLISHED)) add(s, &PUBLISH, 0);
  if (sometimes(4, ATTESTED)) add(s, &ATTEST, 0);
  add(s, &DEPLOY_AGAIN, TEST);
  add(s, &DEPLOY_END, SUCCEEDED);
}

static void approvals(struct story *s) {
  if (s->is_critical && s->defect != UNAUTHORISED) {
    add(s, &REQUEST_AUTHORISATION, 0);
    if (sometimes(4, DENIED)) {
      add(s, &DENY_AUTHORISATION, 0);
      add(s, &REQUEST_AUTHORISATION, 0);
    }
    add(s, &AUTHORISE, 0);
  }
  if (s->class == STANDARD || s->defect == UNAPPROVED) return;
  if (s->defect == REFUSED || sometimes(14, REFUSED_FIRST)) add(s, &REFUSE, 0);
  if (s->defect == REFUSED) return;
  if (sometimes(15, WITHDRAWN_APPROVAL)) {
    add(s, &APPROVE, 0);
    add(s, &WITHDRAW_APPROVAL, 0);
  }
  add(s, &APPROVE, 0);
  if (s->is_critical) add(s, &APPROVE, 2);
  if (s->defect == STALE_APPROVAL) {
    if (one_in(2)) {
      add(s, &SCOPE, 0);
      add(s, &RISK, 0);
    } else {
      add(s, &BUILD_IN_HASTE, 0);
      add(s, &BUILD_END, SUCCEEDED);
      tests(s);
      add(s, &VALIDATE, 0);
    }
  }
}

// One region of production.
static void deployment(struct story *s, unsigned which) {
  if (which) add(s, &NEXT_REGION, which);
  int is_recorded = s->is_critical || sometimes(4, BASELINED);
  if (is_recorded) add(s, &BASELINE, 0);
  if (is_recorded && which == 0 && sometimes(5, EXCHANGED)) add(s, &EXCHANGE, 0);
  add(s, &DEPLOY, PRODUCTION + which);
  int has_failed = which == 0 && sometimes(12, FAILS);
  if (has_failed) {
    if (s->is_canary) add(s, &PROGRESS, 120);
    add(s, &DEPLOY_END, s->is_canary ? CANCELLED : FAILED);
    add(s, &ROLL_BACK, 0);
    add(s, &DEPLOY_AGAIN, PRODUCTION);
  }
  if (s->is_canary) {
    add(s, &PROGRESS, 5);
    add(s, &PROGRESS, 25);
  }
  int is_late = which + 1 == s->regions && s->defect == LATE_RECORD && s->ordinal % 2 == 0;
  if (!is_late) add(s, &DEPLOY_END, SUCCEEDED);
  if (s->class == STANDARD) {
    for (unsigned step = 0; step < 3; step++) {
      add(s, step == 2 && s->defect == STEP_SKIPPED ? &STEP_LEFT_OUT : &STEP_COMPLETED, step);
    }
    if (one_in(5)) add(s, &STEP_LEFT_OUT, 3);
  }
  if (s->defect != UNVERIFIED) add(s, &VERIFY, SUCCEEDED);
  if (is_recorded) {
    add(s, &BASELINE, 1);
    add(s, &EXCHANGE, 1);
  }
  if (has_failed && sometimes(3, ESCALATED)) {
    add(s, &ESCALATE, 0);
    if (!sometimes(10, UNDECIDED)) add(s, &DECIDE, 0);
  }
}

// An incident after the deployment, in one of nine. How the release ends: 0 well, 2 taken back.
static unsigned incident(struct story *s) {
  if (!sometimes(9, CAUSES_INCIDENT)) return 0;
  enum { TAKEN_BACK, MENDED_BY_ANOTHER, SUSPECTED, ACQUITTED } kind = house.asked[CAUSES_INCIDENT] / 8 % 4;
  // What is taken back is not handed over, which would hide a defect.
  if (kind == TAKEN_BACK && s->defect != BY_THE_BOOK) kind = SUSPECTED;
  add(s, &INCIDENT, kind == MENDED_BY_ANOTHER);
  if (kind == TAKEN_BACK) add(s, &ROLL_BACK, 0);
  if (kind != MENDED_BY_ANOTHER) add(s, &INCIDENT_RESOLVED, 1);
  add(s, &ATTRIBUTE, kind == TAKEN_BACK || kind == MENDED_BY_ANOTHER);
  if (kind == ACQUITTED) add(s, &ACQUIT, 0);
  return kind == TAKEN_BACK ? 2 : 0;
}

static void handover(struct story *s) {
  if (s->defect == NO_HANDOVER) return;
  int has_conditions = s->defect == CONDITION_FORGOTTEN || sometimes(5, CONDITIONS);
  if (s->class == NORMAL && sometimes(2, TO_USERS)) {
    add(s, &OFFER, 1);
    if (sometimes(5, REJECTED)) {
      add(s, &REJECT, 1);
      add(s, &OFFER, 1);
    }
    add(s, &ACCEPT, 1);
  }
  add(s, &OFFER, 0);
  add(s, &ACCEPT, has_conditions ? 2 : 0);
  if (!has_conditions) return;
  add(s, &CONDITION_MET, 1);
  if (s->defect != CONDITION_FORGOTTEN) add(s, &CONDITION_MET, 2);
}

static void review(struct story *s, unsigned how) {
  add(s, &REVIEW_OPEN, 0);
  unsigned findings = between(1, 2);
  for (unsigned i = 0; i < findings; i++) add(s, &FINDING, i);
  int has_action = sometimes(3, ACTIONS);
  if (has_action) add(s, &RAISE_ACTION, 0);
  add(s, &REVIEW_CLOSE, how);
  // One in five is never done.
  if (has_action && !one_in(5)) add(s, &COMPLETE_ACTION, 0);
}

static void aftermath(struct story *s, unsigned how) {
  if (sometimes(3, SERVES)) add(s, &SERVE, 0);
  if (how == 0 && (s->class == NORMAL || one_in(3))) handover(s);
  if (how == 0 && s->class == NORMAL) {
    add(s, &SUPPORT_OPEN, 0);
    for (unsigned i = below(4); i > 0; i--) add(s, &ADVISE, 0);
    add(s, &SUPPORT_CLOSE, 0);
  }
  if (sometimes(4, REMOVED)) add(s, &REMOVE_FROM_TEST, 0);
  if (sometimes(10, MISTAKEN)) {
    unsigned kind = below(3);
    add(s, &MISTAKE, kind);
    if (!one_in(3)) add(s, &CORRECT, kind);
    add(s, &ANNUL, 0);
    if (one_in(12)) add(s, &REINSTATE, 0);
  }
  if (s->class != STANDARD && s->defect != NO_REVIEW) review(s, how);
  add(s, &CLOSE, how == 0 && one_in(12) ? 1 : how);
}

static void planning(struct story *s) {
  if (s->defect == UNPLANNED) return;
  add(s, &PLAN, 0);
  if (s->class == STANDARD) return;
  if (s->defect != UNDESIGNED) add(s, &DESIGN, 0);
  add(s, &COMPONENT, sometimes(8, COMPONENT_FINDING) ? 4 : 0);
  if (sometimes(4, LICENCES)) add(s, &COMPONENT, 1);
  if (sometimes(5, SCOPE_CHANGES)) add(s, &SCOPE, 0);
  add(s, &RISK, 0);
  if (sometimes(3, BUSINESS) || s->is_critical) add(s, &CONSULT, 0);
  if (sometimes(8, IT)) {
    add(s, &CONSULT, 3);
    add(s, &CONSULT, 1);
  }
  if (sometimes(7, PLAN_APPROVED)) add(s, &APPROVE, 1);
}

static void ordinary(struct story *s) {
  planning(s);
  // Some never become anything.
  if (s->defect == BY_THE_BOOK && sometimes(20, GIVEN_UP)) {
    add(s, &WITHDRAW, 0);
    return;
  }
  build(s);
  tests(s);
  if (s->defect == BY_THE_BOOK && sometimes(22, SUPERSEDED)) {
    add(s, &SUPERSEDE, 0);
    return;
  }
  if (s->class == NORMAL) {
    add(s, &DEPLOY_AGAIN, STAGING);
    add(s, &DEPLOY_END, SUCCEEDED);
    if (sometimes(9, WAIVED)) {
      add(s, &WAIVE, 0);
      if (sometimes(2, WAIVER_REVOKED)) {
        add(s, &VALIDATE, 0);
        add(s, &REVOKE_WAIVER, 0);
      }
    } else {
      add(s, &VALIDATE, 0);
    }
  }
  if (sometimes(5, RESULT)) add(s, &LOG_RESULT, 0);
  if (sometimes(6, DOCUMENTED)) add(s, &DOCUMENT, 0);
  if (sometimes(4, PROPOSED)) add(s, &SCHEDULE_PROPOSED, 0);
  if (s->defect == IN_FREEZE) add(s, &FREEZE, 0);
  add(s, &SCHEDULE_AGREED, 0);
  if (s->defect != UNTOLD && s->class == NORMAL) add(s, &COMMUNICATE, 0);
  approvals(s);
  for (unsigned i = 0; i < s->regions; i++) deployment(s, i);
  unsigned how = incident(s);
  if (s->defect == LATE_RECORD) add(s, s->ordinal % 2 ? &TEST_TOLD_LATE : &DEPLOY_TOLD_LATE, 0);
  if (sometimes(3, WATCHED)) add(s, &ACTIVITY, 0);
  aftermath(s, how);
}

static void emergency(struct story *s) {
  if (s->incident[0] == 0) add(s, &INCIDENT, 0);
  add(s, &PLAN_IN_HASTE, 0);
  add(s, &BUILD_IN_HASTE, 0);
  add(s, &BUILD_END, SUCCEEDED);
  int is_tested = one_in(2);
  if (is_tested) {
    add(s, &TEST_BEGIN, 2);
    add(s, &TEST_END, SUCCEEDED);
  }
  add(s, &OVERRIDE, 0);
  add(s, &DEPLOY_AGAIN, PRODUCTION);
  add(s, &DEPLOY_END, SUCCEEDED);
  if (s->defect != UNVERIFIED) add(s, &VERIFY, SUCCEEDED);
  add(s, &INCIDENT_RESOLVED, 0);
  if (s->defect != UNAPPROVED) add(s, &RATIFY, 0);
  if (s->defect != NO_REVIEW) review(s, 0);
  add(s, &CLOSE, 0);
}

static void choose_people(struct story *s) {
  s->manager = &house.manager[below(MANAGERS)];
  s->requester = &house.product_owner[below(PRODUCT_OWNERS)];
  unsigned author = below(house.developers);
  s->author = &house.developer[author];
  s->reviewer = &house.developer[(author + 1 + below(house.developers - 1)) % house.developers];
  s->tester = &house.tester[below(TESTERS)];
  s->operator = &house.operator[below(OPERATORS)];
  s->user = &house.user[below(USERS)];
  s->builder = &house.builder[s->package->team];
  // The last of the approvers comes and goes; see chores.c.
  unsigned approver = below(APPROVERS - 1);
  s->approver = &house.approver[approver];
  s->second = &house.approver[(approver + 1 + below(APPROVERS - 2)) % (APPROVERS - 1)];
  s->lead = &house.lead[below(LEADS)];
  if (s->defect == SELF_APPROVED) s->author = s->approver;
}

struct story *release_begin(struct package *package, enum release_class class, moment due, const char *incident) {
  struct story *s = story_new();
  if (!s) return NULL;
  s->due = due;
  s->ordinal = house.releases++;
  s->package = package;
  s->class = class;
  memcpy(s->based_on, package->latest, sizeof s->based_on);
  if (class == EMERGENCY) {
    package->patch++;
  } else {
    package->minor++;
    package->patch = 0;
  }
  snprintf(
      s->subject, sizeof s->subject, "release/%s/%lu.%u.%u", package->name, (unsigned long)house.seed, package->minor,
      package->patch);
  memcpy(package->latest, s->subject, sizeof s->subject);
  if (class == EMERGENCY) {
    static const enum defect bad[] = {UNAPPROVED, NO_REVIEW, UNVERIFIED};
    s->defect = below(10) < 7 ? BY_THE_BOOK : bad[below(3)];
    if (incident) snprintf(s->incident, sizeof s->incident, "%s", incident);
  } else {
    s->defect = choose_defect(s);
    if (!is_of_standard(s->defect)) s->class = NORMAL;
    if (s->defect == STEP_SKIPPED) s->class = STANDARD;
    // A second approver would hide that the first approved their own work.
    int is_critical = sometimes(7, CRITICAL) && s->defect != SELF_APPROVED;
    s->is_critical = s->class == NORMAL && (is_critical || s->defect == UNAUTHORISED);
    s->is_canary = sometimes(6, CANARY);
  }
  s->region = (unsigned)(package - house.package) % REGIONS;
  s->regions = class == EMERGENCY || !one_in(3) ? 1 : between(2, 3);
  hex(s->commit, 40);
  choose_people(s);
  if (class == EMERGENCY) emergency(s);
  else ordinary(s);
  if (class == EMERGENCY) queue_add(s);
  else story_begin(s, due);
  return s;
}
