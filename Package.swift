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
    .library(name: "GitBackport", targets: ["ReleaseModel"])
  ],
  targets: [
    .target(name: "ReleaseModel", swiftSettings: safe),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: safe),
    .testTarget(
      name: "ReleaseModelTests", dependencies: ["ReleaseModel", "TestSupport"],
      exclude: ["Documents/SecurityMarkdown/synthetic.json"],
      swiftSettings: safe),
  ]
)
