// Says whether libgit2's archive and what it needs can be linked: starts libgit2, or fails.
#include <git2.h>

int main(void) { return git_libgit2_init() > 0 ? 0 : 1; }
