#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace journeys {

// An X server without a screen, with a real pointer.
class VirtualDisplay {
 public:
  static std::unique_ptr<VirtualDisplay> start(int width, int height);  // null when Xvfb cannot start
  // X.Org's own server on its dummy driver, as large as a display can be turned to while programs run; null when it cannot
  // start.
  static std::unique_ptr<VirtualDisplay> start_turnable();
  ~VirtualDisplay();

  const std::string& name() const { return name_; }  // ":7"
  // Pixels of the kiosk's window. Moves the pointer there, presses and releases the button.
  void press(int x, int y) const;
  // The same, but moves on through all of the places before the button is released.
  void drag(const std::vector<std::pair<int, int>>& places) const;
  // Strikes a key of the keyboard, by its X name: "Down", "F3".
  void strike(const std::string& key) const;
  // Of a turnable one: gives the output another resolution. False when the server refuses.
  bool turn(int width, int height);
  // A server that hangs, as one does whose graphics hardware does: whoever draws waits for it. Until it is thawed.
  void freeze(bool frozen) const;

 private:
  VirtualDisplay(pid_t server, std::string name, std::filesystem::path folder)
      : server_(server), name_(std::move(name)), folder_(std::move(folder)) {}
  static std::unique_ptr<VirtualDisplay> start(std::vector<std::string> command, std::filesystem::path folder);
  void point(const std::string& actions) const;
  pid_t server_;
  std::string name_;
  std::filesystem::path folder_;  // of its configuration and log; may be empty
};

}  // namespace journeys
