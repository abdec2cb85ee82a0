#include "offline_cache/courier/announcer.h"

#include "base/log.h"

namespace offline_cache {

void Announcer::intake(const IntakeChanged& now) {
  if (intake_ && intake_->open == now.open && intake_->failure == now.failure && intake_->set_aside_now == now.set_aside_now)
    return;
  intake_ = now;
  base::log::info("intake {} {}", now.open ? "open" : "closed", now.failure ? base::entry(*now.failure).code : "");
  tell(now);
}

void Announcer::link(const LinkChanged& now) {
  if (link_.link == now.link && link_.failure == now.failure) return;
  link_ = now;
  base::log::info("link {} {}", now.link == Link::up ? "up" : "down", now.failure ? base::entry(*now.failure).code : "");
  tell(now);
}

void Announcer::counts(const QueueCounts& now) {
  if (counts_ == now) return;
  counts_ = now;
  tell(now);
}

}  // namespace offline_cache
