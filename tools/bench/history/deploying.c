// Deployments, and what is recorded about the environments around them.
#include <string.h>

#include "chance.h"
#include "steps.h"

const char *environment(const struct story *s, unsigned place) {
  if (place == TEST) return "test";
  if (place == STAGING) return "staging";
  return production((s->region + place - PRODUCTION) % REGIONS);
}

// The region of its last deployment, where that went to production.
static unsigned region(const struct story *s) { return (s->region + s->place - PRODUCTION) % REGIONS; }

static void deploy(struct story *s, unsigned to) {
  s->deployments++;
  s->place = to;
  s->deployment_begun = s->due;
  int is_manual = s->class == EMERGENCY && one_in(3);
  say(s, is_manual ? s->operator : &house.deployer, "deployment.started",
      "'deployment':'d-%u','digests':['sha256:%s'],'environment':'%s','initiator':'%s','kind':'code','mode':'%s'%s,"
      "'tool':{'capability':'rollout','name':'rollout','version':'4.2'}",
      s->deployments, to >= PRODUCTION ? s->deployed : s->digest, environment(s, to), s->operator->account,
      is_manual ? "manual" : "automatic",
      to == PRODUCTION && s->override ? text(",'override':%lu", s->override) : "");
}

static void progress(struct story *s, unsigned share) {
  say(s, &house.deployer, "deployment.progressed",
      "'analysis':'%s','decision':'%s','deployment':'d-%u','environment':'%s','share':%u",
      share > 100 ? "Errors double" : "No more errors than before", share > 100 ? "abort" : "continue", s->deployments,
      environment(s, s->place), share % 100);
}

static void deploy_end(struct story *s, unsigned outcome) {
  struct package *package = s->package;
  s->milestone = say(
      s, &house.deployer, "deployment.finished",
      "'deployment':'d-%u','digests':['sha256:%s'],'environment':'%s','mode':'automatic','outcome':'%s'",
      s->deployments, s->place >= PRODUCTION ? s->deployed : s->digest, environment(s, s->place), outcomes[outcome]);
  if (s->place < PRODUCTION || outcome != SUCCEEDED) return;
  const char *version = strrchr(s->subject, '/') + 1;
  if (strcmp(package->version, version)) {
    memcpy(s->based_on_version, package->version, sizeof package->version);
    strcpy(package->version, version);
    memcpy(package->running, s->deployed, sizeof package->running);
    package->where = 0;
  }
  package->where |= 1u << region(s);
}

static void deploy_told_late(struct story *s, unsigned what) {
  (void)what;
  s->happened = s->deployment_begun + (moment)between(5, 40) * MINUTE;
  deploy_end(s, SUCCEEDED);
}

static void next_region(struct story *s, unsigned which) {
  s->window = at_hour(s->agreed, which, (unsigned)(s->agreed % DAY / HOUR));
}

static void roll_back(struct story *s, unsigned what) {
  (void)what;
  say(s, s->operator, "deployment.rolledback",
      "'deployment':'d-%u','environment':'%s',%s'initiator':'%s','reason':'Errors rise after the cut-over'%s",
      s->deployments, environment(s, s->place), s->incident[0] ? text("'incident':'%s',", s->incident) : "",
      s->operator->account, s->based_on_version[0] ? text(",'restores':'%s'", s->based_on_version) : "");
  s->package->where &= ~(1u << region(s));
}

static void verify(struct story *s, unsigned outcome) {
  say(s, &house.deployer, "verification.finished",
      "'checks':[{'criterion':'A user gets through','result':'%s'}],'deployment':'d-%u','digests':['sha256:%s'],"
      "'environment':'%s','outcome':'%s'",
      outcome == SUCCEEDED ? "met" : "unmet", s->deployments, s->deployed, environment(s, s->place), outcomes[outcome]);
}

static void activity(struct story *s, unsigned what) {
  (void)what;
  say(s, s->operator, "activity.recorded",
      "'activity':'Watched the first hour of change %lu','environment':'%s','mode':'manual','outcome':'succeeded',"
      "'phase':'deploy','startedAt':'%s'",
      s->number, environment(s, s->place), date(s->due - HOUR));
}

