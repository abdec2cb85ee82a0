// Sees a running kiosk the way an assistive program does: as the lines of `--tree`, by label, never by coordinates of its own.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

namespace journeys {

struct Spot {
  int x = 0, y = 0;  // middle of a node, in window pixels

  bool operator==(const Spot&) const = default;
};

class ScreenReader {
 public:
  static constexpr std::chrono::seconds kPatience{30};

  // A line of `--tree`; from the thread that reads the program's output.
  void see(const std::string& line);

  // Waits until a node with this label or id is shown and enabled; nothing when the patience is over.
  std::optional<Spot> find(const std::string& label, std::chrono::milliseconds patience);
  // The same, or the way to the next page of a list that is cut.
  std::optional<Spot> find_on_a_page(const std::string& label, std::chrono::milliseconds patience);
  int page() const;  // counts: another number, other controls
  // Waits until `then` is shown; false when another page than that came and is one of a list without `then` that `label` led
  // to, or the patience is over.
  bool leads_from(int page, const std::string& label, const std::string& then, std::chrono::milliseconds patience);
  // Waits until a node with this label or id is shown, enabled or not; false when the patience is over.
  bool shows(const std::string& label, std::chrono::milliseconds patience);
  // Waits until the node with this id has another label than this one; false when the patience is over.
  bool changes(const std::string& id, const std::string& label, std::chrono::milliseconds patience);
  std::string label_of(const std::string& id) const;  // empty when there is none
  // Where the node with this id stands: left, top, width, height, in window pixels; nothing when the patience is over.
  std::optional<std::array<int, 4>> box_of(const std::string& id, std::chrono::milliseconds patience);
  // Waits until the visit is at this stage; false when the patience is over.
  bool reaches(const std::string& stage, std::chrono::milliseconds patience);
  // Waits until the window has this size, in pixels; false when the patience is over.
  bool covers(int width, int height, std::chrono::milliseconds patience);
  // Waits until the node with this id has the focus; false when the patience is over.
  bool focuses(const std::string& id, std::chrono::milliseconds patience);
  // Waits until the same controls have been shown for so long; false when the patience is over.
  bool stands(std::chrono::milliseconds time, std::chrono::milliseconds patience);
  // Waits until a sentence that contains `part` was spoken; false when the patience is over.
  bool hears(const std::string& part, std::chrono::milliseconds patience);
  // What is shown now, for failure messages.
  std::string labels() const;
  // True when the control with this id was ever shown pressed.
  bool has_been_pressed(const std::string& id) const;
  // True when any text shown contains `part`.
  bool has_shown(const std::string& part) const;

 private:
  std::optional<Spot> spot_of(const std::string& label) const;
  bool has(const std::string& label) const;
  std::string shown_label(const std::string& id) const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  nlohmann::json now_;
  std::string controls_;  // shown now
  int page_ = 0;
  std::chrono::steady_clock::time_point since_{};
  std::string all_texts_;
  std::set<std::string> pressed_;  // ids, ever
  std::string all_speech_;
};

}  // namespace journeys
