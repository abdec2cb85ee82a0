#include "ui/window.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <algorithm>

#include "ui/contact.h"

namespace ui {
namespace {

struct WindowCloser {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};
using WindowHandle = std::unique_ptr<SDL_Window, WindowCloser>;

class VideoSession {
 public:
  VideoSession() = default;
  ~VideoSession() { SDL_QuitSubSystem(SDL_INIT_VIDEO); }
  VideoSession(const VideoSession&) = delete;
  VideoSession& operator=(const VideoSession&) = delete;
};

void set_hints() {
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // else the surface is shown through OpenGL
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");  // Alt+F4 closes no terminal; SIGTERM does
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
  // Nobody composes letters from dead keys here; reading X11's table of them took two thirds of the start. And a kiosk
  // has no business on the session bus, which SDL would start if there is none.
  SDL_setenv("XCOMPOSEFILE", "/dev/null", 1);
  SDL_setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
}

bool usable(const SDL_Surface* surface) {
  return surface != nullptr && surface->format->BytesPerPixel == sizeof(Pixel) && surface->format->Rmask == 0x00FF0000U &&
         surface->format->Bmask == 0x000000FFU;
}

constexpr int kFirstExtensionEvent = 64;  // X11 protocol: smaller numbers are the core's

// Whether this may tell of a display that was turned or got another resolution. SDL 2.26 takes no notice itself: its bounds
// of a display stay those of the start.
bool tells_of_display(const SDL_SysWMEvent& event) {
  return event.msg->subsystem == SDL_SYSWM_X11 && event.msg->msg.x11.event.type >= kFirstExtensionEvent;
}

// The whole screen of the X server; nothing with another kind of display.
std::optional<Box> whole_screen(SDL_Window* window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (SDL_GetWindowWMInfo(window, &info) == SDL_FALSE || info.subsystem != SDL_SYSWM_X11) return std::nullopt;
  XWindowAttributes root{};
  if (XGetWindowAttributes(info.info.x11.display, XDefaultRootWindow(info.info.x11.display), &root) == 0) return std::nullopt;
  return Box{0, 0, root.width, root.height};
}

class SdlWindow final : public Window {
 public:
  SdlWindow(std::unique_ptr<VideoSession> session, WindowHandle window, WindowMode mode)
      : session_(std::move(session)), window_(std::move(window)), mode_(mode), wake_event_(SDL_RegisterEvents(1)) {}

  Surface surface() override {
    const SDL_Surface* now = SDL_GetWindowSurface(window_.get());
    if (!usable(now)) return {0, 0};
    return {static_cast<Pixel*>(now->pixels), now->w, now->h, now->pitch / static_cast<int>(sizeof(Pixel))};
  }

  void present(std::span<const Box> changed) override {
    if (changed.empty()) return;
    std::vector<SDL_Rect> rects;
    for (const Box& box : changed) rects.push_back({box.x, box.y, box.w, box.h});
    SDL_UpdateWindowSurfaceRects(window_.get(), rects.data(), static_cast<int>(rects.size()));
  }

  WindowInput wait(std::optional<std::chrono::milliseconds> patience) override {
    WindowInput input;
    SDL_Event event;
    const auto longest = std::chrono::milliseconds{INT32_MAX};
    const int timeout = patience ? static_cast<int>(std::clamp(*patience, std::chrono::milliseconds{0}, longest).count()) : -1;
    input.touch_needs_a_look = contact_.needs_a_look(at(SDL_GetTicks()));
    if (SDL_WaitEventTimeout(&event, timeout) == 0) return input;
    do take(event, input);
    while (SDL_PollEvent(&event) != 0);
    input.touch_needs_a_look = contact_.needs_a_look(at(SDL_GetTicks()));
    return input;
  }

  void wake() override {
    SDL_Event event{};
    event.type = wake_event_;
    SDL_PushEvent(&event);
  }

 private:
  void take(const SDL_Event& event, WindowInput& input) {
    switch (event.type) {
      case SDL_QUIT:
        input.closed = true;
        return;
      case SDL_WINDOWEVENT:
        return take(event.window, input);
      case SDL_SYSWMEVENT:
        if (mode_ == WindowMode::fullscreen && tells_of_display(event.syswm)) cover_screen();
        return;
      case SDL_DISPLAYEVENT:
        return contact_.release(input.pointer);
      case SDL_KEYDOWN:
        return take(event.key, input);
      case SDL_MOUSEBUTTONDOWN:
        if (event.button.button == SDL_BUTTON_LEFT)
          contact_.down(Contact::kMouse, event.button.x, event.button.y, at(event.button.timestamp), input.pointer);
        return;
      case SDL_MOUSEBUTTONUP:
        if (event.button.button == SDL_BUTTON_LEFT)
          contact_.up(Contact::kMouse, event.button.x, event.button.y, at(event.button.timestamp), input.pointer);
        return;
      case SDL_MOUSEMOTION:
        return contact_.move(Contact::kMouse, event.motion.x, event.motion.y, at(event.motion.timestamp), input.pointer);
      case SDL_FINGERDOWN:
        return contact_.down(event.tfinger.fingerId, x_of(event.tfinger), y_of(event.tfinger), at(event.tfinger.timestamp),
                             input.pointer);
      case SDL_FINGERUP:
        return contact_.up(event.tfinger.fingerId, x_of(event.tfinger), y_of(event.tfinger), at(event.tfinger.timestamp),
                           input.pointer);
      case SDL_FINGERMOTION:
        return contact_.move(event.tfinger.fingerId, x_of(event.tfinger), y_of(event.tfinger), at(event.tfinger.timestamp),
                             input.pointer);
      default:
        return;
    }
  }

