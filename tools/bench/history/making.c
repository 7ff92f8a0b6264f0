// Building, testing, publishing.
#include <string.h>

#include "chance.h"
#include "steps.h"

const char *const outcomes[] = {"succeeded", "failed", "errored", "cancelled"};
static const char *const suites[] = {"regression", "acceptance", "smoke"};
static const char *const levels[] = {"system", "acceptance", "integration"};

static void build_begin(struct story *s, unsigned what) {
  (void)what;
  s->builds++;
  if (s->builds > 1 || s->committed == 0) {
    hex(s->commit, 40);
    s->committed = s->due - (moment)between(1, 300) * MINUTE;
  }
  say(s, s->builder, "build.started",
      "'build':'b-%u','commits':[{'authors':['%s'],'committedAt':'%s','id':'%s','reviewers':['%s']}],"
      "'initiator':'%s','mode':'automatic','tool':{'capability':'build-farm','name':'farm','version':'6.3.1'}",
      s->builds, s->author->account, date(s->committed), s->commit, s->reviewer->account, s->author->account);
}

static void build_end(struct story *s, unsigned outcome) {
  if (outcome != SUCCEEDED) {
    say(s, s->builder, "build.finished", "'build':'b-%u','mode':'automatic','outcome':'%s'", s->builds,
        outcomes[outcome]);
    return;
  }
  hex(s->digest, 64);
  hex(s->deployed, 64);
  if (s->defect != OTHER_DIGEST) memcpy(s->deployed, s->digest, sizeof s->deployed);
  say(s, s->builder, "build.finished",
      "'artifacts':[{'digest':'sha256:%s','mediaType':'application/vnd.oci.image.manifest.v1+json','name':'%s'}],"
      "'build':'b-%u','commits':[{'authors':['%s'],'committedAt':'%s','id':'%s'}],'mode':'automatic',"
      "'outcome':'succeeded','tool':{'capability':'build-farm','name':'farm','version':'6.3.1'}",
      s->digest, s->package->name, s->builds, s->author->account, date(s->committed), s->commit);
}

static void test_begin(struct story *s, unsigned suite) {
  s->tests++;
  s->suite = suite;
  s->test_begun = s->due;
  say(s, s->builder, "test.started",
      "'digests':['sha256:%s'],'environment':'%s','initiator':'%s','level':'%s','mode':'automatic','suite':'%s',"
      "'test':'t-%u'",
      s->digest, environment(s, suite), s->tester->account, levels[suite], suites[suite], s->tests);
}

static void test_end(struct story *s, unsigned outcome) {
  unsigned suite = s->suite;
  say(s, s->builder, "test.finished",
      "'counts':{'failed':%u,'passed':%u,'skipped':%u},'digests':['sha256:%s'],'environment':'%s','level':'%s',"
      "'mode':'automatic','outcome':'%s','suite':'%s','test':'t-%u'",
      outcome == FAILED ? between(1, 9) : 0, between(100, 999), below(5), s->digest, environment(s, suite),
      levels[suite], outcomes[outcome], suites[suite], s->tests);
}

static void test_told_late(struct story *s, unsigned what) {
  (void)what;
  s->happened = s->test_begun + (moment)between(10, 50) * MINUTE;
  test_end(s, SUCCEEDED);
}

static void validate(struct story *s, unsigned what) {
  (void)what;
  say(s, s->tester, "validation.finished",
      "'criteria':[{'criterion':'No error that a user sees','result':'met'}],'digests':['sha256:%s'],"
      "'environment':'staging','outcome':'succeeded','validation':'v-%u','validators':['%s','%s']",
      s->digest, s->builds, s->tester->account, s->user->account);
}

static void attest(struct story *s, unsigned what) {
  (void)what;
  char digest[65];
  hex(digest, 64);
  say(s, s->builder, "attestation.recorded",
      "'builder':'https://farm.example.org','digest':'sha256:%s','predicateType':'https://slsa.dev/provenance/v1',"
      "'statement':{'digest':'sha256:%s','mediaType':'application/json','size':%u}",
      s->digest, digest, between(900, 9000));
}

static void publish(struct story *s, unsigned what) {
  (void)what;
  say(s, s->builder, "package.published",
      "'digest':'sha256:%s','mediaType':'application/vnd.oci.image.manifest.v1+json','name':'%s',"
      "'registry':'https://registry.example.org/%s'",
      s->digest, s->package->name, s->package->name);
}

static void log_result(struct story *s, unsigned what) {
  (void)what;
  say(s, s->tester, "result.logged",
      "'environment':'staging','measurements':[{'name':'p99','unit':'ms','value':'%u'}],'of':'Load test',"
      "'outcome':'succeeded','phase':'test','result':'It holds the load of the busiest day'",
      between(80, 900));
}

static void document(struct story *s, unsigned what) {
  (void)what;
  char digest[65];
  hex(digest, 64);
  say(s, s->manager, "document.attached",
      "'evidence':{'digest':'sha256:%s','mediaType':'application/pdf','name':'plan-%lu.pdf','size':%u},"
      "'kind':'plan','title':'Release plan'",
      digest, s->number, between(9000, 900000));
}

const struct step BUILD_BEGIN = {build_begin, NEXT_DAYS, 0};
const struct step BUILD_IN_HASTE = {build_begin, RUNNING, 0};
const struct step BUILD_END = {build_end, RUNNING, 0};
const struct step TEST_BEGIN = {test_begin, RUNNING, 0};
const struct step TEST_END = {test_end, RUNNING, 0};
const struct step TEST_TOLD_LATE = {test_told_late, TOO_LATE, 0};
const struct step VALIDATE = {validate, SAME_DAY, 0};
const struct step ATTEST = {attest, AT_ONCE, 0};
const struct step PUBLISH = {publish, AT_ONCE, 0};
const struct step LOG_RESULT = {log_result, SAME_DAY, 0};
const struct step DOCUMENT = {document, SAME_DAY, 0};
