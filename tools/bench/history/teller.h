// Telling: CloudEvents 1.0 as JSON, one a line, and where each of them is going to stand.
#pragma once

#include <stdint.h>

#include "calendar.h"

// Who tells something: an account, of what kind it is, and through what.
struct person {
  char account[64];
  const char *kind, *source;
};

struct telling {
  // How many events there are to be, and how many there are.
  uint64_t wanted, told;
  // Where the event stands that is told next; it means something only where `knows_positions`.
  unsigned long position;
  int knows_positions;
  // A rehearsal writes nothing: it shows how long the history takes.
  int is_rehearsal;
  // What is added to every moment, so that the history ends when it should.
  moment shift;
  // The id of the event told last.
  char id[37];
};

extern struct telling telling;

// Tells one event, if not all are told; the position where it stands.
//
// - recorded: when it is told. The first 48 bits of its id say so, as in every UUID of version 7.
// - happened: what its `time` says; earlier than `recorded` where somebody was late.
// - format: its data without the braces around it, as printf takes it, but with ' for every "; only %s, %u and %lu.
unsigned long tell_event(
    const struct person *who, const char *type, const char *subject, moment recorded, moment happened,
    const char *format, ...) __attribute__((format(printf, 6, 7)));

// A moment of the history as it is written in an event.
const char *date(moment time);

// A short text for a %s, made as the data of an event is. One of a few buffers in turn, like a date.
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Writes out what is left; 0 where all went well.
int telling_end(void);
