import Foundation

/// What the histories of real projects say about their newest lines.
enum WorldFacts {
  /// The folder with the tags and branches of the projects.
  static let folder = ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"]

  /// Project | line | newest tag | next tag | branch | branches named for it that hold the tag.
  ///
  /// A row without a line only says what holds an older tag.
  static let table = """
    KiiChain/kiipy-sdk | 0.2 | v0.2.0 | v0.2.1 | trunk | main
    ansible/ansible | 2.17 | v2.17.5 | v2.17.6 | exists stable-2.17 | stable-2.17
    ansible/ansible | 2.16 | v2.16.12 | v2.16.13 | exists stable-2.16 | stable-2.16
    ansible/ansible | 2.15 | v2.15.12 | v2.15.13 | exists stable-2.15 | stable-2.15
    ansible/ansible | 2.14 | v2.14.17 | v2.14.18 | exists stable-2.14 | stable-2.14
    ansible/ansible | 2.13 | v2.13.13 | v2.13.14 | exists stable-2.13 | stable-2.13
    ansible/ansible | 2.12 | v2.12.10 | v2.12.11 | exists stable-2.12 | stable-2.12
    apache/tomcat | 11.0 | 11.0.25 | 11.0.26 | exists 11.0.x | 11.0.x
    apache/tomcat | 10.1 | 10.1.59 | 10.1.60 | exists 10.1.x | 10.1.x
    apache/tomcat | 10.0 | 10.0.27 | 10.0.28 | exists 10.0.x | 10.0.x
    apache/tomcat | 9.0 | 9.0.121 | 9.0.122 | exists 9.0.x | 9.0.x
    apache/tomcat | 8.5 | 8.5.100 | 8.5.101 | exists 8.5.x | 8.5.x
    apache/tomcat | 7.0 | 7.0.109 | 7.0.110 | exists 7.0.x | 7.0.x
    changesets/changesets | @changesets/cli@3.0 | @changesets/cli@3.0.1 | @changesets/cli@3.0.2 | trunk | main
    changesets/changesets | @changesets/cli@2.31 | @changesets/cli@2.31.1 | @changesets/cli@2.31.2 | exists maintenance/v2 | maintenance/v2
    changesets/changesets | @changesets/cli@2.30 | @changesets/cli@2.30.0 | @changesets/cli@2.30.1 | create maintenance/v2.30
    changesets/changesets | @changesets/cli@2.29 | @changesets/cli@2.29.7 | @changesets/cli@2.29.8 | create maintenance/v2.29
    changesets/changesets | @changesets/cli@2.28 | @changesets/cli@2.28.1 | @changesets/cli@2.28.2 | create maintenance/v2.28
    changesets/changesets | @changesets/cli@2.27 | @changesets/cli@2.27.12 | @changesets/cli@2.27.13 | create maintenance/v2.27
    containerd/containerd | 2.3 | v2.3.4 | v2.3.5 | exists release/2.3 | release/2.3
    containerd/containerd | 2.2 | v2.2.7 | v2.2.8 | exists release/2.2 | release/2.2
    containerd/containerd | 2.1 | v2.1.9 | v2.1.10 | exists release/2.1 | release/2.1
    containerd/containerd | 2.0 | v2.0.11 | v2.0.12 | exists release/2.0 | release/2.0
    containerd/containerd | 1.7 | v1.7.34 | v1.7.35 | exists release/1.7 | release/1.7
    containerd/containerd | 1.6 | v1.6.39 | v1.6.40 | exists release/1.6 | release/1.6
    curl/curl | 8.21 | curl-8_21_0 | curl-8_21_1 | trunk | master
    curl/curl | 8.20 | curl-8_20_0 | curl-8_20_1 | create 8.20.x
    curl/curl | 8.19 | curl-8_19_0 | curl-8_19_1 | create 8.19.x
    curl/curl | 8.18 | curl-8_18_0 | curl-8_18_1 | create 8.18.x
    curl/curl | 8.17 | curl-8_17_0 | curl-8_17_1 | create 8.17.x
    curl/curl | 8.16 | curl-8_16_0 | curl-8_16_1 | create 8.16.x
    etcd-io/etcd | 3.7 | v3.7.1 | v3.7.2 | exists release-3.7 | release-3.7
    etcd-io/etcd | 3.6 | v3.6.14 | v3.6.15 | exists release-3.6 | release-3.6
    etcd-io/etcd | 3.5 | v3.5.33 | v3.5.34 | exists release-3.5 | release-3.5
    etcd-io/etcd | 3.4 | v3.4.45 | v3.4.46 | exists release-3.4 | release-3.4
    etcd-io/etcd | 3.3 | v3.3.27 | v3.3.28 | exists release-3.3 | release-3.3
    etcd-io/etcd | 3.2 | v3.2.32 | v3.2.33 | exists release-3.2 | release-3.2
    git/git | 2.55 | v2.55.0 | v2.55.1 | exists maint | maint
    git/git | 2.54 | v2.54.0 | v2.54.1 | create 2.54.x
    git/git | 2.53 | v2.53.0 | v2.53.1 | create 2.53.x
    git/git | 2.52 | v2.52.0 | v2.52.1 | create 2.52.x
    git/git | 2.51 | v2.51.2 | v2.51.3 | create 2.51.x
    git/git | 2.50 | v2.50.1 | v2.50.2 | create 2.50.x
    guzzle/guzzle | 7.8 | 7.8.1 | 7.8.2 | exists 7.8 | 7.8
    guzzle/guzzle | 7.7 | 7.7.1 | 7.7.2 | exists 7.7 | 7.7
    guzzle/guzzle | 7.6 | 7.6.1 | 7.6.2 | exists 7.6 | 7.6
    guzzle/guzzle | 7.5 | 7.5.3 | 7.5.4 | exists 7.5 | 7.5
    guzzle/guzzle | 7.4 | 7.4.5 | 7.4.6 | create 7.4
    guzzle/guzzle | 7.3 | 7.3.0 | 7.3.1 | create 7.3
    guzzle/guzzle | - | 6.5.8 | - | - | 6.5
    guzzle/guzzle | - | 5.3.4 | - | - | 5.3
    guzzle/guzzle | - | 4.2.4 | - | - | 4.x
    kelvinmo/simplejwt | 1.1 | v1.1.2 | v1.1.3 | exists 1.1 | 1.1
    kelvinmo/simplejwt | 1.0 | v1.0.3 | v1.0.4 | exists 1.0 | 1.0
    kelvinmo/simplejwt | 0.9 | v0.9.3 | v0.9.4 | exists 0.9 | 0.9
    kelvinmo/simplejwt | 0.8 | v0.8.2 | v0.8.3 | exists 0.8 | 0.8
    kelvinmo/simplejwt | 0.7 | v0.7.1 | v0.7.2 | exists 0.7 | 0.7
    kelvinmo/simplejwt | 0.6 | v0.6.3 | v0.6.4 | create 0.6
    libgit2/libgit2 | 1.9 | v1.9.7 | v1.9.8 | exists maint/v1.9 | maint/v1.9
    libgit2/libgit2 | 1.8 | v1.8.7 | v1.8.8 | exists maint/v1.8 | maint/v1.8
    libgit2/libgit2 | 1.7 | v1.7.2 | v1.7.3 | exists maint/v1.7 | maint/v1.7
    libgit2/libgit2 | 1.6 | v1.6.5 | v1.6.6 | exists maint/v1.6 | maint/v1.6
    libgit2/libgit2 | 1.5 | v1.5.2 | v1.5.3 | exists maint/v1.5 | maint/v1.5
    libgit2/libgit2 | 1.4 | v1.4.6 | v1.4.7 | exists maint/v1.4 | maint/v1.4
    netty/netty | 4.2 | netty-4.2.7.Final | netty-4.2.8.Final | exists 4.2 | 4.2
    netty/netty | 4.1 | netty-4.1.128.Final | netty-4.1.129.Final | exists 4.1 | 4.1
    netty/netty | 4.0 | netty-4.0.56.Final | netty-4.0.57.Final | exists 4.0 | 4.0
    netty/netty | 3.10 | netty-3.10.6.Final | netty-3.10.7.Final | exists 3.10 | 3.10
    netty/netty | 3.9 | netty-3.9.9.Final | netty-3.9.10.Final | exists 3.9 | 3.9
    netty/netty | 3.8 | netty-3.8.3.Final | netty-3.8.4.Final | exists 3.8 | 3.8
    nodejs/undici | 8.10 | v8.10.0 | v8.10.1 | trunk | main
    nodejs/undici | 8.9 | v8.9.0 | v8.9.1 | create v8.9.x
    nodejs/undici | 8.8 | v8.8.0 | v8.8.1 | create v8.8.x
    nodejs/undici | 8.7 | v8.7.0 | v8.7.1 | create v8.7.x
    nodejs/undici | 8.6 | v8.6.0 | v8.6.1 | create v8.6.x
    nodejs/undici | 8.5 | v8.5.0 | v8.5.1 | create v8.5.x
    nodejs/undici | - | v7.29.0 | - | - | v7.x
    nodejs/undici | - | v6.28.0 | - | - | v6.x
    nodejs/undici | - | v5.29.0 | - | - | v5.x
    nodejs/undici | - | v3.3.6 | - | - | 3.x
    nodejs/undici | - | v2.2.1 | - | - | 2.x
    rack/rack | 3.2 | v3.2.7 | v3.2.8 | exists 3-2-stable | 3-2-stable
    rack/rack | 3.1 | v3.1.22 | v3.1.23 | exists 3-1-stable | 3-1-stable
    rack/rack | 3.0 | v3.0.18 | v3.0.19 | exists 3-0-stable | 3-0-stable
    rack/rack | 2.2 | v2.2.24 | v2.2.25 | exists 2-2-stable | 2-2-stable
    rack/rack | 2.1 | v2.1.4.4 | v2.1.4.5 | exists 2-1-stable | 2-1-stable
    rack/rack | 2.0 | v2.0.9.4 | v2.0.9.5 | exists 2-0-stable | 2-0-stable
    rails/rails | 8.1 | v8.1.3.1 | v8.1.3.2 | exists 8-1-stable | 8-1-stable
    rails/rails | 8.0 | v8.0.5.1 | v8.0.5.2 | exists 8-0-stable | 8-0-stable
    rails/rails | 7.2 | v7.2.3.2 | v7.2.3.3 | exists 7-2-stable | 7-2-stable
    rails/rails | 7.1 | v7.1.6 | v7.1.7 | exists 7-1-stable | 7-1-stable
    rails/rails | 7.0 | v7.0.10 | v7.0.11 | exists 7-0-stable | 7-0-stable
    rails/rails | 6.1 | v6.1.7.10 | v6.1.7.11 | exists 6-1-stable | 6-1-stable
    redis/redis | 7.4 | 7.4.1 | 7.4.2 | exists 7.4 | 7.4
    redis/redis | 7.2 | 7.2.6 | 7.2.7 | exists 7.2 | 7.2
    redis/redis | 7.0 | 7.0.15 | 7.0.16 | exists 7.0 | 7.0
    redis/redis | 6.2 | 6.2.16 | 6.2.17 | exists 6.2 | 6.2
    redis/redis | 6.0 | 6.0.20 | 6.0.21 | exists 6.0 | 6.0
    redis/redis | 5.0 | 5.0.14 | 5.0.15 | exists 5.0 | 5.0
    rust-lang/cargo | 0.99 | 0.99.0 | 0.99.1 | exists rust-1.98.0 | rust-1.98.0
    rust-lang/cargo | 0.98 | 0.98.0 | 0.98.1 | exists rust-1.97.0 | rust-1.97.0
    rust-lang/cargo | 0.97 | 0.97.2 | 0.97.3 | exists rust-1.96.0 | rust-1.96.0
    rust-lang/cargo | 0.96 | 0.96.0 | 0.96.1 | exists rust-1.95.0 | rust-1.95.0
    rust-lang/cargo | 0.95 | 0.95.0 | 0.95.1 | exists rust-1.94.0 | rust-1.94.0 rust-1.95.0
    rust-lang/cargo | 0.94 | 0.94.0 | 0.94.1 | exists rust-1.93.0 | rust-1.93.0
    sqlalchemy/sqlalchemy | 2.0 | rel_2_0_52 | rel_2_0_53 | exists rel_2_0 | rel_2_0
    sqlalchemy/sqlalchemy | 1.4 | rel_1_4_54 | rel_1_4_55 | exists rel_1_4 | rel_1_4
    sqlalchemy/sqlalchemy | 1.3 | rel_1_3_24 | rel_1_3_25 | exists rel_1_3 | rel_1_3
    sqlalchemy/sqlalchemy | 1.2 | rel_1_2_19 | rel_1_2_20 | exists rel_1_2 | rel_1_2
    sqlalchemy/sqlalchemy | 1.1 | rel_1_1_18 | rel_1_1_19 | exists rel_1_1 | rel_1_1
    sqlalchemy/sqlalchemy | 1.0 | rel_1_0_19 | rel_1_0_20 | exists rel_1_0 | rel_1_0
    swiftlang/swift-format | 603.0 | 603.0.0 | 603.0.1 | create 603.0.x
    swiftlang/swift-format | 602.0 | 602.0.0 | 602.0.1 | create 602.0.x
    swiftlang/swift-format | 601.0 | 601.0.0 | 601.0.1 | create 601.0.x
    swiftlang/swift-format | 600.0 | 600.0.0 | 600.0.1 | create 600.0.x
    swiftlang/swift-format | 510.1 | 510.1.0 | 510.1.1 | create 510.1.x
    swiftlang/swift-format | 510.0 | 510.0.1 | 510.0.2 | create 510.0.x
    symfony/symfony | 7.1 | v7.1.5 | v7.1.6 | exists 7.1 | 7.1
    symfony/symfony | 7.0 | v7.0.10 | v7.0.11 | exists 7.0 | 7.0
    symfony/symfony | 6.4 | v6.4.12 | v6.4.13 | exists 6.4 | 6.4
    symfony/symfony | 6.3 | v6.3.12 | v6.3.13 | exists 6.3 | 6.3
    symfony/symfony | 6.2 | v6.2.14 | v6.2.15 | exists 6.2 | 6.2
    symfony/symfony | 6.1 | v6.1.12 | v6.1.13 | exists 6.1 | 6.1
    systemd/systemd-stable | 256 | v256 | v256.1 | create v256-stable
    systemd/systemd-stable | 255 | v255.13 | v255.14 | exists v255-stable | v255-stable
    systemd/systemd-stable | 254 | v254.19 | v254.20 | exists v254-stable | v254-stable
    systemd/systemd-stable | 253 | v253.26 | v253.27 | exists v253-stable | v253-stable
    systemd/systemd-stable | 252 | v252.31 | v252.32 | exists v252-stable | v252-stable
    systemd/systemd-stable | 251 | v251.20 | v251.21 | exists v251-stable | v251-stable
    systemd/systemd-stable | - | v250.14 | - | - | v250-stable
    systemd/systemd-stable | - | v249.17 | - | - | v249-stable
    systemd/systemd-stable | - | v248.13 | - | - | v248-stable
    tokio-rs/tokio | 1.53 | tokio-1.53.1 | tokio-1.53.2 | trunk | master
    tokio-rs/tokio | 1.52 | tokio-1.52.4 | tokio-1.52.5 | exists tokio-1.52.x | tokio-1.52.x
    tokio-rs/tokio | 1.51 | tokio-1.51.4 | tokio-1.51.5 | exists tokio-1.51.x | tokio-1.51.x
    tokio-rs/tokio | 1.50 | tokio-1.50.0 | tokio-1.50.1 | create tokio-1.50.x
    tokio-rs/tokio | 1.49 | tokio-1.49.0 | tokio-1.49.1 | create tokio-1.49.x
    tokio-rs/tokio | 1.48 | tokio-1.48.0 | tokio-1.48.1 | create tokio-1.48.x
    tokio-rs/tokio | - | tokio-1.47.5 | - | - | tokio-1.47.x
    tokio-rs/tokio | - | tokio-1.45.1 | - | - | tokio-1.45.x
    tokio-rs/tokio | - | tokio-1.44.2 | - | - | tokio-1.44.x
    tokio-rs/tokio | - | tokio-1.43.4 | - | - | tokio-1.43.x
    tokio-rs/tokio | - | tokio-1.42.1 | - | - | tokio-1.42.x
    tokio-rs/tokio | - | tokio-1.39.3 | - | - | tokio-1.39.x
    twisted/towncrier | 24.8 | 24.8.0 | 24.8.1 | trunk | trunk
    twisted/towncrier | 24.7 | 24.7.1 | 24.7.2 | create release-24.7
    twisted/towncrier | 23.11 | 23.11.0 | 23.11.1 | create release-23.11
    twisted/towncrier | 23.10 | 23.10.0 | 23.10.1 | create release-23.10
    twisted/towncrier | 23.6 | 23.6.0 | 23.6.1 | create release-23.6
    twisted/towncrier | 22.12 | 22.12.0 | 22.12.1 | create release-22.12
    twisted/towncrier | - | 17.8.0 | - | - | release-17.8
    wagtail/wagtail | 7.4 | v7.4.3 | v7.4.4 | exists stable/7.4.x | stable/7.4.x
    wagtail/wagtail | 7.3 | v7.3.4 | v7.3.5 | exists stable/7.3.x | stable/7.3.x
    wagtail/wagtail | 7.2 | v7.2.3 | v7.2.4 | exists stable/7.2.x | stable/7.2.x
    wagtail/wagtail | 7.1 | v7.1.3 | v7.1.4 | exists stable/7.1.x | stable/7.1.x
    wagtail/wagtail | 7.0 | v7.0.9 | v7.0.10 | exists stable/7.0.x | stable/7.0.x
    wagtail/wagtail | 6.4 | v6.4.2 | v6.4.3 | exists stable/6.4.x | stable/6.4.x
    """
}
