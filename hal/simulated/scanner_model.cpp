#include "hal/simulated/scanner_model.h"

#include <algorithm>
#include <iterator>

#include "base/secret.h"

namespace hal {

void ScannerModel::show(std::string_view code, AimIdentifier symbology) {
  const Change change = this->change();
  if (!can_read()) return;
  const TimePoint at = begin_code();
  send(encode(code, symbology, at), at);
}

void ScannerModel::show_cut(std::string_view code, std::size_t pieces, AimIdentifier symbology) {
  const Change change = this->change();
  if (!can_read()) return;
  const TimePoint at = begin_code();
  auto wire = encode(code, symbology, at);
  wire.resize(std::min(pieces, wire.size()));
  send(std::move(wire), at);
}

void ScannerModel::show_torn(std::string_view code, std::size_t piece, AimIdentifier symbology) {
  const Change change = this->change();
  if (!can_read()) return;
  const TimePoint at = begin_code();
  auto wire = encode(code, symbology, at);
  if (piece < wire.size()) wire[piece].resize(wire[piece].size() / 2);
  send(std::move(wire), at);
}

void ScannerModel::show_merged(std::string_view first, std::string_view second, AimIdentifier symbology) {
  const Change change = this->change();
  if (!can_read()) return;
  const TimePoint at = begin_code();
  auto wire = encode(first, symbology, at);
  std::ranges::move(encode(second, symbology, at), std::back_inserter(wire));
  send(std::move(wire), at);
}

void ScannerModel::send_garbage(std::vector<std::uint8_t> bytes) {
  const Change change = this->change();
  if (!powered() || bytes.empty()) return;
  send({std::move(bytes)}, begin_code());
}

void ScannerModel::set_silent(bool silent) {
  const Change change = this->change();
  silent_ = silent;
}

void ScannerModel::unplug_after(std::size_t pieces) {
  const Change change = this->change();
  unplug_after_ = pieces;
}

void ScannerModel::set_rest(std::chrono::milliseconds rest) {
  const Change change = this->change();
  rest_ = rest;
}

std::size_t ScannerModel::waiting() const {
  const auto lock = look();
  return pieces_.size();
}

std::uint64_t ScannerModel::dropped() const {
  const auto lock = look();
  return dropped_;
}

std::uint64_t ScannerModel::written() const {
  const auto lock = look();
  return written_;
}

std::vector<ScannerModel::Piece> ScannerModel::packets_of(std::string line) {
  std::vector<Piece> packets;
  for (std::size_t at = 0; at < line.size(); at += kPacket) {
    const auto part = std::string_view(line).substr(at, kPacket);
    packets.emplace_back(part.begin(), part.end());
  }
  base::wipe(line);
  return packets;
}

bool ScannerModel::can_read() const { return powered() && !silent_ && reads(); }

ScannerModel::TimePoint ScannerModel::begin_code() {
  last_ = std::max(std::chrono::steady_clock::now(), last_ + rest_);
  return last_;
}

void ScannerModel::send(std::vector<Piece> pieces, TimePoint at) {
  for (Piece& piece : pieces) {
    if (piece.empty()) continue;
    if (pieces_.size() < room_)
      pieces_.push_back({std::move(piece), at});
    else
      ++dropped_;
  }
}

std::size_t ScannerModel::take(std::span<const std::uint8_t> bytes, TimePoint) {
  if (!hear(bytes)) return 0;
  written_ += bytes.size();
  return bytes.size();
}

// A piece larger than the buffer loses the rest, as a report does.
std::size_t ScannerModel::give(std::span<std::uint8_t> buffer, TimePoint now) {
  if (unplug_after_ == 0U) {
    unplug_after_.reset();
    pull_plug();
    return 0;
  }
  if (pieces_.empty() || now < pieces_.front().ready) return 0;
  const Piece piece = std::move(pieces_.front().bytes);
  pieces_.pop_front();
  if (unplug_after_) --*unplug_after_;
  const std::size_t count = std::min(buffer.size(), piece.size());
  std::copy_n(piece.begin(), count, buffer.begin());
  return count;
}

std::optional<DeviceModel::TimePoint> ScannerModel::wakes_at() const {
  return pieces_.empty() ? std::nullopt : std::optional(pieces_.front().ready);
}

void ScannerModel::on_plug(TimePoint) { power_on(); }

void ScannerModel::on_unplug() {
  pieces_.clear();
  unplug_after_.reset();
}

}  // namespace hal
