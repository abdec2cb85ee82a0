// A driver on top of a model of a printer, with waiting times cut short. Answers of the model come at once, so a healthy
// conversation never waits; only silence takes time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/mailbox.h"
#include "hal/printer/escpos_printer.h"
#include "hal/printer/receipt_layout.h"
#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/simulated_transport.h"
#include "test_places.h"

namespace printer_rig {

using std::chrono::milliseconds;

inline const std::string kFonts = LINLI_SOURCE_DIR "/assets/fonts.conf";
constexpr std::chrono::seconds kPrinterLong{30};  // longer than anything here may take

inline hal::PrinterProfile profile(const std::string& name) {
  auto loaded = hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/" + name + ".json");
  EXPECT_TRUE(loaded);
  loaded->settle = milliseconds{2};
  return *loaded;
}

inline hal::EscposTiming short_timing() {
  hal::EscposTiming timing;
  timing.reply = milliseconds{8};
  timing.stall = milliseconds{30};
  timing.stuck = milliseconds{8};
  timing.cooling = milliseconds{40};
  timing.poll = milliseconds{4};
  timing.idle_listen = milliseconds{2};
  timing.idle_check = milliseconds{10};
  timing.reopen = milliseconds{2};
  return timing;
}

inline hal::PrintDocument short_ticket(const std::string& code = "A-017") {
  hal::PrintDocument document;
  document.blocks = {hal::PrintHeading{"和平社区"}, hal::PrintCode{code}, hal::PrintQr{"linli:" + code, {"请保管好"}}};
  return document;
}

inline hal::PrintDocument receipt() {
  hal::PrintDocument document;
  document.blocks = {hal::PrintHeading{"和平社区便民服务大厅"},
                     hal::PrintText{"申请回执", false, true},
                     hal::PrintRule{},
                     hal::PrintCode{"7K4-29M-6"},
                     hal::PrintText{"受理号，请保管好", false, true},
                     hal::PrintRule{},
                     hal::PrintField{"事项", "高龄津贴申请", true},
                     hal::PrintField{"申请人", "王𬎆䶮 (****002X)"},
                     hal::PrintField{"住址", "虚构省样例市和平里3号楼2单元501"},
                     hal::PrintField{"状态", "已保存，联网后自动送出", true},
                     hal::PrintRule{},
                     hal::PrintQr{"linli:HP-03:7K4-29M-6", {"扫码查进度", "电话 12345"}},
                     hal::PrintText{"感谢您，慢走。", true, true}};
  return document;
}

inline bool has_ink(const typeset::DotBitmap& picture) {
  return std::any_of(picture.bytes.begin(), picture.bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

inline std::size_t count_inked(const std::vector<typeset::DotBitmap>& pieces) {
  return static_cast<std::size_t>(std::count_if(pieces.begin(), pieces.end(), has_ink));
}

// The rows from the first to the last with ink.
inline std::vector<std::uint8_t> ink_of(const typeset::DotBitmap& picture) {
  const auto black = [](std::uint8_t byte) { return byte != 0; };
  const auto first = std::find_if(picture.bytes.begin(), picture.bytes.end(), black);
  const auto last = std::find_if(picture.bytes.rbegin(), picture.bytes.rend(), black).base();
  if (first == picture.bytes.end()) return {};
  const auto stride = static_cast<std::ptrdiff_t>(picture.stride());
  const auto begin = (first - picture.bytes.begin()) / stride * stride;
  const auto end = (last - picture.bytes.begin() + stride - 1) / stride * stride;
  return {picture.bytes.begin() + begin, picture.bytes.begin() + end};
}

// What a ticket of this document looks like, whole.
inline std::vector<std::uint8_t> expected_ink(const hal::PrintDocument& document, const hal::PrinterProfile& profile) {
  static const auto typesetter = typeset::Typesetter::create(kFonts);
  const auto picture = hal::lay_out(document, profile, **typesetter);
  EXPECT_TRUE(picture);
  return ink_of(*picture);
}

// The pieces of paper with ink on them, however they came off.
inline std::vector<std::vector<std::uint8_t>> inked(const hal::EscposMachine& machine) {
  std::vector<std::vector<std::uint8_t>> pieces;
  for (const auto& list : {machine.scraps(), machine.tickets(), std::vector{machine.hanging()}})
    for (const auto& piece : list)
      if (has_ink(piece)) pieces.push_back(ink_of(piece));
  return pieces;
}

class PrinterRig {
 public:
  explicit PrinterRig(hal::EscposMachineType type = {}, const std::string& profile_name = "epson-tm-80mm")
      : PrinterRig(type, profile(profile_name)) {}
  PrinterRig(hal::EscposMachineType type, hal::PrinterProfile profile)
      : machine(std::make_shared<hal::EscposMachine>(type)), profile_(std::move(profile)) {}

  void start() { start_on(hal::make_simulated_transport(machine)); }
  void start_on(std::unique_ptr<hal::TransportFactory> transports) {
    printer = hal::make_escpos_printer(
        std::move(transports), clock_, profile_, kFonts, [this](hal::PrinterEvent event) { events_.post(std::move(event)); },
        timing);
  }

  // Waits for the printer to say that it is in this state.
  hal::DeviceHealth await(hal::DeviceState state, std::optional<base::Failure> failure = std::nullopt) {
    return await_health([&](const hal::DeviceHealth& now) { return now.state == state && now.failure == failure; });
  }
  template <class Wanted>
  hal::DeviceHealth await_health(Wanted wanted) {
    if (!await_event([&] { return wanted(health); })) ADD_FAILURE() << "the printer never became so";
    return health;
  }

  hal::PrintFinished await_result() {
    if (!await_event([this] { return !results.empty(); })) {
      ADD_FAILURE() << "the job never ended";
      return {};
    }
    const auto result = results.front();
    results.erase(results.begin());
    return result;
  }

  hal::HealthChecked check(hal::HealthCheck level) {
    checks.clear();
    printer->check(level);
    if (!await_event([this] { return !checks.empty(); })) {
      ADD_FAILURE() << "the check never ended";
      return {};
    }
    return checks.front();
  }

  hal::PrintFinished print(hal::PrintDocument document) {
    printer->print(++last_job, std::move(document));
    const auto result = await_result();
    EXPECT_EQ(result.job, last_job);
    return result;
  }

  std::shared_ptr<hal::EscposMachine> machine;
  hal::EscposTiming timing = short_timing();
  hal::DeviceHealth health;
  std::vector<hal::DeviceHealth> healths;   // all it said
  std::vector<hal::PrintFinished> results;  // not yet asked for
  std::vector<hal::HealthChecked> checks;
  hal::PrintJobId last_job = 0;

 private:
  template <class Done>
  bool await_event(Done done) {
    while (!done()) {
      auto event = events_.take_for(kPrinterLong);
      if (!event) return false;
      if (auto* finished = std::get_if<hal::PrintFinished>(&*event)) results.push_back(*finished);
      if (auto* checked = std::get_if<hal::HealthChecked>(&*event)) checks.push_back(*checked);
      if (auto* now = std::get_if<hal::DeviceHealth>(&*event)) healths.push_back(health = *now);
    }
    return true;
  }

  base::SystemClock clock_;
  hal::PrinterProfile profile_;
  base::Mailbox<hal::PrinterEvent> events_;

 public:
  std::unique_ptr<hal::Printer> printer;  // last: dies before what its sink uses
};

}  // namespace printer_rig
