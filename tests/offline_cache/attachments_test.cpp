// Attachments are one unit with their application: stored, kept, sent, acknowledged and erased with it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "base/files.h"
#include "base/log.h"
#include "offline_cache/operator_desk.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/exported_queue.h"
#include "tests/offline_cache/hall.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

SealedPart part_of_bytes(std::size_t size, char filler) {
  SealedPart part{std::string(size, filler), {}};
  part.digest = sha256(part.bytes);
  return part;
}

Envelope with_two_parts(const base::Uuid& id) {
  Envelope made = envelope_for(id);
  made.parts = {part_of_bytes(1000, 'P'), part_of_bytes(2 * kPieceBytes + 1, 'Q')};
  return made;
}

std::string read_whole(Outbox& outbox, std::int64_t row, int ordinal) {
  std::string bytes;
  for (auto piece = outbox.read_part(row, ordinal, 0); piece && !piece->empty();
       piece = outbox.read_part(row, ordinal, std::ssize(bytes))) {
    EXPECT_LE(piece->size(), kPieceBytes);
    bytes += *piece;
  }
  return bytes;
}

// What is done to the file behind the queue's back; its triggers are taken away first.
void tamper(Queue& queue, const std::string& sql) {
  queue.close();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  for (const std::string& each : {std::string("DROP TRIGGER part_kept"), std::string("DROP TRIGGER piece_kept"),
                                  std::string("DROP TRIGGER piece_frozen"), sql})
    ASSERT_EQ(sqlite3_exec(raw, each.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
  sqlite3_close(raw);
}

TEST(AnAttachment, is_stored_with_its_application_and_read_in_pieces) {
  Queue queue;
  const Envelope given = with_two_parts(queue.ids.next());
  const auto stored = queue.outbox->enqueue(given, true);
  ASSERT_TRUE(stored && stored->lease) << (stored ? "" : stored.error().detail);
  ASSERT_EQ(stored->lease->parts.size(), 2U);
  for (const Part& part : stored->lease->parts) {
    const auto& was = given.parts[static_cast<std::size_t>(part.ordinal) - 1];
    EXPECT_EQ(part.digest, was.digest);
    EXPECT_EQ(part.size, std::ssize(was.bytes));
    EXPECT_EQ(read_whole(*queue.outbox, stored->lease->row, part.ordinal), was.bytes);
  }
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnAttachment, that_arrived_is_not_sent_again_and_all_go_with_the_acknowledgement) {
  Queue queue;
  const auto stored = queue.outbox->enqueue(with_two_parts(queue.ids.next()), true);
  ASSERT_TRUE(stored && stored->lease);
  const std::int64_t row = stored->lease->row;
  ASSERT_TRUE(queue.outbox->part_arrived(*stored->lease, 1));
  auto lease = queue.conclude(*stored->lease, try_again(), kNext);
  ASSERT_TRUE(lease);
  ASSERT_EQ(lease->parts.size(), 1U);
  EXPECT_EQ(lease->parts.front().ordinal, 2);
  Conclusion lost = try_again();
  lost.parts_again = true;
  lease = queue.conclude(*lease, lost, kNext);
  ASSERT_TRUE(lease);
  EXPECT_EQ(lease->parts.size(), 2U);
  queue.conclude(*lease, acknowledged());
  EXPECT_TRUE(queue.outbox->parts(row)->empty());
  EXPECT_EQ(*queue.outbox->read_part(row, 1, 0), "");
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnAttachment, is_counted_in_what_operators_see_and_carry) {
  Queue queue;
  const auto stored = queue.outbox->enqueue(with_two_parts(queue.ids.next()), true);
  ASSERT_TRUE(stored && stored->lease);
  queue.add();
  constexpr std::int64_t kBytes = 1000 + 2 * kPieceBytes + 1;
  const auto waiting = queue.outbox->list(std::nullopt, 0, 10);
  ASSERT_EQ(waiting->size(), 2U);
  EXPECT_EQ(waiting->front().attachments, 2);
  EXPECT_EQ(waiting->front().attachment_bytes, kBytes);
  EXPECT_EQ(waiting->back().attachments, 0);
  const auto carried = export_queue(*queue.outbox, queue.folder / "stick");
  ASSERT_TRUE(carried);
  EXPECT_EQ(carried->records, 2);
  EXPECT_EQ(carried->attachments, 2);
  EXPECT_EQ(carried->attachment_bytes, kBytes);
  queue.conclude(*stored->lease, acknowledged());
  const auto gone = queue.outbox->list(std::nullopt, 0, 10);
  EXPECT_EQ(gone->front().attachments, 2);
  EXPECT_EQ(gone->front().attachment_bytes, 0) << "the office has them, and nobody else";
}

TEST(AnAttachment, is_given_up_with_its_application) {
  Queue queue;
  const auto stored = queue.outbox->enqueue(with_two_parts(queue.ids.next()), false);
  ASSERT_TRUE(queue.outbox->hold(stored->id, "asked"));
  EXPECT_TRUE(queue.outbox->self_check());
  ASSERT_TRUE(queue.outbox->discard(stored->id, "asked again"));
  EXPECT_TRUE(queue.outbox->parts(1)->empty());
  EXPECT_TRUE(queue.outbox->self_check());
}

// A sender that gets on is not what kills it, however often it dies.
TEST(AnAttachment, that_arrived_is_progress) {
  Queue queue;
  Envelope given = envelope_for(queue.ids.next());
  for (int i = 0; i < 4; ++i) given.parts.push_back(part_of_bytes(100, static_cast<char>('A' + i)));
  ASSERT_TRUE(queue.outbox->enqueue(given, false));
  for (int ordinal = 1; ordinal <= 4; ++ordinal) {
    auto lease = queue.claim();
    ASSERT_TRUE(lease) << "held after " << ordinal;
    ASSERT_TRUE(queue.outbox->part_arrived(*lease, ordinal));
    queue.reopen();  // it died
  }
  EXPECT_EQ(queue.state(given.id), State::queued);
}

TEST(AnAttachment, that_is_not_what_was_stored_holds_its_application_and_nobody_else) {
  for (const bool scrubbed : {false, true}) {
    Queue queue;
    const auto damaged = queue.outbox->enqueue(with_two_parts(queue.ids.next()), false);
    const Stored after = queue.add();
    tamper(queue, "UPDATE piece SET bytes=zeroblob(length(bytes)) WHERE ordinal=2 AND n=1");
    queue.reopen();
    if (scrubbed)
      ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::hourly));
    else
      EXPECT_EQ(queue.claim()->id, after.id);
    EXPECT_EQ(queue.state(damaged->id), State::held);
    EXPECT_TRUE(queue.outbox->self_check());
  }
}

