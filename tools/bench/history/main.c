// The history of a busy house, for benchmarks and for judging: CloudEvents, one a line.
//
//   generate_events --events N [--seed S] [--at POSITION] [--notes FILE] --owner ACCOUNT
//
// Many releases are under way at once; the events of each come in the order of its story, from its plan over builds,
// tests, approvals and deployments to handover, support and review. Beside them people are given authority, policies
// and procedures are adopted, environments are watched and frozen, incidents are caused and mended, mistakes annulled:
// every type of event occurs that is recorded by hand. Some releases go by the book and some do not; mix.c says how
// many, and what is wrong with the others.
//
// Ten thousand events take about a year and a thousand a third of one; more events take longer, up to ten years, and
// from then on there are more releases at the same time. The history ends in the last week before November 2026. The
// same seed gives the same bytes. ACCOUNT is the ledger's owner, who gives the others their authority. `time` says when
// something happened, and the first 48 bits of an event's id when it is told, which is days later where somebody was
// late.
//
// Approvals, annulments and others name positions. POSITION says where the first event is going to stand, if all are
// appended in this order to a fresh ledger: after `relm init` that is 1. Without it governance and all acts but those
// of a named party are left out, and what is left can be appended to any ledger, of each seed once. Permissions end in
// the year 2999, since a ledger grants nothing that has ended by the time of recording.
//
// FILE gets a line of JSON for each release that is over: its subject, its class and what is wrong with it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "queue.h"
#include "story.h"

// The first of November 2026, and a Monday to begin with before a rehearsal has shown how long it all takes.
static const moment end = 1793491200000, beginning = 1577664000000;

enum { EVENTS_A_RELEASE = 36, EVENTS_A_YEAR = 10000 };

static uint64_t seed = 1, events;
static unsigned long first;
static const char *owner, *notes_path;

// Of a hundred releases 37 are standard changes and 3 begin with an incident; an incident that a release has caused
// brings more.
static enum release_class pick_class(void) {
  unsigned chosen = below(100);
  return chosen < 3 ? EMERGENCY : chosen < 40 ? STANDARD : NORMAL;
}

// Tells all events; when the last of them is told.
static moment tell_all(void) {
  chance_seed(seed);
  house_open(seed, events, owner);
  queue_clear();
  telling.told = 0;
  telling.position = first;

  moment span = (moment)(365 * (double)DAY * (double)events / EVENTS_A_YEAR);
  if (span < 120 * DAY) span = 120 * DAY;
  if (span > 3650 * DAY) span = 3650 * DAY;
  moment between_releases = (moment)((double)span * EVENTS_A_RELEASE / (double)events);
  moment between_chores = span / 24 < 2 * WEEK ? span / 24 : 2 * WEEK;

  moment now = beginning;
  if (telling.knows_positions) now = lay_foundations(now);
  moment next_release = now, next_chores = telling.knows_positions ? now : INT64_MAX;
  while (telling.told < telling.wanted) {
    moment due = queue_due();
    if (next_chores <= due && next_chores <= next_release) {
      now = next_chores;
      begin_chores(now);
      next_chores += between_chores;
    } else if (next_release <= due) {
      now = next_release;
      release_begin(&house.package[below(house.packages)], pick_class(), now, NULL);
      next_release += between_releases * (moment)between(50, 150) / 100 + 1;
    } else {
      now = due;
      story_go_on(queue_take());
    }
  }
  return now;
}

// Rounded down, so that working days stay working days.
static moment whole_weeks(moment time) { return time / WEEK * WEEK - (time % WEEK < 0 ? WEEK : 0); }

static int usage(void) {
  fprintf(stderr, "usage: generate_events --events N [--seed S] [--at POSITION] [--notes FILE] --owner ACCOUNT\n");
  return 64;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc) return usage();
    if (!strcmp(argv[i], "--events")) events = strtoull(argv[i + 1], NULL, 10);
    else if (!strcmp(argv[i], "--seed")) seed = strtoull(argv[i + 1], NULL, 10);
    else if (!strcmp(argv[i], "--at")) first = strtoul(argv[i + 1], NULL, 10), telling.knows_positions = 1;
    else if (!strcmp(argv[i], "--notes")) notes_path = argv[i + 1];
    else if (!strcmp(argv[i], "--owner")) owner = argv[i + 1];
    else return usage();
  }
  if (events == 0 || owner == NULL || strlen(owner) > 60 || strpbrk(owner, "\"\\")) return usage();

  if (notes_path && !(notes = fopen(notes_path, "w"))) {
    perror(notes_path);
    return 73;
  }
  telling.wanted = events;
  telling.is_rehearsal = 1;
  telling.shift = whole_weeks(end - 1 - tell_all());
  telling.is_rehearsal = 0;
  tell_all();
  if (telling_end() || (notes && fclose(notes))) {
    perror("generate_events");
    return 74;
  }
  return 0;
}
