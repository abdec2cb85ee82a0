// What all simulated scanners have in common: a code held before the window becomes pieces on the wire, one for each read
// of the driver (a HID report, a USB packet, a group of input events), and things go wrong on the way. Controls may be
// called from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hal/scanner/aim_identifier.h"
#include "hal/simulated/device_model.h"

namespace hal {

inline constexpr std::size_t kPacket = 64;  // bytes: full-speed USB
inline constexpr AimIdentifier kQrCode{'Q', '1'};

class ScannerModel : public DeviceModel {
 public:
  // `room`: pieces that the line keeps for a driver that does not read, such as 64 reports in Linux's hidraw.
  ScannerModel(TransportInfo info, std::chrono::milliseconds rest, std::size_t room)
      : info_(std::move(info)), rest_(rest), room_(room) {}
  const TransportInfo& info() const override { return info_; }

  // Held before the window: read, beeped, sent. Nothing happens while silent or unplugged.
  void show(std::string_view code, AimIdentifier symbology = kQrCode);
  // Only the first so many pieces come.
  void show_cut(std::string_view code, std::size_t pieces, AimIdentifier symbology = kQrCode);
  // The piece with this index loses its second half.
  void show_torn(std::string_view code, std::size_t piece, AimIdentifier symbology = kQrCode);
  // Two codes without a rest between them.
  void show_merged(std::string_view first, std::string_view second, AimIdentifier symbology = kQrCode);
  // Sent as one piece, whatever it is.
  void send_garbage(std::vector<std::uint8_t> bytes);

  void set_silent(bool silent);                   // reads nothing any more; as a lens that is covered
  void unplug_after(std::size_t pieces);          // gives so many more pieces, then is pulled out
  void set_rest(std::chrono::milliseconds rest);  // the least time between two codes

  std::string_view commands() const override;

  std::size_t waiting() const;    // pieces not yet read by the driver
  std::uint64_t dropped() const;  // pieces for which the buffer of the line had no room
  std::uint64_t written() const;  // bytes that the driver has written

 protected:
  using Piece = std::vector<std::uint8_t>;

  // With the lock held. The wire form of one code, sent at `at`; `symbology` for those that tell it.
  virtual std::vector<Piece> encode(std::string_view code, AimIdentifier symbology, TimePoint at) = 0;
  // A line as packets, for scanners that send a stream; wipes it.
  static std::vector<Piece> packets_of(std::string line);
  // What the driver tells the scanner. False: not taken now.
  virtual bool hear(std::span<const std::uint8_t>) { return true; }
  virtual bool reads() const { return true; }  // false: not yet set up to
  virtual void power_on() {}
  bool carry_out(const ModelCommand& command) override;

 private:
  struct Sent {
    Piece bytes;
    TimePoint ready;
  };

  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override;
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override;
  std::optional<TimePoint> wakes_at() const override;
  void on_plug(TimePoint now) override;
  void on_unplug() override;

  bool can_read() const;
  TimePoint begin_code();  // when the next one is sent
  void send(std::vector<Piece> pieces, TimePoint at);

  TransportInfo info_;
  std::chrono::milliseconds rest_;
  std::size_t room_;
  std::deque<Sent> pieces_;
  TimePoint last_{};
  bool silent_ = false;
  std::optional<std::size_t> unplug_after_;
  std::uint64_t dropped_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace hal
