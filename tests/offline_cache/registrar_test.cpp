// The registrar with a real platform: linli-gateway as a process, real files, real time.
#include "offline_cache/registrar/thread_registrar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <ctime>
#include <fstream>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "offline_cache/sealing/device_key.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace offline_cache;
using namespace std::chrono_literals;

std::string between(const std::string& text, const std::string& before, char after) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  return text.substr(at + before.size(), text.find(after, at + before.size()) - at - before.size());
}

class ClockThatIsWrong final : public base::Clock {
 public:
  base::Instant now() const override { return right_.now(); }
  base::WallTime wall() const override { return right_.wall() + error; }
  std::chrono::seconds error{};

 private:
  base::SystemClock right_;
};

class ARegistrar : public testing::Test {
 protected:
  ARegistrar() {
    base::log::quiet();
    offer("allowance", R"({"id":"allowance","version":1})");
    offer("window-a", R"({"id":"window-a","version":1})");
    offline_cache_examples::ChildProcess keys({gateway_program(), "keys", "--data", platform_data().string(), "--json"});
    answer_key = between(keys.read_until_end(), "\"answer_key\":\"", '"');
  }
  static std::string gateway_program() { return LINLI_BINARY_DIR "/bin/linli-gateway"; }
  std::filesystem::path platform_data() const { return folder / "platform"; }
  void offer(const std::string& id, const std::string& bytes) const {
    std::filesystem::create_directories(folder / "services");
    std::ofstream(folder / "services" / (id + ".json")) << bytes;
  }
  void open_platform() {
    platform = std::make_unique<offline_cache_examples::ChildProcess>(
        std::vector<std::string>{gateway_program(), "serve", "--data", platform_data().string(), "--services",
                                 (folder / "services").string(), "--listen", "127.0.0.1:" + (port.empty() ? "0" : port)});
    port = between(platform->read_line(), "\"port\":", '}');
    port = port.substr(0, port.find_first_not_of("0123456789"));
    ASSERT_FALSE(port.empty());
  }
  void open(const std::string& terminal = "HP-03") {
    RegistrarConfiguration configuration;
    configuration.data_folder = folder / terminal;
    std::filesystem::create_directories(configuration.data_folder);
    configuration.platform_url = port.empty() ? "" : "http://127.0.0.1:" + port;
    configuration.terminal = terminal;
    configuration.series = "A";
    configuration.catalogue_keys = {answer_key};
    configuration.software = "test";
    configuration.fleet_spread = {};
    configuration.hall_time = {
        [](base::WallTime at) { return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)); },
        [] { return true; }};
    registrar =
        make_registrar(std::move(configuration), clock, random, [this](RegistrarEvent event) { events.post(std::move(event)); });
  }
  template <class Event>
  std::optional<Event> next(std::function<bool(const Event&)> fits = [](const Event&) { return true; }) {
    const auto end = clock.now() + 60s;
    while (clock.now() < end) {
      auto event = events.take_for(end - clock.now());
      if (!event) break;
      if (auto* wanted = std::get_if<Event>(&*event); wanted != nullptr && fits(*wanted)) return std::move(*wanted);
    }
    return std::nullopt;
  }
  std::optional<TicketIssued> take_number() {
    const auto id = ids.next();
    registrar->issue_ticket(id, 'A');
    return next<TicketIssued>([&](const TicketIssued& issued) { return issued.ticket.id == id; });
  }
  std::string audit() const {
    std::string text;
    std::error_code not_there_yet;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "HP-03" / "audit", not_there_yet))
      if (entry.path().extension() == ".log") text += *base::read_file(entry.path());
    return text;
  }

  test_support::TemporaryFolder folder;
  ClockThatIsWrong clock;
  base::SystemRandom random;
  base::UuidSource ids{clock, random};
  std::string answer_key, port;
  std::unique_ptr<offline_cache_examples::ChildProcess> platform;
  base::Mailbox<RegistrarEvent> events;
  std::unique_ptr<Registrar> registrar;
};

