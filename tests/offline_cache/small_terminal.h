// A terminal with a small queue, alone at a platform that answers at once.
#pragma once

#include <chrono>
#include <filesystem>

#include "offline_cache/courier/queue_courier.h"
#include "tests/support/fault_server.h"

namespace offline_cache_examples {

inline const offline_cache::StoreLimits kSmallStore{.quota_bytes = 16 << 20, .ballast_bytes = 4096};

inline offline_cache::CourierConfiguration small_terminal(const test_support::FaultServer& server,
                                                          const std::filesystem::path& folder) {
  using namespace std::chrono_literals;
  offline_cache::CourierConfiguration made;
  made.data_folder = folder;
  made.platform_url = server.url();
  made.office_key = server.office_key();
  made.answer_keys = {server.answer_key()};
  made.terminal = "HP-03";
  made.store = kSmallStore;
  made.fleet_spread = {};
  made.http = {.connect = 2000ms, .total = 5000ms, .stalled = 1s, .slowest = 64};
  return made;
}

}  // namespace offline_cache_examples
