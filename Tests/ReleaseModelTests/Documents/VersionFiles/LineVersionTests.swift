import ReleaseModel
import Testing

/// Files in which a line is a key and a value, and build scripts.
@Suite struct LineVersionTests {
  static let samples = [
    VersionFileSample(
      "setup.cfg", "setup.cfg",
      """
      # version = 1.1.0
      [options]
      version = 1.1.0
      [metadata]
      name = walrus
      long_description = text
        version = 1.1.0
      Version : «1.1.0→1.1.1»
      [flake8]
      version = 1.1.0

      """),
    VersionFileSample("a file with nothing else", "VERSION", "«1.1.0→1.1.1»\n"),
    VersionFileSample("a file with a v", "version.txt", "«v1.1.0→v1.1.1»\n"),
    VersionFileSample(
      "a file with four parts", "RAILS_VERSION", from: "7.1.5.1", to: "7.1.5.2",
      "«7.1.5.1→7.1.5.2»\n"),
    VersionFileSample(
      "four parts become three", "RAILS_VERSION", from: "7.1.5.1", to: "7.1.6",
      "«7.1.5.1→7.1.6»\n"),
    VersionFileSample("a name below the version", "VERSION", "  «1.1.0→1.1.1»\nGrey Seal 1.1.0\n"),
    VersionFileSample(
      "parts in a file of their own", "VERSION", "MAJOR=1\nMINOR=1\nPATCH=«0→1»\n"),
    VersionFileSample(
      "Java properties", "gradle.properties",
      """
      #version=1.1.0
      kotlin.version=1.1.0
      group=org.example
      version = «1.1.0→1.1.1»

      """),
    VersionFileSample(
      "an R package", "DESCRIPTION",
      """
      Package: walrus
      Version: «1.1.0→1.1.1»
      Depends: otter (>= 1.1.0)
      Description: see
          Version: 1.1.0

      """),
    VersionFileSample(
      "an RPM package", "walrus.spec",
      """
      Name:    walrus
      Version:        «1.1.0→1.1.1»
      Release: 1
      Requires: otter = 1.1.0
      %changelog
      * Mon Jan 5 2026 Ada - 1.1.0-1
      Version: 1.1.0

      """),
    VersionFileSample(
      "a WordPress plugin's readme", "readme.txt",
      """
      === Walrus ===
      Requires at least: 1.1.0
      Stable tag:   «1.1.0→1.1.1»

      == Changelog ==
      Stable tag: 1.1.0

      """),
    VersionFileSample(
      "a shell variable in the manner of git", "GIT-VERSION-GEN",
      """
      #!/bin/sh
      # DEF_VER=v1.1.0
      GVF=GIT-VERSION-FILE
      DEF_VER=«v1.1.0→v1.1.1»
      OLD_VERSION=1.1.0
      cat <<EOF
      DEF_VER=v1.1.0
      EOF

      """),
    VersionFileSample(
      "a makefile", "Makefile",
      """
      OTTER_VERSION = 1.1.0
      VERSION := «1.1.0→1.1.1»
      all: ; echo VERSION=1.1.0

      """),
    VersionFileSample(
      "CMake over several lines", "CMakeLists.txt",
      """
      cmake_minimum_required(VERSION 1.1.0)
      # project(walrus VERSION 1.1.0)
      #[[ project(walrus VERSION 1.1.0)
      ]]
      Project ( walrus
        DESCRIPTION "VERSION 1.1.0"
        VERSION «1.1.0→1.1.1»  # VERSION 1.1.0
        LANGUAGES C)
      find_package(otter 1.1.0 REQUIRED)

      """),
    VersionFileSample(
      "CMake by way of a variable", "CMakeLists.txt",
      """
      set(OTTER_VERSION 1.1.0)
      set(WALRUS_VERSION "«1.1.0→1.1.1»")
      project(walrus VERSION ${WALRUS_VERSION})

      """),
    VersionFileSample(
      "CMake by way of parts", "CMakeLists.txt", from: "2.4.9", to: "2.4.10",
      """
      set(WALRUS_VERSION_MAJOR 2)
      set(WALRUS_VERSION_MINOR "4")
      set(WALRUS_VERSION_PATCH «9→10»)
      set(OTTER_PATCH 9)
      project(walrus)

      """),
    VersionFileSample(
      "autoconf with quotes", "configure.ac",
      """
      dnl AC_INIT([walrus], [1.1.0])
      AC_PREREQ([1.1.0])
      AC_INIT([walrus (grey)], [«1.1.0→1.1.1»],
              [bugs@example.org])

      """),
    VersionFileSample(
      "autoconf without quotes", "configure.in", "AC_INIT(walrus, «1.1.0→1.1.1»)\n"),
    VersionFileSample(
      "autoconf by way of macros", "configure.ac",
      """
      m4_define([walrus_major_version], [1])
      m4_define([walrus_minor_version], [1])
      m4_define([walrus_micro_version], [«0→1»])
      AC_INIT([walrus], [walrus_version])

      """),
    VersionFileSample(
      "meson", "meson.build",
      """
      # project('walrus', version : '1.1.0')
      project('walrus', 'c',
        default_options : ['version=1.1.0'],
        meson_version : '>=1.1.0',
        version : '«1.1.0→1.1.1»')
      dependency('otter', version : '1.1.0')

      """),
    VersionFileSample(
      "Gradle", "build.gradle",
      """
      plugins { id 'java' version '1.1.0' }
      /* version = '1.1.0' */
      version '«1.1.0→1.1.1»' // version = '1.1.0'
      dependencies {
        version '1.1.0'
        implementation "org.example:otter:1.1.0"
      }
      allprojects { version = "«1.1.0→1.1.1»" }

      """),
    VersionFileSample(
      "Gradle in Kotlin", "build.gradle.kts",
      """
      plugins { kotlin("jvm") version "1.1.0" }
      project.version = "«1.1.0→1.1.1»"

      """),
  ]

