import RelmDomain
import Testing

@Suite("Which environments a name stands for")
struct EnvironmentScopeTests {
  private static let environments = [
    "production", "production/eu", "production/eu/canary", "production/us", "productions", "staging",
    "staging/eu",
  ]

  @Test(
    "a name stands for itself, with a star for all below it, and a star alone for all there are",
    arguments: [
      ("production/eu", ["production/eu"]),
      ("production/*", ["production/eu", "production/eu/canary", "production/us"]), ("*", environments),
      ("produc", []), ("production/", []),
    ])
  func contains(_ scope: String, _ named: [String]) {
    #expect(Self.environments.filter(EnvironmentScope(scope).contains) == named)
  }

  @Test("what forbids reaches from a name down to all below it")
  func reaches() {
    let reached = Self.environments.filter(EnvironmentScope("production").reaches)
    #expect(reached == ["production", "production/eu", "production/eu/canary", "production/us"])
    #expect(Self.environments.filter(EnvironmentScope("production/*").reaches) == Array(reached.dropFirst()))
  }

  @Test(
    "every name that reaches an environment is among those that are looked up, and no other",
    arguments: environments)
  func reaching(_ environment: String) {
    let names = EnvironmentScope.reaching(environment)
    #expect(names.first == environment && Set(names).count == names.count)
    #expect(names.allSatisfy { EnvironmentScope($0).reaches(environment) })
    let others = Self.environments.flatMap { [$0, $0 + "/*"] } + ["*"]
    #expect(Set(others.filter { EnvironmentScope($0).reaches(environment) }) == Set(names).intersection(others))
  }
}
