#include "tests/journeys/screen_reader.h"

#include <algorithm>

namespace journeys {

namespace {

std::string controls_of(const nlohmann::json& tree) {
  std::string ids = tree.value("stage", "");
  for (const auto& node : tree["nodes"]) ids += '\n' + node.value("id", "");
  return ids;
}

}  // namespace

void ScreenReader::see(const std::string& line) {
  auto tree = nlohmann::json::parse(line, nullptr, false);
  if (!tree.is_object()) return;
  {
    const std::lock_guard lock(mutex_);
    all_speech_ += tree.value("says", "") + "\n";
    if (tree.contains("nodes")) {
      for (const auto& node : tree["nodes"]) {
        all_texts_ += node.value("label", "") + "\n" + node.value("value", "") + "\n";
        if (node.value("pressed", false)) pressed_.insert(node.value("id", ""));
      }
      now_ = std::move(tree);
      auto controls = controls_of(now_);
      if (controls != controls_) {
        since_ = std::chrono::steady_clock::now();
        ++page_;
      }
      controls_ = std::move(controls);
    }
  }
  changed_.notify_all();
}

std::optional<Spot> ScreenReader::spot_of(const std::string& label) const {
  if (!now_.is_object()) return std::nullopt;
  for (const auto& node : now_["nodes"]) {
    const bool meant = node.value("label", "") == label || node.value("id", "") == label;
    if (!meant || !node.value("pressable", false)) continue;
    const auto& box = node["box"];
    return Spot{box[0].get<int>() + box[2].get<int>() / 2, box[1].get<int>() + box[3].get<int>() / 2};
  }
  return std::nullopt;
}

std::optional<Spot> ScreenReader::find(const std::string& label, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  std::optional<Spot> spot;
  changed_.wait_for(lock, patience, [&] { return (spot = spot_of(label)).has_value(); });
  return spot;
}

std::optional<Spot> ScreenReader::find_on_a_page(const std::string& label, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  std::optional<Spot> spot;
  changed_.wait_for(lock, patience, [&] { return (spot = spot_of(label)) || (spot = spot_of("more")); });
  return spot;
}

std::optional<std::array<int, 4>> ScreenReader::box_of(const std::string& id, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [&] { return has(id); })) return std::nullopt;
  for (const auto& node : now_["nodes"])
    if (node.value("id", "") == id) return node["box"].get<std::array<int, 4>>();
  return std::nullopt;
}

int ScreenReader::page() const {
  const std::lock_guard lock(mutex_);
  return page_;
}

bool ScreenReader::leads_from(int page, const std::string& label, const std::string& then, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return has(then) || (page_ != page && !has(label) && has("more")); });
  return has(then);
}

bool ScreenReader::has(const std::string& label) const {
  if (!now_.is_object()) return false;
  const auto& nodes = now_["nodes"];
  return std::any_of(nodes.begin(), nodes.end(),
                     [&](const auto& node) { return node.value("label", "") == label || node.value("id", "") == label; });
}

bool ScreenReader::shows(const std::string& label, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return has(label); });
}

std::string ScreenReader::shown_label(const std::string& id) const {
  if (!now_.is_object()) return {};
  for (const auto& node : now_["nodes"])
    if (node.value("id", "") == id) return node.value("label", "");
  return {};
}

std::string ScreenReader::label_of(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return shown_label(id);
}

bool ScreenReader::changes(const std::string& id, const std::string& label, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return shown_label(id) != label; });
}

bool ScreenReader::reaches(const std::string& stage, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return now_.is_object() && now_.value("stage", "") == stage; });
}

bool ScreenReader::covers(int width, int height, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] {
    return now_.is_object() && now_.value("size", nlohmann::json()) == nlohmann::json{width, height};
  });
}

bool ScreenReader::focuses(const std::string& id, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] {
    if (!now_.is_object()) return false;
    const auto& nodes = now_["nodes"];
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const auto& node) { return node.value("id", "") == id && node.value("focused", false); });
  });
}

bool ScreenReader::stands(std::chrono::milliseconds time, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    const auto stood = since_ + time;
    if (std::chrono::steady_clock::now() >= stood) return true;
    if (stood > end) return false;
    changed_.wait_until(lock, stood);
  }
}

bool ScreenReader::hears(const std::string& part, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return all_speech_.find(part) != std::string::npos; });
}

std::string ScreenReader::labels() const {
  const std::lock_guard lock(mutex_);
  if (!now_.is_object()) return "nothing was shown";
  std::string all = now_.value("stage", "") + ": ";
  for (const auto& node : now_["nodes"]) all += node.value("label", "") + " | ";
  return all;
}

bool ScreenReader::has_been_pressed(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return pressed_.contains(id);
}

bool ScreenReader::has_shown(const std::string& part) const {
  const std::lock_guard lock(mutex_);
  return all_texts_.find(part) != std::string::npos;
}

}  // namespace journeys
