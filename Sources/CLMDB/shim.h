#ifndef RELM_CLMDB_SHIM_H
#define RELM_CLMDB_SHIM_H

#include <lmdb.h>

#endif
