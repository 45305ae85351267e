# The formula of Homebrew; Scripts/package --homebrew URL fills in what stands between at signs.
class GitBackport < Formula
  desc "Bring a security fix to every release line that is owed it"
  homepage "@HOMEPAGE@"
  url "@URL@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on xcode: ["26.0", :build]
  depends_on "libgit2"
  depends_on macos: :sequoia

  uses_from_macos "swift" => :build
  uses_from_macos "zlib"

  def install
    # Homebrew has a sandbox of its own, in which that of SwiftPM cannot be made.
    %w[git-backport git-backport-forge].each do |product|
      system "swift", "build", "--disable-sandbox", "-c", "release", "--product", product
    end
    system "Scripts/install", "--from", ".build/release", "--prefix", prefix
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/git-backport --version")
    system "git", "init", "-q", "-b", "main"
    (testpath/"file").write "one\n"
    system "git", "add", "file"
    system "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "One"
    system "git", "tag", "v1.0.0"
    assert_match "1.0  yes", shell_output("#{bin}/git-backport lines -q")
  end
end