TEST_F(ARegistrar, takes_the_signed_catalogue_and_only_a_newer_one_after) {
  open_platform();
  open();
  const auto first = next<CatalogueTaken>();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->catalogue.manifest.version, 1);
  EXPECT_EQ(*base::read_file(first->catalogue.services / "allowance.json"), R"({"id":"allowance","version":1})");
  registrar.reset();
  platform.reset();
  offer("allowance", R"({"id":"allowance","version":2})");
  open_platform();
  open();
  EXPECT_EQ(next<CatalogueTaken>()->catalogue.manifest.version, 1) << "what is kept";
  EXPECT_EQ(next<CatalogueTaken>()->catalogue.manifest.version, 2) << "what is offered";
  registrar.reset();
  EXPECT_NE(audit().find("catalogue-taken version=2"), std::string::npos);
}

TEST_F(ARegistrar, does_not_take_a_catalogue_of_a_platform_it_does_not_trust) {
  open_platform();
  answer_key = std::string(64, 'a');
  open();
  const auto end = clock.now() + 60s;
  while (clock.now() < end && audit().find("catalogue-refused why=CAT-001") == std::string::npos) ASSERT_TRUE(take_number());
  registrar.reset();
  EXPECT_NE(audit().find("catalogue-refused why=CAT-001"), std::string::npos);
  EXPECT_EQ(audit().find("catalogue-taken"), std::string::npos);
}

TEST_F(ARegistrar, gives_the_platforms_numbers_while_it_is_there_and_its_own_when_not) {
  open_platform();
  open();
  ASSERT_TRUE(next<CatalogueTaken>());
  const auto online = take_number();
  ASSERT_TRUE(online);
  EXPECT_EQ(online->ticket.label, "A001");
  platform->kill_now();
  platform.reset();
  const auto offline = take_number();
  ASSERT_TRUE(offline);
  EXPECT_NE(offline->ticket.source, TicketSource::platform);
  registrar.reset();
  EXPECT_NE(audit().find("source=platform"), std::string::npos);
}

TEST_F(ARegistrar, gives_one_number_to_one_id_across_a_restart) {
  open();
  const auto id = ids.next();
  registrar->issue_ticket(id, 'A');
  const auto first = next<TicketIssued>();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->ticket.label, "AC01");
  registrar.reset();
  open();
  registrar->issue_ticket(id, 'A');
  EXPECT_EQ(next<TicketIssued>()->ticket.label, "AC01");
}

// Two terminals of a hall; the platform is killed and comes back. No label twice.
TEST_F(ARegistrar, never_doubles_a_number_in_the_hall_while_the_platform_comes_and_goes) {
  open_platform();
  std::set<std::string> labels;
  for (int round = 0; round < 3; ++round) {
    for (const auto* terminal : {"HP-03", "HP-04"}) {
      registrar.reset();
      open(terminal);
      for (int i = 0; i < 6; ++i) {
        if (i == 3 && platform) platform.reset();
        const auto issued = take_number();
        ASSERT_TRUE(issued);
        EXPECT_TRUE(labels.insert(issued->ticket.label).second) << issued->ticket.label;
      }
      registrar.reset();
      open_platform();
    }
  }
  EXPECT_EQ(labels.size(), 36U);
}

TEST_F(ARegistrar, writes_an_audit_log_that_verifies_with_this_machines_key) {
  open();
  registrar->record(AuditRecord(AuditEvent::visit_began));
  registrar->record(AuditRecord(AuditEvent::visit_ended));
  registrar.reset();
  const auto key = DeviceKey::load_or_create(DeviceKey::usual_place(folder / "HP-03", 1), 1);
  ASSERT_TRUE(key);
  const auto report = verify_audit_log(folder / "HP-03" / "audit", {{key->public_line().substr(8)}, {}});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->fault) << report->fault->what;
  EXPECT_EQ(report->signed_up_to, report->last - 1);
  const auto text = audit();
  for (const auto* event : {"kiosk-started schema=2", "visit-began", "visit-ended", "kiosk-stopped"})
    EXPECT_NE(text.find(event), std::string::npos) << event;
}

