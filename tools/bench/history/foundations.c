// How a history begins: who is who, who may do what, by which means, where, and what the house asks of its releases.
//
// The last approver's grant is revoked and given again; the manager with the highest number may act for the first
// services alone. Grants of a developer's authority stand in for an approver, see chores.c.
#include "chance.h"
#include "story.h"

// Nobody links an account of their own: the first lead is linked by the second.
static void link_humans(struct story *s, const struct person *people, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    const struct person *who = &people[i] == &house.lead[0] ? &house.lead[1] : &house.lead[0];
    say_of(s, who, "person.linked", stream_of(&people[i]), "'kind':'human','reason':'Known in the house'");
  }
}

static void link_people(struct story *s) {
  const struct person *owner = &house.lead[0];
  for (unsigned i = 0; i < house.teams + 2; i++) {
    const struct person *who =
        i == house.teams ? &house.deployer : i > house.teams ? &house.inventory : &house.builder[i];
    say_of(s, owner, "person.linked", stream_of(who), "'kind':'service','owner':'%s','reason':'The account of a tool'",
           house.lead[1].account);
  }
  say_of(s, owner, "person.linked", stream_of(&house.approver[0]),
         "'accounts':['approver-1-admin@example.org'],'kind':'human','reason':'The account for administration'");
  link_humans(s, house.lead, LEADS);
  link_humans(s, &house.approver[1], APPROVERS - 1);
  link_humans(s, house.manager, MANAGERS);
  link_humans(s, house.product_owner, PRODUCT_OWNERS);
  link_humans(s, house.developer, house.developers);
}

static unsigned long grant(
    struct story *s, const struct person *by, const struct person *to, unsigned level, const char *limits,
    const char *reason) {
  s->due += 2 * MINUTE;
  return say_of(
      s, by, "authority.granted", stream_of(to),
      "'contexts':['development','production'],'level':%u,%s'reason':'%s','reviewBy':'%s'", level, limits, reason,
      date(s->due + 180 * DAY));
}

static void grant_authority(struct story *s) {
  const struct person *owner = &house.lead[0];
  for (unsigned i = 1; i < LEADS; i++) {
    house.lead_grant[i] = grant(s, owner, &house.lead[i], 6, "", "One of those who answer for it all");
  }
  for (unsigned i = 0; i < APPROVERS; i++) {
    house.approver_grant[i] = grant(s, &house.lead[i % LEADS], &house.approver[i], 5, "", "Approves releases");
  }
  for (unsigned i = 0; i < MANAGERS; i++) {
    const char *limits =
        i < MANAGERS - 1 ? "" : text("'services':['%s','%s'],", service_name(0), service_name(1));
    house.manager_grant[i] = grant(s, &house.lead[i % LEADS], &house.manager[i], 5, limits, "Manages releases");
  }
}

static void register_capabilities(struct story *s) {
  static const struct {
    const char *id, *kind, *title;
  } all[] = {
      {"build-farm", "tool", "The build farm"},
      {"rollout", "tool", "What deploys"},
      {"scanner", "tool", "The scanner of components"},
      {"change-enablement", "process", "Change enablement"},
      {"canaries", "technique", "Canaries"},
      {"release-managers", "personnel", "Trained release managers"},
  };
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
    s->due += 2 * MINUTE;
    say_of(
        s, &house.lead[0], "capability.registered", text("capability/%s", all[i].id),
        "'kind':'%s','mode':'%s','owner':'%s',%s'title':'%s','validUntil':'%s','version':'1'", all[i].kind,
        i < 3 ? "automatic" : "manual", house.manager[0].account,
        i < 5 ? "" : text("'people':['%s','%s'],", house.manager[0].account, house.manager[1].account),
        all[i].title, date(s->due + 365 * DAY));
    say_of(s, &house.lead[0], "capability.assessed", text("capability/%s", all[i].id),
           "'assessor':'%s','verdict':'acceptable','version':'1'", house.tester[0].account);
  }
}

static void register_environments(struct story *s) {
  for (unsigned i = 0; i < REGIONS + 2; i++) {
    s->due += 2 * MINUTE;
    int is_production = i > 1;
    // What makes less than production of an environment is an act.
    const struct person *who = is_production ? &house.operator[0] : &house.lead[0];
    const char *name = is_production ? production(i - 2) : i ? "staging" : "test";
    say_of(
        s, who, "environment.registered", text("environment/%s", name),
        "'context':'%s','owner':'%s','purpose':'%s','tier':'%s'", is_production ? "production" : "development",
        who->account, is_production ? "It serves users" : "It is tried there",
        is_production ? "production" : i ? "staging" : "test");
  }
}