  @Test(arguments: samples, VersionFileSample.Storage.allCases)
  func `only the project's own version is replaced`(
    in sample: VersionFileSample, storage: VersionFileSample.Storage
  ) {
    sample.check(storage: storage)
  }

  @Test(arguments: [
    ("setup.cfg", "[metadata]\nversion = attr: walrus.__version__\n"),
    ("setup.cfg", "[metadata]\nversion = file: VERSION\n"),
    ("setup.cfg", "[options]\nversion = 1.1.0\n"),
    ("CMakeLists.txt", "project(walrus LANGUAGES C)\nfind_package(otter VERSION 1.1.0)\n"),
    ("CMakeLists.txt", "project(walrus VERSION"),
    ("meson.build", "project('walrus', 'c')\ndependency('otter', version : '1.1.0')\n"),
    ("configure.ac", "AC_INIT([walrus], m4_esyscmd([git describe]))\n"),
    ("build.gradle", "dependencies { version = '1.1.0' }\n"),
    ("readme.txt", "Stable tag: trunk\n"),
    ("walrus.spec", "Version: %{version}\n"),
  ])
  func `a version that is stated elsewhere is no error`(path: String, text: String) {
    #expect(versionOutcome(path, text) == .absent)
  }

  @Test(arguments: [
    ("VERSION", "see the tags\n", "not found"),
    ("VERSION", "", "not found"),
    ("VERSION", "1.0.9\n", "mismatch: found 1.0.9, tag says 1.1.0"),
    ("Makefile", "VERSION = 1.1.0\nVERSION = 1.1.0\n", "2 matches, 1 expected"),
    ("CMakeLists.txt", "project(walrus VERSION 1.3)", "mismatch: found 1.3, tag says 1.1.0"),
  ])
  func `a file that contradicts the tag is refused`(path: String, text: String, reason: String) {
    guard case .refused(let refusal) = versionOutcome(path, text) else {
      Issue.record("\(versionOutcome(path, text))")
      return
    }
    #expect(refusal.description == reason)
  }
}
