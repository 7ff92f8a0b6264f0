#include "queue.h"

#include <string.h>

enum { UNDER_WAY = 1 << 14 };

static struct story stories[UNDER_WAY];
static struct story *unused[UNDER_WAY], *heap[UNDER_WAY];
static unsigned unused_count, heap_size;
static unsigned long begun;

void queue_clear(void) {
  heap_size = 0;
  begun = 0;
  unused_count = UNDER_WAY;
  for (unsigned i = 0; i < UNDER_WAY; i++) unused[i] = &stories[UNDER_WAY - 1 - i];
}

struct story *story_new(void) {
  if (unused_count == 0) return NULL;
  struct story *story = unused[--unused_count];
  memset(story, 0, sizeof *story);
  story->number = begun++;
  return story;
}

void story_over(struct story *story) { unused[unused_count++] = story; }

static int is_before(const struct story *one, const struct story *other) {
  return one->due != other->due ? one->due < other->due : one->number < other->number;
}

void queue_add(struct story *story) {
  unsigned place = heap_size++;
  while (place > 0 && is_before(story, heap[(place - 1) / 2])) {
    heap[place] = heap[(place - 1) / 2];
    place = (place - 1) / 2;
  }
  heap[place] = story;
}

moment queue_due(void) { return heap_size ? heap[0]->due : INT64_MAX; }

struct story *queue_take(void) {
  struct story *first = heap[0], *last = heap[--heap_size];
  unsigned place = 0;
  for (;;) {
    unsigned child = 2 * place + 1;
    if (child >= heap_size) break;
    if (child + 1 < heap_size && is_before(heap[child + 1], heap[child])) child++;
    if (!is_before(heap[child], last)) break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = last;
  return first;
}
