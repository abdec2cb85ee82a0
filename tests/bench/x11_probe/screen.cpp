#include "tests/bench/x11_probe/screen.h"

#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>

namespace bench {

Watched::Watched(Display* display, Area area) : display_(display), area_(area) {
  const int screen = DefaultScreen(display_);
  image_ = XShmCreateImage(display_, DefaultVisual(display_, screen), static_cast<unsigned>(DefaultDepth(display_, screen)),
                           ZPixmap, nullptr, &segment_, static_cast<unsigned>(area_.width), static_cast<unsigned>(area_.height));
  const auto bytes = static_cast<std::size_t>(image_->bytes_per_line) * static_cast<std::size_t>(image_->height);
  segment_.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
  segment_.shmaddr = image_->data = static_cast<char*>(shmat(segment_.shmid, nullptr, 0));
  segment_.readOnly = False;
  XShmAttach(display_, &segment_);
  XSync(display_, False);
  shmctl(segment_.shmid, IPC_RMID, nullptr);  // goes away with its last user
}

Watched::~Watched() {
  XShmDetach(display_, &segment_);
  XSync(display_, False);
  shmdt(segment_.shmaddr);
  image_->data = nullptr;
  XDestroyImage(image_);
}

std::string Watched::look() {
  XShmGetImage(display_, DefaultRootWindow(display_), image_, area_.x, area_.y, AllPlanes);
  return {image_->data, static_cast<std::size_t>(image_->bytes_per_line) * static_cast<std::size_t>(image_->height)};
}

std::unique_ptr<Screen> Screen::open() {
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) return nullptr;
  int event = 0;
  int error = 0;
  int unused = 0;
  if (XShmQueryExtension(display) == False || XDamageQueryExtension(display, &event, &error) == False ||
      XTestQueryExtension(display, &unused, &unused, &unused, &unused) == False) {
    XCloseDisplay(display);
    return nullptr;
  }
  return std::unique_ptr<Screen>(new Screen(display, event + XDamageNotify));
}

Screen::~Screen() { XCloseDisplay(display_); }

Area Screen::whole() const {
  const int screen = DefaultScreen(display_);
  return {0, 0, DisplayWidth(display_, screen), DisplayHeight(display_, screen)};
}

void Screen::move_to(Point point) {
  XTestFakeMotionEvent(display_, -1, point.x, point.y, 0);
  XFlush(display_);
}

void Screen::press() {
  XTestFakeButtonEvent(display_, 1, True, 0);
  XFlush(display_);
}

void Screen::release() {
  XTestFakeButtonEvent(display_, 1, False, 0);
  XFlush(display_);
}

void Screen::start_counting_frames() {
  if (damage_ == 0) damage_ = XDamageCreate(display_, DefaultRootWindow(display_), XDamageReportRawRectangles);
  frames_counted();
}

std::size_t Screen::frames_counted() {
  std::size_t count = 0;
  XSync(display_, False);
  while (XPending(display_) > 0) {
    XEvent event;
    XNextEvent(display_, &event);
    if (event.type == damage_event_) ++count;
  }
  return count;
}

void Screen::pause(std::chrono::microseconds time) const {
  const auto nanoseconds = std::chrono::nanoseconds(time).count();
  const timespec duration{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
  clock_nanosleep(CLOCK_MONOTONIC, 0, &duration, nullptr);
}

}  // namespace bench
