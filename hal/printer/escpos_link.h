// One open connection to a printer: sends whole commands and remembers what was answered. One thread, but for cancel().
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "hal/device_statistics.h"
#include "hal/printer/escpos.h"
#include "hal/printer/escpos_printer.h"
#include "hal/printer/escpos_reply.h"
#include "hal/printer/printer_condition.h"

namespace hal {

class EscposLink {
 public:
  EscposLink(std::unique_ptr<ByteTransport> transport, const PrinterProfile& profile, const EscposTiming& timing,
             DeviceStatistics& statistics);

  void cancel() { transport_->cancel(); }    // any thread
  bool lost() const { return lost_; }        // unplugged or cancelled; open another
  bool answers() const { return answers_; }  // false: nothing comes back on this line, so nothing about a job can be known

  // Writes for at most `patience` and says how many bytes went: fewer than given when the printer takes no more or is lost.
  // The rest was not sent; whether to send it is the caller's question.
  std::size_t write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience);
  // Takes in what has been answered, waiting for at most `patience` for the first byte. True when something came.
  bool listen(std::chrono::milliseconds patience);
  // Takes in all that comes until nothing has for `quiet`. False when the line did not fall silent within an answer's time.
  bool hear_out(std::chrono::milliseconds quiet);

  // DLE EOT 1..4, and the presenter's status if there is one. Nothing when the printer does not answer all. Not in the
  // middle of another command.
  std::optional<PrinterCondition> ask_condition();
  // What the printer last said by itself; nothing when it never did. `heard_news` is true once after each such message.
  const std::optional<PrinterCondition>& automatic_condition() const { return automatic_; }
  bool heard_news();
  Supply supply() const { return supply_; }  // as last heard, asked for or not
  // GS a, to a printer that is well and idle: it answers at once. One that does not, or in a dialect nobody can read, is
  // told to keep quiet and never believed on this connection. False when the command did not go out.
  bool enable_automatic_status();

  // One GS I. Nothing when there is no answer in time; what comes later is dropped. Only to an idle printer.
  std::optional<std::string> ask_identity(escpos::IdentityQuery query);

  // DLE DC4: true when the printer confirmed that its buffers are empty.
  bool clear_buffers();

  // Fences: sends GS r. An answer stands for the oldest one, so count them.
  bool send_fence();
  int open_fences() const { return open_fences_; }
  // Whoever asked before will not be answered any more; an answer that comes all the same is dropped.
  void forget_answers();

  std::optional<escpos::ProcessId> processed() const { return processed_; }  // the highest since forget_answers()

 private:
  void take(const escpos::Reply& reply);
  std::optional<std::uint8_t> ask_status(int query);
  bool ask_long_status();
  // Listens until `done` or until an answer is overdue, which is counted.
  template <class Done>
  bool await(Done done);

  std::unique_ptr<ByteTransport> transport_;
  const PrinterProfile& profile_;
  const EscposTiming& timing_;
  DeviceStatistics& statistics_;
  const bool answers_;
  escpos::ReplyParser parser_;
  std::optional<PrinterCondition> automatic_;
  std::optional<escpos::RealTimeStatus> status_;  // the last
  std::optional<escpos::ProcessId> processed_;
  std::optional<std::vector<std::uint8_t>> long_status_;
  std::optional<std::string> identity_;
  Support automatic_works_ = Support::unknown;
  int open_fences_ = 0;
  bool news_ = false;
  bool expected_automatic_ = false;  // the next one answers GS a
  bool cleared_ = false;
  Supply supply_ = Supply::unknown;
  bool lost_ = false;
  bool late_ = false;  // a status query was given up that may still be answered
};

}  // namespace hal
