// links: linli_hal linli::umockdev linli::usb fmt::fmt
// What it costs to wait for a card on USB: the real driver and the real libusb, asking a reader four times a second, beside a
// plain loop of synchronous transfers that asks ten times a second. Runs under umockdev-wrapper: umockdev stands in for the
// kernel, by a thread that is not counted. Its calls cost us more than the kernel's would; but its reader answers at once,
// which saves the driver one of two wake-ups.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <libusb.h>
#include <poll.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_usb_transport.h"
#include "tests/bench/card_waiting.h"
#include "tests/hal/usb/sam_firmware.h"

namespace {

constexpr std::uint16_t kVendor = 0x0400;
constexpr std::uint16_t kProduct = 0xC35A;

std::atomic<int> ended_transfers = -1;  // file that tells of them

bool is_plain_file(int file) {
  struct stat status {};
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

struct Reader {
  Reader() {
    gadget.plug();
    ended_transfers = gadget.watch_ended();
  }
  ~Reader() { ended_transfers = -1; }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  usb_test::Bus bus;
  usb_test::SamFirmware firmware{std::make_shared<hal::SamModule>(), usb_test::Framing::stream};
  usb_test::UsbGadget gadget{
      bus, "1-1", kVendor, kProduct, {{0xFF, 0, 0, usb_test::SamFirmware::endpoints(usb_test::Framing::stream)}}, firmware};
};

void card_wait_usb(benchmark::State& state) {
  const Reader reader;
  const auto others = bench::threads_now();
  const base::SystemClock clock;
  bench::report_driver_waiting(state, clock, hal::make_sdt_usb_transport(), others);
}
BENCHMARK(card_wait_usb)->Iterations(1);

bool answers(libusb_device_handle* reader) {
  static auto question = hal::encode_sdt_question(hal::SdtCommand::find_card);
  std::array<std::uint8_t, 64> answer{};
  int moved = 0;
  return libusb_bulk_transfer(reader, 0x02, question.data(), static_cast<int>(question.size()), &moved, 1000) == 0 &&
         libusb_bulk_transfer(reader, 0x81, answer.data(), static_cast<int>(answer.size()), &moved, 1000) == 0;
}

void card_wait_usb_plain(benchmark::State& state) {
  const Reader reader;
  const auto others = bench::threads_now();
  libusb_init(nullptr);
  libusb_device_handle* const opened = libusb_open_device_with_vid_pid(nullptr, kVendor, kProduct);
  if (opened == nullptr || libusb_claim_interface(opened, 0) != 0) return state.SkipWithError("no reader");
  std::atomic<bool> answered = true;
  {
    std::jthread asking([&](const std::stop_token& stop) {
      while (!stop.stop_requested() && answered) {
        answered = answers(opened);
        std::this_thread::sleep_for(bench::kPlainPeriod);
      }
    });
    for (auto _ : state) bench::report_waiting(state, others, bench::kMeasured);
  }
  if (!answered) state.SkipWithError("the reader does not answer");
  libusb_close(opened);
  libusb_exit(nullptr);
}
BENCHMARK(card_wait_usb_plain)->Iterations(1);

}  // namespace

// The kernel makes a USB node writable when a transfer has ended. umockdev's node is a plain file, always writable, so that
// libusb would ask without a pause; here it waits for the gadget instead.
extern "C" int poll(pollfd* files, nfds_t count, int timeout) {
  static const auto next = reinterpret_cast<decltype(&poll)>(dlsym(RTLD_NEXT, "poll"));
  std::vector<pollfd> asked(files, files + count);
  if (ended_transfers >= 0)
    for (auto& file : asked)
      if (file.events == POLLOUT && is_plain_file(file.fd)) file = {ended_transfers, POLLIN, 0};
  const int ready = next(asked.data(), count, timeout);
  for (nfds_t i = 0; i < count; ++i)
    files[i].revents = asked[i].fd == files[i].fd ? asked[i].revents : static_cast<short>(asked[i].revents != 0 ? POLLOUT : 0);
  return ready;
}
