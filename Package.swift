// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "git-backport",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "git-backport", targets: ["git-backport"]),
    .executable(name: "git-backport-forge", targets: ["git-backport-forge"]),
    .library(name: "GitBackport", targets: ["Backport", "GitStore", "ReleaseModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "ReleaseModel", swiftSettings: safe),
    .target(
      name: "GitStore",
      dependencies: [
        "CLibgit2", "CZlib",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(
          name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
      ],
      swiftSettings: strict),
    .target(name: "Backport", dependencies: ["GitStore", "ReleaseModel"], swiftSettings: safe),
    .target(
      name: "BackportCLI",
      dependencies: [
        "Backport", "ReleaseModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Schemas", "Manual"],
      swiftSettings: safe),
    .executableTarget(name: "git-backport", dependencies: ["BackportCLI"], swiftSettings: safe),
    // The only target with an HTTP client; the main program runs it as git runs its commands.
    .target(
      name: "Forge",
      dependencies: [
        "ReleaseModel", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: safe),
    .executableTarget(name: "git-backport-forge", dependencies: ["Forge"], swiftSettings: safe),
    .target(
      name: "TestSupport", path: "Tests/TestSupport", exclude: ["Servers"], swiftSettings: safe),
    .testTarget(
      name: "ReleaseModelTests", dependencies: ["ReleaseModel", "TestSupport"],
      exclude: [
        "Documents/SecurityMarkdown/synthetic.json", "Documents/SecurityMarkdown/habits.json",
        "Case/case.json", "Case/sla_vectors.json",
      ],
      swiftSettings: safe),
    .testTarget(
      name: "GitStoreTests", dependencies: ["GitStore", "TestSupport"], swiftSettings: safe),
    .testTarget(
      name: "BackportTests", dependencies: ["Backport", "TestSupport"], swiftSettings: safe),
    .testTarget(
      name: "BackportCLITests",
      dependencies: [
        "BackportCLI", "Backport", "git-backport", "git-backport-forge", "ReleaseModel",
        "TestSupport",
      ],
      exclude: ["Commands/Goldens"],
      swiftSettings: safe),
    .testTarget(
      name: "ForgeTests",
      dependencies: ["Forge", "ReleaseModel", "git-backport-forge", "TestSupport"],
      swiftSettings: safe),
  ]
)
