// Release events as they would come from a busy house, for the benchmark: CloudEvents, one a line.
//
//   generate_events --events N [--seed S] [--at POSITION] --owner ACCOUNT
//
// Many releases are under way at once; each one's events come in the order of its story: planned, built, tested,
// packaged, approved, deployed from test to production, handed over. Some builds fail and are tried again, some
// deployments are rolled back. The same seed gives the same bytes. ACCOUNT approves: it must be the ledger's owner.
//
// An approval names the position of the plan that it covers. POSITION says where the first event is going to stand, if
// all are appended in this order; without it there are no approvals, and a partner is consulted instead.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PACKAGES = 2000, UNDER_WAY = 256, REGIONS = 8 };

enum step {
  PLANNED, BUILD_STARTED, BUILD_FINISHED, TEST_STARTED, TEST_FINISHED, PUBLISHED, APPROVED,
  DEPLOYMENT_STARTED, DEPLOYMENT_FINISHED, ROLLED_BACK, OFFERED, ACCEPTED, ACTIVITY, OVER
};

struct story {
  enum step next;
  uint64_t number;
  unsigned package, author, region;
  unsigned builds, tests, deployments;
  uint64_t plan;
  char digest[65], commit[41];
};

// Where the event stands that is being told.
static uint64_t position;
static int knows_positions;

static const char *const suites[] = {"regression", "acceptance"};
static const char *const tiers[] = {"test", "staging", "production"};
static const char *const regions[REGIONS] = {"eu", "us-east", "us-west", "ap", "sa", "me", "af", "uk"};

static uint64_t seed = 1, state;
static uint64_t milliseconds;
static char moment[32];
static const char *owner;

