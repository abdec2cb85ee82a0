// The registrar on its own thread, with its own connection to the platform.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "offline_cache/audit_log.h"
#include "offline_cache/http/http_client.h"
#include "offline_cache/registrar.h"
#include "offline_cache/retry_policy.h"

namespace offline_cache {

struct RegistrarConfiguration {
  std::filesystem::path data_folder;
  std::string platform_url;                 // empty: never online
  std::string terminal;                     // "HP-03"
  std::string series;                       // "AB": those a reserve is kept of
  std::vector<std::string> catalogue_keys;  // 64 hex digits each; none: no catalogue is ever taken
  std::string software;                     // version, for the heartbeat
  std::filesystem::path device_key;         // empty: DeviceKey::usual_place
  HallTime hall_time;
  AuditLimits audit{};
  HttpLimits http{};
  HttpTrust trust{};
  std::chrono::milliseconds fleet_spread = kFleetSpread;  // 0 where there is one machine
};

// Returns at once. `sink` is called on the registrar's thread and must not block; clock and random are used there until the
// registrar is destroyed.
std::unique_ptr<Registrar> make_registrar(RegistrarConfiguration configuration, const base::Clock& clock, base::Random& random,
                                          RegistrarSink sink);

}  // namespace offline_cache
