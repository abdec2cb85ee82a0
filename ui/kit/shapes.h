// Rounded corners without geometry: one coverage image of a disc per radius, drawn by quadrants.
#pragma once

#include <map>

#include "ui/kit/image.h"

namespace ui {

class Discs {
 public:
  // A disc of diameter 2 × radius pixels, computed once.
  const Image& of(int radius);

 private:
  std::map<int, Image> discs_;
};

}  // namespace ui
