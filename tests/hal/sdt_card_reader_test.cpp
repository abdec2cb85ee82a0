// The real driver on the simulated module: every byte goes over the wire.
#include "hal/id_card/sdt_card_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "hal/absent/absent_card_reader.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_transport.h"
#include "tests/hal/card_event_recorder.h"
#include "tests/hal/sdt_bytes.h"

namespace {

using card_test::entries;
using card_test::kReady;
using hal::SdtCommand;
using sdt_bytes::text_of;
using namespace std::chrono_literals;

// Quick where nothing is measured, patient where a busy machine must not look like a broken reader.
hal::SdtTiming quick_sdt() {
  hal::SdtTiming timing;
  timing.find_period = timing.quiet_find_period = timing.presence_period = timing.status_period = timing.reopen_pause = 1ms;
  timing.idle_check_period = 2ms;
  timing.absent_period = timing.breaker = 50ms;
  timing.warm_up = 10ms;
  timing.short_answer = timing.card_answer = timing.read_answer = timing.address_answer = 10s;
  timing.inside_frame = 20ms;
  timing.drain_silence = 2ms;
  timing.drain_limit = 50ms;
  return timing;
}

// For readers that are really silent.
hal::SdtTiming impatient() {
  hal::SdtTiming timing = quick_sdt();
  timing.short_answer = timing.card_answer = timing.read_answer = timing.address_answer = 50ms;
  return timing;
}

class ACardReader : public testing::Test {
 protected:
  void start(const hal::SdtTiming& timing = quick_sdt()) {
    reader = hal::make_sdt_card_reader(
        hal::make_simulated_transport(module), clock, [] { return 2026y / 11 / 23; }, heard.sink(), timing);
  }
  void start_ready(const hal::SdtTiming& timing = quick_sdt()) {
    start(timing);
    ASSERT_EQ(heard.next(), "starting");
    ASSERT_EQ(heard.next(), kReady);
    reader->want_card(true);
  }

  base::SystemClock clock;
  std::shared_ptr<hal::SamModule> module = std::make_shared<hal::SamModule>();
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::CardReader> reader;
};

TEST_F(ACardReader, keeps_the_published_conversation) {
  start(hal::SdtTiming{});
  ASSERT_TRUE(heard.await(kReady));
  module->lay_card(text_of("R1"));
  reader->want_card(true);
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
  module->lift_card();
  EXPECT_EQ(heard.next(), "lifted");
  using enum SdtCommand;
  std::vector<SdtCommand> asked = module->questions();
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  if (asked.back() != find_card) asked.push_back(find_card);  // the search goes on after this
  EXPECT_EQ(asked, (std::vector{status, module_id, find_card, select_card, read_text, read_new_address, find_card}));
}

TEST_F(ACardReader, reads_every_kind_of_document) {
  start_ready();
  for (const auto& [id, name] :
       {std::pair{"R1", "测试甲"}, {"R2", "样本·乙丙"}, {"J1", "测试丙"}, {"I1", "测试丁"}, {"Y1", "测试戊"}}) {
    module->lay_card(text_of(id));
    EXPECT_EQ(heard.next(), "laid");
    EXPECT_EQ(heard.next(), std::string("read ") + name);
    module->lift_card();
    EXPECT_EQ(heard.next(), "lifted");
  }
}

TEST_F(ACardReader, reads_a_card_that_lies_there_once_only) {
  module->lay_card(text_of("R1"));
  start_ready();
  ASSERT_TRUE(heard.await("read 测试甲"));
  reader->want_card(false);
  reader->want_card(true);
  module->lift_card();
  EXPECT_EQ(heard.next(), "lifted");
}

TEST_F(ACardReader, sees_two_cards_swapped_as_two_cards) {
  start_ready();
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("read 测试甲"));
  module->lay_card(text_of("R2"));  // no moment of an empty plate between them
  EXPECT_EQ(heard.next(), "lifted");
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 样本·乙丙");
}

TEST_F(ACardReader, leaves_a_card_alone_while_none_is_wanted) {
  start_ready();
  reader->want_card(false);
  module->forget_questions();
  module->lay_card(text_of("R1"));
  while (module->questions().size() < 5) std::this_thread::yield();
  auto asked = module->questions();
  asked.erase(asked.begin(), asked.begin() + 2);  // a search may have been under way
  EXPECT_TRUE(std::ranges::all_of(asked, [](SdtCommand command) { return command == SdtCommand::status; }));
  EXPECT_FALSE(heard.try_next());
  reader->want_card(true);
  EXPECT_EQ(heard.next(), "laid");
}

