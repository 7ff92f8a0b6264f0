#include "story.h"

#include <assert.h>

#include "chance.h"
#include "queue.h"

void add(struct story *story, const struct step *step, unsigned what) {
  if (step->needs_positions && !telling.knows_positions) return;
  assert(story->count < STEPS);
  story->steps[story->count].step = step;
  story->steps[story->count].what = what;
  story->count++;
}

int sometimes(unsigned times, unsigned feature) {
  assert(feature < FEATURES);
  int is_chosen = one_in(times);
  unsigned asked = house.asked[feature]++, period = times < 8 ? times : 8;
  return asked < 48 ? asked % period == feature % 3 % period : is_chosen;
}

static moment pause(const struct story *story, enum pace pace) {
  moment now = story->due;
  moment share = below(1000);
  switch (pace) {
    case AT_ONCE: return now + MINUTE + share * 4 * MINUTE / 1000;
    case RUNNING: return now + 5 * MINUTE + share * 40 * MINUTE / 1000;
    case SAME_DAY: return at_work(now + HOUR / 2 + share * 4 * HOUR / 1000);
    case NEXT_DAYS: return at_work(now + 18 * HOUR + share * 30 * HOUR / 1000);
    case LATER: return at_work(now + 4 * DAY + share * 5 * DAY / 1000);
    case WEEKS: return at_work(now + 2 * WEEK + share * 2 * WEEK / 1000);
    case MONTHS: return at_work(now + 4 * WEEK + share * 4 * WEEK / 1000);
    case IN_WINDOW: {
      moment begin = story->window + share * 90 * MINUTE / 1000;
      return begin > now ? begin : now + 5 * MINUTE;
    }
    case TOO_LATE: return at_work(now + DAY + share * 2 * DAY / 1000);
  }
  return now;
}

void story_begin(struct story *story, moment due) {
  story->due = at_work(due);
  if (story->next < story->count) queue_add(story);
  else story_over(story);
}

void story_go_on(struct story *story) {
  const struct step *step = story->steps[story->next].step;
  unsigned what = story->steps[story->next].what;
  story->next++;
  step->tell(story, what);
  story->happened = 0;
  if (story->next == story->count) {
    if (story->subject[0]) note_release(story);
    story_over(story);
    return;
  }
  story->due = pause(story, story->steps[story->next].step->pace);
  queue_add(story);
}
