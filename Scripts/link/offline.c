// What the release binary has in the place of libgit2's network.
//
// git-backport reads objects through libgit2 and leaves fetching and pushing to the git program.
// `Scripts/release-build` therefore links libgit2 without its TLS and SSH code: `ld --wrap=NAME`
// sends each call of NAME to `__wrap_NAME` here, the archive members behind it are never pulled
// in, and the random numbers, cipher tables and certificates that `git_libgit2_init` would load
// at every start are not there to be loaded. Nothing can be weakened by it: a connection fails
// before it begins, it never goes on unprotected.

// Start-up has nothing to prepare.
int __wrap_git_mbedtls_stream_global_init(void) { return 0; }
int __wrap_git_openssl_stream_global_init(void) { return 0; }
int __wrap_git_transport_ssh_global_init(void) { return 0; }
int __wrap_git_transport_ssh_libssh2_global_init(void) { return 0; }

// Certificates cannot be chosen, streams cannot be opened.
int __wrap_git_mbedtls__set_cert_location(void) { return -1; }
int __wrap_git_mbedtls_stream_new(void) { return -1; }
int __wrap_git_mbedtls_stream_wrap(void) { return -1; }
int __wrap_git_openssl__set_cert_location(void) { return -1; }
int __wrap_git_openssl_stream_new(void) { return -1; }
int __wrap_git_openssl_stream_wrap(void) { return -1; }
int __wrap_git_http_auth_negotiate(void) { return -1; }
int __wrap_git_smart_subtransport_http(void) { return -1; }
int __wrap_git_smart_subtransport_ssh(void) { return -1; }

// For a libgit2 that is a shared library, where nothing can be wrapped: Debian's reads every
// certificate of the system when it starts, 50 of 60 million instructions. The executable's
// definition comes before that of libmbedx509; with it no certificate is known, so that no
// server would be trusted. Elsewhere nobody calls it.
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return -1;
}
