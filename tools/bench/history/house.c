#include "house.h"

#include <stdio.h>
#include <string.h>

#include "chance.h"

struct house house;

static const char *const services[SERVICES] = {
    "payments", "orders", "catalogue", "identity", "search", "shipping", "pricing", "invoices", "returns", "stock",
    "baskets", "vouchers", "accounts", "messages", "consent", "fraud", "ledgers", "tax", "reports", "loyalty",
    "reviews", "media", "addresses", "suppliers", "warehouse", "routes", "forecasts", "contracts", "claims", "gifts",
    "partners", "imports", "exports", "archive", "sessions", "devices", "surveys", "campaigns", "tickets", "quotas"};
static const char *const parts[] = {"api", "web", "worker", "gateway", "store"};
static const char *const regions[REGIONS] = {
    "production/eu", "production/us", "production/ap", "production/sa", "production/uk", "production/ca"};

const char *service_name(unsigned service) { return services[service]; }
const char *stream_of(const struct person *person) { return text("person/%s", person->account); }
const char *production(unsigned region) { return regions[region]; }

static unsigned within(uint64_t number, unsigned low, unsigned high) {
  return number < low ? low : number > high ? high : (unsigned)number;
}

static void name(struct person *people, unsigned count, const char *role, const char *kind, const char *source) {
  for (unsigned i = 0; i < count; i++) {
    snprintf(people[i].account, sizeof people[i].account, "%s-%u@example.org", role, i + 1);
    people[i].kind = kind;
    people[i].source = source;
  }
}

void house_open(uint64_t seed, uint64_t events, const char *owner) {
  memset(&house, 0, sizeof house);
  house.seed = seed;
  house.packages = within(events / 200, 8, PACKAGES);
  house.services = within(house.packages / 3, 4, SERVICES);
  house.teams = within(house.services, 1, TEAMS);
  house.developers = within(house.packages * 2, 12, DEVELOPERS);

  name(house.lead, LEADS, "lead", "user", "/desk");
  snprintf(house.lead[0].account, sizeof house.lead[0].account, "%s", owner);
  name(house.approver, APPROVERS, "approver", "user", "/desk");
  name(house.manager, MANAGERS, "manager", "user", "/planner");
  name(house.product_owner, PRODUCT_OWNERS, "product", "user", "/planner");
  name(house.developer, DEVELOPERS, "dev", "user", "/desk");
  name(house.tester, TESTERS, "qa", "user", "/desk");
  name(house.operator, OPERATORS, "ops", "user", "/desk");
  name(house.user, USERS, "users", "user", "/portal");
  name(house.builder, TEAMS, "ci", "service_account", "/ci");
  name(&house.deployer, 1, "rollout", "service_account", "/rollout");
  name(&house.inventory, 1, "inventory", "service_account", "/inventory");

  for (unsigned i = 0; i < house.packages; i++) {
    struct package *package = &house.package[i];
    unsigned part = i / house.services % 5, copy = i / house.services / 5;
    package->service = i % house.services;
    package->team = package->service % house.teams;
    snprintf(
        package->name, sizeof package->name, copy ? "%s-%s-%u" : "%s-%s", services[package->service], parts[part],
        copy + 1);
  }
}
