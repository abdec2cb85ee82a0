// The courier's work without its thread, with a clock that moves when told.
#include "offline_cache/courier/delivery.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/failpoint.h"
#include "base/files.h"
#include "base/log.h"
#include "offline_cache/export_file.h"
#include "offline_cache/sqlite/store_files.h"
#include "tests/offline_cache/crash/crash_vfs.h"
#include "tests/offline_cache/hall.h"
#include "tests/support/fake_clock.h"

namespace {

using namespace offline_cache_examples;

class ADelivery : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  void begin() {
    delivery.emplace(hall.configuration, clock, hall.random, [this](const CourierEvent& event) {
      if (const auto* received_one = std::get_if<Received>(&event)) received.push_back(received_one->id);
      if (const auto* saved = std::get_if<Saved>(&event)) last_code = saved->receipt_code;
      if (const auto* intake = std::get_if<IntakeChanged>(&event)) closed += intake->open ? 0 : 1;
    });
    delivery->begin();
  }
  void begin_without_platform() {
    hall.configuration.platform_url.clear();
    begin();
  }
  // One turn, which waits for nothing.
  void turn() {
    delivery->wake();
    delivery->step();
  }
  template <class Fits>
  void go_on_until(Fits fits) {
    const auto end = hall.clock.now() + 20s;
    while (!fits() && hall.clock.now() < end) delivery->step();
    ASSERT_TRUE(fits());
  }
  base::Uuid submit() {
    const auto id = hall.ids.next();
    delivery->submit({id, base::Secret(kApplication)});
    return id;
  }

  Hall hall;
  test_support::FakeClock clock;
  std::vector<base::Uuid> received;
  std::string last_code;
  int closed = 0;  // how often
  std::optional<Delivery> delivery;
};

TEST_F(ADelivery, waits_while_its_queue_cannot_be_opened) {
  ASSERT_TRUE(base::write_file(hall.folder / "data", "a file stands in the way"));
  begin_without_platform();
  clock.advance(2 * kHousekeepingEvery);
  turn();
  EXPECT_GT(delivery->patience(), 0ms);
  clock.advance(kReopenAfterFailure);
  EXPECT_EQ(delivery->patience(), 0ms) << "it is time to try again";
}

class AnExportUnderWay : public ADelivery {
 protected:
  AnExportUnderWay() { hall.configuration.platform_url.clear(); }
  void export_to(const std::filesystem::path& file) {
    delivery->act({QueueAction::Kind::carry, {}, file, 1000, ""}, [this](const QueueActionDone& result) { done = result; });
  }

  std::optional<QueueActionDone> done;
};

TEST_F(AnExportUnderWay, lets_applications_in) {
  begin();
  for (int i = 0; i < 3; ++i) submit();
  const auto file = hall.folder / "stick";
  export_to(file);
  EXPECT_FALSE(done) << "it takes its time";
  EXPECT_LE(delivery->patience(), kLookAtStick);
  submit();
  for (const auto end = hall.clock.now() + 20s; !done && hall.clock.now() < end;) turn();
  ASSERT_TRUE(done);
  EXPECT_FALSE(done->failure);
  EXPECT_GE(done->records, 3);
  EXPECT_EQ(*read_export(*base::read_file(file), [](const auto&) {}), done->records);
  EXPECT_EQ(delivery->look({}).counts.queued, 4);
}

TEST_F(AnExportUnderWay, is_given_up_when_the_stick_hangs_and_nobody_waits_for_it) {
  begin();
  submit();
  const auto file = hall.folder / "stick", partial = hall.folder / "stick.partial";
  ASSERT_EQ(mkfifo(partial.c_str(), 0600), 0);  // whoever opens it to write waits for a reader
  export_to(file);
  turn();
  submit();
  EXPECT_EQ(delivery->look({}).counts.queued, 2) << "the courier goes on";
  export_to(hall.folder / "another");
  EXPECT_EQ(done->failure, Failure::save_action_refused) << "one at a time";
  done.reset();
  clock.advance(kStickPatience);
  turn();
  ASSERT_TRUE(done);
  EXPECT_EQ(done->failure, Failure::save_io_error);
  const base::FileDescriptor reader(open(partial.c_str(), O_RDONLY | O_NONBLOCK));  // the stick comes back to life
  EXPECT_TRUE(reader.valid());
  submit();
  EXPECT_EQ(delivery->look({}).counts.queued, 3);
  EXPECT_FALSE(std::filesystem::exists(file));
}

#ifndef NDEBUG

std::function<void(std::string_view)> at_point;

