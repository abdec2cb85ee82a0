// Attachments, which go before their application; the rest of the class is in delivery.cpp.
#include "base/hex.h"
#include "offline_cache/courier/delivery.h"

namespace offline_cache {

HttpRequest Delivery::part_request(const Lease& lease) {
  const Part& part = lease.parts.front();
  HttpRequest request{"PUT",
                      configuration_.platform_url + "/v1/applications/" + lease.id.text() + "/parts/" + base::to_hex(part.digest),
                      {"Content-Type: application/octet-stream", "Content-Digest: " + wire_form(part.digest)},
                      {}};
  request.patience = kPartPatience;
  request.stream.emplace(StreamedBody{part.size, [this, row = lease.row, ordinal = part.ordinal](std::int64_t offset) {
                                        if (keeper_.outbox() == nullptr) return std::string();
                                        auto piece = keeper_.outbox()->read_part(row, ordinal, offset);
                                        return piece ? *std::move(piece) : std::string();
                                      }});
  return request;
}

// The attempt goes on with the next part, or with the application itself.
void Delivery::part_arrived(Lease lease) {
  circuit_.succeeded(clock_.now());
  portals_in_a_row_ = 0;
  announcer_.link({Link::up, std::nullopt});
  if (keeper_.outbox() == nullptr) return;  // opened again, it begins another attempt
  if (auto noted = keeper_.outbox()->part_arrived(lease, lease.parts.front().ordinal); !noted) {
    keeper_.broke(noted.error());
    return report();
  }
  lease.parts.erase(lease.parts.begin());
  send(std::move(lease));
}

}  // namespace offline_cache
