// What staff and operators do to the queue, chains, the scrub, and what goes onto a stick.
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "offline_cache/operator_desk.h"
#include "tests/offline_cache/exported_queue.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;
using base::Failure;

Stored held(Queue& queue, bool probe = false) {
  const Stored stored = queue.add(true);
  queue.conclude(*stored.lease, {Ending::held, {}, Failure::net_platform_busy, 500, 0, probe});
  return stored;
}

Stored in_chain(Queue& queue, std::uint8_t chain, bool lease_it = false) {
  auto envelope = envelope_for(queue.ids.next());
  envelope.chain = Chain{chain};
  auto stored = queue.outbox->enqueue(envelope, lease_it);
  EXPECT_TRUE(stored);
  return *std::move(stored);
}

TEST(AnOperator, tries_a_held_application_again) {
  Queue queue;
  const Stored stored = held(queue);
  EXPECT_FALSE(queue.claim());
  ASSERT_TRUE(queue.outbox->retry(stored.id));
  EXPECT_EQ(queue.claim()->id, stored.id);
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnOperator, holds_what_waits_and_gives_the_reason) {
  Queue queue;
  const Stored stored = queue.add();
  ASSERT_TRUE(queue.outbox->hold(stored.id, "asked at the counter " + std::string(500, 'x')));
  EXPECT_FALSE(queue.claim());
  const auto listed = queue.outbox->list(State::held, 0, 10);
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front().reason.size(), kLongestReason);
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnOperator, gives_up_only_what_is_held_or_rejected) {
  Queue queue;
  const Stored waiting = queue.add();
  const auto refused = queue.outbox->discard(waiting.id, "no");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, Failure::save_action_refused);
  EXPECT_EQ(queue.outbox->discard(queue.ids.next(), "no").error().failure, Failure::save_action_refused);
  const Stored stored = held(queue);
  ASSERT_TRUE(queue.outbox->discard(stored.id, "made anew at the counter"));
  EXPECT_EQ(queue.state(stored.id), State::tombstone);
  EXPECT_EQ(queue.state(waiting.id), State::queued);
  EXPECT_TRUE(queue.outbox->self_check());  // invariant 3: the payload is gone
}

TEST(AnOperator, does_nothing_without_an_account_and_a_reason) {
  Queue queue;
  const Stored stored = held(queue);
  using Kind = QueueAction::Kind;
  EXPECT_EQ(may_be_done({Kind::retry, stored.id, {}, kNobody, ""}).error().failure, Failure::save_action_refused);
  EXPECT_EQ(may_be_done({Kind::discard, stored.id, {}, 1000, ""}).error().failure, Failure::save_action_refused);
  EXPECT_EQ(queue.state(stored.id), State::held);
  const QueueAction discard{Kind::discard, stored.id, {}, 1000, "paper came instead"};
  EXPECT_TRUE(may_be_done(discard));
  EXPECT_TRUE(perform(*queue.outbox, discard));
  EXPECT_EQ(queue.state(stored.id), State::tombstone);
}

TEST(AnOperator, sees_every_attempt) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.conclude(*stored.lease, try_again());
  queue.claim();
  const auto attempts = queue.outbox->attempts(stored.id);
  ASSERT_EQ(attempts->size(), 2U);
  EXPECT_TRUE((*attempts)[0].finished);
  EXPECT_EQ((*attempts)[0].failure, "NET-001");
  EXPECT_FALSE((*attempts)[1].finished);  // the started row is there before the socket opens
}

TEST(AChain, arrives_in_order_and_holds_up_nobody_else) {
  Queue queue;
  const Stored first = in_chain(queue, 1), second = in_chain(queue, 1), other = in_chain(queue, 2);
  auto lease = queue.claim();
  EXPECT_EQ(lease->id, first.id);
  lease = queue.conclude(*lease, try_again(), {true, {}, lease->row});
  EXPECT_EQ(lease->id, other.id);  // the second of the chain waits for the first
  lease = queue.conclude(*lease, acknowledged(), {true, second.id, 0});
  EXPECT_EQ(lease->id, first.id);  // even when the resident of the second stands there
  lease = queue.conclude(*lease, acknowledged(), kNext);
  EXPECT_EQ(lease->id, second.id);
}

TEST(AChain, is_not_leased_at_once_while_an_earlier_one_waits) {
  Queue queue;
  in_chain(queue, 1);
  EXPECT_FALSE(in_chain(queue, 1, true).lease);
  EXPECT_TRUE(in_chain(queue, 2, true).lease);
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AChain, waits_for_what_is_held_and_goes_on_when_it_was_given_up) {
  Queue queue;
  const Stored first = in_chain(queue, 1, true);
  queue.conclude(*first.lease, {Ending::held, {}, Failure::save_record_held, 422, 0});
  const Stored second = in_chain(queue, 1);
  EXPECT_FALSE(queue.claim());
  ASSERT_TRUE(queue.outbox->discard(first.id, "made anew"));
  EXPECT_EQ(queue.claim()->id, second.id);
}

