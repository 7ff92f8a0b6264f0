extension StartingPolicy {
  static let regulatedText = """
    # A policy for production under regulation: every step is recorded, shown, and approved by those who may.
    #
    # Edit it, then:  relm policy check regulated.policy.yaml
    #                 relm policy adopt regulated.policy.yaml
    # Every rule and parameter is explained in 'relm record --help policy.adopted'. Lines that begin with # are comments.
    #
    # Only accounts that are linked to a human count as somebody: see 'relm person link --help'.
    # It is a beginning and no legal advice: which law and which standard ask what of you is for you to find out.

    # The policy's name for ever, and which version of it this is. Each version is adopted once.
    id: regulated
    version: 1
    title: Changes to regulated production
    purpose: What reaches production can be shown to have been planned, tested, approved and handed over as it should.

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
      residualRisk: 10
      securityImpact: medium

    # A fact that is recorded late still counts, as late, within this time. P1D is a day, PT4H four hours.
    lateWithin: PT1H

    # How long an open gate stays open.
    gateValidity: PT2H

    # Rules that nobody may waive.
    nonWaivable: [tested, approved, authorised, gated, attested]

    rules:
      # The release was planned: what it is for, and what is in it.
      - rule: planned

      # Its class fits: a standard change follows a procedure that is approved in advance, an emergency names an incident.
      - rule: classified

      # It was designed: in which order its parts go, how it is rolled out, what makes it acceptable.
      - rule: designed

      # Its components were assessed in these respects.
      # by: what speaks for the release counts from linked humans and from service accounts that have an owner ('relm person
      # link --service ci@example.org --owner bo@example.org'), and from nobody else; what speaks against it from anybody.
      # To name them:  by: {accounts: [ci@example.org]}  or what they work with:  by: {capabilities: [build-farm]}
      - rule: components-assessed
        assessments: [function, vulnerability, licence]
        by:
          kinds: [human, service]

      # Its risk was assessed after its scope last changed, and is at most this: likelihood times impact.
      - rule: risk-assessed
        maximumResidual: 9
        by:
          kinds: [human]

      # It was built from the commits that it declares.
      # To name the tools that may build it:  capabilities: [build-farm]
      - rule: built
        by:
          kinds: [human, service]

      # Tests were run on exactly what is to be deployed, and the last run of each suite passed.
      # None of those who wrote the change or set its build going is the source of that, nor a service account of theirs:
      # somebody else owns the account of the tests.
      # To name suites:  suites: [regression, acceptance]
      - rule: tested
        by:
          kinds: [human, service]
          independentOf: [author, initiator]

      # It was validated against its acceptance criteria, and not by its authors alone.
      - rule: validated
        by:
          kinds: [human, service]
          independentOf: [author]

      # What was there before and what is there after was recorded.
      - rule: baselined
        moments: [before, after]
        by:
          kinds: [human, service]

      # It was deployed inside the window that was agreed.
      - rule: scheduled

      # These partners were asked.
      - rule: partners-consulted
        partners: [business, it]

      # Its users were told, a day ahead or earlier.
      - rule: communicated
        audiences: [users]
        leadTime: P1D

      # A procedure of yours was followed, step by step. Name it, and take the comment signs away.
      # - rule: procedure-applied
      #   procedures: [standard-deployment]

      # Two people with authority at level 5 have approved plan and deployment, and nobody still refuses them.
      # None of them asked for it, wrote anything of it, set off its build, or deploys it.
      - rule: approved
        quorum: 2
        level: 5
        separate: [requester, author, initiator, deployer]
        scopes: [plan, deployment]

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

      # There is a signed statement of how the artifacts were made.
      - rule: attested
        predicateTypes: ["https://slsa.dev/provenance/v1"]
        by:
          kinds: [human, service]

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

      # It was handed over, and these have accepted it.
      - rule: handed-over
        communities: [operations, users]
        within: P14D

      # Its makers have supported it for at least this long, until their criteria were met.
      - rule: supported
        minimum: P5D

      # There was a review after the release, its actions have owners, and overrides were ratified.
      - rule: reviewed
        within: P30D

      # What happens is recorded promptly.
      - rule: recorded-promptly
        within: PT1H

      # Whoever did something had the level for it.
      - rule: personnel-competent

      # These processes, tools and people were in place and assessed. Name yours, and take the comment signs away.
      # - rule: capability-in-place
      #   capabilities: [build-farm]

    # When it begins to hold; never before it is adopted, whatever stands here.
    # effectiveFrom: "2027-01-01T00:00:00Z"

    # When you want to look at it again. It then appears in 'relm obligations'.
    # reviewBy: "2027-06-30T00:00:00Z"

    """
}
