#include "chance.h"

static uint64_t state;

void chance_seed(uint64_t seed) { state = seed * 0x2545f4914f6cdd1d; }

// splitmix64.
uint64_t chance(void) {
  uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

unsigned below(unsigned limit) { return (unsigned)(chance() % limit); }

unsigned between(unsigned low, unsigned high) { return low + below(high - low + 1); }

int one_in(unsigned times) { return below(times) == 0; }

void hex(char *out, unsigned digits) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < digits; i++, bits >>= 4) {
    if (i % 16 == 0) bits = chance();
    out[i] = "0123456789abcdef"[bits & 15];
  }
  out[digits] = 0;
}
