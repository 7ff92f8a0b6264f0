// Approvals, authorisations, waivers, overrides, escalations: acts of people with authority. Each names what it
// covers: the position of the plan, or of its last change of scope, and the artifacts.
#include "chance.h"
#include "steps.h"

static const char *covered(const struct story *s) {
  return s->plan ? text("'digests':['sha256:%s'],'plan':%lu,", s->digest, s->plan)
                 : text("'digests':['sha256:%s'],", s->digest);
}

// An approval of all its regions names none.
static const char *where(const struct story *s) {
  return s->regions > 1 ? "" : text("'environment':'%s',", environment(s, PRODUCTION));
}

static void approve(struct story *s, unsigned what) {
  if (what == 1) {
    say(s, s->approver, "approval.given", "'meaning':'review',%s'scope':'plan'",
        s->plan ? text("'plan':%lu,", s->plan) : "");
    return;
  }
  unsigned long position = say(
      s, what == 2 ? s->second : s->approver, "approval.given",
      "%s%s'meaning':'approval','reason':'All acceptance criteria are met','scope':'deployment'", covered(s),
      where(s));
  if (what == 0) s->approval = position;
}

static void refuse(struct story *s, unsigned what) {
  (void)what;
  say(s, s->approver, "approval.refused",
      "%s%s'reason':'The runbook does not say how to take it back','scope':'deployment'", covered(s), where(s));
}

static void withdraw_approval(struct story *s, unsigned what) {
  (void)what;
  say(s, s->approver, "approval.withdrawn", "'approval':%lu,'reason':'Given for another release by mistake'",
      s->approval);
}

static void request(struct story *s, unsigned what) {
  (void)what;
  s->authorisations++;
  say(s, s->manager, "authorisation.requested",
      "'activity':'Deploy while the shops are open','authorisation':'auth-%u',%s'environment':'%s','of':'%s',"
      "'reason':'It cannot wait for the night'",
      s->authorisations, covered(s), environment(s, PRODUCTION), s->lead->account);
}

static void authorise(struct story *s, unsigned what) {
  (void)what;
  say(s, s->lead, "authorisation.granted",
      "'authorisation':'auth-%u','conditions':['Operations are on the phone'],%s'until':'" PERMISSIONS_END "'",
      s->authorisations, covered(s));
}

static void deny(struct story *s, unsigned what) {
  (void)what;
  say(s, s->lead, "authorisation.refused", "'authorisation':'auth-%u','reason':'Not without a pilot'",
      s->authorisations);
}

static void waive(struct story *s, unsigned what) {
  (void)what;
  say(s, s->lead, "waiver.granted",
      "'control':'%s looks at it by hand','environment':'%s','excuses':['%s'],"
      "'reason':'Those who would validate it are away until its day','rule':'validated','until':'" PERMISSIONS_END "',"
      "'waiver':'w-1'",
      s->operator->account, environment(s, PRODUCTION), s->tester->account);
}

static void revoke_waiver(struct story *s, unsigned what) {
  (void)what;
  say(s, s->lead, "waiver.revoked", "'reason':'They are back, and it is validated','waiver':'w-1'");
}

static void override(struct story *s, unsigned what) {
  (void)what;
  const struct freeze *freeze = freeze_at(s->region, s->due);
  s->override = say(
      s, s->approver, "override.declared",
      "%s'environment':'%s',%s%s'ratifyBy':'%s','reason':'Users are cut off','rules':['tested','approved'%s],"
      "'until':'" PERMISSIONS_END "'",
      covered(s), environment(s, PRODUCTION), freeze ? text("'freeze':'%s',", freeze->id) : "",
      s->incident[0] ? text("'incident':'%s',", s->incident) : "", date(s->due + 5 * DAY),
      freeze ? text(",'not-frozen'") : "");
}

static void ratify(struct story *s, unsigned what) {
  (void)what;
  say(s, s->second, "approval.given",
      "%s'environment':'%s','meaning':'approval','ratifies':%lu,'reason':'There was no other way',"
      "'scope':'deployment'",
      covered(s), environment(s, PRODUCTION), s->override);
}

static void escalate(struct story *s, unsigned what) {
  (void)what;
  static const char *const severities[] = {"medium", "high", "critical"};
  say(s, s->operator, "escalation.raised",
      "%s'due':'%s','escalation':'e-1','severity':'%s','to':'%s','topic':'Whether the sale goes on without it'",
      one_in(3) ? text("'details':'The shops ask every hour',") : "", date(s->due + 8 * HOUR),
      severities[below(3)], s->lead->account);
}

static void decide(struct story *s, unsigned what) {
  (void)what;
  say(s, s->lead, "escalation.resolved", "'decision':'It goes on; the old way stays open','escalation':'e-1'");
}

const struct step APPROVE = {approve, SAME_DAY, 1};
const struct step REFUSE = {refuse, SAME_DAY, 1};
const struct step WITHDRAW_APPROVAL = {withdraw_approval, RUNNING, 1};
const struct step REQUEST_AUTHORISATION = {request, AT_ONCE, 1};
const struct step AUTHORISE = {authorise, SAME_DAY, 1};
const struct step DENY_AUTHORISATION = {deny, SAME_DAY, 1};
const struct step WAIVE = {waive, SAME_DAY, 1};
const struct step REVOKE_WAIVER = {revoke_waiver, SAME_DAY, 1};
const struct step OVERRIDE = {override, RUNNING, 1};
const struct step RATIFY = {ratify, NEXT_DAYS, 1};
const struct step ESCALATE = {escalate, AT_ONCE, 1};
const struct step DECIDE = {decide, SAME_DAY, 1};
