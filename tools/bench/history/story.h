// A story: a release from its plan to its last review, or a piece of governance; steps, told one after the other.
#pragma once

#include <stdio.h>

#include "house.h"

// How long after the step before a step is told.
enum pace {
  AT_ONCE,   // some minutes
  RUNNING,   // 5 to 45 minutes: what machines take
  SAME_DAY,  // some hours, by people at work
  NEXT_DAYS, // a day or two
  LATER,     // 4 to 9 days
  WEEKS,     // 2 to 4 weeks
  MONTHS,    // a month to two
  IN_WINDOW, // in the window that was agreed
  TOO_LATE,  // one to three days: it should have been told at once
};

struct story;

// What a step does, and when; `what` means to each of them what its comment says.
struct step {
  void (*tell)(struct story *story, unsigned what);
  enum pace pace;
  // It needs the position of an earlier event, or somebody's authority: only on a ledger whose every event is known.
  int needs_positions;
};

// What is wrong with a release; see mix.c.
enum defect {
  BY_THE_BOOK, UNTESTED, TEST_FAILED, UNAPPROVED, STALE_APPROVAL, SELF_APPROVED, OTHER_DIGEST, NO_HANDOVER,
  LATE_RECORD, NO_REVIEW, WINDOW_MISSED, UNDESIGNED, RISK_TOO_HIGH, REFUSED, IN_FREEZE, UNVERIFIED, UNPLANNED,
  UNTOLD, UNAUTHORISED, STEP_SKIPPED, CONDITION_FORGOTTEN, DEFECTS
};

enum release_class { STANDARD, NORMAL, EMERGENCY };
extern const char *const class_names[];

// Permissions end after the ledger's clock, whenever it is that the history is appended.
#define PERMISSIONS_END "2999-12-31T00:00:00Z"

enum { STEPS = 112 };

struct story {
  // When the next step is told, and when what it tells happened; 0 for the same.
  moment due, happened;
  unsigned long number;
  struct {
    const struct step *step;
    unsigned what;
  } steps[STEPS];
  unsigned count, next;

  char subject[80];
  struct package *package;
  enum release_class class;
  enum defect defect;
  int is_critical, is_canary;
  // Which of the releases, or of the chores, it is.
  unsigned long ordinal;

  const struct person *manager, *requester, *author, *reviewer, *tester, *operator, *user, *builder;
  const struct person *approver, *second, *lead;

  // Its first region, and how many in a row it goes to.
  unsigned region, regions;
  unsigned builds, tests, deployments, handovers, authorisations;
  // Of which suite its last test was, and where its last deployment went.
  unsigned suite, place;
  // The agreed window in the first region, and the one that is next, or what is taken for it.
  moment agreed, window;
  moment committed, test_begun, deployment_begun;
  // What it is now, what is put into place instead, the commit that it was made of.
  char digest[65], deployed[65], commit[41];
  char based_on[80], based_on_version[32], incident[32], correction[37];
  // Positions of its own events: of the plan or its last change of scope, and so on.
  unsigned long plan, approval, override, mistake, annulment, attribution, grant, milestone;
};

// Adds a step to a story, unless it needs what is not known here.
void add(struct story *story, const struct step *step, unsigned what);

// Whether what one in `times` shows is shown now: by chance, but the first times that it is asked exactly one in
// `times` or, of what is rare, one in eight, so that a short history has everything. Each feature has a number.
int sometimes(unsigned times, unsigned feature);

// Tells an event of the story's own stream; its position.
#define say(story, who, type, ...) say_of(story, who, type, (story)->subject, __VA_ARGS__)
#define say_of(story, who, type, about, ...)                                                                     \
  tell_event(                                                                                                    \
      who, type, about, (story)->due, (story)->happened ? (story)->happened : (story)->due, __VA_ARGS__)

// Tells the story's next step and puts it back into the queue, or ends it.
void story_go_on(struct story *story);

// Puts a new story into the queue; its first step is told this much later, in working hours.
void story_begin(struct story *story, moment due);

// Releases: the next one of a package. NULL where too many are under way.
struct story *release_begin(struct package *package, enum release_class class, moment due, const char *incident);

// Says what a release was meant to be, when all of it is told: a line of JSON with its subject, its class and what is
// wrong with it.
void note_release(const struct story *story);

// Where notes go; NULL for nowhere.
extern FILE *notes;

// Governance: who may do what, what holds, where; when all of it is laid.
moment lay_foundations(moment time);

// The next pieces of governance, one after the other of all that there are.
void begin_chores(moment time);

// The freeze that holds in a region at a time; NULL where none does.
const struct freeze *freeze_at(unsigned region, moment time);
