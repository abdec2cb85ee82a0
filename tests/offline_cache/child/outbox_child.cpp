// outbox_child MODE FOLDER [COUNT]
//   enqueue   stores COUNT applications (0: until killed); prints "id code" for each only after it is acknowledged
//   life      COUNT lives: accept with claim, acknowledge
//   drain     COUNT lives that waited: accept, then claim and acknowledge one after the other
//   open      prints the failure code of opening, or "ok QUEUED INFLIGHT HELD FILL%"
//   audit     writes COUNT records into the audit log under FOLDER, in files of 1000 bytes
//   hold      opens, prints "ok", and waits for its standard input to end
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "base/log.h"
#include "base/uuid.h"
#include "offline_cache/audit_log.h"
#include "offline_cache/sqlite/open_outbox.h"

namespace {

using offline_cache::Claim;
using offline_cache::Ending;
using offline_cache::Envelope;
using offline_cache::Outbox;

base::SystemClock system_clock;
base::SystemRandom system_random;

void say(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(3);
}

int fail(const base::Error& error) {
  say(fmt::format("{}\n", base::entry(error.failure).code));
  return 1;
}

Envelope envelope(base::UuidSource& ids) {
  Envelope made;
  made.id = ids.next();
  made.bytes = fmt::format(R"({{"header":{{"id":"{}"}},"sealed":"{}"}})", made.id.text(), std::string(1600, 'A'));
  made.digest = offline_cache::sha256(made.bytes);
  made.plaintext_digest = made.digest;
  made.version = made.suite = 1;
  made.key_id = "0123456789abcdef";
  made.created = system_clock.wall();
  return made;
}

int enqueue(Outbox& outbox, long count, bool lease_it) {
  base::UuidSource ids(system_clock, system_random);
  for (long i = 0; count == 0 || i < count; ++i) {
    const auto stored = outbox.enqueue(envelope(ids), lease_it);
    if (!stored) return fail(stored.error());
    say(fmt::format("{} {}\n", stored->id.text(), stored->receipt_code));
    (void)outbox.tidy(Outbox::Tidy::between_records);
  }
  return 0;
}

int live(Outbox& outbox, long count) {
  base::UuidSource ids(system_clock, system_random);
  for (long i = 0; i < count; ++i) {
    const auto stored = outbox.enqueue(envelope(ids), true);
    if (!stored) return fail(stored.error());
    const auto ended = outbox.conclude(*stored->lease, {Ending::acknowledged, "2026-000017", {}, 201, 0}, {});
    if (!ended) return fail(ended.error());
    (void)outbox.tidy(Outbox::Tidy::between_records);
  }
  return 0;
}

int drain(Outbox& outbox, long count) {
  if (const int code = enqueue(outbox, count, false); code != 0) return code;
  const Claim next{true, {}, 0};
  auto lease = outbox.claim(next);
  while (lease && *lease) lease = outbox.conclude(**lease, {Ending::acknowledged, "2026-000017", {}, 201, 0}, next);
  return lease ? 0 : fail(lease.error());
}

int audit(const std::string& folder, long count) {
  auto opened = offline_cache::open_audit_log(folder, "HP-03", {.file_bytes = 1000}, system_clock, system_random,
                                              {"0123456789abcdef", [](std::string_view) { return std::string(64, 'x'); }});
  if (!opened) return fail(opened.error());
  for (long i = 0; i < count; ++i) {
    auto status = opened->log->append(offline_cache::AuditRecord(offline_cache::AuditEvent::visit_began));
    if (status) status = opened->log->sync();
    if (!status) return fail(status.error());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string mode = argv[1];
  base::log::quiet();
  const long count = argc > 3 ? std::atol(argv[3]) : 0;
  if (mode == "audit") return audit(argv[2], count);
  auto opened = offline_cache::open_outbox(argv[2], {.ballast_bytes = 64 << 10}, system_clock, system_random);
  if (!opened) return fail(opened.error());
  Outbox& outbox = *opened->outbox;
  if (mode == "enqueue") return enqueue(outbox, count, true);
  if (mode == "life") return live(outbox, count);
  if (mode == "drain") return drain(outbox, count);
  const auto counts = outbox.counts();
  if (mode == "open")
    say(fmt::format("ok {} {} {} {:.0f}%\n", counts.queued, counts.in_flight, counts.held, outbox.fill() * 100));
  if (mode == "hold") {
    say("ok\n");
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {}
  }
  return 0;
}
