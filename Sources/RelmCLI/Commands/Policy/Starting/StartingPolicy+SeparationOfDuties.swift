extension StartingPolicy {
  static let separationOfDutiesText = """
    # A policy that keeps duties apart: who approves a change has neither written it nor deploys it.
    #
    # Edit it, then:  relm policy check separation-of-duties.policy.yaml
    #                 relm policy adopt separation-of-duties.policy.yaml
    # Every rule and parameter is explained in 'relm record --help policy.adopted'. Lines that begin with # are comments.
    #
    # Only accounts that are linked to a human count as somebody: see 'relm person link --help'.

    # The policy's name for ever, and which version of it this is. Each version is adopted once.
    id: separation-of-duties
    version: 1
    title: Changes to production, with duties kept apart
    purpose: Nobody approves a change of their own, nor what they deploy themselves.

    # production or development. Without a policy for production, nothing may go there.
    context: production

    # Without appliesTo it applies to everything in its context. To narrow it:
    # appliesTo:
    #   packages: [payments-api]
    #   services: [payments]
    #   environments: [production/eu]

    # Besides those planned as critical, a release is critical where one of these holds.
    # What is critical needs an authorisation at level 6: see the rule authorised below.
    criticalWhen:
      classes: [emergency]
      # Likelihood times impact, each from 1 to 5, after what was done against it.
      residualRisk: 15
      securityImpact: high

    # A fact that is recorded late still counts, as late, within this time. P1D is a day, PT4H four hours.
    lateWithin: PT4H

    # How long an open gate stays open.
    gateValidity: PT4H

    # Rules that nobody may waive.
    nonWaivable: [approved, authorised]

    rules:
      # The release was planned: what it is for, and what is in it.
      - rule: planned

      # Its class fits: a standard change follows a procedure that is approved in advance, an emergency names an incident.
      - rule: classified

      # Its risk was assessed after its scope last changed, and is at most this: likelihood times impact.
      - rule: risk-assessed
        maximumResidual: 15

      # It was built from the commits that it declares. by: the record of it counts from linked humans and from service
      # accounts that have an owner ('relm person link --service ci@example.org --owner bo@example.org'), and from nobody else.
      # To name them:  by: {accounts: [ci@example.org]}  or what they work with:  by: {capabilities: [build-farm]}
      - rule: built
        by:
          kinds: [human, service]

      # Tests were run on exactly what is to be deployed, and the last run of each suite passed. That counts from none of
      # those who wrote the change or set its build going, nor from a service account of theirs: somebody else owns the
      # account of the tests. A test that failed counts from anybody.
      - rule: tested
        by:
          kinds: [human, service]
          independentOf: [author, initiator]

      # Two people with authority at level 5 have approved the deployment, and nobody still refuses it.
      # None of them wrote anything of it, and none of them deploys it.
      - rule: approved
        quorum: 2
        level: 5
        separate: [author, deployer]
        scopes: [deployment]

      # A critical release was authorised at level 6.
      - rule: authorised

      # 'relm gate' has said yes for this release, this environment and these artifacts, and not too long ago.
      - rule: gated

      # No freeze is in force where it goes.
      - rule: not-frozen

      # It was not withdrawn, superseded, closed or refused, and the environment is not retired.
      - rule: releasable

      # The releases that its plan requires run there.
      - rule: requirements-met

      # The release says how to go back, or why one only goes forward.
      - rule: rollback-planned

      # It was looked at soon after the deployment, whether all is well.
      - rule: verified
        within: PT4H
        by:
          kinds: [human, service]

      # What runs is what was recorded: somebody or something has looked.
      - rule: reconciled
        within: P1D
        by:
          kinds: [human, service]

      # There was a review after the release, its actions have owners, and overrides were ratified.
      - rule: reviewed
        within: P30D

      # What happens is recorded promptly.
      - rule: recorded-promptly
        within: PT4H

      # Whoever did something had the level for it.
      - rule: personnel-competent

    # When it begins to hold; never before it is adopted, whatever stands here.
    # effectiveFrom: "2027-01-01T00:00:00Z"

    # When you want to look at it again. It then appears in 'relm obligations'.
    # reviewBy: "2027-06-30T00:00:00Z"

    """
}
