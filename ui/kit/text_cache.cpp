#include "ui/kit/text_cache.h"

#include <fmt/format.h>

#include "base/secret.h"

namespace ui {

std::string TextCache::key_of(std::string_view text, const typeset::TextStyle& style) const {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", style.em_px, static_cast<int>(style.weight), static_cast<int>(style.align),
                     static_cast<int>(style.face), style.wrap_px, style.line_spacing, style.lying, style.language, text);
}

typeset::TextSize TextCache::measure(std::string_view text, const typeset::TextStyle& style) {
  std::string key = key_of(text, style);
  const auto found = sizes_.find(key);
  if (found != sizes_.end()) return found->second.size;
  if (sizes_.size() >= kMostSizes) {
    drop_shaped();
    sizes_.clear();
  }
  auto shaped = typesetter_.shape(text, style);
  const typeset::TextSize size = shaped->size();
  shaped_.push_back(&sizes_.emplace(std::move(key), Measured{size, std::move(shaped)}).first->second);
  return size;
}

void TextCache::drop_shaped() {
  for (Measured* measured : shaped_) measured->shaped.reset();
  shaped_.clear();
}

const Image& TextCache::draw(std::string_view text, const typeset::TextStyle& style) {
  const std::string key = key_of(text, style);
  if (const Image* image = find(key)) return *image;
  const auto measured = sizes_.find(key);
  const auto shaped = measured == sizes_.end() ? nullptr : std::move(measured->second.shaped);
  typeset::CoverageBitmap bitmap = shaped ? shaped->draw() : typesetter_.draw(text, style);
  return keep(key, Image(bitmap.width, bitmap.height, std::move(bitmap.pixels)));
}

const Image* TextCache::find(std::string_view key) {
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  images_.splice(images_.begin(), images_, found->second);
  return &found->second->image;
}

const Image& TextCache::keep(std::string_view key, Image image) {
  bytes_ += image.bytes();
  images_.push_front(Entry{std::string(key), std::move(image)});
  index_.emplace(images_.front().key, images_.begin());
  return images_.front().image;
}

void TextCache::drop_oldest() {
  Entry& oldest = images_.back();
  bytes_ -= oldest.image.bytes();
  index_.erase(oldest.key);
  base::wipe(oldest.key);
  images_.pop_back();
}

void TextCache::trim() {
  while (bytes_ > kTextMemory) drop_oldest();
}

void TextCache::forget() {
  drop_shaped();
  while (!images_.empty()) drop_oldest();
  while (!sizes_.empty()) {
    auto node = sizes_.extract(sizes_.begin());
    base::wipe(node.key());
  }
}

}  // namespace ui
