// A terminal as it stands in a hall: the program itself on a display, devices at the far end of real wires, the platform as a
// process. The test holds what is outside: card, printer, finger. It sees what an assistive program sees.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "hal/person.h"
#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/offered_model.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/serial_scanner.h"
#include "kiosk/app/child_process.h"
#include "kiosk/app/gateway_child.h"
#include "tests/journeys/screen_reader.h"
#include "tests/journeys/virtual_display.h"
#include "tests/support/power_cut/medium.h"
#include "tests/support/temporary_folder.h"

namespace journeys {

class Terminal {
 public:
  explicit Terminal(hal::EscposMachineType printer = {});
  ~Terminal();

  // A camera for documents, from the next start on; it looks at an empty table.
  void plug_camera() const;
  void start();  // and waits for the welcome page
  // Begins to start, under another program if one is named (shell words).
  void launch(const std::string& under = {});
  // From the next start on this program is the kiosk, instead of the one that was built.
  void install(std::filesystem::path program) { program_ = std::move(program); }
  // Waits for this stage or the end; gives the end's status, as wait() does.
  std::optional<int> ends_before(const std::string& stage);
  void die(int signal);  // and waits for the end
  // From the next start on, a death takes with it what was not synced, as if the power had been cut.
  void live_on_a_medium(test_support::NamesLost names);
  pid_t process() const { return kiosk_->pid(); }

  void lay(const std::string& persona);
  void lift() { reader_->lift_card(); }
  void show_code(const std::string& code) { scanner_->show(code); }  // to the scanner
  static hal::Person person(const std::string& persona);
  // Presses it once, or turns the page of a list that is cut; nothing when there is neither.
  void touch(const std::string& label);
  // Presses the label or id until the next one is shown, as somebody does whose press came too early.
  void press(const std::string& label, const std::string& then);
  void press_until(const std::string& label, const std::string& stage);
  // Chooses the answer, then goes on to the page where `then` is shown.
  void answer(const std::string& label, const std::string& then);
  // On the digit pad. Each digit is waited for: a finger that goes on before it is there would leave one out.
  void type(const std::string& digits);
  // A character on the pad for handwriting, in straight strokes from place to place, in hundredths of the pad.
  struct Line {
    int from_x, from_y, to_x, to_y;
  };
  void write(const std::string& character, const std::vector<Line>& strokes);
  // Letters of the pinyin pad, and the first proposal; returns it.
  std::string spell(const std::string& letters);
  void expect(const std::string& stage);

  ScreenReader& screen() { return *screen_; }
  const VirtualDisplay& display() const { return *display_; }
  hal::EscposMachine& printer() { return *printer_; }
  std::vector<std::string> codes_on_paper() const;  // of every cut piece, oldest first
  kiosk::GatewayChild& platform() { return *platform_; }
  nlohmann::json queue() const;  // as linlictl tells it
  std::filesystem::path data() const { return machine() / "data"; }
  std::filesystem::path machine() const { return folder_ / "machine"; }  // every file the kiosk may write, its log too

 private:
  void settle();
  std::size_t missing(std::size_t of) const;

  test_support::TemporaryFolder folder_;
  std::unique_ptr<VirtualDisplay> display_;
  std::shared_ptr<hal::SamModule> reader_;
  std::shared_ptr<hal::EscposMachine> printer_;
  std::shared_ptr<hal::SerialScanner> scanner_;
  std::unique_ptr<hal::OfferedModel> reader_line_, printer_line_, scanner_line_;
  std::unique_ptr<kiosk::GatewayChild> platform_;
  std::unique_ptr<ScreenReader> screen_;
  std::optional<test_support::Medium> medium_;
  test_support::NamesLost names_lost_{};
  std::filesystem::path program_ = kiosk::program_folder() / "linli-kiosk";
  std::unique_ptr<kiosk::ChildProcess> kiosk_;
  std::optional<Spot> touched_;  // last
  int page_touched_ = 0;
  std::chrono::steady_clock::time_point touched_at_{};
};

}  // namespace journeys
