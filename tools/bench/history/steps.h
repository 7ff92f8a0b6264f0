// The steps of a release: what can happen in its life, phase by phase.
#pragma once

#include "story.h"

// Where something is deployed to: test, staging, and from PRODUCTION on the story's regions in turn.
enum { TEST, STAGING, PRODUCTION };
const char *environment(const struct story *story, unsigned place);

// planning.c
extern const struct step PLAN, PLAN_IN_HASTE, DESIGN, SCOPE, RISK;
extern const struct step SCHEDULE_PROPOSED, FREEZE, SCHEDULE_AGREED, COMMUNICATE;
extern const struct step COMPONENT; // 0 to 3: what is assessed; plus 4: with findings
extern const struct step CONSULT;   // 0 and 1: business or IT; plus 2: they object

// making.c
extern const struct step BUILD_BEGIN, BUILD_IN_HASTE, TEST_BEGIN; // a test: of which suite
extern const struct step BUILD_END, TEST_END;     // the outcome
extern const struct step TEST_TOLD_LATE, VALIDATE, ATTEST, PUBLISH, LOG_RESULT, DOCUMENT;
enum { SUCCEEDED, FAILED, ERRORED, CANCELLED };
extern const char *const outcomes[];

// permitting.c
extern const struct step APPROVE; // 0 its deployment, 1 its plan, 2 its deployment by a second approver
extern const struct step REFUSE, WITHDRAW_APPROVAL, WAIVE, REVOKE_WAIVER, OVERRIDE, RATIFY, ESCALATE, DECIDE;
extern const struct step REQUEST_AUTHORISATION, AUTHORISE, DENY_AUTHORISATION;

// deploying.c
extern const struct step DEPLOY, DEPLOY_AGAIN; // where to
extern const struct step PROGRESS;             // the share in percent; over 100: 100 more, and aborted
extern const struct step DEPLOY_END;           // the outcome
extern const struct step DEPLOY_TOLD_LATE, NEXT_REGION, ROLL_BACK, ACTIVITY, SERVE;
extern const struct step VERIFY;               // the outcome
extern const struct step BASELINE, EXCHANGE;   // 0 before the deployment, 1 after it
extern const struct step STEP_COMPLETED, STEP_LEFT_OUT; // which step of the procedure
extern const struct step REMOVE_FROM_TEST;

// aftermath.c
extern const struct step OFFER, ACCEPT;  // 0 operations, 1 users; accepting, plus 2: on two conditions
extern const struct step REJECT;         // 0 operations, 1 users
extern const struct step CONDITION_MET;  // which
extern const struct step SUPPORT_OPEN, ADVISE, SUPPORT_CLOSE;
extern const struct step REVIEW_OPEN, FINDING, RAISE_ACTION, COMPLETE_ACTION; // a finding, an action: which
extern const struct step REVIEW_CLOSE, CLOSE;                                 // how it went
extern const struct step WITHDRAW, SUPERSEDE;
extern const struct step INCIDENT;             // 0 it only happened, 1 an emergency release is going to mend it
extern const struct step INCIDENT_RESOLVED;    // 0 by this deployment, 1 by itself
extern const struct step ATTRIBUTE;            // 0 suspected, 1 confirmed
extern const struct step MISTAKE, CORRECT; // 0 a result, 1 an activity, 2 a verification
extern const struct step ANNUL, REINSTATE, ACQUIT;
