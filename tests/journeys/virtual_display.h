#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

namespace journeys {

// An X server without a screen, with a real pointer.
class VirtualDisplay {
 public:
  static std::unique_ptr<VirtualDisplay> start(int width, int height);  // null when Xvfb cannot start
  ~VirtualDisplay();

  const std::string& name() const { return name_; }  // ":7"
  // Pixels of the kiosk's window. Moves the pointer there, presses and releases the button.
  void press(int x, int y) const;
  // Strikes a key of the keyboard, by its X name: "Down", "F3".
  void strike(const std::string& key) const;

 private:
  VirtualDisplay(pid_t server, std::string name) : server_(server), name_(std::move(name)) {}
  void point(const std::string& actions) const;
  pid_t server_;
  std::string name_;
};

}  // namespace journeys
