#include "calendar.h"

#include <string.h>

#include "chance.h"

// Year, month and day of a day since 1970, in the calendar of Gregory: counted in eras of 400 years, each year from
// March on, so that a leap day is the last of its year.
static void civil(int64_t day, unsigned *year, unsigned *month, unsigned *date) {
  int64_t shifted = day + 719468;
  int64_t era = shifted / 146097;
  unsigned of_era = (unsigned)(shifted - era * 146097);
  unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned from_march = (5 * of_year + 2) / 153;
  *date = of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (unsigned)(era * 400 + year_of_era + (*month <= 2));
}

static void two(char *out, unsigned number) {
  out[0] = (char)('0' + number / 10);
  out[1] = (char)('0' + number % 10);
}

const char *written(moment time) {
  static char buffers[16][24];
  static unsigned turn;
  static int64_t known = -1;
  static char date[] = "0000-00-00T";

  int64_t day = time / DAY;
  if (day != known) {
    unsigned year, month, of_month;
    civil(day, &year, &month, &of_month);
    two(date, year / 100);
    two(date + 2, year % 100);
    two(date + 5, month);
    two(date + 8, of_month);
    known = day;
  }
  char *out = buffers[turn++ % 16];
  unsigned second = (unsigned)(time % DAY / 1000);
  memcpy(out, date, 11);
  memcpy(out + 11, "00:00:00Z", 10);
  two(out + 11, second / 3600);
  two(out + 14, second / 60 % 60);
  two(out + 17, second % 60);
  return out;
}

// Whether a day since 1970 is one from Monday to Friday; the first was a Thursday.
static int is_working_day(int64_t day) { return (day + 3) % 7 < 5; }

moment at_work(moment time) {
  int64_t day = time / DAY, hour = time % DAY / HOUR;
  if (is_working_day(day) && hour >= 8 && hour < 18) return time;
  if (hour >= 8) day++;
  while (!is_working_day(day)) day++;
  return day * DAY + 8 * HOUR + (moment)below(600) * MINUTE + (moment)below(60000);
}

moment at_hour(moment time, unsigned days, unsigned hour) {
  int64_t day = time / DAY + days;
  while (!is_working_day(day)) day++;
  return day * DAY + hour * HOUR;
}