TEST_F(ACardReader, never_gives_a_person_when_unplugged_at_any_byte_of_the_answer) {
  start_ready();
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("read 测试甲"));
  module->lift_card();
  ASSERT_EQ(heard.next(), "lifted");
  constexpr std::size_t kWhole = 1295;
  module->unplug_inside_next_read(0);
  module->lay_card(text_of("R1"));
  for (std::size_t bytes = 1; bytes <= kWhole; ++bytes) {
    ASSERT_EQ(heard.next(), "laid") << bytes;
    ASSERT_EQ(heard.next(), "lifted") << bytes;
    ASSERT_EQ(heard.next(), "absent") << bytes;
    module->unplug_inside_next_read(bytes);
    module->plug();
    ASSERT_EQ(heard.next(), "starting") << bytes;
    ASSERT_EQ(heard.next(), kReady) << bytes;
  }
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
}

TEST_F(ACardReader, reads_answers_that_come_in_pieces_of_any_size) {
  start_ready();
  for (const std::size_t size : {1U, 2U, 3U, 7U, 64U, 500U, 1294U}) {
    module->set_piece_size(size);
    module->lay_card(text_of("R2"));
    ASSERT_TRUE(heard.await("read 样本·乙丙")) << size;
    module->lift_card();
    ASSERT_TRUE(heard.await("lifted"));
  }
}

TEST_F(ACardReader, gives_no_person_from_an_answer_cut_short_and_reads_on_the_second_try) {
  auto timing = quick_sdt();
  timing.read_answer = 50ms;
  start_ready(timing);
  const auto whole = sdt_bytes::read_frame(text_of("R1"));
  for (const std::size_t cut : {0U, 1U, 6U, 7U, 14U, 300U, 1294U}) {
    module->replace_next_read({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)});
    module->lay_card(text_of("R2"));
    ASSERT_EQ(heard.next(), "laid") << cut;
    ASSERT_EQ(heard.next(), "read 样本·乙丙") << cut;
    module->lift_card();
    ASSERT_EQ(heard.next(), "lifted") << cut;
  }
}

TEST_F(ACardReader, reads_on_through_noise) {
  module->set_noisy(true);
  start();
  reader->want_card(true);
  ASSERT_TRUE(heard.await(kReady));
  for (int i = 0; i < 5; ++i) {
    module->lay_card(text_of("R1"));
    ASSERT_TRUE(heard.await("read 测试甲"));
    module->lift_card();
    ASSERT_TRUE(heard.await("lifted"));
  }
}

TEST_F(ACardReader, asks_again_after_a_wrong_checksum_without_a_word) {
  start_ready();
  module->damage_checksums(1);
  module->lay_card(text_of("R1"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
}

TEST_F(ACardReader, is_no_worse_for_a_slow_module) {
  module->set_answer_delay(10ms);
  start_ready();
  module->lay_card(text_of("R1"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
}

TEST_F(ACardReader, survives_answers_that_come_too_late_for_their_questions) {
  start_ready(impatient());
  module->set_answer_delay(70ms);
  ASSERT_TRUE(heard.await("faulted CARD-009"));
  module->set_answer_delay(0ms);
  module->lay_card(text_of("R1"));
  EXPECT_TRUE(heard.await("read 测试甲"));
}

TEST_F(ACardReader, says_when_the_module_falls_silent_and_when_it_is_back) {
  start_ready(impatient());
  module->set_silent(true);
  EXPECT_TRUE(heard.await("faulted CARD-009"));
  module->set_silent(false);
  EXPECT_TRUE(heard.await(kReady));
}

TEST_F(ACardReader, counts_what_went_wrong_on_the_line_and_what_was_done_about_it) {
  start_ready(impatient());
  module->damage_checksums(1);
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("read 测试甲"));
  EXPECT_EQ(reader->statistics().value(hal::Counter::noise), 1U);
  module->set_silent(true);
  ASSERT_TRUE(heard.await("faulted CARD-009"));
  EXPECT_GE(reader->statistics().value(hal::Counter::unanswered), 4U);
  EXPECT_GE(reader->statistics().value(hal::Counter::recoveries), 2U);  // the module reset, the device reset
}

TEST_F(ACardReader, tells_in_its_health_whether_a_card_lies_there) {
  base::Mailbox<hal::Media> media;
  reader = hal::make_sdt_card_reader(
      hal::make_simulated_transport(module), clock, [] { return 2026y / 11 / 23; },
      [&](const hal::CardReaderEvent& event) {
        if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) (void)media.post(health->media);
      },
      quick_sdt());
  const auto await = [&](hal::Media wanted) {
    while (const auto now = media.take_for(20s))
      if (*now == wanted) return true;
    return false;
  };
  EXPECT_TRUE(await(hal::Media::none));
  reader->want_card(true);
  module->lay_card(text_of("R1"));
  EXPECT_TRUE(await(hal::Media::present));
  module->lift_card();
  EXPECT_TRUE(await(hal::Media::none));
  module->unplug();
  EXPECT_TRUE(await(hal::Media::unknown));
  reader.reset();
}

TEST_F(ACardReader, says_when_everything_it_hears_is_damaged) {
  start_ready();
  module->damage_checksums(100'000);
  EXPECT_TRUE(heard.await("faulted CARD-003"));
  module->damage_checksums(0);
  EXPECT_TRUE(heard.await(kReady));
}

TEST_F(ACardReader, says_when_the_module_is_out_of_order) {
  module->refuse_everything(0x60);
  start();
  EXPECT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), "faulted CARD-002");
  module->refuse_everything(std::nullopt);
  EXPECT_EQ(heard.next(), kReady);
}

TEST_F(ACardReader, rejects_a_card_the_module_refuses_until_it_is_lifted) {
  start_ready();
  module->refuse_reading(0x32);
  module->lay_card(text_of("R1"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "rejected CARD-005");
  module->refuse_reading(std::nullopt);
  module->lift_card();
  EXPECT_EQ(heard.next(), "lifted");
  module->lay_card(text_of("R1"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
}

TEST_F(ACardReader, is_absent_until_it_is_plugged_in) {
  module->unplug();
  start();
  EXPECT_EQ(heard.next(), "absent");
  module->plug();
  EXPECT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), kReady);
}

TEST_F(ACardReader, waits_for_a_module_that_boots_slowly) {
  auto timing = quick_sdt();
  timing.short_answer = 5ms;
  timing.warm_up = 10s;
  module->unplug();
  module->set_boot_time(50ms);
  start(timing);
  ASSERT_EQ(heard.next(), "absent");
  module->plug();
  EXPECT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), kReady);
}