static void adopt_policies(struct story *s) {
  const struct person *lead = &house.lead[0];
  house.policy_version = 1;
  s->due += HOUR;
  say_of(
      s, lead, "policy.adopted", "policy/production-changes",
      "'document':{'appliesTo':{'classes':['normal']},'context':'production','gateValidity':'PT4H',"
      "'id':'production-changes','lateWithin':'PT24H','nonWaivable':['approved'],"
      "'purpose':'Nobody puts a change of their own into production alone','reviewBy':'%s','rules':["
      "{'rule':'planned'},{'rule':'classified'},{'rule':'designed'},{'rule':'rollback-planned'},"
      "{'assessments':['vulnerability'],'rule':'components-assessed'},{'maximumResidual':12,'rule':'risk-assessed'},"
      "{'rule':'built'},{'rule':'tested','suites':['regression','acceptance']},{'rule':'validated'},"
      "{'rule':'scheduled'},{'audiences':['users'],'leadTime':'P1D','rule':'communicated'},"
      "{'level':5,'quorum':1,'rule':'approved','scopes':['deployment'],'separate':['requester','author']},"
      "{'rule':'authorised'},{'rule':'not-frozen'},{'rule':'verified','within':'PT8H'},"
      "{'communities':['operations'],'rule':'handed-over','within':'P14D'},{'minimum':'P2D','rule':'supported'},"
      "{'rule':'reviewed','within':'P60D'}],'title':'Changes of production','version':'1'}",
      date(s->due + 180 * DAY));
  say_of(
      s, lead, "policy.adopted", "policy/standard-changes",
      "'document':{'appliesTo':{'classes':['standard']},'context':'production','id':'standard-changes',"
      "'lateWithin':'PT24H','rules':[{'rule':'planned'},{'rule':'classified'},{'rule':'built'},"
      "{'rule':'tested','suites':['regression','acceptance']},"
      "{'procedures':['standard-deployment'],'rule':'procedure-applied'},{'rule':'not-frozen'},"
      "{'rule':'verified','within':'PT8H'}],'title':'Standard changes of production','version':'1'}");
  say_of(
      s, lead, "policy.adopted", "policy/emergency-changes",
      "'document':{'appliesTo':{'classes':['emergency']},'context':'production','id':'emergency-changes',"
      "'lateWithin':'P5D','rules':[{'rule':'planned'},{'rule':'classified'},{'rule':'built'},"
      "{'level':5,'quorum':1,'rule':'approved','scopes':['deployment']},{'rule':'not-frozen'},"
      "{'rule':'verified','within':'PT8H'},{'rule':'reviewed','within':'P30D'}],"
      "'title':'Emergencies in production','version':'1'}");
  say_of(
      s, lead, "policy.adopted", "policy/development-changes",
      "'document':{'context':'development','id':'development-changes','rules':[{'rule':'built'}],"
      "'title':'Changes where it is tried','version':'1'}");
}

static void publish_procedures(struct story *s) {
  house.procedure_version = 1;
  s->due += HOUR;
  say_of(
      s, &house.manager[0], "procedure.published", "procedure/standard-deployment",
      "'document':{'appliesTo':{'classes':['standard']},'id':'standard-deployment','owner':'%s',"
      "'preauthorises':true,'reviewBy':'%s','steps':["
      "{'mandatory':true,'role':'release manager','step':'announce','title':'Tell everybody'},"
      "{'mandatory':true,'step':'deploy','title':'Deploy'},{'mandatory':true,'step':'verify','title':'Verify'},"
      "{'mandatory':false,'step':'warm','title':'Warm the caches'}],'title':'A standard deployment','version':'1'}",
      house.manager[0].account, date(s->due + 365 * DAY));
}

moment lay_foundations(moment time) {
  struct story story = {.due = at_work(time)};
  grant_authority(&story);
  link_people(&story);
  register_capabilities(&story);
  register_environments(&story);
  adopt_policies(&story);
  publish_procedures(&story);
  return story.due;
}
