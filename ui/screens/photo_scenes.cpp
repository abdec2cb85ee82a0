#include "ui/screens/photo_scenes.h"

namespace ui {
namespace {

using kiosk::PhotoStep;
using kiosk::PhotoView;
using kiosk::VisitState;

constexpr int kSampleWidth = 640, kSampleHeight = 480;

// A page with lines on a table.
hal::CameraFrame sample_frame(int paper) {
  std::string pixels;
  for (int y = 0; y < kSampleHeight; ++y)
    for (int x = 0; x < kSampleWidth; ++x) {
      const bool on_paper = x > 180 && x < 460 && y > 40 && y < 440;
      const bool on_line = x > 210 && x < 430 && y > 80 && y < 410 && y % 24 < 7 && (x * 7 + y) % 40 > 6;
      pixels += static_cast<char>(on_line ? paper / 6 : on_paper ? paper : paper / 2);
    }
  return {kSampleWidth, kSampleHeight, base::Secret(pixels)};
}

std::function<void(VisitState&)> camera_sees(PhotoStep step, PhotoView view, int paper) {
  return [=](VisitState& state) {
    auto& photo = state.session->photo;
    photo.step = step;
    photo.view = view;
    photo.number = static_cast<std::uint64_t>(10 + paper);  // every picture has its own
    if (view != PhotoView::unknown) photo.frame = sample_frame(paper);
  };
}

}  // namespace

kiosk::Photograph sample_photograph(std::uint64_t number) { return {base::Secret("JPEG"), sample_frame(225), number}; }

std::vector<PhotoScene> photo_scenes() {
  constexpr int kLit = 225, kDark = 40;
  return {{"photo-no-camera", [](VisitState& state) { state.camera = {}; }},
          {"photo-starting", camera_sees(PhotoStep::aim, PhotoView::unknown, 0)},
          {"photo-aim", camera_sees(PhotoStep::aim, PhotoView::good, kLit)},
          {"photo-aim-glare", camera_sees(PhotoStep::aim, PhotoView::glare, kLit)},
          {"photo-look", camera_sees(PhotoStep::look, PhotoView::good, kLit)},
          {"photo-look-dark", camera_sees(PhotoStep::look, PhotoView::dark, kDark)},
          {"photo-kept-no-camera", [](VisitState& state) {
             state.camera = {};
             state.session->photo.step = PhotoStep::kept;
             for (std::uint64_t number = 1; number < 3; ++number) state.session->photo.taken.push_back(sample_photograph(number));
           }}};
}

}  // namespace ui
