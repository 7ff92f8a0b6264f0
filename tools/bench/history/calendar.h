// Time: milliseconds since 1970 in UTC, and the hours in which people work.
#pragma once

#include <stdint.h>

typedef int64_t moment;

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

// A moment as RFC 3339 writes it, to the second. One of a few buffers in turn: good until a dozen later calls.
const char *written(moment time);

// The moment itself on a working day between 8 and 18 o'clock, else some time in the next working day.
moment at_work(moment time);

// A full hour of a working day, the given number of days later or as soon after that as there is one.
moment at_hour(moment time, unsigned days, unsigned hour);
