import Testing

@testable import Backport

/// Addresses: compared by where they lead, shown without secrets.
struct RemoteAddressTests {
  @Test(arguments: [
    ("https://github.com/a/b.git", "github.com/a/b"),
    ("https://me:secret@GitHub.com:443/a/b/", "github.com/a/b"),
    ("git@github.com:a/b.git", "github.com/a/b"),
    ("ssh://git@github.com:22/a/b", "github.com/a/b"),
    ("https://git.example.com:8443/a", "git.example.com:8443/a"),
    ("/srv/git/a.git/", "/srv/git/a"),
    ("file:///srv/git/a", "/srv/git/a"),
    ("../r.git", "/../r"),
    ("", "/"),
    ("https://", "/"),
  ])
  func `one place has one spelling`(text: String, place: String) {
    #expect(RemoteAddress(text).place == place)
  }

  @Test(arguments: [
    ("https://me:s3cret@host/x", "https://***@host/x"),
    ("https://ghp_0123456789abcdef@host/x", "https://***@host/x"),
    ("https://ghp_0123456789abcdef:x-oauth-basic@host/x", "https://***@host/x"),
    ("https://me:pa%73s%2Fword@host/x", "https://***@host/x"),
    ("https://me:p'a s@host/x", "https://***@host/x"),
    ("git@host:x", "git@host:x"),
    ("/srv/x", "/srv/x"),
  ])
  func `no address is shown with its secrets`(text: String, shown: String) {
    #expect(RemoteAddress(text).display == shown)
  }

  @Test func `a password is hidden wherever a server repeats it`() {
    let address = RemoteAddress("https://me:pa%73%73word@host/x")
    let redaction = Redaction(secrets: address.secrets)
    #expect(
      redaction.clean("remote: no such token password, or pa%73%73word")
        == "remote: no such token ***, or ***")
  }
}
