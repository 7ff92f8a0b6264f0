// What is planned, designed, assessed, agreed and told before a release.
#include <stdio.h>

#include "chance.h"
#include "steps.h"

static const char *commit(const struct story *s) {
  return text(
      "'commits':[{'authors':['%s'],'committedAt':'%s','id':'%s','repository':'https://git.example.org/%s',"
      "'reviewers':['%s']}],",
      s->author->account, date(s->committed), s->commit, s->package->name, s->reviewer->account);
}

// The component that a release brings in another version.
static const char *const components[] = {"openssl", "zlib", "sqlite", "libxml2", "curl", "icu"};
static unsigned component_of(const struct story *s) { return (unsigned)(s->number % 6); }

static void plan(struct story *s, unsigned what) {
  (void)what;
  unsigned part = component_of(s);
  const char *parts = text("'components':[{'name':'%s','version':'%u.%u'}],", components[part], 1 + part, part);
  const char *service = service_name(s->package->service);
  const char *based_on = s->based_on[0] ? text("'basedOn':'%s',", s->based_on) : "";
  const char *fixes = s->incident[0] ? text("'fixes':['%s'],", s->incident) : "";
  const char *requires = "";
  const struct package *other = &house.package[below(house.packages)];
  if (one_in(12) && other->latest[0] && other != s->package) requires = text("'requires':['%s'],", other->latest);
  s->committed = s->due - (moment)between(2, 120) * HOUR;
  s->plan = say(
      s, s->manager, "release.planned",
      "%s'changes':[{'id':'CHG-%lu','system':'tracker'}],'class':'%s',%s%s%s%s'manager':'%s',"
      "'purpose':'Bring change %lu to those who wait for it','requestedBy':'%s',%s'services':['%s']",
      based_on, s->number, class_names[s->class], commit(s), parts, s->is_critical ? text("'critical':true,") : "", fixes,
      s->manager->account, s->number, s->requester->account,
      s->class == STANDARD ? text("%s'procedure':'standard-deployment',", requires) : requires, service);
}

static void design(struct story *s, unsigned what) {
  (void)what;
  static const char *const strategies[] = {"allAtOnce", "rolling", "blueGreen", "featureFlag"};
  const char *strategy =
      s->is_canary ? "canary" : s->regions > 1 ? "phased" : strategies[below(4)];
  int has_migration = one_in(5);
  const char *of_plan = telling.knows_positions && s->plan ? text("'plan':%lu,", s->plan) : "";
  say(s, s->author, "release.designed",
      "'acceptanceCriteria':['%u requests a second','No error that a user sees'],%s%s"
      "'rollbackPlan':'Put the earlier image back; the schema fits both','strategy':'%s','takeBack':'%s'",
      between(50, 900),
      has_migration ? text(
                          "'migrations':[{'migration':'m-%lu','reverses':%s}],'order':['schema','%s'],", s->number,
                          one_in(4) ? "false" : "true", s->package->name)
                    : "",
      of_plan, strategy, one_in(6) ? "fixForward" : "rollBack");
}

static void scope(struct story *s, unsigned what) {
  (void)what;
  s->plan = say(
      s, s->manager, "release.scope.changed",
      "'changes':[{'id':'CHG-%lu','system':'tracker'},{'id':'FIX-%lu','system':'tracker'}],"
      "'reason':'What testing found belongs to it'",
      s->number, s->number);
}

static void component(struct story *s, unsigned what) {
  static const char *const kinds[] = {"vulnerability", "licence", "function", "export"};
  const struct person *who = what % 4 == 0 ? s->builder : s->tester;
  unsigned which = component_of(s);
  if (what < 4) {
    say(s, who, "component.assessed",
        "'component':{'name':'%s','purl':'pkg:generic/%s@%u.%u','version':'%u.%u'},'kind':'%s',"
        "'specialists':['%s'],'verdict':'acceptable'",
        components[which], components[which], 1 + which, which, 1 + which, which, kinds[what], s->tester->account);
  } else {
    say(s, who, "component.assessed",
        "'component':{'name':'%s','version':'%u.%u'},'findings':['An advisory is open, its code is not reached'],"
        "'kind':'%s','tool':{'capability':'scanner','name':'scanner'},'verdict':'conditional'",
        components[which], 1 + which, which, kinds[what - 4]);
  }
}

static void risk(struct story *s, unsigned what) {
  (void)what;
  static const char *const impacts[] = {"low", "low", "medium", "medium"};
  int is_high = s->defect == RISK_TOO_HIGH;
  unsigned likelihood = is_high ? 4 : between(1, 4), impact = is_high ? 5 : between(1, 4);
  const char *of_plan = telling.knows_positions && s->plan ? text("'plan':%lu,", s->plan) : "";
  say(s, s->manager, "risk.assessed",
      "'assessors':['%s','%s'],'impact':%u,'likelihood':%u,'mitigations':['Watched closely on the first day'],"
      "%s'residualImpact':%u,'residualLikelihood':%u,'securityImpact':'%s'",
      s->tester->account, s->operator->account, impact, likelihood, of_plan, is_high ? 5 : (impact + 1) / 2,
      is_high ? 4 : (likelihood + 1) / 2, s->is_critical ? "high" : impacts[below(4)]);
}

