// Who tells next: the stories under way, by when their next step is due.
#pragma once

#include "story.h"

// A story at its beginning, with nothing in it; NULL where too many are under way.
struct story *story_new(void);

// Puts a story with a next step into the queue.
void queue_add(struct story *story);

// When the next step of all is due; for ever where there is none.
moment queue_due(void);

// Takes the story out whose next step is due first, and of several the one that was begun first.
struct story *queue_take(void);

// Gives back a story that is over.
void story_over(struct story *story);

// Empties all.
void queue_clear(void);
