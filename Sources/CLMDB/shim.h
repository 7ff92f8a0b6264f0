#ifndef RELM_CLMDB_SHIM_H
#define RELM_CLMDB_SHIM_H

#include <lmdb.h>
#include <sys/statfs.h> // not in Swift's Glibc module

#endif
