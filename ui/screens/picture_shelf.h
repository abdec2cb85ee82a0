// What a camera saw, as images of the size they are shown in. Those of the last frame are kept, so that a picture that stays is
// the same image and is not drawn again; all are overwritten when dropped.
#pragma once

#include <list>

#include "kiosk/photo.h"
#include "ui/kit/image.h"

namespace ui {

class PictureShelf {
 public:
  // `number` tells pictures apart. Valid until the frame after the next begin().
  const Image& image(const hal::CameraFrame& picture, std::uint64_t number, int width, int height);
  // A frame begins: what the one before did not show goes.
  void begin();
  void forget() { images_.clear(); }
  std::size_t size() const { return images_.size(); }

 private:
  struct Entry {
    std::uint64_t number;
    Image image;
    bool shown;
  };
  std::list<Entry> images_;
};

}  // namespace ui