// splitmix64.
static uint64_t chance(void) {
  uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static unsigned below(unsigned limit) { return (unsigned)(chance() % limit); }

static void hex(char *out, unsigned digits) {
  for (unsigned i = 0; i < digits; i++) out[i] = "0123456789abcdef"[chance() & 15];
  out[digits] = 0;
}

static void begin(struct story *story, uint64_t number) {
  memset(story, 0, sizeof *story);
  story->number = number;
  story->package = below(PACKAGES);
  story->author = below(120);
  story->region = below(REGIONS);
  hex(story->digest, 64);
  hex(story->commit, 40);
}

// Opens an event up to its data; who is an account, and kind says of what sort.
static void head(const char *who, const char *kind) {
  printf("{\"authid\":\"%s\",\"authtype\":\"%s\",\"data\":{", who, kind);
}

// Closes its data and the event.
static void tail(const struct story *story, const char *type, const char *source) {
  uint64_t high = milliseconds << 16 | 0x7000 | (chance() & 0xfff);
  uint64_t low = (chance() >> 2) | 0x8000000000000000;
  printf(
      "},\"datacontenttype\":\"application/json\",\"dataschema\":\"urn:relm:event:%s:1\","
      "\"id\":\"%08" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%012" PRIx64 "\",\"source\":\"/%s/team-%u\","
      "\"specversion\":\"1.0\",\"subject\":\"release/team-%u/service-%04u/%" PRIu64 ".%" PRIu64 "\","
      "\"time\":\"%s\",\"type\":\"relm.%s\"}\n",
      type, high >> 32, high >> 16 & 0xffff, high & 0xffff, low >> 48, low & 0xffffffffffff, source,
      story->package % 25, story->package % 25, story->package, seed, story->number, moment, type);
}

// Prints a story's next event and moves it on.
static void tell(struct story *story) {
  char person[48], robot[48], environment[48];
  unsigned tier = story->deployments % 3;
  snprintf(person, sizeof person, "dev-%u@example.org", story->author);
  snprintf(robot, sizeof robot, "ci-%u@example.org", story->package % 25);
  snprintf(environment, sizeof environment, "%s/%s", tiers[tier], regions[story->region]);

  switch (story->next) {
    case PLANNED:
      head(person, "user");
      printf(
          "\"changes\":[{\"id\":\"CHG-%" PRIu64 "\",\"system\":\"tracker\"}],\"class\":\"%s\",\"manager\":\"%s\","
          "\"purpose\":\"Bring change %" PRIu64 " to those who wait for it\",\"services\":[\"service-%04u\"]",
          story->number, below(4) ? "normal" : "standard", person, story->number, story->package);
      tail(story, "release.planned", "plan");
      story->plan = position;
      story->next = BUILD_STARTED;
      break;
    case BUILD_STARTED:
      head(robot, "service_account");
      printf(
          "\"build\":\"b-%" PRIu64 "-%u\",\"commits\":[{\"authors\":[\"%s\"],\"id\":\"%s\"}],\"mode\":\"automatic\","
          "\"tool\":{\"name\":\"swift-build\",\"version\":\"6.3.1\"}",
          story->number, story->builds, person, story->commit);
      tail(story, "build.started", "ci");
      story->next = BUILD_FINISHED;
      break;
    case BUILD_FINISHED: {
      int fails = story->builds < 2 && below(10) == 0;
      head(robot, "service_account");
      if (fails) {
        printf("\"build\":\"b-%" PRIu64 "-%u\",\"mode\":\"automatic\",\"outcome\":\"failed\"", story->number, story->builds);
      } else {
        printf(
            "\"artifacts\":[{\"digest\":\"sha256:%s\",\"name\":\"service-%04u\"}],\"build\":\"b-%" PRIu64 "-%u\","
            "\"mode\":\"automatic\",\"outcome\":\"succeeded\"",
            story->digest, story->package, story->number, story->builds);
      }
      tail(story, "build.finished", "ci");
      story->builds++;
      story->next = fails ? BUILD_STARTED : TEST_STARTED;
      break;
    }
    case TEST_STARTED:
      head(robot, "service_account");
      printf(
          "\"digests\":[\"sha256:%s\"],\"environment\":\"test/%s\",\"mode\":\"automatic\",\"suite\":\"%s\",\"test\":\"t-%" PRIu64
          "-%u\"",
          story->digest, regions[story->region], suites[story->tests % 2], story->number, story->tests);
      tail(story, "test.started", "ci");
      story->next = TEST_FINISHED;
      break;
    case TEST_FINISHED:
      head(robot, "service_account");
      printf(
          "\"counts\":{\"failed\":0,\"passed\":%u,\"skipped\":%u},\"digests\":[\"sha256:%s\"],\"environment\":\"test/%s\","
          "\"mode\":\"automatic\",\"outcome\":\"succeeded\",\"suite\":\"%s\",\"test\":\"t-%" PRIu64 "-%u\"",
          100 + below(900), below(5), story->digest, regions[story->region], suites[story->tests % 2], story->number,
          story->tests);
      tail(story, "test.finished", "ci");
      story->tests++;
      story->next = story->tests < 2 ? TEST_STARTED : PUBLISHED;
      break;
    case PUBLISHED:
      head(robot, "service_account");
      printf(
          "\"digest\":\"sha256:%s\",\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"name\":\"service-%04u\","
          "\"registry\":\"https://registry.example.org/team-%u\"",
          story->digest, story->package, story->package % 25);
      tail(story, "package.published", "ci");
      story->next = APPROVED;
      break;
    case APPROVED:
      story->next = DEPLOYMENT_STARTED;
      if (!knows_positions) {
        head(person, "user");
        printf("\"about\":\"The window\",\"name\":\"Shop operations\",\"outcome\":\"agreed\",\"partner\":\"business\"");
        tail(story, "partner.consulted", "chat");
        break;
      }
      head(owner, "user");
      printf(
          "\"digests\":[\"sha256:%s\"],\"meaning\":\"approval\",\"reason\":\"All acceptance criteria are met\","
          "\"plan\":%" PRIu64 ",\"scope\":\"deployment\"",
          story->digest, story->plan);
      tail(story, "approval.given", "chat");
      break;
    case DEPLOYMENT_STARTED:
      head(robot, "service_account");
      printf(
          "\"deployment\":\"d-%" PRIu64 "-%u\",\"digests\":[\"sha256:%s\"],\"environment\":\"%s\",\"kind\":\"code\","
          "\"mode\":\"automatic\",\"tool\":{\"name\":\"rollout\",\"version\":\"4.2\"}",
          story->number, story->deployments, story->digest, environment);
      tail(story, "deployment.started", "deploy");
      story->next = DEPLOYMENT_FINISHED;
      break;
    case DEPLOYMENT_FINISHED:
      head(robot, "service_account");
      printf(
          "\"deployment\":\"d-%" PRIu64 "-%u\",\"digests\":[\"sha256:%s\"],\"environment\":\"%s\","
          "\"mode\":\"automatic\",\"outcome\":\"succeeded\"",
          story->number, story->deployments, story->digest, environment);
      tail(story, "deployment.finished", "deploy");
      if (tier < 2) {
        story->deployments++;
        story->next = DEPLOYMENT_STARTED;
      } else {
        story->next = below(30) == 0 ? ROLLED_BACK : OFFERED;
      }
      break;
    case ROLLED_BACK:
      head(robot, "service_account");
      printf(
          "\"deployment\":\"d-%" PRIu64 "-%u\",\"environment\":\"%s\",\"reason\":\"Error rate over 2 %% after the cut-over\"",
          story->number, story->deployments, environment);
      tail(story, "deployment.rolledback", "deploy");
      story->next = OVER;
      break;
    case OFFERED:
      head(person, "user");
      printf(
          "\"environment\":\"%s\",\"handover\":\"h-%" PRIu64 "\",\"onCall\":\"team-%u-oncall\",\"party\":\"ops-%u@example.org\","
          "\"runbook\":\"https://wiki.example.org/service-%04u/runbook\",\"to\":\"operations\"",
          environment, story->number, story->package % 25, story->region, story->package);
      tail(story, "handover.offered", "chat");
      story->next = ACCEPTED;
      break;
    case ACCEPTED:
      snprintf(person, sizeof person, "ops-%u@example.org", story->region);
      head(person, "user");
      printf("\"handover\":\"h-%" PRIu64 "\",\"reason\":\"Runbook rehearsed with the shift on duty\"", story->number);
      tail(story, "handover.accepted", "chat");
      story->next = below(3) == 0 ? ACTIVITY : OVER;
      break;
    case ACTIVITY:
      head(person, "user");
      printf(
          "\"activity\":\"Watched the first day of change %" PRIu64 " with its users\",\"phase\":\"support\","
          "\"result\":\"%u questions answered\"",
          story->number, below(20));
      tail(story, "activity.recorded", "chat");
      story->next = OVER;
      break;
    case OVER:
      break;
  }
}

int main(int argc, char **argv) {
  uint64_t events = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!strcmp(argv[i], "--events")) events = strtoull(argv[i + 1], NULL, 10);
    else if (!strcmp(argv[i], "--seed")) seed = strtoull(argv[i + 1], NULL, 10);
    else if (!strcmp(argv[i], "--at")) position = strtoull(argv[i + 1], NULL, 10), knows_positions = 1;
    else if (!strcmp(argv[i], "--owner")) owner = argv[i + 1];
    else argc = 0;
  }
  if (events == 0 || owner == NULL || argc % 2 == 0) {
    fprintf(stderr, "usage: generate_events --events N [--seed S] [--at POSITION] --owner ACCOUNT\n");
    return 64;
  }
  state = seed * 0x2545f4914f6cdd1d;
  setvbuf(stdout, NULL, _IOFBF, 1 << 20);

  static struct story stories[UNDER_WAY];
  uint64_t begun = 0;
  for (int i = 0; i < UNDER_WAY; i++) begin(&stories[i], begun++);

  // 300 days from the first of 2025 on, however many events there are.
  const uint64_t start = 1735689600000, span = 300ULL * 86400 * 1000;
  time_t second = 0;
  for (uint64_t i = 0; i < events; i++, position++) {
    milliseconds = start + (uint64_t)((double)span * (double)i / (double)events);
    if ((time_t)(milliseconds / 1000) != second) {
      struct tm utc;
      second = (time_t)(milliseconds / 1000);
      strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&second, &utc));
    }
    struct story *story = &stories[below(UNDER_WAY)];
    tell(story);
    if (story->next == OVER) begin(story, begun++);
  }
  if (fflush(stdout) || ferror(stdout)) {
    perror("generate_events");
    return 74;
  }
  return 0;
}
