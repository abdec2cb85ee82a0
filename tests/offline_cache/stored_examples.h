// Envelopes and queues that the outbox tests share.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/uuid.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace offline_cache_examples {

using namespace offline_cache;

// Looks sealed; the outbox does not open seals.
inline Envelope envelope_for(const base::Uuid& id, std::size_t size = 1600) {
  Envelope made;
  made.id = id;
  made.bytes = fmt::format(
      R"({{"header":{{"clock":"unverified","created":"2026-11-23T01:41:00Z","id":"{}","kid":"0123456789abcdef","suite":1,"terminal":"HP-03","version":1}},"sealed":"{}"}})",
      id.text(), std::string(size, 'A'));
  made.plaintext_digest = sha256("plaintext of " + id.text());
  made.digest = sha256(made.bytes);
  made.version = made.suite = 1;
  made.key_id = "0123456789abcdef";
  made.created = test_support::FakeClock().wall();
  return made;
}

inline const Claim kNext{true, std::nullopt, 0};
inline Conclusion acknowledged(std::string number = "2026-000017") {
  return {Ending::acknowledged, std::move(number), {}, 201, 0};
}
inline Conclusion try_again() { return {Ending::try_again, {}, base::Failure::net_unreachable, 0, 7}; }

// A queue in a folder of its own.
struct Queue {
  test_support::TemporaryFolder folder;
  test_support::FakeClock clock;
  base::SeededRandom random{7};
  base::UuidSource ids{clock, random};
  StoreLimits limits{.quota_bytes = 64LL << 20, .ballast_bytes = 64LL << 10};
  std::unique_ptr<Outbox> outbox;

  Queue() { reopen(); }

  std::filesystem::path file() const { return folder / "outbox" / "outbox.db"; }
  void close() { outbox.reset(); }
  base::Result<OpenedOutbox> try_open() {
    close();
    return open_outbox(folder.path(), limits, clock, random);
  }
  void reopen() {
    auto opened = try_open();
    ASSERT_TRUE(opened) << opened.error().detail;
    outbox = std::move(opened->outbox);
  }
  Stored add(bool lease_it = false) {
    auto stored = outbox->enqueue(envelope_for(ids.next()), lease_it);
    EXPECT_TRUE(stored) << (stored ? "" : stored.error().detail);
    return stored ? *std::move(stored) : Stored{};
  }
  std::optional<Lease> claim(const Claim& claim = kNext) {
    auto lease = outbox->claim(claim);
    EXPECT_TRUE(lease);
    return lease ? *std::move(lease) : std::nullopt;
  }
  std::optional<Lease> conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next = kClaimNothing) {
    auto following = outbox->conclude(lease, conclusion, next);
    EXPECT_TRUE(following) << (following ? "" : following.error().detail);
    return following ? *std::move(following) : std::nullopt;
  }
  State state(const base::Uuid& id) { return (**outbox->find(id)).state; }
};

}  // namespace offline_cache_examples
