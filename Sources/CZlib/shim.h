// The zlib of the system, which libgit2 is linked with too.
#ifndef GIT_BACKPORT_ZLIB_SHIM_H
#define GIT_BACKPORT_ZLIB_SHIM_H

#include <zlib.h>

#endif