TEST_F(ADelivery, does_its_housekeeping_in_the_middle_of_a_long_backlog) {
  const auto platform = hall.configuration.platform_url;
  begin_without_platform();
  for (int i = 0; i < 6; ++i) submit();
  delivery->end();
  hall.configuration.platform_url = platform;
  begin();
  go_on_until([&] { return received.size() == 2; });
  std::optional<std::size_t> arrived_before;
  at_point = [&](std::string_view name) {
    if (name == "checkpoint-begins" && !arrived_before) arrived_before = received.size();
  };
  base::failpoint = [](const char* name) {
    at_point(name);
    return false;
  };
  clock.advance(kHousekeepingEvery);
  EXPECT_GT(delivery->patience(), 0ms) << "an exchange is under way";
  go_on_until([&] { return received.size() == 6; });
  base::failpoint = nullptr;
  at_point = {};
  EXPECT_LT(arrived_before.value_or(6), 6U);
}

#endif

class ADeliveryOnASimulatedDisk : public ADelivery {
 protected:
  ADeliveryOnASimulatedDisk() {
    const StoreFiles files{hall.configuration.data_folder};
    std::filesystem::create_directories(files.folder());
    std::ofstream(files.database()) << 'x';  // what it holds lies on the simulated disk
    EXPECT_TRUE(create_database(files.database(), 2048));
    disk.settle();
  }

  crash::Disk disk;
  crash::Mount mount{disk, hall.configuration.data_folder.string(), 512};
};

TEST_F(ADeliveryOnASimulatedDisk, stays_open_and_is_quiet_while_the_disk_is_full) {
  begin_without_platform();
  submit();
  disk.fail_at(disk.operations(), crash::Fault::full, true);
  clock.advance(kHousekeepingEvery);
  turn();
  EXPECT_GT(disk.faults(), 0);
  EXPECT_GT(delivery->patience(), 59min);
  EXPECT_EQ(delivery->look({}).rows.size(), 1U);
  disk.fail_at(-1, crash::Fault::none);
  delivery.reset();
}

TEST_F(ADeliveryOnASimulatedDisk, waits_for_room_before_it_sends) {
  const auto platform = hall.configuration.platform_url;
  begin_without_platform();
  const auto id = submit();
  delivery.reset();
  hall.configuration.platform_url = platform;
  begin();
  disk.fail_at(disk.operations(), crash::Fault::full, true);
  turn();
  EXPECT_GT(disk.faults(), 0);
  EXPECT_GT(delivery->patience(), 0ms);
  EXPECT_FALSE(delivery->look({}).failure);
  disk.fail_at(-1, crash::Fault::none);
  clock.advance(kRetryCap);
  go_on_until([&] { return received == std::vector{id}; });
  delivery.reset();
}

// More than SQLite keeps in memory: what is asked for has to come from the disk.
class ADeliveryOnADyingDisk : public ADeliveryOnASimulatedDisk {
 protected:
  ADeliveryOnADyingDisk() {
    begin_without_platform();
    const std::string application = R"({"story":")" + std::string(12'000, 'x') + R"("})";
    for (int i = 0; i < 300; ++i) {
      const bool wanted = i == 150;  // nobody has asked for it since
      delivery->submit({hall.ids.next(), base::Secret(application), base::Secret(wanted ? "family 1" : "")});
      if (wanted) code = last_code;
    }
    disk.unreadable = true;
    closed = 0;
  }
  ~ADeliveryOnADyingDisk() override {
    disk.unreadable = false;
    delivery.reset();
  }

  std::string code;
};

TEST_F(ADeliveryOnADyingDisk, closes_the_queue_when_somebody_asks_by_paper) {
  delivery->ask_status({hall.ids.next(), base::Secret(""), {}, code});
  EXPECT_EQ(closed, 1);
}

TEST_F(ADeliveryOnADyingDisk, closes_the_queue_when_somebody_asks_by_card) {
  StatusQuestion question{hall.ids.next(), base::Secret("000000194103081240"), {}, {}};
  question.chains.push_back({"allowance", base::Secret("family 1")});
  delivery->ask_status(std::move(question));
  EXPECT_EQ(closed, 1);
}

TEST_F(ADeliveryOnADyingDisk, closes_the_queue_when_it_is_exported) {
  std::optional<Failure> failure;
  delivery->act({QueueAction::Kind::carry, {}, hall.folder / "stick", 1000, ""},
                [&](const QueueActionDone& result) { failure = result.failure; });
  turn();
  EXPECT_EQ(closed, 1);
  EXPECT_EQ(failure, Failure::save_io_error);
}

}  // namespace
