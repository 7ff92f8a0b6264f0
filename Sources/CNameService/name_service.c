// Users and groups by name or number, asked of nobody: none is ever found.
//
// relm asks for none. FoundationEssentials, which comes with the argument parser and with swift-crypto, could, and glibc
// answers such questions with libraries that it loads while the program runs (nsswitch.conf(5)). In a program that is
// linked whole that is not safe: it crashes where a name is unknown. A definition here is taken before glibc's, so that
// the name service switch is not in the program at all; tools/lib/linkage.py looks that it is not.

#include <grp.h>
#include <pwd.h>
#include <stddef.h>

#include "CNameService.h"

int getpwnam_r(const char *name, struct passwd *entry, char *buffer, size_t bytes, struct passwd **found) {
  (void)name, (void)entry, (void)buffer, (void)bytes;
  *found = NULL;
  return 0;
}

int getpwuid_r(uid_t number, struct passwd *entry, char *buffer, size_t bytes, struct passwd **found) {
  (void)number, (void)entry, (void)buffer, (void)bytes;
  *found = NULL;
  return 0;
}

int getgrnam_r(const char *name, struct group *entry, char *buffer, size_t bytes, struct group **found) {
  (void)name, (void)entry, (void)buffer, (void)bytes;
  *found = NULL;
  return 0;
}

int getgrgid_r(gid_t number, struct group *entry, char *buffer, size_t bytes, struct group **found) {
  (void)number, (void)entry, (void)buffer, (void)bytes;
  *found = NULL;
  return 0;
}