TEST_F(ARegistrar, says_that_nothing_can_be_written_down) {
  std::filesystem::create_directories(folder / "HP-03");
  std::ofstream(folder / "HP-03" / "audit") << "a file where the folder belongs";
  open();
  EXPECT_EQ(next<AuditChanged>()->failure, base::Failure::audit_unwritable);
  std::filesystem::remove(folder / "HP-03" / "audit");
  EXPECT_EQ(next<AuditChanged>()->failure, std::nullopt) << "and mends itself";
}

// Fault 52.
TEST_F(ARegistrar, says_how_far_its_clock_is_from_the_platforms) {
  open_platform();
  clock.error = -2h;
  open();
  const auto compared = next<ClockCompared>();
  ASSERT_TRUE(compared);
  EXPECT_LE(std::chrono::abs(compared->ahead + 2h), 30s);
  registrar.reset();
  EXPECT_NE(audit().find("clocks-compared ahead=-7"), std::string::npos);
}

TEST_F(ARegistrar, does_not_speak_of_clocks_that_agree) {
  open_platform();
  open();
  ASSERT_TRUE(next<ClockCompared>());
  registrar.reset();
  EXPECT_EQ(audit().find("clocks-compared"), std::string::npos);
}

// What comes while the thread hangs at a disk is too much for its mailbox at some time.
TEST_F(ARegistrar, takes_back_that_a_record_was_lost_once_it_has_caught_up) {
  std::filesystem::create_directories(folder / "HP-03");
  base::Mailbox<int> released;
  std::atomic<int> unwritable = 0, writable = 0;
  RegistrarConfiguration configuration;
  configuration.data_folder = folder / "HP-03";
  configuration.terminal = "HP-03";
  const auto main_thread = std::this_thread::get_id();
  registrar = make_registrar(std::move(configuration), clock, random, [&](const RegistrarEvent& event) {
    const auto* audit = std::get_if<AuditChanged>(&event);
    if (audit == nullptr) return;
    ++(audit->failure ? unwritable : writable);
    if (std::this_thread::get_id() != main_thread && writable == 1) (void)released.take_for(60s);
    events.post(event);
  });
  while (writable == 0) std::this_thread::yield();  // it hangs now
  while (unwritable == 0) registrar->record(AuditRecord(AuditEvent::visit_began));
  ASSERT_TRUE(released.post(1));
  ASSERT_TRUE(next<AuditChanged>([](const AuditChanged& told) { return told.failure.has_value(); }));
  EXPECT_TRUE(next<AuditChanged>([&](const AuditChanged& told) { return !told.failure && writable > 1; }));
  registrar.reset();
}

TEST_F(ARegistrar, says_when_what_must_be_written_first_is_written) {
  open();
  registrar->record_first(
      AuditRecord(AuditEvent::operator_asked).add(AuditWord("queue-discard")).add(ids.next()).add(std::int64_t{1000}), 7);
  const auto recorded = next<Recorded>();
  ASSERT_TRUE(recorded);
  EXPECT_EQ(recorded->number, 7);
  EXPECT_TRUE(recorded->durable);
  EXPECT_NE(audit().find("operator-asked action=queue-discard"), std::string::npos);
  EXPECT_NE(audit().find(" by=1000 "), std::string::npos);
}

TEST_F(ARegistrar, says_when_what_must_be_written_first_cannot_be) {
  std::filesystem::create_directories(folder / "HP-03");
  std::ofstream(folder / "HP-03" / "audit") << "a file where the folder belongs";
  open();
  registrar->record_first(AuditRecord(AuditEvent::operator_asked), 8);
  const auto recorded = next<Recorded>();
  ASSERT_TRUE(recorded);
  EXPECT_FALSE(recorded->durable);
}

}  // namespace
