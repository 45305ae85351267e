// What Swift cannot see of libgit2: variadic functions, constants that only
// some of the supported versions (1.1 to 1.9) declare, and the calls behind a
// function pointer.
#ifndef GIT_BACKPORT_LIBGIT2_SHIM_H
#define GIT_BACKPORT_LIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <sys/types.h>

#define BACKPORT_LIBGIT2_AT_LEAST(major, minor)                               \
  (LIBGIT2_VER_MAJOR > (major) ||                                             \
   (LIBGIT2_VER_MAJOR == (major) && LIBGIT2_VER_MINOR >= (minor)))

// git does not re-hash what it reads from packs either (performance.md 0).
static inline int backport_set_strict_hash_verification(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

// libgit2 keeps small trees, commits and tags that it has read, but no blobs unless told to.
static inline int backport_cache_blobs(size_t largest, ssize_t total) {
  int status = git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_BLOB, largest);
  if (status < 0) return status;
  return git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, total);
}

// Lets repositories open whose extensions do not change how objects and loose
// or packed references are read: a partial clone then fails on the missing
// object, which can be named. The object format and the reference storage are
// checked by us before anything is opened. Since libgit2 1.3.
static inline int backport_allow_harmless_extensions(void) {
#if BACKPORT_LIBGIT2_AT_LEAST(1, 3)
  static const char *names[] = {
      "noop",          "partialclone",        "worktreeconfig", "preciousobjects",
      "relativeworktrees", "objectformat", "refstorage"};
  return git_libgit2_opts(
      GIT_OPT_SET_EXTENSIONS, names, sizeof(names) / sizeof(names[0]));
#else
  return 0;
#endif
}

// Since libgit2 1.4.3; older ones do not validate the owner.
static inline int backport_set_owner_validation(int enabled) {
#if BACKPORT_LIBGIT2_AT_LEAST(1, 5)
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
#else
  (void)enabled;
  return 0;
#endif
}

// GIT_EOWNER, which headers before 1.4.3 lack.
static const int backport_owner_error = -36;

// The tree object that `git_odb_write` would look for first is known to be
// new or harmless, so the in-memory backend is asked directly: no freshen and
// no refresh of every pack directory on each miss.
static inline int backport_backend_write(
    git_odb_backend *backend, const git_oid *id, const void *data, size_t length,
    git_object_t type) {
  return backend->write(backend, id, data, length, type);
}

// Since libgit2 1.4; the flag skips the re-reading of pack directories.
static inline int backport_odb_exists(git_odb *odb, const git_oid *id) {
#if BACKPORT_LIBGIT2_AT_LEAST(1, 4)
  return git_odb_exists_ext(odb, id, GIT_ODB_LOOKUP_NO_REFRESH);
#else
  return git_odb_exists(odb, id);
#endif
}

#endif
