// The crash points C1 to C24 of the facts (reliability §1.4), where each lies in the program, and how a test stops there.
#pragma once

#include <functional>
#include <string>

namespace crash {

struct Point {
  const char* name;    // of a LINLI_FAILPOINT or LINLI_CRASHPOINT
  const char* clause;  // "C3"
  bool taken;          // what the step under way does has happened, for good
};

// Passed by the queue itself on its scripted day. C5, a commit that reports an error, is the error returned at either side of
// the commit; C17's inside is every single write of a checkpoint, which APowerCut and AProcessKilledAtAnySystemCall go through.
inline constexpr Point kQueuePoints[] = {
    {"accept-begins", "C2", false},         // the id is made, nothing is written
    {"accept-written", "C3, C5", false},    // inside the transaction
    {"accept-committed", "C4, C5", true},   // durable, and nobody knows
    {"claim-committed", "C10", true},       // the attempt is on the disk, no socket is open
    {"conclusion-written", "C14", false},   // the answer is there, not yet committed
    {"conclusion-committed", "C15", true},  // acknowledged, the payload erased in the same transaction
    {"checkpoint-begins", "C17", false},   {"checkpoint-done", "C17", false},
};

// Passed while an application is carried to a platform. The row is QUEUED afterwards, whichever it is, and is sent again.
inline constexpr Point kCourierPoints[] = {
    {"accept-begins", "C2", false},     // sealed, not stored: nothing is there
    {"accepted-not-told", "C6", true},  // stored, the code never shown
    {"leased-not-sent", "C10", true},
    {"exchange-under-way", "C11 to C13", true},  // every turn between the connection and the last byte of the answer
    {"answered-not-concluded", "C14", true},
};

// Beside the database: files that are written aside and renamed, and the log.
inline constexpr Point kFilePoints[] = {
    {"forget-written", "C16", false},   {"forget-committed", "C16", true},        {"migration-begun", "C18", false},
    {"migration-batch", "C18", false},  {"catalogue-file-written", "C19", false}, {"catalogue-made-aside", "C19", false},
    {"catalogue-renamed", "C19", true}, {"export-record-written", "C20", false},  {"export-written", "C20", false},
    {"ballast-released", "C21", true},  {"ballast-restored", "C21", true},        {"queue-set-aside", "C22", true},
    {"store-made-aside", "C22", false}, {"rescue-committed", "C22", true},        {"audit-written", "C23", false},
    {"audit-file-begun", "C23", true},  {"audit-end-recorded", "C23", true},
};

// C1 (before confirm), C7 and C8 (code shown, in mid-print) are of the kiosk: tests/journeys/killed_terminal_test.cpp kills the
// program itself there, and cuts its power. C9 does not arise:
// no mark is kept of what was printed, so nothing is ever printed by itself after a start. C24 (A/B update) is of the installer:
// tests/journeys/two_slots_test.cpp.

// While it lives, the `arrival`th time (1 is the first) that `point` is passed `act` is called; true: the function there fails.
// One at a time, on one thread.
class Armed {
 public:
  Armed(std::string point, int arrival, std::function<bool()> act);
  ~Armed();
  Armed(const Armed&) = delete;
  Armed& operator=(const Armed&) = delete;
  bool reached() const;
};

// Plays `work` in a child process that is killed (SIGKILL) at the point. `say` sends a byte to the parent.
struct Death {
  bool killed = false;  // else it came to its end without passing the point that often
  std::string said;
};
Death die_at(const std::string& point, int arrival, const std::function<void(const std::function<void(char)>& say)>& work);

}  // namespace crash
