#include "hal/printer/escpos_job.h"

#include <algorithm>
#include <utility>

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
  if (link_.answers())
    confirmed_ = preflight() && send_picture(picture) && send_end() && confirm();
  else
    unheard_ = send(escpos::initialise(profile_.dots_per_mm)) && send_picture(picture) && send_end();
  if (unheard_) evidence_ = Evidence::accepted;
  note_evidence();
  if (confirmed_) await_taking();
  const double millimetres = rows_moved_ / profile_.dots_per_mm;
  statistics_.add(Counter::millimetres_printed, static_cast<std::uint64_t>(millimetres));
  return result();
}

bool EscposJob::preflight() {
  const auto condition = link_.ask_condition();
  if (!condition) return fail_unanswered();
  if (condition->failure) return fail(*condition->failure);
  if (condition->media == Media::present) return fail(Failure::print_ticket_waiting);
  link_.heard_news();
  return send(escpos::initialise(profile_.dots_per_mm)) && set_auto_retract() &&
         (link_.enable_automatic_status() || fail_unanswered());
}

// A short time left over from somebody else's settings would take the ticket from a slow hand: always said, never inherited.
bool EscposJob::set_auto_retract() {
  if (!profile_.presenter || !profile_.presenter->auto_retract) return true;
  constexpr milliseconds::rep kLongest = 255;  // units; also for "never"
  auto [command, unit] = *profile_.presenter->auto_retract;
  const auto units = milliseconds(profile_.presenter->retract_after) / unit;
  command.push_back(static_cast<std::uint8_t>(units == 0 ? kLongest : std::min(units, kLongest)));
  return send(command);
}

bool EscposJob::send_picture(const typeset::DotBitmap& picture) {
  for (const auto& strip : escpos::strips(picture, rows_of_a_strip())) {
    auto command = strip.blank ? escpos::feed(strip.count) : escpos::raster(picture, strip.first, strip.count);
    const bool room = pass_fence(command.size());
    dots_sent_ = dots_sent_ || (room && !strip.blank);
    const bool sent = room && send(command);
    base::wipe(command.data(), command.size());
    if (!sent) return false;
    rows_moved_ += strip.count;
  }
  return true;
}

// A strip fits between two fences.
int EscposJob::rows_of_a_strip() const {
  const int between = static_cast<int>(profile_.fence_every_bytes) / (profile_.dots_per_line / 8) - 1;
  return profile_.fence_every_bytes == 0 ? profile_.strip_rows : std::clamp(between, 1, profile_.strip_rows);
}

bool EscposJob::send_end() {
  const bool ids = profile_.process_id == Support::yes && link_.answers();
  if ((ids && !send(escpos::mark(printed_id_))) || !send(escpos::cut(profile_))) return false;
  if (has_knife(profile_.cutter)) statistics_.add(Counter::cuts);
  if (ids && !send(escpos::mark(cut_id_))) return false;
  return !profile_.presenter || send(profile_.presenter->present);
}

// After this nothing of the job is left in the printer and nothing went wrong for the settling time.
bool EscposJob::confirm() {
  evidence_ = Evidence::accepted;
  if (!link_.send_fence()) return fail_unanswered();
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
    if (!condition) return fail_unanswered();
    if (!condition->failure) return true;
    if (!note_heat(*condition) || steady_clock::now() >= deadline) return fail(*condition->failure);
    link_.listen(timing_.poll);
  }
}

// What a presenter's sensor sees after the job is done changes what is known, not whether it was printed: only a jam does.
void EscposJob::await_taking() {
  if (!profile_.presenter || !profile_.presenter->status) return;
  const auto& presenter = *profile_.presenter;
  const bool leaves_by_itself = presenter.auto_retract && presenter.retract_after.count() > 0;
  const auto longest = leaves_by_itself ? std::min(presenter.taken_within, presenter.retract_after) : presenter.taken_within;
  const auto deadline = steady_clock::now() + longest;
  const auto shown_by = steady_clock::now() + timing_.stall;
  while (!link_.lost()) {
    const auto condition = link_.ask_condition();
    if (!condition) return;
    if (condition->failure == Failure::print_paper_jam) {
      confirmed_ = false;
      fail(Failure::print_paper_jam);
      return;
    }
    const auto now = steady_clock::now();
    const bool was_there = media_ == Media::present;
    if (leaves_by_itself && now >= deadline) return;  // gone now could be taken or drawn back
    if (condition->media == Media::present) tell(Media::present);
    if (condition->media == Media::none && was_there) {
      tell(Media::taken);
      evidence_ = Evidence::taken;
      return;
    }
    if (now >= deadline || (media_ != Media::present && now >= shown_by)) return;
    link_.listen(timing_.poll);
  }
}

void EscposJob::tell(Media media) {
  if (std::exchange(media_, media) != media && on_media_) on_media_(media);
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
    const auto now = steady_clock::now();
    const auto extra = cooling_ ? timing_.cooling : milliseconds{0};
    if (count > 0) stalled = now + timing_.stall;
    if (now >= stalled + extra || now >= over_by_ + extra) return fail(Failure::print_no_answer);
  }
  return true;
}

// Some printers drop bytes when they come too fast: never let more wait there than the profile says.
bool EscposJob::pass_fence(std::size_t next) {
  if (!link_.answers() || profile_.fence_every_bytes == 0 || unfenced_ + next <= profile_.fence_every_bytes) return true;
  if (!link_.send_fence()) return fail_unanswered();
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
  return note_heat(*condition) || fail(*condition->failure);
}

bool EscposJob::note_heat(const PrinterCondition& condition) {
  if (condition.failure != Failure::print_overheated) return false;
  if (!std::exchange(cooling_, true)) statistics_.add(Counter::head_hot);
  return true;
}

void EscposJob::note_evidence() {
  const auto processed = link_.processed();
  if (!processed) return;
  if (*processed >= printed_id_) evidence_ = std::max(evidence_, Evidence::printed);
  if (*processed >= cut_id_ && has_knife(profile_.cutter) && failure_ != Failure::print_cutter_jam)
    evidence_ = std::max(evidence_, Evidence::cut);
}

bool EscposJob::fail(Failure failure) {
  failure_ = failure;
  return false;
}

bool EscposJob::fail_unanswered() { return fail(link_.lost() ? Failure::print_no_printer : Failure::print_no_answer); }

PrintFinished EscposJob::result() const {
  PrintFinished finished;
  finished.outcome = confirmed_ ? PrintOutcome::confirmed : dots_sent_ ? PrintOutcome::unknown : PrintOutcome::not_printed;
  finished.evidence = evidence_;
  finished.failure = failure_;
  return finished;
}

}  // namespace hal