// The first release of a service establishes it, a later one continues it.
static void serve(struct story *s, unsigned what) {
  (void)what;
  const char *subject = text("service/%s", service_name(s->package->service));
  if (telling.knows_positions && !house.is_established[s->package->service]) {
    char digest[65];
    hex(digest, 64);
    house.is_established[s->package->service] = 1;
    say_of(
        s, s->manager, "service.established", subject,
        "'deployment':'d-%u','environment':'%s','owner':'%s','release':'%s','specification':'sha256:%s',"
        "'tier':'gold','userCommunity':'Customers, and who helps them'",
        s->deployments, environment(s, s->place), s->requester->account, s->subject, digest);
    return;
  }
  say_of(
      s, s->manager, "service.continued", subject, "'deployment':'d-%u','environment':'%s','release':'%s'",
      s->deployments, environment(s, s->place), s->subject);
}

static void baseline(struct story *s, unsigned is_after) {
  // The deployment to come has its number already.
  unsigned to = is_after ? s->place : PRODUCTION, deployment = s->deployments + !is_after;
  const char *version = strrchr(s->subject, '/') + 1, *before = s->package->version[0] ? s->package->version : "none";
  say_of(
      s, &house.inventory, "baseline.recorded", text("environment/%s", environment(s, to)),
      "'baseline':'%s-%u','deployment':'d-%u',"
      "'items':[{'name':'load-balancer','version':'2.8'},{'digest':'sha256:%s','name':'%s','version':'%s'}],"
      "'moment':'%s','release':'%s'",
      version, deployment, deployment, s->deployed, s->package->name, is_after ? version : before,
      is_after ? "after" : "before", s->subject);
}

static void exchange(struct story *s, unsigned is_after) {
  const char *subject = text("environment/%s", environment(s, is_after ? s->place : PRODUCTION));
  if (!is_after) {
    say_of(
        s, &house.inventory, "configuration.exchanged", subject,
        "'database':'cmdb','direction':'fromConfigurationManagement',"
        "'items':[{'name':'load-balancer','record':'CI-7','version':'2.8'}],'outcome':'%s'",
        outcomes[one_in(20) ? ERRORED : SUCCEEDED]);
    return;
  }
  say_of(
      s, &house.inventory, "configuration.exchanged", subject,
      "'database':'cmdb','deployment':'d-%u','direction':'toConfigurationManagement',"
      "'items':[{'name':'%s','record':'CI-%u','version':'%s'}],'outcome':'succeeded','release':'%s'",
      s->deployments, s->package->name, (unsigned)(s->package - house.package) + 100, strrchr(s->subject, '/') + 1,
      s->subject);
}

static const char *const procedure_steps[] = {"announce", "deploy", "verify", "warm"};

static void step_done(struct story *s, unsigned which) {
  say(s, s->operator, "procedure.step.completed",
      "%s'mode':'manual','procedure':'standard-deployment','step':'%s','version':'1'",
      which ? text("'deployment':'d-%u',", s->deployments) : "", procedure_steps[which]);
}

static void step_skipped(struct story *s, unsigned which) {
  say(s, s->operator, "procedure.step.skipped",
      "'deployment':'d-%u','procedure':'standard-deployment','reason':'%s','step':'%s','version':'1'", s->deployments,
      which == 3 ? "Nothing is cached here" : "No time for it", procedure_steps[which]);
}

static void remove_from_test(struct story *s, unsigned what) {
  (void)what;
  // What stands in the test environment is the first that was deployed.
  say(s, &house.deployer, "deployment.removed",
      "'deployment':'d-1','environment':'test','reason':'Room for the next','tool':{'name':'rollout'}");
}

const struct step DEPLOY = {deploy, IN_WINDOW, 0};
const struct step DEPLOY_AGAIN = {deploy, RUNNING, 0};
const struct step PROGRESS = {progress, RUNNING, 0};
const struct step DEPLOY_END = {deploy_end, RUNNING, 0};
const struct step DEPLOY_TOLD_LATE = {deploy_told_late, TOO_LATE, 0};
const struct step NEXT_REGION = {next_region, AT_ONCE, 0};
const struct step ROLL_BACK = {roll_back, RUNNING, 0};
const struct step VERIFY = {verify, RUNNING, 0};
const struct step ACTIVITY = {activity, RUNNING, 0};
const struct step SERVE = {serve, SAME_DAY, 0};
const struct step BASELINE = {baseline, IN_WINDOW, 0};
const struct step EXCHANGE = {exchange, AT_ONCE, 0};
const struct step STEP_COMPLETED = {step_done, AT_ONCE, 1};
const struct step STEP_LEFT_OUT = {step_skipped, AT_ONCE, 1};
const struct step REMOVE_FROM_TEST = {remove_from_test, LATER, 0};
