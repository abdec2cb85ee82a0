// The courier on its own thread: SQLite outbox, sealed envelopes, libcurl.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "offline_cache/courier.h"
#include "offline_cache/http/http_client.h"
#include "offline_cache/retry_policy.h"
#include "offline_cache/sqlite/open_outbox.h"

namespace offline_cache {

struct CourierConfiguration {
  std::filesystem::path data_folder;  // created when missing; belongs to this courier alone
  std::string platform_url;           // "https://platform.example"; empty: never online, everything waits
  std::string office_key;             // hex of the suite's public key; empty or wrong: nothing new is accepted (save_no_seal_key)
  std::string terminal;               // "HP-03"; in every envelope's header
  StoreLimits store;
  std::optional<ChainKey> chain_key{};  // nothing: a new one, which dies with the courier
  QueueActionSink audit{};              // told of every operator's action, on the courier's thread; empty: nobody
  HttpLimits http;

  int suite = 1;                                       // of sealing and signing: offline_cache/sealing/suite.h
  std::string next_office_key;                         // hex; empty: none is announced
  std::optional<base::WallTime> next_office_key_from;  // when to change over to it
  std::filesystem::path device_key;                    // empty: DeviceKey::usual_place
  std::vector<std::string> answer_keys;                // 64 hex digits each; empty: receipts need no signature
  HttpTrust trust;
  std::chrono::milliseconds fleet_spread = kFleetSpread;  // 0 where there is one machine
};

// Returns at once; what cannot be opened is told as IntakeChanged. `sink` is called on the courier's thread (on the
// caller's, with SaveFailed, when 256 requests wait already) and must not block. `clock` and `random` are used on that
// thread until the courier is destroyed, which takes well under a second even in the middle of an exchange.
std::unique_ptr<Courier> make_queue_courier(CourierConfiguration configuration, const base::Clock& clock, base::Random& random,
                                            CourierSink sink);

}  // namespace offline_cache
