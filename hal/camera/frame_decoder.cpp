#include "hal/camera/frame_decoder.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "base/log.h"

namespace hal {
namespace {

std::span<const std::uint8_t> pixels_of(const CameraFrame& frame) {
  const auto text = frame.pixels.reveal();
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::filesystem::path frame_decoder_program() {
  constexpr auto kName = "linli-frame-decoder";
  std::error_code error;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const auto beside = folder / kName;
  return std::filesystem::exists(beside, error) ? beside : folder.parent_path() / "libexec" / "linli" / kName;
}

FrameDecoder::FrameDecoder(std::filesystem::path program, const base::Clock& clock, DeviceStatistics& statistics,
                           FrameDecoderTiming timing)
    : program_(std::move(program)), clock_(clock), statistics_(statistics), timing_(timing) {}

std::optional<DecoderReply> FrameDecoder::look(const CameraFrame& frame) {
  const auto pixels = pixels_of(frame);
  if (!is_frame_size(frame.width, frame.height) ||
      pixels.size() != static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height))
    return std::nullopt;
  const auto now = clock_.now();
  if (losses_ > 0 && now - lost_at_ >= std::max<base::Instant::duration>(timing_.calm, 2 * (not_before_ - lost_at_))) losses_ = 0;
  if (!process_ && now < not_before_) return std::nullopt;
  if (!process_) start();
  if (!process_) return std::nullopt;
  auto reply = process_->look(pixels, frame.width, frame.height, cancelled_, timing_.frame);
  if (!reply) lose();
  if (!reply || reply->outcome != DecoderReply::Outcome::symbol) return std::nullopt;
  return reply;
}

bool FrameDecoder::works() {
  if (!process_) start();
  if (!process_) return false;
  const std::vector<std::uint8_t> empty(std::size_t{kSmallestFrameSide} * kSmallestFrameSide);
  const bool answered = process_->look(empty, kSmallestFrameSide, kSmallestFrameSide, cancelled_, timing_.frame).has_value();
  if (!answered) lose();
  return answered;
}

void FrameDecoder::start() {
  process_ = DecoderProcess::start(program_, cancelled_, timing_.start);
  if (!process_) return lose();
  if (!process_->filtered()) base::log::warning("the decoder of frames runs without seccomp, which this kernel does not have");
}

void FrameDecoder::lose() {
  process_.reset();
  if (cancelled_.is_set()) return;
  statistics_.add(Counter::decoder_losses);
  lost_at_ = clock_.now();
  not_before_ = lost_at_;
  if (++losses_ <= kLossesForFree) return;
  const unsigned doublings = std::min(losses_ - kLossesForFree - 1, 16U);
  not_before_ += std::min(timing_.longest_pause, timing_.first_pause * (1U << doublings));
}

}  // namespace hal
