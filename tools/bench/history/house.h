// The house that releases: its people, services, packages and environments, and what holds in it now.
#pragma once

#include "teller.h"

enum {
  SERVICES = 40, PACKAGES = 2000, REGIONS = 6,
  LEADS = 3, APPROVERS = 5, MANAGERS = 5, PRODUCT_OWNERS = 12, DEVELOPERS = 120, TESTERS = 20, OPERATORS = 16,
  USERS = 12, TEAMS = 25, FEATURES = 40
};

struct freeze {
  char id[32];
  moment from, until;
  int is_lifted;
};

struct package {
  char name[40];
  unsigned service, team;
  // The number of its last version, <seed>.<minor>.<patch>, and the release of it that was planned last.
  unsigned minor, patch;
  char latest[80];
  // What runs in production, and in which regions, a bit for each.
  char running[65], version[32];
  unsigned where;
  // The last freeze of it alone.
  struct freeze freeze;
};

struct house {
  uint64_t seed;
  unsigned services, packages, developers, teams;
  // How many releases, incidents and chores there were.
  unsigned long releases, incidents, chores;
  // How often it was asked whether something is shown; see sometimes().
  unsigned asked[FEATURES];
  // Level 6; the first of them owns the ledger.
  struct person lead[LEADS];
  // Level 5, for every service; the last comes and goes.
  struct person approver[APPROVERS];
  // Level 5; the last for some services alone.
  struct person manager[MANAGERS];
  struct person product_owner[PRODUCT_OWNERS], developer[DEVELOPERS], tester[TESTERS], operator[OPERATORS];
  // Who speaks for the user community.
  struct person user[USERS];
  // Service accounts: one builds for each team, one deploys, one looks what runs.
  struct person builder[TEAMS], deployer, inventory;
  struct package package[PACKAGES];
  int is_established[SERVICES];
  // Where the grants stand that are reviewed: of leads (but the first), approvers and managers.
  unsigned long lead_grant[LEADS], approver_grant[APPROVERS], manager_grant[MANAGERS];
  // How many versions of the policy and of the procedure there are.
  unsigned policy_version, procedure_version;
  // The freeze that was declared last, of each region.
  struct freeze freeze[REGIONS];
};

extern struct house house;

// Fills the house: larger for a longer history.
void house_open(uint64_t seed, uint64_t events, const char *owner);

const char *service_name(unsigned service);

// The stream of a person.
const char *stream_of(const struct person *person);

// production/<region>
const char *production(unsigned region);
