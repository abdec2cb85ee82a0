// Photographs of a document: the camera is looked through, a picture is taken and kept or not, and so page by page.
#include "kiosk/form.h"
#include "kiosk/visit.h"

namespace kiosk {
namespace {

constexpr int kShownSide = 640;                         // pixels, of a photograph that was kept
constexpr std::chrono::milliseconds kViewSettles{800};  // what the camera sees is told when it lasts so long

}  // namespace

bool Visit::wants_pictures() const {
  const auto* question = current_question();
  return question != nullptr && question->kind == InputKind::photo && state_.overlay == Overlay::none &&
         state_.session->photo.step == PhotoStep::aim;
}

PhotoEntry* Visit::photo_entry(PhotoStep step) {
  const auto* question = question_to_answer();
  if (question == nullptr || question->kind != InputKind::photo || state_.session->photo.step != step) return nullptr;
  return &state_.session->photo;
}

// With nothing but the photographs that were kept.
void Visit::photo_goes_to(PhotoStep step) {
  auto& photo = state_.session->photo;
  auto taken = std::move(photo.taken);
  photo = {};
  photo.taken = std::move(taken);
  photo.step = step;
}

void Visit::on(AimCamera) {
  const auto* question = question_to_answer();
  if (question == nullptr || question->kind != InputKind::photo || !hal::can_work(state_.camera.state)) return;
  const auto& photo = state_.session->photo;
  const bool begins = photo.step == PhotoStep::intro || photo.step == PhotoStep::kept;
  if (begins && static_cast<int>(photo.taken.size()) < question->photo.most) photo_goes_to(PhotoStep::aim);
}

void Visit::on(TakePhoto) {
  if (auto* photo = photo_entry(PhotoStep::aim); photo != nullptr && photo->frame) photo->step = PhotoStep::look;
}

void Visit::on(KeepPhoto) {
  auto* photo = photo_entry(PhotoStep::look);
  if (photo == nullptr) return;
  auto jpeg = photo_jpeg(*photo->frame, current_question()->photo.most_bytes);
  if (!jpeg) {
    photo_goes_to(PhotoStep::aim);
    state_.notice = jpeg.error().failure;
    return;
  }
  photo->taken.push_back({*std::move(jpeg), smaller(*photo->frame, kShownSide), photo->number});
  photo_goes_to(PhotoStep::kept);
}

// The one that was just taken, or the last that was kept.
void Visit::on(DropPhoto) {
  if (photo_entry(PhotoStep::look) != nullptr) return photo_goes_to(PhotoStep::aim);
  auto* photo = photo_entry(PhotoStep::kept);
  if (photo == nullptr) return;
  photo->taken.pop_back();
  photo_goes_to(PhotoStep::aim);
}

PhotoStep Visit::before_camera() const { return state_.session->photo.taken.empty() ? PhotoStep::intro : PhotoStep::kept; }

bool Visit::back_within_photos() {
  if (photo_entry(PhotoStep::look) != nullptr) return photo_goes_to(PhotoStep::aim), true;
  if (photo_entry(PhotoStep::aim) != nullptr) return photo_goes_to(before_camera()), true;
  return false;
}

void Visit::on(hal::CameraEvent event) {
  if (auto* frame = std::get_if<hal::CameraFrame>(&event)) return take_frame(std::move(*frame));
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) camera_is(*health);
}

// One that is gone shows nothing: the resident is told, and goes on without it or begins again.
void Visit::camera_is(const hal::DeviceHealth& camera) {
  state_.camera = camera;
  const auto* question = current_question();
  if (hal::can_work(camera.state) || question == nullptr || question->kind != InputKind::photo) return;
  if (state_.session->photo.step == PhotoStep::aim) photo_goes_to(before_camera());
}

void Visit::take_frame(hal::CameraFrame frame) {
  if (!wants_pictures() || !is_whole(frame)) return;
  auto& photo = state_.session->photo;
  const auto view = photo.eye.look(frame);
  if (view != photo.view_now) photo.view_since = now_.instant;
  photo.view_now = view;
  if (photo.view == PhotoView::unknown || now_.instant - photo.view_since >= kViewSettles) photo.view = view;
  photo.frame = std::move(frame);
  photo.number = ++pictures_;
}

}  // namespace kiosk
