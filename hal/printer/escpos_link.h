// One open connection to a printer: sends whole commands and remembers what was answered. One thread, but for cancel().
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "hal/printer/escpos.h"
#include "hal/printer/escpos_printer.h"
#include "hal/printer/escpos_reply.h"
#include "hal/printer/printer_condition.h"

namespace hal {

class EscposLink {
 public:
  EscposLink(std::unique_ptr<ByteTransport> transport, const PrinterProfile& profile, const EscposTiming& timing);

  void cancel() { transport_->cancel(); }  // any thread
  bool lost() const { return lost_; }      // unplugged or cancelled; open another

  // Writes for at most `patience` and says how many bytes went: fewer than given when the printer takes no more or is lost.
  // The rest was not sent; whether to send it is the caller's question.
  std::size_t write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience);
  // Takes in what has been answered, waiting for at most `patience` for the first byte. True when something came.
  bool listen(std::chrono::milliseconds patience);

  // DLE EOT 1..4. Nothing when the printer does not answer all. Not in the middle of another command.
  std::optional<PrinterCondition> ask_condition();
  // What the printer last said by itself; nothing when it never did. `heard_news` is true once after each such message.
  const std::optional<PrinterCondition>& automatic_condition() const { return automatic_; }
  bool heard_news();

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

  std::unique_ptr<ByteTransport> transport_;
  const PrinterProfile& profile_;
  const EscposTiming& timing_;
  escpos::ReplyParser parser_;
  std::optional<PrinterCondition> automatic_;
  std::optional<escpos::RealTimeStatus> status_;  // the last
  std::optional<escpos::ProcessId> processed_;
  int open_fences_ = 0;
  bool news_ = false;
  bool cleared_ = false;
  bool lost_ = false;
};

}  // namespace hal
