// A camera as its driver sees it (hal/camera/frame_wire.h), looking at a desk on which a code may be held, or a document
// may lie. It gives frames
// while its sensor is on, at its own rate, and stays in the dark about what is in them.
//
//   show TEXT          a QR code of the text is held before it, upright, in the middle
//   lay NUMBER         a page of a document lies there, upright and whole; pages of other numbers look otherwise
//   take-away          nothing is
//   module PIXELS      size of a module of the code; 6 at power-on
//   turn DEGREES       the code is turned so far, clockwise
//   blur TENTHS        of a pixel: out of focus; motion TENTHS: moved meanwhile
//   grain LEVELS       grey levels, standard deviation
//   dark on|off        hardly any light
//   glare on|off       a lamp is mirrored in the middle of the code or the page
//   moire on|off       it is shown on a screen
//   invert on|off      light modules on dark ground
//   freeze on|off      the same picture comes again and again, whatever happens before the camera
//   sensor-fails on|off  the orders are taken, no frame comes
#pragma once

#include <string>
#include <vector>

#include "hal/simulated/code_scene.h"
#include "hal/simulated/device_model.h"

namespace hal {

class CameraModel final : public DeviceModel {
 public:
  static constexpr int kDocumentWidth = 800;  // of one that photographs documents
  static constexpr int kDocumentHeight = 600;

  explicit CameraModel(int width = 640, int height = 480, std::chrono::milliseconds period = std::chrono::milliseconds{66});

  const TransportInfo& info() const override;
  std::string_view commands() const override;

  // The same as the commands.
  void show(std::string_view text);
  void lay(unsigned number);
  void take_away();
  // Any dots at all, as a symbol.
  void show_symbol(typeset::DotBitmap symbol);

  bool sensor_on() const;
  std::uint64_t frames_given() const;

 private:
  bool carry_out(const ModelCommand& command) override;
  bool change_scene(const ModelCommand& command);
  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override;
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override;
  std::optional<TimePoint> wakes_at() const override;
  void on_plug(TimePoint now) override;
  void on_unplug() override { sensor_on_ = false; }
  void take_picture();
  double dot() const;  // pixels a side
  void look_again();

  const std::chrono::milliseconds period_;
  CodeScene scene_;
  double module_ = 6;  // pixels
  double turned_ = 0;  // radians
  bool dark_ = false;
  bool glare_ = false;
  std::optional<typeset::DotBitmap> code_;
  bool is_page_ = false;               // of a document
  std::vector<std::uint8_t> picture_;  // of the scene as it is, as the wire has it; empty: to be taken
  std::size_t given_ = 0;              // bytes of it
  bool sensor_on_ = false;
  bool sensor_fails_ = false;
  bool frozen_ = false;
  TimePoint next_{};
  std::uint64_t frames_ = 0;
};

}  // namespace hal