TEST(AnAttachment, that_is_missing_is_noticed_and_its_application_rescued_for_a_human) {
  for (const std::string_view lost : {"DELETE FROM part WHERE ordinal=2", "DELETE FROM part"}) {
    Queue queue;
    const auto stored = queue.outbox->enqueue(with_two_parts(queue.ids.next()), false);
    const Stored other = queue.add();
    tamper(queue, std::string(lost));
    auto opened = queue.try_open();
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(opened->damaged_queues, 1) << lost;
    queue.outbox = std::move(opened->outbox);
    EXPECT_EQ(queue.state(stored->id), State::held) << lost;
    EXPECT_EQ(queue.state(other.id), State::queued);
    EXPECT_EQ(queue.outbox->parts(1)->size(), 2U);
    const auto lease = queue.claim();
    ASSERT_EQ(lease->id, other.id);
    queue.conclude(*lease, acknowledged());
    ASSERT_TRUE(queue.outbox->retry(stored->id));  // staff may ask for it; it is still not sent as if it were whole
    EXPECT_FALSE(queue.claim());
    EXPECT_EQ(queue.state(stored->id), State::held);
  }
}

TEST(AQuota, counts_attachments_before_they_are_stored) {
  Queue queue;
  queue.limits.quota_bytes = 2 << 20;
  queue.reopen();
  Envelope large = envelope_for(queue.ids.next());
  for (int i = 0; i < 4; ++i) large.parts.push_back(part_of_bytes(kLargestAttachment, 'L'));
  const auto refused = queue.outbox->enqueue(large, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, Failure::save_disk_full);
  EXPECT_EQ(queue.outbox->counts().waiting(), 0);
  EXPECT_TRUE(queue.outbox->self_check());
  large.parts.resize(2);
  const auto stored = queue.outbox->enqueue(large, true);
  ASSERT_TRUE(stored && stored->lease);
  queue.conclude(*stored->lease, acknowledged());  // erasing overwrites, and fits too
  EXPECT_LT(queue.outbox->fill(), 0.2);
}

