/* Lets one call fail that changes a file, or ends the process there: to be preloaded, see tools/bench/faults.
 *
 * FAULT_AT    at which call, from 1; 0 for none
 * FAULT_KIND  kill: the process ends before the call; killed-after: behind it; EIO: this call fails;
 *             ENOSPC: this call fails, and every one behind it that needs room
 * FAULT_LOG   a file that gets the number of calls when the process ends by itself
 *
 * Calls on standard output and standard error are not counted.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { KILL, KILLED_AFTER, FAIL, FULL };

static atomic_int calls;
static int fault_at;
static enum kind kind;
static const char *count_path;

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAULT_AT"), *what = getenv("FAULT_KIND");
	fault_at = at ? atoi(at) : 0;
	count_path = getenv("FAULT_LOG");
	if (what && strcmp(what, "killed-after") == 0)
		kind = KILLED_AFTER;
	else if (what && strcmp(what, "EIO") == 0)
		kind = FAIL;
	else if (what && strcmp(what, "ENOSPC") == 0)
		kind = FULL;
}

__attribute__((destructor)) static void end(void)
{
	FILE *file = count_path ? fopen(count_path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%d\n", atomic_load(&calls));
	fclose(file);
}

static void die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* Counts a call. Answers whether it is to fail, with errno set. */
static int fails(int needs_room, int *dies_after)
{
	int number = atomic_fetch_add(&calls, 1) + 1;
	*dies_after = 0;
	if (fault_at == 0 || number < fault_at)
		return 0;
	if (number > fault_at && !(kind == FULL && needs_room))
		return 0;
	switch (kind) {
	case KILL:
		die();
		return 0;
	case KILLED_AFTER:
		*dies_after = 1;
		return 0;
	case FAIL:
		errno = EIO;
		return 1;
	case FULL:
		if (!needs_room)
			return 0;
		errno = ENOSPC;
		return 1;
	}
	return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRAPPED(type, name, parameters, arguments, room)                     \
	type name parameters                                                 \
	{                                                                    \
		static __typeof__(&name) real;                               \
		int dies;                                                    \
		type result;                                                 \
		if (!real)                                                   \
			real = REAL(name);                                   \
		if (fails(room, &dies))                                      \
			return -1;                                           \
		result = real arguments;                                     \
		if (dies)                                                    \
			die();                                               \
		return result;                                               \
	}

#define WRAPPED_ON_FILE(type, name, parameters, arguments)                   \
	type name parameters                                                 \
	{                                                                    \
		static __typeof__(&name) real;                               \
		int dies;                                                    \
		type result;                                                 \
		if (!real)                                                   \
			real = REAL(name);                                   \
		if (fd == 1 || fd == 2)                                      \
			return real arguments;                               \
		if (fails(1, &dies))                                         \
			return -1;                                           \
		result = real arguments;                                     \
		if (dies)                                                    \
			die();                                               \
		return result;                                               \
	}

WRAPPED_ON_FILE(ssize_t, write, (int fd, const void *bytes, size_t count), (fd, bytes, count))
WRAPPED_ON_FILE(ssize_t, pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
WRAPPED_ON_FILE(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at))
WRAPPED_ON_FILE(ssize_t, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
WRAPPED_ON_FILE(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at))
WRAPPED_ON_FILE(int, ftruncate, (int fd, off_t length), (fd, length))
WRAPPED_ON_FILE(int, ftruncate64, (int fd, off64_t length), (fd, length))
WRAPPED(int, fsync, (int fd), (fd), 1)
WRAPPED(int, fdatasync, (int fd), (fd), 1)
WRAPPED(int, msync, (void *at, size_t length, int flags), (at, length, flags), 1)
WRAPPED(int, rename, (const char *from, const char *to), (from, to), 1)
WRAPPED(int, link, (const char *from, const char *to), (from, to), 1)
WRAPPED(int, mkdir, (const char *path, mode_t mode), (path, mode), 1)
WRAPPED(int, chmod, (const char *path, mode_t mode), (path, mode), 0)
WRAPPED(int, fchmod, (int fd, mode_t mode), (fd, mode), 0)
WRAPPED(int, unlink, (const char *path), (path), 0)
WRAPPED(int, rmdir, (const char *path), (path), 0)

/* Only where a file is made. */
#define WRAPPED_OPEN(name)                                                   \
	int name(const char *path, int flags, ...)                           \
	{                                                                    \
		static int (*real)(const char *, int, ...);                  \
		int dies = 0, result;                                        \
		mode_t mode = 0;                                             \
		va_list rest;                                                \
		if (!real)                                                   \
			real = REAL(name);                                   \
		if (flags & O_CREAT) {                                       \
			va_start(rest, flags);                               \
			mode = (mode_t)va_arg(rest, int);                    \
			va_end(rest);                                        \
			if (fails(1, &dies))                                 \
				return -1;                                   \
		}                                                            \
		result = real(path, flags, mode);                            \
		if (dies)                                                    \
			die();                                               \
		return result;                                               \
	}

WRAPPED_OPEN(open)
WRAPPED_OPEN(open64)
