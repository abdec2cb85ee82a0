// The dialogue of one job, from the first status query to the last. Runs once.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "hal/printer/escpos_link.h"

namespace hal {

class EscposJob {
 public:
  using MediaSink = std::function<void(Media)>;

  // `first_id` is greater than any process id used on this connection before; two are used. `on_media` hears, while the
  // job runs, where a presenter's ticket is.
  EscposJob(EscposLink& link, const PrinterProfile& profile, const EscposTiming& timing, DeviceStatistics& statistics,
            escpos::ProcessId first_id, MediaSink on_media = {})
      : link_(link),
        profile_(profile),
        timing_(timing),
        statistics_(statistics),
        on_media_(std::move(on_media)),
        printed_id_(first_id),
        cut_id_{first_id.value + 1} {}

  // How it ended; `job` of the result is for the caller to fill in.
  PrintFinished run(const typeset::DotBitmap& picture);

  // Whether the printer may hold anything of the job that has not come out, or hangs uncut.
  bool left_residue() const { return touched_ && !confirmed_ && !unheard_; }

 private:
  bool preflight();
  bool set_auto_retract();
  bool send_picture(const typeset::DotBitmap& picture);
  bool send_end();
  bool confirm();
  bool ends_well();
  void await_taking();
  void tell(Media media);
  bool note_heat(const PrinterCondition& condition);
  bool send(std::span<const std::uint8_t> command);
  bool pass_fence(std::size_t next);
  int rows_of_a_strip() const;
  bool wait_until(const std::function<bool()>& done, std::chrono::milliseconds patience);
  bool still_well();
  bool look_without_automatic_status();
  void note_evidence();
  bool fail(base::Failure failure);
  bool fail_unanswered();
  PrintFinished result() const;

  EscposLink& link_;
  const PrinterProfile& profile_;
  const EscposTiming& timing_;
  DeviceStatistics& statistics_;
  MediaSink on_media_;
  escpos::ProcessId printed_id_, cut_id_;
  const std::chrono::steady_clock::time_point over_by_ = std::chrono::steady_clock::now() + timing_.job;
  std::size_t unfenced_ = 0;  // bytes since the last fence
  bool touched_ = false;      // a byte of a command was sent
  bool dots_sent_ = false;    // something that can become visible was sent
  bool confirmed_ = false;
  bool unheard_ = false;  // all of it was taken by a printer that never answers
  bool cooling_ = false;
  Media media_ = Media::unknown;
  int rows_moved_ = 0;
  std::optional<PrinterCondition> asked_;  // the last answer to a status query of this job
  Evidence evidence_ = Evidence::none;
  std::optional<base::Failure> failure_;
};

}  // namespace hal
