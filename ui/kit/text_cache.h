// Text images by what they say and how. Least recently used go first; nothing of a visit stays after forget().
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "typeset/text.h"
#include "ui/kit/image.h"

namespace ui {

inline constexpr std::size_t kTextMemory = 8U * 1024U * 1024U;  // bytes of coverage kept between frames
inline constexpr std::size_t kMostSizes = 8192;                 // measured texts remembered

class TextCache {
 public:
  explicit TextCache(typeset::Typesetter& typesetter) : typesetter_(typesetter) {}
  ~TextCache() { forget(); }
  TextCache(const TextCache&) = delete;
  TextCache& operator=(const TextCache&) = delete;

  typeset::TextSize measure(std::string_view text, const typeset::TextStyle& style);
  // Valid until the next trim() or forget().
  const Image& draw(std::string_view text, const typeset::TextStyle& style);
  // An image that is no text (a QR code), kept under `key` alike; null when it is not there yet.
  const Image* find(std::string_view key);
  const Image& keep(std::string_view key, Image image);

  // Called when a frame's texts are all known: drops what was measured and not drawn.
  void drop_shaped();
  // Called between frames: drops the longest unused until the limit holds.
  void trim();
  // Overwrites and drops everything.
  void forget();

  std::size_t bytes() const { return bytes_; }
  std::size_t images() const { return images_.size(); }

 private:
  struct Entry {
    std::string key;
    Image image;
  };
  std::string key_of(std::string_view text, const typeset::TextStyle& style) const;
  void drop_oldest();

  typeset::Typesetter& typesetter_;
  std::list<Entry> images_;  // most recent first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
  struct Measured {
    typeset::TextSize size;
    std::unique_ptr<typeset::ShapedText> shaped;  // until it is drawn, or the frame is over
  };

  std::unordered_map<std::string, Measured> sizes_;
  std::vector<Measured*> shaped_;  // which of them have it
  std::size_t bytes_ = 0;
};

}  // namespace ui
