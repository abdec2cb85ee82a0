// Tells the kiosk what changed, and only what changed.
#pragma once

#include "offline_cache/courier.h"

namespace offline_cache {

class Announcer {
 public:
  explicit Announcer(CourierSink sink) : sink_(std::move(sink)) {}

  void tell(CourierEvent event) const { sink_(std::move(event)); }
  void intake(const IntakeChanged& now);
  void link(const LinkChanged& now);
  void counts(const QueueCounts& now);

  Link link() const { return link_.link; }

 private:
  CourierSink sink_;
  std::optional<IntakeChanged> intake_;  // nothing: not told yet
  LinkChanged link_;
  std::optional<QueueCounts> counts_;
};

}  // namespace offline_cache
