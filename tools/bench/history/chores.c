// The governance that goes on beside the releases: what is observed, reviewed, frozen, put right, retired.
#include <stdio.h>

#include "chance.h"
#include "queue.h"
#include "story.h"

const struct freeze *freeze_at(unsigned region, moment time) {
  const struct freeze *freeze = &house.freeze[region];
  return !freeze->is_lifted && freeze->from <= time && time < freeze->until ? freeze : NULL;
}

static const char *place(const struct story *s) { return text("environment/%s", production(s->region)); }
static unsigned long chore(const struct story *s) { return s->ordinal; }

// What runs in a region, a few of the packages; one in twenty times something that no release has put there.
static void observe(struct story *s, unsigned what) {
  (void)what;
  char running[1024] = "";
  size_t length = 0;
  unsigned first = below(house.packages), found = 0;
  for (unsigned i = 0; i < house.packages && found < 5; i++) {
    const struct package *package = &house.package[(first + i) % house.packages];
    if (!(package->where >> s->region & 1)) continue;
    found++;
    length += (size_t)snprintf(
        running + length, sizeof running - length,
        "%s{\"digest\":\"sha256:%s\",\"name\":\"%s\",\"version\":\"%s\"}", length ? "," : "", package->running,
        package->name, package->version);
  }
  if (one_in(20)) {
    snprintf(running + length, sizeof running - length, "%s{\"name\":\"debug-shell\"}", length ? "," : "");
  }
  say_of(
      s, &house.inventory, "environment.observed", place(s),
      "'coverage':'partial','mode':'automatic','observer':'inventory'%s%s%s,'tool':{'name':'inventory'}",
      running[0] ? ",\"running\":[" : "", running, running[0] ? "]" : "");
}

static void drift(struct story *s, unsigned what) {
  (void)what;
  static const char *const severities[] = {"critical", "high", "medium", "low"};
  say_of(
      s, &house.inventory, "drift.detected", place(s),
      "'drift':'dr-%lu','due':'%s','expected':{'name':'load-balancer','version':'2.8'},"
      "'found':{'name':'load-balancer','version':'2.9'},'item':'load-balancer','owner':'%s','severity':'%s'",
      chore(s), date(s->due + WEEK), s->operator->account, severities[below(4)]);
}

static void resolve_drift(struct story *s, unsigned what) {
  (void)what;
  static const char *const resolutions[] = {"restored", "accepted", "mistaken"};
  say_of(s, s->operator, "drift.resolved", place(s), "'drift':'dr-%lu','resolution':'%s'", chore(s),
         resolutions[below(3)]);
}

static void baseline(struct story *s, unsigned what) {
  (void)what;
  say_of(s, &house.inventory, "baseline.recorded", place(s),
         "'baseline':'regular-%lu','items':[{'name':'load-balancer','version':'2.8'}],'moment':'regular'", chore(s));
}

static void exchange(struct story *s, unsigned what) {
  (void)what;
  say_of(s, &house.inventory, "configuration.exchanged", place(s),
         "'database':'cmdb','direction':'fromConfigurationManagement','outcome':'succeeded','record':'REC-%lu'",
         chore(s));
}

// A manager's or an approver's authority is looked at, and kept.
static void review_authority(struct story *s, unsigned what) {
  (void)what;
  unsigned which = below(APPROVERS - 1 + MANAGERS);
  int is_manager = which >= APPROVERS - 1;
  if (is_manager) which -= APPROVERS - 1;
  say_of(
      s, s->lead, "authority.reviewed", stream_of(is_manager ? &house.manager[which] : &house.approver[which]),
      "'grant':%lu,'outcome':'kept','reviewBy':'%s'",
      is_manager ? house.manager_grant[which] : house.approver_grant[which], date(s->due + 180 * DAY));
}

// The last approver goes, and comes back.
static void doubt(struct story *s, unsigned what) {
  (void)what;
  s->grant = house.approver_grant[APPROVERS - 1];
  say_of(s, s->lead, "authority.reviewed", stream_of(&house.approver[APPROVERS - 1]),
         "'grant':%lu,'outcome':'toBeRevoked','reason':'Works in another team'", s->grant);
}

static void return_authority(struct story *s, unsigned what) {
  (void)what;
  house.approver_grant[APPROVERS - 1] = say_of(
      s, s->lead, "authority.granted", stream_of(&house.approver[APPROVERS - 1]),
      "'contexts':['development','production'],'level':5,'reason':'Is back'");
}

static void revoke(struct story *s, unsigned is_deputy) {
  say_of(s, s->lead, "authority.revoked", stream_of(is_deputy ? s->author : &house.approver[APPROVERS - 1]),
         "'grant':%lu,'reason':'%s'", s->grant, is_deputy ? "The approver is back" : "Works in another team");
}

