#include "hal/printer/escpos_recovery.h"

#include <algorithm>

namespace hal {
namespace {

using base::Failure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kPadding = 8192;  // bytes of one attempt to end an image
constexpr int kMostOpenFences = 4;      // more were never awaited at once
constexpr milliseconds kSettled{50};    // without another answer: all that were coming have come

}  // namespace

std::optional<Failure> EscposRecovery::run(Residue& residue) {
  if (!link_.answers()) {
    if (!end_unheard(residue)) return Failure::print_no_answer;
    residue = Residue::none;
    return std::nullopt;
  }
  if (residue == Residue::possible) residue = look_for_residue();
  if (residue == Residue::likely) {
    if (profile_.clear_buffers != Support::no) link_.clear_buffers();
    if (const auto failure = condition()) return failure;
    if (!end_image() || !cut_off()) return condition().value_or(Failure::print_no_answer);
    if (const auto failure = condition()) return failure;
    statistics_.add(Counter::recoveries);
  }
  link_.forget_answers();
  if (!link_.enable_automatic_status()) return Failure::print_no_answer;
  residue = Residue::none;
  return std::nullopt;
}

// Of a printer that never answers only this is known: it has taken what ends any image, and what cuts it off.
bool EscposRecovery::end_unheard(Residue residue) {
  const bool hangs = residue == Residue::likely;
  return write(escpos::padding(longest_image())) && write(escpos::initialise(profile_.dots_per_mm)) &&
         (!hangs || write(escpos::cut(profile_)));
}

// A printer that is well and answers in order has nothing left to do; of any other that cannot be said.
Residue EscposRecovery::look_for_residue() {
  const auto found = link_.ask_condition();
  if (!found || found->failure || !write(escpos::initialise(profile_.dots_per_mm))) return Residue::likely;
  return fence_passes() ? Residue::none : Residue::likely;
}

bool EscposRecovery::cut_off() {
  if (!write(escpos::cut(profile_)) || !fence_passes()) return false;
  if (has_knife(profile_.cutter)) statistics_.add(Counter::cuts);
  return take_inside();
}

// The piece may bear what was meant for somebody else: better inside than offered to the next in line.
bool EscposRecovery::take_inside() {
  if (!profile_.presenter) return true;
  const auto& presenter = *profile_.presenter;
  const auto& way = !presenter.retract.empty() ? presenter.retract : presenter.eject;
  return way.empty() || (write(way) && fence_passes());
}

std::optional<Failure> EscposRecovery::condition() {
  auto found = link_.ask_condition();
  if (found && found->failure == Failure::print_cutter_jam && write(escpos::recover_clearing())) found = link_.ask_condition();
  if (found) return found->failure;
  if (link_.lost()) return Failure::print_no_printer;
  // A full printer takes no question, but may have said by itself what is wrong.
  const auto& automatic = link_.automatic_condition();
  return automatic && automatic->failure ? automatic->failure : Failure::print_no_answer;
}

// A printer in the middle of an image swallows everything as dots: end the image, then try again.
bool EscposRecovery::end_image() {
  const auto initialise = escpos::initialise(profile_.dots_per_mm);
  if (!write(initialise)) return false;
  if (fence_passes()) return true;
  for (std::size_t sent = 0; sent <= longest_image(); sent += kPadding) {
    if (link_.lost() || !write(escpos::padding(kPadding)) || !write(initialise)) return false;
    if (fence_passes()) return true;
  }
  return false;
}

std::size_t EscposRecovery::longest_image() const {
  return static_cast<std::size_t>(profile_.dots_per_line / 8 * profile_.strip_rows);
}

// An answer that comes may belong to an older fence: as many answers as were open, and one more, settle it.
bool EscposRecovery::fence_passes() {
  const int rounds = std::min(link_.open_fences(), kMostOpenFences) + 1;
  link_.forget_answers();
  for (int round = 0; round < rounds; ++round) {
    if (!link_.send_fence()) return false;
    const auto deadline = steady_clock::now() + timing_.stuck;
    while (link_.open_fences() > 0 && !link_.lost() && steady_clock::now() < deadline)
      link_.listen(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
    if (link_.open_fences() > 0) return false;
  }
  return rounds == 1 || link_.hear_out(kSettled);
}

}  // namespace hal
