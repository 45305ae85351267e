import ReleaseModel
import Testing

/// Versions in program source: literals, tuples, parts, and packed numbers.
@Suite struct SourceVersionTests {
  static let samples = [
    VersionFileSample(
      "Python with documentation and a tuple", "walrus/__init__.py",
      #"""
      """Walrus 1.1.0

      __version__ = "1.1.0"
      """
      # __version__ = "1.1.0"
      api_version = "1.1.0"
      __version_info__ = (1, 1, «0→1»)
      __version__: str = '«1.1.0→1.1.1»'  # 1.1.0

      def otter(version="1.1.0"):
          version = "1.1.0"

      """#),
    VersionFileSample(
      "setup.py", "setup.py",
      """
      from setuptools import setup, Extension
      setup(
          name="walrus",
          ext_modules=[Extension("otter", version="1.1.0")],
          version=u"«1.1.0→1.1.1»",
          install_requires=["otter==1.1.0"],
      )

      """),
    VersionFileSample(
      "an assignment chain", "walrus/_version.py", "__version__ = version = '«1.1.0→1.1.1»'\n"),
    VersionFileSample(
      "a gem specification", "walrus.gemspec",
      """
      Gem::Specification.new do |spec|
        spec.required_ruby_version = "1.1.0"
        spec.version       = "«1.1.0→1.1.1»".freeze
        spec.metadata["version"] = "1.1.0"
        spec.add_dependency "otter", "1.1.0"
      end

      """),
    VersionFileSample(
      "a Ruby constant", "lib/walrus/version.rb",
      """
      =begin
      VERSION = "1.1.0"
      =end
      module Walrus
        PROTOCOL_VERSION = "1.1.0"
        VERSION = '«1.1.0→1.1.1»'.freeze
        HELP = <<~TEXT
          VERSION = '1.1.0'
        TEXT
      end
      __END__
      VERSION = "1.1.0"

      """),
    VersionFileSample(
      "a Ruby constant beside a protocol's", "lib/walrus.rb", from: "2.0.8", to: "2.0.9",
      "VERSION = [1,3]\nRELEASE = \"«2.0.8→2.0.9»\"\n"),
    VersionFileSample(
      "parts of four", "gem_version.rb", from: "7.1.5.1", to: "7.1.5.2",
      """
      module VERSION
        MAJOR = 7
        MINOR = 1
        TINY  = 5
        PRE   = "«1→2»"
        STRING = [MAJOR, MINOR, TINY, PRE].compact.join(".")
      end

      """),
    VersionFileSample(
      "a fourth part appears", "gem_version.rb", from: "7.1.5", to: "7.1.5.1",
      """
      MAJOR = 7
      MINOR = 1
      TINY  = 5
      PRE   = «nil→"1"»

      """),
    VersionFileSample(
      "Elixir", "mix.exs",
      """
      defmodule Walrus.MixProject do
        @version "«1.1.0→1.1.1»"
        @moduledoc \"""
        @version "1.1.0"
        \"""
        def project do
          [app: :walrus, version: @version, deps: [{:otter, "1.1.0", version: "1.1.0"}]]
        end
      end

      """),
    VersionFileSample(
      "PHP with parts and an identifier", "src/Kernel.php", from: "6.4.9", to: "6.4.10",
      """
      <?php
      // const VERSION = '6.4.9';
      final class Kernel {
          public const string VERSION = '«6.4.9→6.4.10»';
          public const VERSION_ID = «60409→60410»;
          public const MAJOR_VERSION = 6;
          public const MINOR_VERSION = 4;
          public const RELEASE_VERSION = «9→10»;
          public const EXTRA_VERSION = '';
          const API_VERSION = '6.4.9';
          function f($version = '6.4.9') { $version = '6.4.9'; }
      }

      """),
    VersionFileSample(
      "PHP on a branch opened early", "src/Kernel.php", from: "6.4.9", to: "6.4.10",
      isReversible: false,
      """
      <?php
      class Kernel {
          const VERSION = '«6.4.10-DEV→6.4.10»';
          const VERSION_ID = 60410;
          const MAJOR_VERSION = 6;
          const MINOR_VERSION = 4;
          const RELEASE_VERSION = 10;
          const EXTRA_VERSION = '«DEV→»';
      }

      """),
    VersionFileSample(
      "a WordPress plugin", "walrus.php",
      """
      <?php
      /**
       * Plugin Name: Walrus
       * Requires at least: 1.1.0
       * Version:     «1.1.0→1.1.1»
       */
      define( 'WALRUS_VERSION', '«1.1.0→1.1.1»' );
      define( 'WALRUS_DB_VERSION', '1.1.0' );

      """),
    VersionFileSample(
      "a C header", "include/walrus/version.h",
      """
      #ifndef WALRUS_VERSION_H
      #define WALRUS_VERSION_H
      /* #define WALRUS_VERSION "1.1.0" */
      #define WALRUS_VERSION        "«1.1.0→1.1.1»"
      #define WALRUS_VERSION_MAJOR  1
      #define WALRUS_VERSION_MINOR  1
      #define WALRUS_VERSION_PATCH  «0→1»
      #define WALRUS_VERSION_HEX    0x01010«0→1»
      #define WALRUS_VERSION_NUMBER «1001000→1001001»L
      #define WALRUS_SOVERSION      "1.1"
      #define WALRUS_MIN_OTTER_VERSION "1.1.0"
      #define WALRUS_CHECK_VERSION(a, b) ((a) < 1)
      #endif

      """.replacing("0x01010«0→1»", with: "0x«010100→010101»")),
    VersionFileSample(
      "the name of a line beside the version", "src/version.h",
      "#define WALRUS_VERSION \"«1.1.0→1.1.1»\"\n#define WALRUS_VERSION_ID \"1.1\"\n"),
    VersionFileSample(
      "two names of the same kind in C", "src/version.h",
      "#define VERSION \"«1.1.0→1.1.1»\"\nconst char version[] = \"«1.1.0→1.1.1»\";\n"),
    VersionFileSample(
      "a fourth number in C that stays", "version.h", from: "1.6.3", to: "1.6.4",
      """
      #define WALRUS_VER_MAJOR    1
      #define WALRUS_VER_MINOR    6
      #define WALRUS_VER_REVISION «3→4»
      #define WALRUS_VER_PATCH    0
      #define WALRUS_VER_PRERELEASE NULL

      """),
    VersionFileSample(
      "Perl", "lib/Walrus.pm",
      """
      package Walrus;
      our $VERSION = '«1.1.0→1.1.1»'; # 1.1.0
      my $otter_version = '1.1.0';

      =head1 VERSION

      our $VERSION = '1.1.0';

      =cut

      sub version { my $VERSION_TEXT = '1.1.0' }

      """),
    VersionFileSample(
      "JavaScript", "src/version.js",
      """
      // export const VERSION = "1.1.0";
      const text = `
      const VERSION = "1.1.0";
      `;
      export const VERSION = '«1.1.0→1.1.1»';
      function f() { const version = "1.1.0"; version = '1.1.0'; }
      """),
    VersionFileSample(
      "Go", "version.go",
      """
      package walrus

      const (
      \tAPIVersion = "1.1.0"
      \tVersion    = "«1.1.0→1.1.1»"
      )

      """),
    VersionFileSample(
      "Rust", "src/version.rs",
      """
      /// The version, 1.1.0.
      pub const VERSION: &'static str = "«1.1.0→1.1.1»";

      """),
    VersionFileSample(
      "Swift", "Sources/Version.swift",
      """
      enum Walrus {
        static let version: String = "«1.1.0→1.1.1»"
      }

      """),
  ]