// A developer stands in for an approver.
static void delegate(struct story *s, unsigned what) {
  (void)what;
  s->grant = say_of(
      s, s->lead, "authority.granted", stream_of(s->author),
      "'contexts':['production'],'delegatedFrom':%lu,'level':5,'reason':'Stands in','services':['%s'],"
      "'until':'" PERMISSIONS_END "'",
      house.approver_grant[0], service_name(s->package->service));
}

static void link_account(struct story *s, unsigned what) {
  (void)what;
  char admin[80];
  snprintf(admin, sizeof admin, "admin.%s", s->author->account);
  say_of(s, s->lead, "person.linked", stream_of(s->author),
         "'accounts':['%s'],'kind':'human','reason':'The account for administration'", admin);
  s->due += HOUR;
  say_of(s, s->author, "person.link.confirmed", stream_of(s->author), "'account':'%s','reason':'It is mine'", admin);
}

// A freeze of all regions, two to three weeks ahead.
static void declare_freeze(struct story *s, unsigned what) {
  (void)what;
  moment from = (s->due / DAY + between(15, 20)) * DAY;
  moment until = from + between(6, 9) * DAY;
  for (unsigned i = 0; i < REGIONS; i++) {
    struct freeze *freeze = &house.freeze[i];
    snprintf(freeze->id, sizeof freeze->id, "freeze-%lu", chore(s));
    freeze->from = from;
    freeze->until = until;
    freeze->is_lifted = 0;
    say_of(
        s, s->lead, "freeze.declared", text("environment/%s", production(i)),
        "'freeze':'%s','from':'%s','mayOverride':['%s'],'reason':'The sale','until':'%s'", freeze->id, date(from),
        s->operator->account, date(until));
  }
}

// In one region there is no sale.
static void lift_freeze(struct story *s, unsigned what) {
  (void)what;
  house.freeze[s->region].is_lifted = 1;
  say_of(s, s->lead, "freeze.lifted", place(s), "'freeze':'freeze-%lu','reason':'There is no sale here'", chore(s));
}

static void review_policy(struct story *s, unsigned is_to_be_changed) {
  say_of(s, s->lead, "policy.reviewed", "policy/development-changes",
         "'outcome':'%s','reviewBy':'%s','version':'%u'", is_to_be_changed ? "toBeChanged" : "kept",
         date(s->due + 180 * DAY), house.policy_version);
}

static void change_policy(struct story *s, unsigned what) {
  (void)what;
  house.policy_version++;
  say_of(
      s, s->lead, "policy.adopted", "policy/development-changes",
      "'document':{'context':'development','id':'development-changes','reviewBy':'%s','rules':[{'rule':'built'}%s],"
      "'title':'Changes where it is tried','version':'%u'},'reason':'As reviewed','replaces':'%u'",
      date(s->due + 180 * DAY), house.policy_version % 2 ? "" : ",{\"rule\":\"planned\"}", house.policy_version,
      house.policy_version - 1);
}

// A policy is tried in one region, and given up.
static void try_policy(struct story *s, unsigned what) {
  (void)what;
  say_of(
      s, s->lead, "policy.adopted", text("policy/trial-%lu", chore(s)),
      "'document':{'appliesTo':{'environments':['%s'],'packages':['%s']},'context':'production','id':'trial-%lu',"
      "'rules':[{'moments':['before','after'],'rule':'baselined'}],'title':'Baselines, tried','version':'1'}",
      production(s->region), s->package->name, chore(s));
}

static void retire_policy(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "policy.retired", text("policy/trial-%lu", chore(s)),
         "'reason':'It was a trial','replacedBy':'production-changes'");
}

static void review_procedure(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->approver, "procedure.reviewed", "procedure/standard-deployment",
         "'outcome':'kept','reviewBy':'%s','version':'1'", date(s->due + 365 * DAY));
}

static void publish_procedure(struct story *s, unsigned what) {
  (void)what;
  say_of(
      s, s->approver, "procedure.published", text("procedure/by-hand-%lu", chore(s)),
      "'document':{'id':'by-hand-%lu','owner':'%s','preauthorises':false,"
      "'steps':[{'step':'copy','title':'Copy the files'}],'title':'Until the tool can do it','version':'1'}",
      chore(s), s->operator->account);
}

static void retire_procedure(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->approver, "procedure.retired", text("procedure/by-hand-%lu", chore(s)),
         "'reason':'The tool can do it','replacedBy':'standard-deployment'");
}

static void assess(struct story *s, unsigned what) {
  (void)what;
  static const char *const capabilities[] = {"build-farm", "rollout", "scanner", "release-managers"};
  int is_fine = !one_in(5);
  say_of(s, &house.lead[0], "capability.assessed", text("capability/%s", capabilities[below(4)]),
         "'assessor':'%s',%s'validUntil':'%s','verdict':'%s'", s->tester->account,
         is_fine ? "" : "\"findings\":[\"Two of eight hosts are past support\"],", date(s->due + 365 * DAY),
         is_fine ? "acceptable" : "conditional");
}

