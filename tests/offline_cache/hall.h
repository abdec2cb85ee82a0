// A hall with one courier, a real queue, and a platform that can do everything wrong.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/mailbox.h"
#include "base/uuid.h"
#include "offline_cache/courier/queue_courier.h"
#include "tests/support/fault_server.h"
#include "tests/support/temporary_folder.h"

namespace offline_cache_examples {

using namespace std::chrono_literals;
using namespace offline_cache;
using base::Failure;
using test_support::Behaviour;
using test_support::FaultServer;

inline constexpr std::string_view kApplication =
    R"({"answers":{"bank":"虚构农商银行"},"applicant":{"id_number":"000000194103081240","name":"王秀兰"},"language":"zh"})";

// A hall: one courier, one queue, and everything the courier ever said.
struct Hall {
  explicit Hall(const test_support::FaultServerOptions& options = {}) : server(options) { configure(options.suite); }

  FaultServer server;
  test_support::TemporaryFolder folder;
  base::SystemClock clock;
  base::SystemRandom random;
  base::UuidSource ids{clock, random};
  base::Mailbox<CourierEvent> events;
  CourierConfiguration configuration;
  std::unique_ptr<Courier> courier;

  void configure(int suite) {
    configuration.suite = suite;
    configuration.answer_keys = {server.answer_key()};
    configuration.fleet_spread = {};
    configuration.data_folder = folder / "data";
    configuration.platform_url = server.url();
    configuration.office_key = server.office_key();
    configuration.terminal = "HP-03";
    configuration.store.ballast_bytes = 64 << 10;
    configuration.http = {.connect = 1000ms, .total = 2500ms, .stalled = 1s, .slowest = 64};
  }

  void open() {
    courier =
        make_queue_courier(configuration, clock, random, [this](CourierEvent event) { (void)events.post(std::move(event)); });
  }
  base::Uuid submit() { return submit(ids.next()); }
  base::Uuid submit(const base::Uuid& id, std::string_view application = kApplication) {
    courier->submit({id, base::Secret(application)});
    return id;
  }

  // The next event of this kind that fits; everything before it is skipped.
  template <class Event>
  std::optional<Event> next(std::function<bool(const Event&)> fits = [](const Event&) { return true; }) {
    const auto end = clock.now() + 20s;
    while (clock.now() < end) {
      const auto event = events.take_for(end - clock.now());
      if (!event) break;
      if (const auto* wanted = std::get_if<Event>(&*event); wanted != nullptr && fits(*wanted)) return *wanted;
    }
    return std::nullopt;
  }
  template <class Event>
  std::optional<Event> next_of(const base::Uuid& id) {
    return next<Event>([&](const Event& event) { return event.id == id; });
  }
  bool becomes(Link link, std::optional<Failure> failure = {}) {
    return next<LinkChanged>([&](const LinkChanged& l) { return l.link == link && l.failure == failure; }).has_value();
  }
};

}  // namespace offline_cache_examples