  // SDL's scancodes are HID usages.
  static void take(const SDL_KeyboardEvent& event, WindowInput& input) {
    const bool chord = (event.keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0;
    input.keys.push_back({static_cast<int>(event.keysym.scancode), event.repeat != 0, chord});
  }

  void take(const SDL_WindowEvent& event, WindowInput& input) {
    if (event.event == SDL_WINDOWEVENT_SIZE_CHANGED || event.event == SDL_WINDOWEVENT_FOCUS_LOST) contact_.release(input.pointer);
    if (event.event == SDL_WINDOWEVENT_CLOSE && mode_ == WindowMode::windowed) input.closed = true;
    if (event.event == SDL_WINDOWEVENT_EXPOSED || event.event == SDL_WINDOWEVENT_SIZE_CHANGED ||
        event.event == SDL_WINDOWEVENT_SHOWN)
      input.repaint = true;
  }

  // The change of size comes back as an event.
  void cover_screen() {
    const auto screen = whole_screen(window_.get());
    if (!screen || (screen->w == size().w && screen->h == size().h)) return;
    SDL_SetWindowPosition(window_.get(), 0, 0);
    SDL_SetWindowSize(window_.get(), screen->w, screen->h);
  }

  static std::chrono::milliseconds at(Uint32 timestamp) { return std::chrono::milliseconds{timestamp}; }
  // SDL gives fingers as a share of the window.
  int x_of(const SDL_TouchFingerEvent& finger) const { return static_cast<int>(finger.x * static_cast<float>(size().w)); }
  int y_of(const SDL_TouchFingerEvent& finger) const { return static_cast<int>(finger.y * static_cast<float>(size().h)); }
  Box size() const {
    Box box;
    SDL_GetWindowSize(window_.get(), &box.w, &box.h);
    return box;
  }

  std::unique_ptr<VideoSession> session_;
  WindowHandle window_;
  WindowMode mode_;
  Uint32 wake_event_;
  Contact contact_;
};

}  // namespace

base::Result<std::unique_ptr<Window>> Window::open_fitted(const std::string& title, const SizeFor& size_for) {
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return {base::Failure::screen_unavailable, SDL_GetError()};
  // Stays open until the window has its own: a bare X server starts anew when its last client leaves.
  const VideoSession session;
  SDL_Rect area{};
  if (SDL_GetDisplayUsableBounds(0, &area) != 0) return {base::Failure::screen_unavailable, SDL_GetError()};
  const Box size = size_for({area.x, area.y, area.w, area.h});
  return open(title, size.w, size.h, WindowMode::windowed);
}

base::Result<std::unique_ptr<Window>> Window::open(const std::string& title, int width, int height, WindowMode mode) {
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return {base::Failure::screen_unavailable, SDL_GetError()};
  auto session = std::make_unique<VideoSession>();
  SDL_StopTextInput();  // nothing is typed on a keyboard: no input method is woken
  SDL_Rect place{SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height};
  Uint32 flags = SDL_WINDOW_RESIZABLE;
  if (mode == WindowMode::fullscreen) {
    // A borderless window as large as the display is the same to look at; SDL_WINDOW_FULLSCREEN waits 100 ms for a window
    // manager, and a terminal has none.
    if (SDL_GetDisplayBounds(0, &place) != 0) return {base::Failure::screen_unavailable, SDL_GetError()};
    flags = SDL_WINDOW_BORDERLESS;
  }
  WindowHandle window(SDL_CreateWindow(title.c_str(), place.x, place.y, place.w, place.h, flags));
  if (!window) return {base::Failure::screen_unavailable, SDL_GetError()};
  if (!usable(SDL_GetWindowSurface(window.get()))) return {base::Failure::screen_unavailable, "the display is not 32-bit RGB"};
  if (mode == WindowMode::fullscreen) {
    SDL_ShowCursor(SDL_DISABLE);
    SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
  }
  return std::unique_ptr<Window>(new SdlWindow(std::move(session), std::move(window), mode));
}

}  // namespace ui
