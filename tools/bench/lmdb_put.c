// Bare LMDB, as the measure of what a durable append can cost at best.
//
//   lmdb_put DIR --fill M                    makes a store of M values (not measured)
//   lmdb_put DIR --puts N --batch K          N durable puts, K a commit; prints puts a second
//   lmdb_put DIR --once                      one put and commit, as a whole process
//   lmdb_put DIR --get KEY                   one read, as a whole process
//
// Keys are ascending 8-byte numbers, values --bytes long (600). Durability is LMDB's default.

#include <errno.h>
#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static void check(int code, const char *what) {
  if (code == 0) return;
  fprintf(stderr, "lmdb_put: %s: %s\n", what, mdb_strerror(code));
  exit(74);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void write_key(unsigned char key[8], uint64_t number) {
  for (int i = 7; i >= 0; i--, number >>= 8) key[i] = (unsigned char)number;
}

static uint64_t read_key(const MDB_val *key) {
  uint64_t number = 0;
  for (size_t i = 0; i < key->mv_size; i++) number = number << 8 | ((const unsigned char *)key->mv_data)[i];
  return number;
}

// The number after the last key.
static uint64_t next_number(MDB_txn *txn, MDB_dbi table) {
  MDB_cursor *cursor;
  MDB_val key, value;
  check(mdb_cursor_open(txn, table, &cursor), "open a cursor");
  int code = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
  mdb_cursor_close(cursor);
  if (code == MDB_NOTFOUND) return 0;
  check(code, "find the last key");
  return read_key(&key) + 1;
}

// Puts `count` values, `batch` a commit.
static void put(MDB_env *env, uint64_t count, uint64_t batch, size_t bytes) {
  unsigned char key_bytes[8];
  unsigned char *value_bytes = malloc(bytes);
  if (!value_bytes) check(ENOMEM, "take memory");
  uint64_t noise = 88172645463325252ULL;
  uint64_t done = 0;
  while (done < count) {
    MDB_txn *txn;
    MDB_dbi table;
    check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
    check(mdb_dbi_open(txn, "events", MDB_CREATE, &table), "open the table");
    uint64_t number = next_number(txn, table);
    for (uint64_t i = 0; i < batch && done < count; i++, done++, number++) {
      // Different bytes each time; xorshift, so that making them costs next to nothing.
      for (size_t at = 0; at + 8 <= bytes; at += 8) {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        memcpy(value_bytes + at, &noise, 8);
      }
      write_key(key_bytes, number);
      MDB_val key = {8, key_bytes}, value = {bytes, value_bytes};
      check(mdb_put(txn, table, &key, &value, MDB_APPEND), "put");
    }
    check(mdb_txn_commit(txn), "commit");
  }
  free(value_bytes);
}

static int get(MDB_env *env, uint64_t number) {
  unsigned char key_bytes[8];
  MDB_txn *txn;
  MDB_dbi table;
  MDB_val key = {8, key_bytes}, value;
  write_key(key_bytes, number);
  check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "begin");
  check(mdb_dbi_open(txn, "events", 0, &table), "open the table");
  check(mdb_get(txn, table, &key, &value), "get");
  fwrite(value.mv_data, 1, value.mv_size, stdout);
  mdb_txn_abort(txn);
  return 0;
}

static uint64_t number_of(const char *text) {
  char *end;
  errno = 0;
  unsigned long long number = strtoull(text, &end, 10);
  if (errno || *end || end == text) {
    fprintf(stderr, "lmdb_put: %s is not a whole number\n", text);
    exit(64);
  }
  return number;
}

int main(int argc, char **argv) {
  uint64_t fill = 0, puts_wanted = 0, batch = 1, bytes = 600, key = 0;
  int once = 0, reads = 0;
  for (int i = 2; i < argc; i++) {
    int has_value = i + 1 < argc;
    if (!strcmp(argv[i], "--once")) once = 1;
    else if (!strcmp(argv[i], "--fill") && has_value) fill = number_of(argv[++i]);
    else if (!strcmp(argv[i], "--puts") && has_value) puts_wanted = number_of(argv[++i]);
    else if (!strcmp(argv[i], "--batch") && has_value) batch = number_of(argv[++i]);
    else if (!strcmp(argv[i], "--bytes") && has_value) bytes = number_of(argv[++i]);
    else if (!strcmp(argv[i], "--get") && has_value) reads = 1, key = number_of(argv[++i]);
    else argc = 0;
  }
  if (argc < 3 || batch == 0) {
    fprintf(stderr, "usage: lmdb_put DIR (--fill M | --puts N [--batch K] | --once | --get KEY) [--bytes B]\n");
    return 64;
  }

  if (mkdir(argv[1], 0755) && errno != EEXIST) check(errno, "make the directory");
  MDB_env *env;
  check(mdb_env_create(&env), "create the environment");
  check(mdb_env_set_maxdbs(env, 4), "set the tables");
  check(mdb_env_set_mapsize(env, (size_t)1 << 38), "set the map's size");
  unsigned int flags = reads ? MDB_RDONLY : fill ? MDB_NOSYNC : 0;
  check(mdb_env_open(env, argv[1], flags, 0644), "open");

  int status = 0;
  if (reads) {
    status = get(env, key);
  } else if (fill) {
    put(env, fill, 10000, bytes);
    check(mdb_env_sync(env, 1), "sync");
  } else if (once) {
    put(env, 1, 1, bytes);
  } else {
    double begun = now();
    put(env, puts_wanted, batch, bytes);
    printf("%.1f\n", (double)puts_wanted / (now() - begun));
  }
  mdb_env_close(env);
  return status;
}