TEST(ADailyProbe, takes_only_what_was_held_for_it) {
  Queue queue;
  held(queue);
  const Stored probed = held(queue, true);
  const Claim probe{true, {}, 0, true};
  const auto lease = queue.claim(probe);
  ASSERT_TRUE(lease);
  EXPECT_EQ(lease->id, probed.id);
  EXPECT_TRUE(lease->probe);
  queue.conclude(*lease, {Ending::held, {}, Failure::net_platform_busy, 500, 0, true});
  EXPECT_FALSE(queue.claim({true, {}, lease->row, true}));
  EXPECT_TRUE(queue.claim(probe));
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(TheScrub, finds_a_payload_that_changed_and_goes_round) {
  Queue queue;
  const Stored sound = queue.add(), hurt = queue.add(), stuck = held(queue);
  queue.close();
  auto bytes = *base::read_file(queue.file(), 64U << 20U);
  for (const auto& id : {hurt.id, stuck.id}) bytes[bytes.find(id.text() + R"(","kid")") + 300] = 'B';
  std::ofstream(queue.file(), std::ios::binary) << bytes;
  queue.limits.rows_to_digest = 0;
  queue.reopen();
  EXPECT_EQ(queue.state(hurt.id), State::queued);
  ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::hourly));
  EXPECT_EQ(queue.state(hurt.id), State::held);
  EXPECT_EQ(queue.state(sound.id), State::queued);
  const auto listed = queue.outbox->list(State::held, 0, 10);
  ASSERT_EQ(listed->size(), 2U);
  for (const Listed& row : *listed) EXPECT_EQ(row.failure, "SAVE-003");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::hourly));
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnExport, carries_every_payload_and_leaves_the_queue_alone) {
  Queue queue;
  const Stored waiting = queue.add(), stuck = held(queue);
  const Stored gone = queue.add(true);
  queue.conclude(*gone.lease, acknowledged());
  const auto before = queue.outbox->counts();
  const auto file = queue.folder / "stick" / "linli.export";
  std::filesystem::create_directory(file.parent_path());
  const auto records = export_queue(*queue.outbox, file);
  ASSERT_TRUE(records) << records.error().detail;
  EXPECT_EQ(records->records, 2);
  EXPECT_EQ(queue.outbox->counts(), before);
  EXPECT_TRUE(queue.outbox->self_check());
  const std::string text = *base::read_file(file);
  std::vector<base::Uuid> seen;
  const auto read = read_export(text, [&](const ExportedRecord& record) {
    seen.push_back(record.id);
    EXPECT_EQ(record.envelope, envelope_for(record.id).bytes);
    EXPECT_EQ(record.plaintext_digest, envelope_for(record.id).plaintext_digest);
  });
  EXPECT_EQ(*read, 2);
  EXPECT_EQ(seen, (std::vector{waiting.id, stuck.id}));
}

TEST(AnExport, is_known_to_be_partial_wherever_it_ends_and_damaged_wherever_it_changed) {
  Queue queue;
  queue.add();
  queue.add();
  const auto file = queue.folder / "linli.export";
  ASSERT_TRUE(export_queue(*queue.outbox, file));
  const std::string text = *base::read_file(file);
  const auto none = [](const ExportedRecord&) {};
  for (std::size_t length = 0; length < text.size(); length += 7)
    EXPECT_FALSE(read_export(text.substr(0, length), none)) << length;
  EXPECT_FALSE(read_export(text.substr(0, text.size() - 1), none));
  EXPECT_FALSE(read_export(text + "x", none));
  for (std::size_t at = 0; at < text.size(); at += 11) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(read_export(changed, none)) << at;
  }
  EXPECT_TRUE(read_export(text, none));
}

TEST(AnExport, onto_a_stick_that_cannot_be_written_leaves_nothing_behind) {
  Queue queue;
  queue.add();
  const auto file = queue.folder / "no such folder" / "linli.export";
  EXPECT_EQ(export_queue(*queue.outbox, file).error().failure, Failure::save_io_error);
  EXPECT_FALSE(export_queue(*queue.outbox, queue.folder.path()));  // a folder is in the way
  EXPECT_FALSE(std::filesystem::exists(queue.folder.path().string() + ".partial"));
  EXPECT_EQ(queue.outbox->counts().queued, 1);
}

}  // namespace