static void register_capability(struct story *s, unsigned what) {
  (void)what;
  say_of(s, &house.lead[0], "capability.registered", text("capability/trial-%lu", chore(s)),
         "'kind':'tool','owner':'%s','title':'A tool on trial'", s->operator->account);
}

static void withdraw_capability(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->operator, "capability.withdrawn", text("capability/trial-%lu", chore(s)),
         "'reason':'The trial is over','replacedBy':'rollout'");
}

static void register_environment(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "environment.registered", text("environment/trial/%lu", chore(s)),
         "'context':'development','owner':'%s','purpose':'A trial','tier':'development'", s->operator->account);
}

static void retire_environment(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "environment.retired", text("environment/trial/%lu", chore(s)),
         "'reason':'The trial is over'");
}

static void hold(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "hold.placed", "ledger",
         "'ground':'A customer sues over %s','hold':'hold-%lu','persons':['%s'],'subjects':['service/%s']",
         s->package->name, chore(s), s->user->account, service_name(s->package->service));
}

static void release_hold(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "hold.released", "ledger", "'hold':'hold-%lu','reason':'The customer has withdrawn'", chore(s));
}

static void accept_history(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->lead, "history.accepted", "ledger", "'reason':'Imported, and looked through','source':'/old/%lu'",
         chore(s));
}

static void establish(struct story *s, unsigned what) {
  (void)what;
  char digest[65];
  hex(digest, 64);
  say_of(
      s, s->manager, "service.established", text("service/trial-%lu", chore(s)),
      "'owner':'%s','release':'release/trial-%lu/1','specification':'sha256:%s','tier':'bronze',"
      "'userCommunity':'Who wants to try it'",
      s->manager->account, chore(s), digest);
}

static void retire_service(struct story *s, unsigned what) {
  (void)what;
  say_of(s, s->manager, "service.retired", text("service/trial-%lu", chore(s)),
         "'reason':'Nobody uses it','replacedBy':'%s'", service_name(s->package->service));
}

static const struct step look = {observe, AT_ONCE, 0};

// What there is to do, each a story of up to three steps.
static const struct step chores[][3] = {
    {{drift, AT_ONCE, 0}, {resolve_drift, LATER, 0}},
    {{declare_freeze, AT_ONCE, 0}, {lift_freeze, WEEKS, 0}},
    {{review_authority, AT_ONCE, 0}},
    {{review_policy, AT_ONCE, 0}, {change_policy, LATER, 0}},
    {{delegate, AT_ONCE, 0}, {revoke, WEEKS, 0}},
    {{assess, AT_ONCE, 0}},
    {{baseline, AT_ONCE, 0}},
    {{register_environment, AT_ONCE, 0}, {retire_environment, WEEKS, 0}},
    {{hold, AT_ONCE, 0}, {release_hold, MONTHS, 0}},
    {{review_procedure, AT_ONCE, 0}},
    {{publish_procedure, AT_ONCE, 0}, {retire_procedure, WEEKS, 0}},
    {{drift, AT_ONCE, 0}},
    {{doubt, AT_ONCE, 0}, {revoke, WEEKS, 0}, {return_authority, LATER, 0}},
    {{try_policy, AT_ONCE, 0}, {retire_policy, WEEKS, 0}},
    {{register_capability, AT_ONCE, 0}, {withdraw_capability, WEEKS, 0}},
    {{exchange, AT_ONCE, 0}},
    {{link_account, AT_ONCE, 0}},
    {{establish, AT_ONCE, 0}, {retire_service, WEEKS, 0}},
    {{accept_history, AT_ONCE, 0}},
};
enum { CHORES = sizeof chores / sizeof *chores };

static struct story *new_chore(moment time, unsigned region) {
  struct story *s = story_new();
  if (!s) return NULL;
  s->due = time;
  s->ordinal = house.chores;
  s->region = region;
  s->package = &house.package[below(house.packages)];
  s->lead = &house.lead[below(LEADS)];
  s->approver = &house.approver[below(APPROVERS - 1)];
  s->manager = &house.manager[below(MANAGERS)];
  s->author = &house.developer[below(house.developers)];
  s->operator = &house.operator[below(OPERATORS)];
  s->tester = &house.tester[below(TESTERS)];
  s->user = &house.user[below(USERS)];
  return s;
}

void begin_chores(moment time) {
  for (unsigned region = 0; region < REGIONS; region++) {
    struct story *s = new_chore(time, region);
    if (!s) return;
    add(s, &look, 0);
    story_begin(s, time + region * HOUR);
  }
  for (unsigned i = 0; i < 2; i++) {
    struct story *s = new_chore(time, below(REGIONS));
    if (!s) return;
    const struct step *steps = chores[house.chores++ % CHORES];
    for (unsigned step = 0; step < 3 && steps[step].tell; step++) {
      add(s, &steps[step], steps[step].tell == revoke && steps[0].tell == delegate);
    }
    story_begin(s, time + i * 3 * HOUR);
  }
}
