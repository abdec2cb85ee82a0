// A model of a receipt printer's firmware and mechanism, behind the simulated cable (see device_model.h). It reads the real
// bytes and keeps Epson's rules: DLE commands are obeyed when they arrive, even offline or inside an image; everything else
// in order; automatic status on every change; a process id is answered when what came before it is on paper. When paper,
// cover, knife or head stop it, it keeps what it has received and goes on by itself once it can, as real ones do, unless
// it was told to forget (DLE DC4). When its buffer is full it takes no more, not even a question (USB).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hal/simulated/device_model.h"
#include "hal/simulated/escpos_interpreter.h"
#include "hal/simulated/paper_roll.h"
#include "hal/simulated/ticket_presenter.h"

namespace hal {

// What a model can do, and which dialect it speaks.
struct EscposMachineType {
  int dots_per_line = 576;
  int dots_per_inch = 203;
  int head_to_knife = 96;              // dots
  int rows_per_second = 0;             // 0: at once. Real ones do 400 to 2000
  std::size_t receive_buffer = 16384;  // bytes
  bool drops_when_full = false;        // clones lose bytes instead of refusing them
  bool has_cutter = true;
  bool answers_process_id = true;
  bool answers_automatic_status = true;
  bool clears_buffers = true;                    // knows DLE DC4 8
  std::array<std::uint8_t, 4> status_dialect{};  // bits it sets beyond Epson's in the answers to DLE EOT 1..4
  std::uint8_t fourth_automatic_byte = 0;        // SNBC sends 0F
  bool automatic_status_broken = false;          // sends 00 00 00 00 whatever is the matter
  bool answers_identity = true;                  // GS I; else its bytes are printed
  std::string model = "LP-80 Simulated", serial = "SIM-0042", firmware = "1.07";
  PresenterKind presenter = PresenterKind::none;
  int bytes_per_second = 0;                   // of the line; 0: as fast as they come. 9600 baud are 960
  std::chrono::milliseconds answer_delay{0};  // late answers; several are then read at once
  bool flow_bytes_in_answers = false;         // XOFF and XON after every byte it says
  std::chrono::milliseconds boot{0};          // deaf after a power cycle
  bool one_way = false;                       // on a line that brings nothing back
};

enum class PrinterTrouble : std::uint8_t {
  paper_out,
  cover_open,
  knife_blocked,  // shows at the next cut
  overheated,
  broken,  // a fault it cannot recover from
  silent,  // works, but answers nothing
  dead,    // takes what it is sent, and that is all
  paper_low,
  paper_jam,
};
inline constexpr std::size_t kPrinterTroubles = static_cast<std::size_t>(PrinterTrouble::paper_jam) + 1;

class EscposMachine final : public DeviceModel {
 public:
  explicit EscposMachine(EscposMachineType type = {});

  // Controls; any thread.
  void begin(PrinterTrouble trouble);
  // Ends it: loads paper (what hung is torn off), closes the cover, frees the knife, cools down, speaks again.
  void end(PrinterTrouble trouble);
  void begin_after_rows(long rows, PrinterTrouble trouble);    // more rows of paper from now on
  void begin_after_bytes(long bytes, PrinterTrouble trouble);  // more bytes received from now on
  void power_cycle();                       // forgets all and starts anew, on a line that stays; paper and troubles stay
  void lose_power_after_bytes(long bytes);  // more bytes received; forgets all and is gone from its cable until plug()
  void unplug_after_bytes(long bytes);      // the same, but on a power supply of its own: forgets nothing
  void call_off();                          // what was to begin later
  bool take_ticket();                       // from the presenter's mouth; false: there is none
  void jam_next_ticket();                   // paper_jam when the presenter next moves

  std::string_view commands() const override;
  const TransportInfo& info() const override { return info_; }

  // Views; any thread.
  std::vector<typeset::DotBitmap> tickets() const;  // cut pieces, oldest first
  std::vector<typeset::DotBitmap> scraps() const;   // torn off when paper was loaded
  std::vector<typeset::DotBitmap> collect();        // both, taken away; what hangs is torn off first where there is no knife
  typeset::DotBitmap hanging() const;               // printed or fed, and not cut
  std::vector<std::uint8_t> received() const;       // all bytes, the last 4 MiB of them
  long stray_characters() const;                    // bytes that were printed as text
  long rows() const;
  TicketPresenter presenter() const;

 private:
  enum class Loss : std::uint8_t { none, cable, power };
  struct Alarm {
    long at = 0;
    PrinterTrouble trouble{};
    Loss loss = Loss::none;  // else it counts, and not the trouble
  };
  struct Answer {
    TimePoint from{};  // when it is on the line
    std::uint8_t byte = 0;
  };

  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override;
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override;
  std::optional<TimePoint> wakes_at() const override;
  void on_unplug() override { answers_.clear(); }
  bool carry_out(const ModelCommand& command) override;
  std::size_t line_takes(std::size_t offered, TimePoint now);
  void ring(const Alarm& alarm);
  void present(int n);
  void answer_identity(int query);
  std::array<std::uint8_t, 6> full_status() const;
  void restart();

  bool has(PrinterTrouble trouble) const { return troubles_[static_cast<std::size_t>(trouble)]; }
  void set(PrinterTrouble trouble, bool on);
  bool stopped() const;
  void receive(std::uint8_t byte);
  void obey_real_time();
  void recover(bool clearing);
  void forget();
  void work(TimePoint now);
  bool work_on_paper(TimePoint now);
  void advance_paper(std::span<const std::uint8_t> dots);
  void act(const PrinterAction& action);
  bool speak(const ModelCommand& command);
  void cut();
  void answer(std::span<const std::uint8_t> bytes);
  void answer(std::initializer_list<std::uint8_t> bytes) { answer(std::span(bytes.begin(), bytes.size())); }
  std::uint8_t status(int query) const;
  std::array<std::uint8_t, 4> automatic_status() const;
  void notice_change();

  EscposMachineType type_;
  const TransportInfo info_;
  EscposInterpreter interpreter_;
  PaperRoll paper_;
  TicketPresenter presenter_;
  bool jams_next_ticket_ = false;
  std::array<bool, kPrinterTroubles> troubles_{};
  bool cutter_error_ = false;
  std::deque<std::uint8_t> buffer_;
  std::vector<std::uint8_t> real_time_;  // bytes of a DLE command that is not complete
  std::deque<Answer> answers_;
  TimePoint line_free_at_{}, booted_at_{};
  std::deque<std::vector<std::uint8_t>> rows_to_do_;
  bool cut_to_do_ = false;
  TimePoint next_row_{};
  bool resting_ = true;                                  // the motor stands: the next row is not late
  std::optional<std::array<std::uint8_t, 4>> reported_;  // last automatic status; nothing while it is off
  std::optional<Alarm> at_row_, at_byte_;
  std::deque<std::uint8_t> received_;
  long received_count_ = 0;
  long stray_characters_ = 0;
};

}  // namespace hal
