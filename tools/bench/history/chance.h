// Seeded chance: the same seed, the same history.
#pragma once

#include <stdint.h>

void chance_seed(uint64_t seed);
uint64_t chance(void);

// A number from 0 to limit - 1.
unsigned below(unsigned limit);

// A number from low to high, both included.
unsigned between(unsigned low, unsigned high);

int one_in(unsigned times);

// Lower-case hexadecimal digits, with a zero at the end.
void hex(char *out, unsigned digits);
