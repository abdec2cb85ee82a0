#include "gateway/progress_catch_up.h"

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "gateway/envelope.h"

namespace gateway {

base::Status catch_up(ProgressStore& progress, ApplicationStore& store, const OfficeKeys& keys, const ApplicantKey& key) {
  auto rows = store.database().prepare("SELECT id, number, service, received, envelope FROM application ORDER BY seq DESC");
  if (!rows) return rows.error();
  int learned = 0;
  for (;; ++learned) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::string id = rows->text(0);
    const auto known = progress.knows(id);
    if (!known) return known.error();
    if (*known) break;
    const auto opened = open_envelope(rows->blob(4), keys, DeviceList::anyone());  // checked when it came
    const std::string number = rows->text(1), service = rows->text(2), received = rows->text(3);
    const auto applicant = opened ? key.applicant_of(opened->application) : std::optional(key.nobody());
    if (auto done = progress.learn({id, number, service, received, applicant}); !done) return done;
  }
  if (learned > 0) base::log::info("{} applications were made known to who asks", learned);
  return {};
}

}  // namespace gateway
