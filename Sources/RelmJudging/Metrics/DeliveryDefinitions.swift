/// What the delivery metrics mean, in words.
package enum DeliveryDefinitions {
  /// Whose definitions are followed, and of which year.
  package static let wording = "DORA 2025"

  package static let source = """
    These are DORA's five software delivery metrics, named and grouped as dora.dev and the report of 2025 do: change \
    lead time, deployment frequency and failed deployment recovery time for throughput, change fail rate and deployment \
    rework rate for instability. How each is counted in a ledger is said here in our own words. Whether a value is good \
    is not said: DORA's groups of performers are those of one report's survey, and change with every year.
    """

  /// A name and what it means; what every measure rests on comes first.
  package static let all: [(name: String, meaning: String)] = [
    (
      "what is counted",
      """
      Deployments to production that ended in the span, by the time at which they happened: from its beginning to \
      before its end. Production is every environment that the ledger does not know as one of development; one that is \
      retired stays what it was. A deployment ends with its finish, or where none is recorded with its rollback. Every \
      kind counts, code as well as configuration or data, and so do cancelled ones. What was annulled does not count. \
      With --environment only that environment counts, even one of development; with --package only that package.
      """
    ),
    (
      "change lead time",
      """
      For each commit with a known time the time from then to the end of the first successful deployment of the release \
      that it came with: median and 90th percentile. Commits are those that the plan names, as last changed, and those \
      of successful builds. A release that is deployed again does not count its commits again, and a commit that came \
      with several releases counts once, with the first of them ever, be that before the span. Told apart: first deployments of which no \
      commit time is known, and commits that are dated after their deployment, which are left out.
      """
    ),
    (
      "deployment frequency",
      """
      Successful deployments per day of the span, and the days on which there was one: in UTC, or by the clocks of --zone, \
      where a day may have 23 hours or 25. A deployment that was rolled back afterwards did succeed.
      """
    ),
    (
      "failed deployment recovery time",
      """
      For each failed deployment the time until it was recovered from: median and 90th percentile. It begins when the \
      first incident that names the deployment as its confirmed cause began, or else was opened; without one, when the \
      deployment was finished. It ends with the first of these that is recorded, in this order: all those incidents are \
      resolved, and the service worked again; the deployment was rolled back; and where its own outcome was failed or \
      errored, the package's next deployment there succeeded, even after the span. Told apart: failures with no such \
      end, and those whose times say no length, because the beginning is missing or comes after the end.
      """
    ),
    (
      "change fail rate",
      """
      Failed deployments out of all that ended. A deployment failed if its outcome was failed or errored, if it was \
      rolled back, or if an incident names it as its confirmed cause. An incident that names a release means its one \
      deployment, in the incident's environment where it has one. Nearness in time says nothing. Told apart: deployments \
      that are only suspected, incidents that began in the span and name no cause, and confirmed causes that tell no \
      single deployment. With --package, incidents without a cause are still all counted, for nothing says whose they are.
      """
    ),
    (
      "deployment rework rate",
      """
      Deployments of releases that answer something that went wrong, out of all that ended: the release's class is \
      emergency, or its plan says that it fixes an incident. Told apart: deployments of releases that nobody planned.
      """
    ),
    (
      "percentiles",
      """
      By nearest rank: the smallest measured value that at least so many percent of all do not exceed. The median is the \
      50th; of an even number of values, the lower of the two in the middle. Seconds are whole; what is smaller is cut off.
      """
    ),
  ]
}