  @Test(arguments: samples, VersionFileSample.Storage.allCases)
  func `only the project's own version is replaced`(
    in sample: VersionFileSample, storage: VersionFileSample.Storage
  ) {
    sample.check(storage: storage)
  }

  @Test(arguments: [
    ("setup.py", "setup(name='walrus', version=read('VERSION'))\n"),
    ("walrus/__init__.py", "import otter\n"),
    ("walrus.gemspec", "spec.version = Walrus::VERSION\n"),
    ("mix.exs", "def project do\n  [deps: [{:otter, version: \"1.1.0\"}]]\nend\n"),
    ("lib/walrus.rb", "VERSION = [1,3]\ndef self.release\n  '1.1.0'\nend\n"),
    ("lib/walrus.rb", "VERSION = [1,1]\n"),
    ("lib/version.go", "var Version = \"unknown\"\n"),
    ("x.php", "<?php\n// Version: 1.1.0\n"),
  ])
  func `source without a literal is no error`(path: String, text: String) {
    #expect(versionOutcome(path, text) == .absent)
  }

  @Test(arguments: [
    (
      "version.h", "#define OTTER_VERSION \"1.1.0\"\n#define SEAL_VERSION \"1.1.0\"\n",
      "2 matches, 1 expected"
    ),
    (
      "version.rb", "module A\n VERSION = '1.1.0'\nend\nmodule B\n VERSION = '1.1.0'\nend\n",
      "2 matches, 1 expected"
    ),
    ("version.py", "__version__ = '1.2.0'\n", "mismatch: found 1.2.0, tag says 1.1.0"),
    ("version.rb", "MAJOR = 1\nMINOR = 1\nTINY = 4\n", "mismatch: found 1.1.4, tag says 1.1.0"),
    (
      "version.php", "<?php\nconst VERSION = '1.0.0';\nconst OTTER_VERSION = '1.1.0';\n",
      "mismatch: found 1.0.0, tag says 1.1.0"
    ),
  ])
  func `source that contradicts the tag is refused`(path: String, text: String, reason: String) {
    guard case .refused(let refusal) = versionOutcome(path, text) else {
      Issue.record("\(versionOutcome(path, text))")
      return
    }
    #expect(refusal.description == reason)
  }

  @Test func `a part too large for its digits is refused`() {
    let text = "<?php\nconst VERSION = '1.1.99';\nconst VERSION_ID = 10199;\n"
    #expect(
      versionOutcome("Kernel.php", text, from: "1.1.99", to: "1.1.100")
        == .refused(.unrepresentable("1.1.100")))
  }

  @Test(arguments: ["/", "\"", "'", "`", "\"\"\"", "'''", "<<X", "/*", "{", "(", "#[[", "=x"])
  func `an unclosed construct takes linear time`(opening: String) {
    let line = Array((opening + " version = 1 \n").utf8)
    var bytes: [UInt8] = []
    for _ in 0..<1000 { bytes += line }
    for path in ["a.py", "a.rb", "a.php", "a.js", "a.h", "a.pm", "a.sh", "CMakeLists.txt"] {
      let result = VersionFile.edit(
        path: path, bytes: bytes, change: VersionChange(from: "1.1.0", to: "1.1.1"))
      if case .edited(_, let spans) = result { #expect(spans.isEmpty) }
    }
  }
}
