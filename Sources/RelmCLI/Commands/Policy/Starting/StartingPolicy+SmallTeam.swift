extension StartingPolicy {
  static let smallTeamText = """
    # A policy for a small team: few rules, each of which somebody would miss.
    #
    # Edit it, then:  relm policy check small-team.policy.yaml
    #                 relm policy adopt small-team.policy.yaml
    # Every rule and parameter is explained in 'relm record --help policy.adopted'. Lines that begin with # are comments.

    # The policy's name for ever, and which version of it this is. Each version is adopted once.
    id: small-team
    version: 1
    title: Changes to production, in a small team
    purpose: Nothing reaches production that only its author has seen.

    # production or development. Without a policy for production, nothing may go there.
    context: production

    # Without appliesTo it applies to everything in its context. To narrow it:
    # appliesTo:
    #   services: [payments]
    #   environments: [production/eu]
    #   classes: [standard, normal]

    # A fact that is recorded late still counts, as late, within this time. P1D is a day, PT4H four hours.
    lateWithin: P1D

    # How long an open gate stays open.
    gateValidity: PT4H

    # Rules that nobody may waive.
    nonWaivable: [approved]

    rules:
      # The release was planned: what it is for, and what is in it.
      - rule: planned

      # It was built, and the build is recorded.
      - rule: built

      # Tests were run on exactly what is to be deployed, and the last run passed.
      # To name suites:  suites: [unit, acceptance]
      - rule: tested

      # At least one person with authority at level 5 has approved the deployment, and wrote nothing of the change.
      # Only accounts that are linked to a human count: see 'relm person link --help'.
      - rule: approved
        quorum: 1
        level: 5
        separate: [author]
        scopes: [deployment]

      # No freeze is in force where it goes.
      - rule: not-frozen

      # It was not withdrawn, superseded, closed or refused, and the environment is not retired.
      - rule: releasable

      # The releases that its plan requires run there.
      - rule: requirements-met

      # The release says how to go back, or why one only goes forward.
      - rule: rollback-planned

      # Somebody or something has looked, within an hour after the deployment, whether all is well.
      - rule: verified
        within: PT1H

      # What happens is recorded within a day.
      - rule: recorded-promptly
        within: P1D

    # When it begins to hold; never before it is adopted, whatever stands here.
    # effectiveFrom: "2027-01-01T00:00:00Z"

    # When you want to look at it again. It then appears in 'relm obligations'.
    # reviewBy: "2027-06-30T00:00:00Z"

    """
}
