// swift-tools-version: 6.2
import PackageDescription

// `tools/test` sets it: a warning is an error there, and a mere warning while one works.
let strict = Context.environment["RELM_STRICT"] == "1"

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A test target, named after what it tests; all of them share the test support.
func tests(_ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.byName(name: name), "RelmBytes", "RelmTestSupport"] + dependencies,
    exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "relm",
  products: [.executable(name: "relm", targets: ["relm"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
  ],
  targets: [
    // Pure: no storage, clock, randomness or file.
    .target(name: "RelmBytes", swiftSettings: settings),
    .target(name: "RelmProof", dependencies: ["RelmBytes", crypto], swiftSettings: settings),
    .target(name: "RelmDomain", dependencies: ["RelmBytes", "RelmProof"], swiftSettings: settings),
    .target(
      name: "RelmRules", dependencies: ["RelmDomain", "RelmProof"],
      // Data that tools/generate writes into Swift, so that the program is one file.
      exclude: ["Controls/Frameworks"], swiftSettings: settings),
    .target(name: "RelmViews", dependencies: ["RelmDomain", "RelmProof"], swiftSettings: settings),
    .target(
      name: "RelmHistory", dependencies: ["RelmRules", "RelmViews", "RelmDomain", "RelmProof"],
      swiftSettings: settings),
    .target(
      name: "RelmJudging", dependencies: ["RelmRules", "RelmHistory", "RelmViews", "RelmDomain", "RelmProof"],
      swiftSettings: settings),
    .target(
      name: "RelmSample", dependencies: ["RelmBytes", "RelmDomain", "RelmProof"], swiftSettings: settings),
    .target(
      name: "RelmReports", dependencies: ["RelmBytes", "RelmDomain", "RelmProof"], swiftSettings: settings),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "RelmYAML", dependencies: ["CYAML"], swiftSettings: settings + [.strictMemorySafety()]),
    .target(
      name: "RelmInterchange", dependencies: ["RelmDomain", "RelmProof", "RelmYAML"], swiftSettings: settings),

    // Effects: the map, the log, the secrets, and the shell that joins them to the core.
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .target(name: "RelmFiles", swiftSettings: settings + [.strictMemorySafety()]),
    .target(
      name: "RelmStorage", dependencies: ["CLMDB", "RelmFiles"],
      swiftSettings: settings + [.strictMemorySafety()]),
    .target(
      name: "RelmLog", dependencies: ["RelmStorage", "RelmFiles", "RelmProof", "RelmDomain"],
      swiftSettings: settings),
    .target(
      name: "RelmVault", dependencies: ["RelmFiles", "RelmBytes", "RelmDomain", "RelmProof", crypto],
      swiftSettings: settings
    ),
    .target(
      name: "RelmLedger",
      dependencies: [
        "RelmLog", "RelmStorage", "RelmFiles", "RelmProof", "RelmDomain", "RelmRules", "RelmViews",
        "RelmHistory",
        "RelmJudging", "RelmSample", "RelmVault", crypto,
      ],
      swiftSettings: settings),

    // The edge.
    .target(
      name: "RelmCLI",
      dependencies: [
        "RelmLedger", "RelmDomain", "RelmProof", "RelmRules", "RelmViews", "RelmHistory", "RelmJudging",
        "RelmReports", "RelmInterchange", "RelmSample",
        "RelmFiles", "RelmVault", argumentParser,
      ],
      swiftSettings: settings),
    // Keeps glibc's name service switch out, which a program that is linked whole may not have.
    .target(name: "CNameService"),
    .executableTarget(
      name: "relm", dependencies: ["RelmCLI", "CNameService"], swiftSettings: settings,
      // Linked whole it needs nothing of the machine, and starts in a third of the time.
      linkerSettings: [.unsafeFlags(["-static-executable"], .when(configuration: .release))]),
    .executableTarget(
      name: "relm-bench", dependencies: ["RelmLedger", "RelmFiles", "RelmDomain", argumentParser],
      path: "tools/bench/RelmBench", swiftSettings: settings),

    .target(name: "RelmTestSupport", path: "Tests/RelmTestSupport", swiftSettings: settings),
    .executableTarget(
      name: "StorageProbe", dependencies: ["RelmStorage"], path: "Tests/StorageProbe", swiftSettings: settings),
    .executableTarget(
      name: "SchemaProbe", dependencies: ["RelmDomain"], path: "Tests/SchemaProbe", swiftSettings: settings),
    tests("RelmStorage", "StorageProbe"),
    tests("RelmProof"),
    tests("RelmDomain", "RelmProof", exclude: ["Fixtures"]),
    .target(
      name: "RelmTestWorld",
      dependencies: ["RelmBytes", "RelmRules", "RelmHistory", "RelmViews", "RelmDomain", "RelmProof"],
      path: "Tests/RelmTestWorld", swiftSettings: settings),
    tests("RelmViews", "RelmTestWorld", "RelmHistory", "RelmDomain", "RelmProof"),
    tests("RelmRules", "RelmTestWorld", "RelmViews", "RelmDomain", "RelmProof"),
    tests(
      "RelmJudging", "RelmTestWorld", "RelmRules", "RelmViews", "RelmHistory", "RelmDomain", "RelmProof"),
    tests("RelmReports", "RelmDomain", "RelmProof", exclude: ["Goldens"]),
    tests("RelmYAML"),
    tests("RelmInterchange", "RelmYAML", "RelmDomain", "RelmProof", exclude: ["Goldens"]),
    tests("RelmLog", "RelmStorage", "RelmProof", "RelmDomain"),
    tests("RelmVault", "RelmDomain", "RelmProof"),
    .executableTarget(
      name: "LedgerProbe",
      dependencies: [
        "RelmLedger", "RelmLog", "RelmStorage", "RelmViews", "RelmHistory", "RelmJudging", "RelmProof",
        "RelmDomain",
      ],
      path: "Tests/LedgerProbe", swiftSettings: settings),
    tests(
      "RelmLedger", "RelmLog", "RelmStorage", "RelmProof", "RelmDomain", "RelmViews", "RelmHistory",
      "RelmJudging", "RelmVault",
      "RelmInterchange", "RelmReports", "RelmSample", "LedgerProbe", "relm", exclude: ["Goldens"]),
    tests("RelmCLI", "relm", "RelmDomain"),
  ]
)