// Windows of four hours, one a day for each region, none of them in a freeze.
static const char *windows(const struct story *s, moment first) {
  char all[800] = "";
  size_t length = 0;
  for (unsigned i = 0; i < s->regions; i++) {
    moment from = at_hour(first, i, (unsigned)(first % DAY / HOUR));
    length += (size_t)snprintf(
        all + length, sizeof all - length, "%s{\"environment\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}",
        i ? "," : "", environment(s, PRODUCTION + i), date(from), date(from + 4 * HOUR));
  }
  return text("'windows':[%s]", all);
}

// How many days ahead a window is agreed.
enum { AHEAD = 8 };

// The first window in which no region is frozen, nor the package.
static moment free_window(const struct story *s, unsigned days, unsigned hour) {
  moment first = at_hour(s->due, days, hour);
  for (unsigned i = 0; i < s->regions; i++) {
    moment time = at_hour(first, i, hour);
    const struct freeze *freeze = freeze_at((s->region + i) % REGIONS, time);
    if (!freeze && s->package->freeze.from <= time && time < s->package->freeze.until) freeze = &s->package->freeze;
    if (!freeze) continue;
    first = at_hour(freeze->until, 1, hour);
    i = (unsigned)-1;
  }
  return first;
}

static void propose(struct story *s, unsigned what) {
  (void)what;
  say(s, s->operator, "schedule.proposed", "'reason':'Few use it then','schedule':'s-%lu',%s", s->number,
      windows(s, free_window(s, AHEAD, 7)));
}

// Whoever answers for it all wants the package left alone on just the days that it is going to be deployed on.
static void freeze(struct story *s, unsigned what) {
  (void)what;
  s->window = free_window(s, AHEAD, 10);
  struct freeze *freeze = &s->package->freeze;
  freeze->from = s->window / DAY * DAY;
  freeze->until = freeze->from + 2 * DAY;
  say_of(
      s, s->lead, "freeze.declared", text("environment/%s", environment(s, PRODUCTION)),
      "'freeze':'freeze-of-%s-%lu','from':'%s','packages':['%s'],'reason':'Auditors are there','until':'%s'",
      s->package->name, s->number, date(freeze->from), s->package->name, date(freeze->until));
}

static void agree(struct story *s, unsigned what) {
  (void)what;
  static const unsigned hours[] = {6, 7, 10, 13};
  unsigned hour = hours[below(4)];
  // The freeze of its package is declared already where it can be; see freeze().
  if (s->defect == IN_FREEZE && s->window == 0) s->defect = WINDOW_MISSED;
  if (s->window == 0) s->window = free_window(s, AHEAD, hour);
  s->agreed = s->window;
  say(s, s->manager, "schedule.agreed", "'agreedWith':['%s','%s'],'schedule':'s-%lu',%s", s->operator->account,
      s->user->account, s->number, windows(s, s->window));
  if (s->defect == WINDOW_MISSED) s->window += (moment)between(7, 30) * HOUR;
}

static void consult(struct story *s, unsigned what) {
  say(s, s->manager, "partner.consulted",
      "'about':'The day, and what is asked of them','name':'%s','outcome':'%s','partner':'%s','people':['%s']",
      what % 2 ? "Hosting provider" : "Sales", what < 2 ? "agreed" : "objected", what % 2 ? "it" : "business",
      s->requester->account);
}

static void communicate(struct story *s, unsigned what) {
  (void)what;
  static const char *const channels[] = {"mail", "status page", "chat"};
  say(s, s->manager, "communication.sent",
      "'audience':'users','channel':'%s','phase':'plan','recipients':%u,'topic':'What changes, and when'%s",
      channels[below(3)], between(10, 4000),
      one_in(8) ? text(",'message':'Soon you will have what change %lu brings'", s->number) : "");
}

const struct step PLAN = {plan, SAME_DAY, 0};
const struct step PLAN_IN_HASTE = {plan, RUNNING, 0};
const struct step DESIGN = {design, NEXT_DAYS, 0};
const struct step SCOPE = {scope, NEXT_DAYS, 0};
const struct step COMPONENT = {component, SAME_DAY, 0};
const struct step RISK = {risk, SAME_DAY, 0};
const struct step SCHEDULE_PROPOSED = {propose, SAME_DAY, 0};
const struct step FREEZE = {freeze, AT_ONCE, 1};
const struct step SCHEDULE_AGREED = {agree, SAME_DAY, 0};
const struct step CONSULT = {consult, SAME_DAY, 0};
const struct step COMMUNICATE = {communicate, SAME_DAY, 0};
