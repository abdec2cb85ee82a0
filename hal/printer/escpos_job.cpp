#include "hal/printer/escpos_job.h"

#include <algorithm>

#include "base/secret.h"

namespace hal {
namespace {

using base::Failure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Small enough that what the printer says meanwhile is heard soon.
constexpr std::size_t kSlice = 4096;  // bytes

}  // namespace

PrintFinished EscposJob::run(const typeset::DotBitmap& picture) {
  link_.forget_answers();
  confirmed_ = preflight() && send_picture(picture) && send_end() && confirm();
  note_evidence();
  return result();
}

bool EscposJob::preflight() {
  const auto condition = link_.ask_condition();
  if (!condition) return fail(link_.lost() ? Failure::print_no_printer : Failure::print_no_answer);
  if (condition->failure) return fail(*condition->failure);
  link_.heard_news();
  const bool automatic = profile_.automatic_status == Support::yes;
  return send(escpos::initialise(profile_.dots_per_mm)) && (!automatic || send(escpos::automatic_status(true)));
}

bool EscposJob::send_picture(const typeset::DotBitmap& picture) {
  for (const auto& strip : escpos::strips(picture, rows_of_a_strip())) {
    auto command = strip.blank ? escpos::feed(strip.count) : escpos::raster(picture, strip.first, strip.count);
    const bool room = pass_fence(command.size());
    dots_sent_ = dots_sent_ || (room && !strip.blank);
    const bool sent = room && send(command);
    base::wipe(command.data(), command.size());
    if (!sent) return false;
  }
  return true;
}

// A strip fits between two fences.
int EscposJob::rows_of_a_strip() const {
  const int between = static_cast<int>(profile_.fence_every_bytes) / (profile_.dots_per_line / 8) - 1;
  return profile_.fence_every_bytes == 0 ? profile_.strip_rows : std::clamp(between, 1, profile_.strip_rows);
}

bool EscposJob::send_end() {
  const bool ids = profile_.process_id == Support::yes;
  return (!ids || send(escpos::mark(printed_id_))) && send(escpos::cut(profile_.cutter, profile_.feed_before_cut_dots)) &&
         (!ids || send(escpos::mark(cut_id_)));
}

// After this nothing of the job is left in the printer and nothing went wrong for the settling time.
bool EscposJob::confirm() {
  evidence_ = Evidence::accepted;
  if (!link_.send_fence()) return fail(Failure::print_no_answer);
  if (!wait_until([this] { return link_.open_fences() == 0; }, timing_.stall)) return false;
  evidence_ = Evidence::processed;
  if (profile_.process_id == Support::yes) {
    // A printer that keeps silent here has not failed: it is known less well, that is all.
    const auto cut = [this] { return link_.processed() && *link_.processed() >= cut_id_; };
    if (!wait_until(cut, timing_.stall) && failure_ != Failure::print_no_answer) return false;
    failure_.reset();
  }
  const auto settled = steady_clock::now() + profile_.settle;
  while (still_well() && steady_clock::now() < settled)
    link_.listen(std::chrono::ceil<milliseconds>(settled - steady_clock::now()));
  if (failure_) return false;
  return ends_well();
}

// The last look; a head still hot is waited for, because the printer may have paused in the middle of the ticket.
bool EscposJob::ends_well() {
  const auto deadline = steady_clock::now() + timing_.cooling;
  while (true) {
    const auto condition = link_.ask_condition();
    if (!condition) return fail(link_.lost() ? Failure::print_no_printer : Failure::print_no_answer);
    if (!condition->failure) return true;
    if (condition->failure != Failure::print_overheated || steady_clock::now() >= deadline) return fail(*condition->failure);
    link_.listen(timing_.poll);
  }
}

// All of the command, or failure: what was not taken is not sent again.
bool EscposJob::send(std::span<const std::uint8_t> command) {
  auto stalled = steady_clock::now() + timing_.stall;
  while (!command.empty()) {
    const std::size_t count = link_.write(command.first(std::min(command.size(), kSlice)), timing_.poll);
    touched_ = touched_ || count > 0;
    if (touched_ && evidence_ == Evidence::none) evidence_ = Evidence::submitted;
    unfenced_ += count;
    command = command.subspan(count);
    link_.listen(milliseconds{0});
    if (!still_well()) return false;
    if (count > 0) stalled = steady_clock::now() + timing_.stall;
    if (steady_clock::now() >= stalled + (cooling_ ? timing_.cooling : milliseconds{0})) return fail(Failure::print_no_answer);
  }
  return true;
}

// Some printers drop bytes when they come too fast: never let more wait there than the profile says.
bool EscposJob::pass_fence(std::size_t next) {
  if (profile_.fence_every_bytes == 0 || unfenced_ + next <= profile_.fence_every_bytes) return true;
  if (!link_.send_fence()) return fail(Failure::print_no_answer);
  if (!wait_until([this] { return link_.open_fences() == 0; }, timing_.stall)) return false;
  unfenced_ = 0;
  return true;
}

bool EscposJob::wait_until(const std::function<bool()>& done, milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (!done()) {
    if (!still_well()) return false;
    const auto now = steady_clock::now();
    const auto end = deadline + (cooling_ ? timing_.cooling : milliseconds{0});
    if (now >= end) return fail(Failure::print_no_answer);
    const bool heard = link_.listen(std::min(timing_.poll, std::chrono::ceil<milliseconds>(end - now)));
    if (!heard && !done() && !look_without_automatic_status()) return false;
  }
  return true;
}

// True unless the printer was asked and said that something is wrong.
bool EscposJob::look_without_automatic_status() {
  if (link_.automatic_condition() || link_.lost()) return true;
  asked_ = link_.ask_condition();
  return still_well();
}

// A hot head goes on by itself; everything else ends the job.
bool EscposJob::still_well() {
  if (link_.lost()) return fail(Failure::print_no_printer);
  const auto& condition = link_.automatic_condition() ? link_.automatic_condition() : asked_;
  if (!condition || !condition->failure) return true;
  cooling_ = cooling_ || condition->failure == Failure::print_overheated;
  return condition->failure == Failure::print_overheated || fail(*condition->failure);
}

void EscposJob::note_evidence() {
  const auto processed = link_.processed();
  if (!processed) return;
  if (*processed >= printed_id_) evidence_ = std::max(evidence_, Evidence::printed);
  if (*processed >= cut_id_ && failure_ != Failure::print_cutter_jam) evidence_ = std::max(evidence_, Evidence::cut);
}

bool EscposJob::fail(Failure failure) {
  failure_ = failure;
  return false;
}

PrintFinished EscposJob::result() const {
  PrintFinished finished;
  finished.outcome = confirmed_ ? PrintOutcome::confirmed : dots_sent_ ? PrintOutcome::unknown : PrintOutcome::not_printed;
  finished.evidence = evidence_;
  finished.failure = failure_;
  return finished;
}

}  // namespace hal
