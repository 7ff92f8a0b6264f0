#ifndef RELM_CYAML_SHIM_H
#define RELM_CYAML_SHIM_H

#include <yaml.h>

#endif
