// An office with a known key, a catalogue and a store on a real file: everything of the platform but the socket.
#pragma once

#include <algorithm>
#include <vector>

#include "gateway/platform.h"
#include "tests/gateway/envelope_maker.h"
#include "tests/gateway/temporary_folder.h"
#include "tests/support/fake_clock.h"

namespace gateway_test {

inline gateway::OfficeKey office_key(std::uint8_t seed = 1) { return {1, std::string(32, static_cast<char>(seed))}; }

inline gateway::OfficeKeys office_keys(std::uint8_t seed = 1) {
  gateway::OfficeKeys keys;
  keys.push_back(office_key(seed));
  return keys;
}

inline std::string public_key_of(const gateway::OfficeKey& key) {
  std::string bytes(32, '\0');
  sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), key.public_hex().data(), 64, nullptr, nullptr,
                 nullptr);
  return bytes;
}

inline gateway::Catalogue two_services() {
  return gateway::Catalogue(
      {{"repair-report", 1, gateway::sha256("r"), "r"}, {"senior-allowance", 2, gateway::sha256("s"), "s"}});
}

struct Told {
  std::string number;
  bool repeat = false;
  friend bool operator==(const Told&, const Told&) = default;
};

class Office {
 public:
  gateway::Response answer(const gateway::Request& request) { return gateway::answer(platform, request); }

  EnvelopeMaker maker(unsigned n = 1) const { return {public_key_of(keys.front()), application_id(n)}; }

  gateway::Request put(const EnvelopeMaker& made, const std::string& body) const {
    return {"PUT",
            "/v1/applications/" + made.header["id"].get<std::string>(),
            {{"content-type", "application/json"},
             {"content-length", std::to_string(body.size())},
             {"content-digest", digest_field(body)}},
            body};
  }
  gateway::Request put(const EnvelopeMaker& made) const { return put(made, made.make()); }
  gateway::Request get(const std::string& path) const { return {"GET", path, {}, {}}; }

  TemporaryFolder folder;
  gateway::OfficeKeys keys = office_keys();
  gateway::AnswerKey answer_key{base::Secret(std::string(32, 9))};
  gateway::DeviceList devices = gateway::DeviceList::anyone();
  gateway::Catalogue catalogue = two_services();
  gateway::ApplicationStore store = *gateway::ApplicationStore::open(folder.path() / "store.sqlite");
  gateway::TicketStore tickets{store.database()};
  gateway::TerminalStore terminals{store.database()};
  gateway::ProgressStore progress =
      *gateway::ProgressStore::open(folder.path() / "progress.sqlite", gateway::ProgressStore::Writer::server);
  gateway::ApplicantKey applicant_key{base::Secret(std::string(32, 5))};
  gateway::QueryLimit query_limit;
  test_support::FakeClock clock;
  base::SeededRandom random{1};
  std::vector<Told> told;
  gateway::Platform platform{keys,
                             answer_key,
                             devices,
                             catalogue,
                             7,
                             gateway::signed_catalogue(catalogue.manifest(keys, 7, "2027-12-31T00:00:00Z"), answer_key),
                             store,
                             tickets,
                             terminals,
                             progress,
                             applicant_key,
                             query_limit,
                             clock,
                             random,
                             [this](const auto& application, bool repeat) {
                               told.push_back({application.number, repeat});
                             }};
};

inline std::string header(const gateway::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

inline json body(const gateway::Response& response) { return json::parse(response.body, nullptr, false); }
inline std::string code(const gateway::Response& response) { return body(response).value("code", "none"); }
inline std::string field(const gateway::Response& response) { return body(response).value("field", "none"); }

}  // namespace gateway_test