TEST_F(ACardReader, comes_back_two_hundred_times_without_growing) {
  start_ready();
  const auto threads = entries("/proc/self/task");
  const auto handles = entries("/proc/self/fd");
  for (int i = 0; i < 200; ++i) {
    module->unplug();
    ASSERT_EQ(heard.next(), "absent") << i;
    module->plug();
    ASSERT_EQ(heard.next(), "starting") << i;
    ASSERT_EQ(heard.next(), kReady) << i;
  }
  EXPECT_EQ(entries("/proc/self/task"), threads);
  EXPECT_EQ(entries("/proc/self/fd"), handles);
}

class AStoppingCardReader : public ACardReader {
 protected:
  void expect_prompt_end() {
    const auto start = std::chrono::steady_clock::now();
    reader.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 500ms);  // 1 ms on an idle machine, far less than any wait
    while (heard.try_next()) {}
    module->unplug();
    EXPECT_FALSE(heard.try_next());
  }
};

TEST_F(AStoppingCardReader, ends_at_once_while_it_rests) {
  start(hal::SdtTiming{});
  ASSERT_TRUE(heard.await(kReady));
  expect_prompt_end();
}
TEST_F(AStoppingCardReader, ends_at_once_while_it_waits_for_an_answer) {
  module->set_silent(true);
  start();
  ASSERT_EQ(heard.next(), "starting");
  while (module->questions().empty()) std::this_thread::yield();
  expect_prompt_end();
}
TEST_F(AStoppingCardReader, ends_at_once_while_no_device_is_there) {
  module->unplug();
  start(hal::SdtTiming{});
  ASSERT_EQ(heard.next(), "absent");
  expect_prompt_end();
}

TEST(AnAbsentCardReader, says_so_once) {
  card_test::CardEventRecorder heard;
  hal::AbsentCardReader reader(heard.sink());
  reader.want_card(true);
  EXPECT_EQ(heard.next(), "absent");
  EXPECT_FALSE(heard.try_next());
}

TEST(ADeviceThatIsNotThere, is_told_to_be_missing_unless_it_has_said_more) {
  const auto missing = base::Failure::card_no_reader;
  EXPECT_EQ(hal::failure_told({}, missing), missing);
  EXPECT_EQ(hal::failure_told({hal::DeviceState::no_device, base::Failure::device_no_permission, {}}, missing),
            base::Failure::device_no_permission);
  EXPECT_EQ(hal::failure_told({hal::DeviceState::online, {}, {}}, missing), std::nullopt);
}

// The bytes come with the text anyway; they are kept where a service takes them, and fingerprints are never asked for.
TEST(TheCardsPhoto, is_kept_only_when_it_is_wanted) {
  for (const bool wanted : {false, true}) {
    const auto module = std::make_shared<hal::SamModule>();
    const base::SystemClock clock;
    base::Mailbox<std::string> photos;
    const auto reader = hal::make_sdt_card_reader(
        hal::make_simulated_transport(module), clock, [] { return 2026y / 11 / 23; },
        [&](const hal::CardReaderEvent& event) {
          if (const auto* read = std::get_if<hal::CardRead>(&event)) photos.post(std::string(read->person.photo.reveal()));
        },
        quick_sdt());
    module->lay_card(text_of("R1"));
    reader->want_photo(wanted);
    reader->want_card(true);
    const auto photo = photos.take_for(20s);
    ASSERT_TRUE(photo);
    const auto specimen = hal::specimen_photo(hal::kPhotoBytes);
    EXPECT_EQ(*photo, wanted ? std::string(specimen.begin(), specimen.end()) : std::string());
    for (const auto question : module->questions()) EXPECT_NE(question, SdtCommand::read_with_fingerprint);
  }
}

}  // namespace