// Made by the version before attachments: 8 acknowledged, 11 waiting, 1 whose sender died.
TEST(AQueueOfVersionTwo, comes_into_this_version_as_it_is) {
  Queue queue;
  queue.close();
  std::filesystem::remove_all(queue.folder / "outbox");
  std::filesystem::create_directories(queue.folder / "outbox");
  const std::string archive = std::string(LINLI_SOURCE_DIR) + "/tests/offline_cache/fixtures/outbox-v2.tar.xz";
  ASSERT_EQ(ChildProcess({"tar", "-xJf", archive, "-C", (queue.folder / "outbox").string()}).wait(), 0);
  auto opened = queue.try_open();
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->damaged_queues, 0);
  queue.outbox = std::move(opened->outbox);
  EXPECT_EQ(queue.outbox->counts(), (QueueCounts{12, 0, 8, 0, 0, 0, 0}));
  ASSERT_TRUE(queue.outbox->enqueue(with_two_parts(queue.ids.next()), false));
  queue.reopen();
  EXPECT_TRUE(queue.outbox->self_check());
  int sent = 0;
  for (auto lease = queue.claim(); lease; lease = queue.conclude(*lease, acknowledged(), kNext)) ++sent;
  EXPECT_EQ(sent, 13);
}

// --- on their way ------------------------------------------------------------------------------------------------------

constexpr std::string_view kPicture = "a picture of 王秀兰 000000194103081240";

