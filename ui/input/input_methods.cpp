#include "ui/input/input_methods.h"

#include <algorithm>

namespace ui {
namespace {

using kiosk::TextWay;

constexpr std::size_t kLongestSpelling = 36;  // keys

bool is_installed(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::is_regular_file(file, error);
}

}  // namespace

InputMethods::InputMethods(InputData data) : data_(std::move(data)) {
  has_[0] = is_installed(data_.handwriting);
  has_[1] = is_installed(data_.pinyin);
  has_[2] = is_installed(data_.strokes);
}

bool InputMethods::offers(TextWay way) const {
  if (way == TextWay::handwriting) return has_[0];
  if (way == TextWay::pinyin) return has_[1];
  return way == TextWay::strokes && has_[2];
}

void InputMethods::turn_to(std::optional<TextWay> way) {
  if (way == way_) return;
  clear();
  way_ = way;
  if (way == TextWay::handwriting && !handwriting_) handwriting_ = Handwriting::open(data_.handwriting);
  if (way == TextWay::pinyin && !pinyin_) pinyin_ = Pinyin::open(data_.pinyin);
  if (way == TextWay::strokes && !strokes_) strokes_ = StrokeTable::open(data_.strokes);
}

void InputMethods::written(int width, int height) {
  candidates_.clear();
  page = 0;
  if (!handwriting_) return;
  for (base::Secret& each : handwriting_->recognise(ink_.strokes(), width, height)) candidates_.push_back({std::move(each), 0});
}

void InputMethods::spell(char key) {
  if (spelled_.size() == kLongestSpelling) return;
  spelled_.append({&key, 1});
  search();
}

void InputMethods::unspell() {
  spelled_.pop_back();
  search();
}

void InputMethods::clear() {
  ink_.clear();
  spelled_.wipe();
  candidates_.clear();
  page = 0;
}

void InputMethods::search() {
  candidates_.clear();
  page = 0;
  if (way_ == TextWay::pinyin && pinyin_) candidates_ = pinyin_->search(spelled());
  if (way_ == TextWay::strokes && strokes_)
    for (base::Secret& each : strokes_->search(spelled(), kMostCandidates))
      candidates_.push_back({std::move(each), spelled_.size()});
}

base::Secret InputMethods::take(std::size_t index) {
  if (index >= candidates_.size()) return {};
  Candidate taken = std::move(candidates_[index]);
  ink_.clear();
  base::Secret rest(spelled().substr(std::min(taken.used, spelled_.size())));
  spelled_ = std::move(rest);
  search();
  return std::move(taken.text);
}

void InputMethods::forget() {
  clear();
  way_.reset();
  handwriting_.reset();
  pinyin_.reset();
  strokes_.reset();
}

}  // namespace ui
