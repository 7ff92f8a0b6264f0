#include "teller.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "chance.h"

enum { LONGEST = 1 << 14, FULL = 1 << 18 };

struct telling telling;

static char buffer[FULL + LONGEST];
static size_t length;

static char *put(char *out, const char *words) {
  size_t size = strlen(words);
  memcpy(out, words, size);
  return out + size;
}

static char *put_number(char *out, unsigned long number) {
  char digits[20];
  unsigned count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count) *out++ = digits[--count];
  return out;
}

static char *put_format(char *out, const char *format, va_list arguments) {
  for (; *format; format++) {
    if (*format == '\'') {
      *out++ = '"';
    } else if (*format != '%') {
      *out++ = *format;
    } else if (*++format == 's') {
      out = put(out, va_arg(arguments, const char *));
    } else if (*format == 'u') {
      out = put_number(out, va_arg(arguments, unsigned));
    } else if (*format == 'l') {
      format++;
      out = put_number(out, va_arg(arguments, unsigned long));
    } else {
      *out++ = *format;
    }
  }
  return out;
}

static char *put_hex(char *out, uint64_t bits, unsigned digits) {
  while (digits) *out++ = "0123456789abcdef"[bits >> 4 * --digits & 15];
  return out;
}

// A UUID of version 7 (RFC 9562, section 5.7).
static void make_id(moment time) {
  uint64_t high = (uint64_t)time << 16 | 0x7000 | (chance() & 0xfff);
  uint64_t low = (chance() >> 2) | 0x8000000000000000;
  char *out = put_hex(telling.id, high >> 32, 8);
  *out++ = '-';
  out = put_hex(out, high >> 16, 4);
  *out++ = '-';
  out = put_hex(out, high, 4);
  *out++ = '-';
  out = put_hex(out, low >> 48, 4);
  *out++ = '-';
  out = put_hex(out, low, 12);
  *out = 0;
}

static void flush(void) {
  fwrite(buffer, 1, length, stdout);
  length = 0;
}

unsigned long tell_event(
    const struct person *who, const char *type, const char *subject, moment recorded, moment happened,
    const char *format, ...) {
  if (telling.told >= telling.wanted) return telling.position;
  telling.told++;
  make_id(recorded + telling.shift);
  if (telling.is_rehearsal) return telling.position++;

  char *out = buffer + length;
  out = put(out, "{\"authid\":\"");
  out = put(out, who->account);
  out = put(out, "\",\"authtype\":\"");
  out = put(out, who->kind);
  out = put(out, "\",\"data\":{");
  va_list arguments;
  va_start(arguments, format);
  out = put_format(out, format, arguments);
  va_end(arguments);
  out = put(out, "},\"datacontenttype\":\"application/json\",\"dataschema\":\"urn:relm:event:");
  out = put(out, type);
  out = put(out, ":1\",\"id\":\"");
  out = put(out, telling.id);
  out = put(out, "\",\"source\":\"");
  out = put(out, who->source);
  out = put(out, "\",\"specversion\":\"1.0\",\"subject\":\"");
  out = put(out, subject);
  out = put(out, "\",\"time\":\"");
  out = put(out, written(happened + telling.shift));
  out = put(out, "\",\"type\":\"relm.");
  out = put(out, type);
  out = put(out, "\"}\n");
  length = (size_t)(out - buffer);
  if (length >= FULL) flush();
  return telling.position++;
}

const char *date(moment time) { return telling.is_rehearsal ? "" : written(time + telling.shift); }

const char *text(const char *format, ...) {
  static char buffers[16][1024];
  static unsigned turn;
  if (telling.is_rehearsal) return "";
  char *out = buffers[turn++ % 16];
  va_list arguments;
  va_start(arguments, format);
  *put_format(out, format, arguments) = 0;
  va_end(arguments);
  return out;
}

int telling_end(void) {
  flush();
  return fflush(stdout) || ferror(stdout);
}