base::Uuid submit_with_attachments(Hall& hall) {
  Submission submission{hall.ids.next(), base::Secret(R"({"answers":{"bill":2},"language":"zh"})")};
  submission.attachments.push_back({"bill", "image/jpeg", base::Secret(kPicture)});
  submission.attachments.push_back({"bill", "image/jpeg", base::Secret(std::string(200'000, 'J'))});
  const auto id = submission.id;
  hall.courier->submit(std::move(submission));
  return id;
}

int times(const FaultServer& server, const base::Uuid& id, int ordinal) {
  const auto parts = server.parts();
  const auto found = parts.find(fmt::format("{} {}", id.text(), ordinal));
  return found == parts.end() ? 0 : found->second;
}

TEST(ACourierWithAttachments, sends_each_once_and_the_application_last) {
  Hall hall;
  hall.open();
  const auto id = submit_with_attachments(hall);
  ASSERT_TRUE(hall.next_of<Saved>(id));
  ASSERT_TRUE(hall.next_of<Received>(id));
  EXPECT_EQ(times(hall.server, id, 1), 1);
  EXPECT_EQ(times(hall.server, id, 2), 1);
  EXPECT_EQ(hall.server.accepted().at(id.text()), 1);
  auto seen = hall.server.seen();
  std::erase_if(seen, [](const auto& request) { return request.method != "PUT"; });
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_NE(seen[0].target.find("/parts/"), std::string::npos);
  EXPECT_NE(seen[1].target.find("/parts/"), std::string::npos);
  EXPECT_TRUE(seen[2].target.ends_with(id.text()));
  EXPECT_EQ(seen[0].connection, seen[2].connection);
}

TEST(ACourierWithAttachments, leaves_nothing_of_them_in_the_clear) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  ASSERT_TRUE(hall.next_of<Saved>(submit_with_attachments(hall)));
  hall.courier.reset();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(hall.folder.path())) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = base::read_file(entry.path(), 64U << 20U);
    EXPECT_EQ(bytes->find("a picture of"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes->find(std::string(64, 'J')), std::string::npos) << entry.path();
    EXPECT_EQ(bytes->find("image/jpeg"), std::string::npos) << entry.path();
  }
}

// Somebody presses "send now" whenever it fails.
bool received_without_patience(Hall& hall, const base::Uuid& id) {
  while (const auto event = hall.events.take_for(20s)) {
    if (const auto* link = std::get_if<LinkChanged>(&*event); link != nullptr && link->failure) hall.courier->send_now();
    if (const auto* received = std::get_if<Received>(&*event); received != nullptr && received->id == id) return true;
  }
  return false;
}

// Whatever happens to the second one: it comes again, the first does not, and the application is received once.
TEST(ACourierWithAttachments, goes_on_behind_the_last_that_arrived) {
  for (const auto behaviour : {Behaviour::broken, Behaviour::reset, Behaviour::other_digest, Behaviour::wrong_signature,
                               Behaviour::consume_and_close, Behaviour::other_id, Behaviour::truncated_length}) {
    SCOPED_TRACE(test_support::name_of(behaviour));
    Hall hall;
    hall.server.next({Behaviour::honest, ""});
    hall.server.next({behaviour, ""});
    hall.open();
    const auto id = submit_with_attachments(hall);
    ASSERT_TRUE(received_without_patience(hall, id));
    EXPECT_EQ(times(hall.server, id, 1), 1);
    EXPECT_GE(times(hall.server, id, 2), 1);
    EXPECT_EQ(hall.server.accepted().at(id.text()), 1);
    EXPECT_EQ(hall.server.tally()[std::string(test_support::name_of(behaviour))], 1);
  }
}

TEST(ACourierWithAttachments, sends_all_again_to_a_platform_that_lost_them) {
  Hall hall;
  hall.server.next({Behaviour::honest, ""});
  hall.server.next({Behaviour::honest, ""});
  hall.server.next({Behaviour::forgets_parts, ""});
  hall.open();
  const auto id = submit_with_attachments(hall);
  ASSERT_TRUE(hall.becomes(Link::down, Failure::net_platform_busy));
  hall.courier->send_now();
  ASSERT_TRUE(hall.next_of<Received>(id));
  EXPECT_EQ(times(hall.server, id, 1), 2);
  EXPECT_EQ(times(hall.server, id, 2), 2);
  EXPECT_EQ(hall.server.accepted().at(id.text()), 1);
}

TEST(ACourierWithAttachments, holds_what_the_platform_refuses_and_nobody_waits_for_it) {
  Hall hall;
  hall.open();
  ASSERT_TRUE(hall.becomes(Link::up));
  hall.server.next({Behaviour::honest, ""});
  hall.server.next({Behaviour::too_large, ""});
  const auto id = submit_with_attachments(hall);
  ASSERT_TRUE(hall.next_of<Refused>(id));
  const auto other = hall.submit();
  EXPECT_TRUE(hall.next_of<Received>(other));
  EXPECT_FALSE(hall.server.accepted().contains(id.text()));
}

TEST(ACourierWithAttachments, killed_between_two_of_them_goes_on_with_the_second) {
  Hall hall;
  hall.server.next({Behaviour::honest, ""});
  hall.server.next({Behaviour::silent, ""});
  std::filesystem::create_directories(hall.folder.path());
  ChildProcess child(
      {LINLI_BINARY_DIR "/bin/courier_child", (hall.folder / "data").string(), hall.server.url(), hall.server.office_key()});
  const auto id = base::Uuid::parse(child.read_line());
  ASSERT_TRUE(id);
  ASSERT_TRUE(hall.server.wait_until([&] { return hall.server.puts() == 2; }));
  child.kill_now();
  EXPECT_NE(child.wait(), 0);
  hall.open();
  ASSERT_TRUE(hall.next_of<Received>(*id));
  EXPECT_EQ(times(hall.server, *id, 1), 1);
  EXPECT_EQ(times(hall.server, *id, 2), 1);
  EXPECT_EQ(hall.server.accepted().at(id->text()), 1);
}

}  // namespace
