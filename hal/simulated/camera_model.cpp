#include "hal/simulated/camera_model.h"

#include <algorithm>
#include <numbers>

#include "hal/camera/frame_wire.h"
#include "hal/simulated/document_page.h"
#include "typeset/qr.h"

namespace hal {
namespace {

constexpr std::uint64_t kSeed = 7;
constexpr double kTenths = 10;
constexpr double kPageShare = 0.8;  // of the picture's height

}  // namespace

CameraModel::CameraModel(int width, int height, std::chrono::milliseconds period) : period_(period) {
  scene_.width = width;
  scene_.height = height;
}

const TransportInfo& CameraModel::info() const {
  static const TransportInfo kInfo{"simulated", 0, 0, "SIM-CAMERA-1", {}};
  return kInfo;
}

std::string_view CameraModel::commands() const {
  return "show TEXT            a QR code of the text is held before the camera\n"
         "lay NUMBER           a page of a document lies there\n"
         "take-away            nothing is\n"
         "module PIXELS        size of a module of the code\n"
         "turn DEGREES         the code is turned so far\n"
         "blur TENTHS          of a pixel: out of focus\n"
         "motion TENTHS        of a pixel: moved while the picture is taken\n"
         "grain LEVELS         grey levels\n"
         "dark on|off          hardly any light\n"
         "glare on|off         a lamp is mirrored in the code or the page\n"
         "moire on|off         the code is on a screen\n"
         "invert on|off        light modules on dark ground\n"
         "freeze on|off        the same picture comes again and again\n"
         "sensor-fails on|off  the sensor starts, and no frame comes\n";
}

void CameraModel::show(std::string_view text) {
  if (auto code = typeset::qr_code(text)) show_symbol(*std::move(code));
}

void CameraModel::show_symbol(typeset::DotBitmap symbol) {
  const Change change = this->change();
  code_ = std::move(symbol);
  is_page_ = false;
  look_again();
}

void CameraModel::lay(unsigned number) {
  const Change change = this->change();
  code_ = document_page(number);
  is_page_ = true;
  look_again();
}

void CameraModel::take_away() {
  const Change change = this->change();
  code_.reset();
  look_again();
}

bool CameraModel::sensor_on() const {
  const auto lock = look();
  return sensor_on_;
}

std::uint64_t CameraModel::frames_given() const {
  const auto lock = look();
  return frames_;
}

bool CameraModel::carry_out(const ModelCommand& command) {
  if (command.is("take-away")) return take_away(), true;
  if (command.begins("show", 1)) return show(command.text(1)), true;
  if (command.is("lay", 1)) {
    const auto number = command.number(1);
    return number ? (lay(static_cast<unsigned>(std::min(*number, 1000L))), true) : false;
  }
  const Change change = this->change();
  if (const auto on = command.turns("sensor-fails")) return sensor_fails_ = *on, true;
  if (const auto on = command.turns("freeze")) {
    frozen_ = *on;
    return look_again(), true;
  }
  if (!change_scene(command)) return false;
  look_again();
  return true;
}

bool CameraModel::change_scene(const ModelCommand& command) {
  if (const auto on = command.turns("dark")) return dark_ = *on, true;
  if (const auto on = command.turns("glare")) return glare_ = *on, true;
  if (const auto on = command.turns("moire")) return scene_.moire = *on ? 25 : 0, true;
  if (const auto on = command.turns("invert")) return scene_.inverted = *on, true;
  const auto number = command.number(1);
  if (!number) return false;
  const auto value = static_cast<double>(std::min(*number, 1000L));
  if (command.is("module", 1) && value >= 1) return module_ = value, true;
  if (command.is("turn", 1)) return turned_ = value * std::numbers::pi / 180, true;
  if (command.is("blur", 1)) return scene_.focus_blur = std::min(value / kTenths, 20.0), true;
  if (command.is("motion", 1)) return scene_.motion = std::min(value / kTenths, 50.0), true;
  if (command.is("grain", 1)) return scene_.noise = value, true;
  return false;
}

std::size_t CameraModel::take(std::span<const std::uint8_t> bytes, TimePoint now) {
  for (const auto byte : bytes) {
    if (byte == static_cast<std::uint8_t>(SensorOrder::start) && !sensor_on_) {
      sensor_on_ = true;
      next_ = now + period_;
    }
    if (byte == static_cast<std::uint8_t>(SensorOrder::end)) sensor_on_ = false;
  }
  return bytes.size();
}

// A late taker finds the newest frame, not all it has missed. One with a small buffer gets the rest the next time.
std::size_t CameraModel::give(std::span<std::uint8_t> buffer, TimePoint now) {
  if (!sensor_on_ || sensor_fails_) return 0;
  if (given_ == picture_.size()) {
    if (now < next_) return 0;
    next_ = now + period_;
    ++frames_;
    given_ = 0;
  }
  if (picture_.empty()) take_picture();
  const std::size_t size = std::min(picture_.size() - given_, buffer.size());
  std::copy_n(picture_.begin() + static_cast<std::ptrdiff_t>(given_), size, buffer.begin());
  given_ += size;
  return size;
}

std::optional<DeviceModel::TimePoint> CameraModel::wakes_at() const {
  return sensor_on_ && !sensor_fails_ ? std::optional(next_) : std::nullopt;
}

void CameraModel::on_plug(TimePoint) {
  sensor_on_ = false;
  look_again();
}

void CameraModel::look_again() {
  if (frozen_ && !picture_.empty()) return;
  picture_.clear();
  given_ = 0;
}

// A page is laid where the whole of it is seen; a code's size is said.
double CameraModel::dot() const { return is_page_ ? scene_.height * kPageShare / code_->height : module_; }

void CameraModel::take_picture() {
  CodeScene scene = scene_;
  const ScenePoint centre{scene.width / 2.0, scene.height / 2.0};
  const double width = code_ ? dot() * code_->width : 0;
  scene.corners = rectangle(centre, width, code_ ? dot() * code_->height : 0, turned_);
  if (glare_) scene.glare = Glare{centre, width / 3, 250};
  if (dark_) {
    scene.paper = scene.ink + (scene.paper - scene.ink) / 20;
    scene.background = scene.paper;
  }
  const auto head = encode(FrameHead{PixelFormat::grey, scene_.width, scene_.height, scene_.width});
  picture_ = render_scene(code_ ? &*code_ : nullptr, scene, kSeed);
  picture_.insert(picture_.begin(), head.begin(), head.end());
}

}  // namespace hal
