#include "hal/simulated/profiled_machine.h"

#include <cmath>

namespace hal {
namespace {

constexpr double kMillimetresPerInch = 25.4;
constexpr unsigned kFixedBits = 0x93;  // of Epson's answers to DLE EOT; what a profile leaves out of them it has another use for

// By the command that draws a ticket back, which is another one on each.
PresenterKind presenter_of(const PrinterProfile& profile) {
  if (!profile.presenter) return PresenterKind::none;
  const auto& retract = profile.presenter->retract;
  if (retract.size() >= 2 && retract[1] == 'R') return PresenterKind::citizen_pmu;
  return retract == CommandBytes{0x1D, 'e', 4} ? PresenterKind::custom_tptcm : PresenterKind::custom_kpm;
}

}  // namespace

EscposMachineType machine_of(const PrinterProfile& profile) {
  EscposMachineType type;
  type.dots_per_line = profile.dots_per_line;
  type.dots_per_inch = static_cast<int>(std::lround(profile.dots_per_mm * kMillimetresPerInch));
  type.has_cutter = has_knife(profile.cutter);
  type.answers_process_id = profile.process_id == Support::yes;
  type.answers_automatic_status = profile.automatic_status == Support::yes;
  type.clears_buffers = profile.clear_buffers != Support::no;
  type.answers_identity = profile.identity == Support::yes;
  type.status_dialect[0] = static_cast<std::uint8_t>(kFixedBits & ~unsigned{profile.status.reply_mask});
  type.model = profile.name;
  type.presenter = presenter_of(profile);
  return type;
}

}  // namespace hal
