#include "ui/kit/semantic_tree.h"

#include <algorithm>
#include <array>

#include "base/secret.h"

namespace ui {
namespace {

constexpr std::array kRoles{"heading", "text", "button", "choice", "field", "image", "alert", "status", "group"};
constexpr std::array kPrivacies{"open", "personal", "masked"};
constexpr std::array kZones{"page", "actions", "tools", "header"};

void add_if_any(nlohmann::json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

nlohmann::json node_json(const SemanticNode& node, bool with_personal) {
  const bool hide = node.privacy == Privacy::personal && !with_personal;
  const auto shown = [hide](const std::string& text) { return hide && !text.empty() ? std::string("…") : text; };
  // A personal field's label names the field; a personal text has only its label to say it with.
  const bool label_is_value = node.role != Role::field;
  nlohmann::json json{{"id", node.id},
                      {"role", kRoles.at(static_cast<std::size_t>(node.role))},
                      {"label", label_is_value ? shown(node.label) : node.label},
                      {"value", shown(node.value)},
                      {"hint", shown(node.hint)},
                      {"language", node.language},
                      {"box", {node.box.x, node.box.y, node.box.w, node.box.h}},
                      {"zone", kZones.at(static_cast<std::size_t>(node.zone))},
                      {"privacy", kPrivacies.at(static_cast<std::size_t>(node.privacy))},
                      {"order", node.order}};
  add_if_any(json, "say", shown(node.say));
  add_if_any(json, "group", node.group);
  add_if_any(json, "describes", node.describes);
  if (node.toggle != Toggle::none) json["on"] = node.toggle == Toggle::on;
  if (node.disabled) json["disabled"] = true;
  if (node.selected) json["selected"] = true;
  if (node.focused) json["focused"] = true;
  if (node.pressed) json["pressed"] = true;
  if (node.decorative) json["decorative"] = true;
  return json;
}

}  // namespace

void SemanticTree::add(SemanticNode node) {
  node.order = static_cast<int>(nodes_.size());
  nodes_.push_back(std::move(node));
}

void SemanticTree::clear() {
  for (SemanticNode& node : nodes_) {
    if (node.privacy == Privacy::open) continue;
    base::wipe(node.label);
    base::wipe(node.value);
    base::wipe(node.hint);
    base::wipe(node.say);
  }
  nodes_.clear();
}

const SemanticNode* SemanticTree::find(std::string_view label_or_id) const {
  const SemanticNode* disabled = nullptr;
  for (const SemanticNode& node : nodes_) {
    if (!node.interactive() || (node.label != label_or_id && node.id != label_or_id)) continue;
    if (!node.disabled) return &node;
    if (disabled == nullptr) disabled = &node;
  }
  return disabled;
}

const SemanticNode* SemanticTree::by_id(std::string_view id) const {
  const auto found = std::ranges::find(nodes_, id, &SemanticNode::id);
  return found == nodes_.end() ? nullptr : &*found;
}

std::vector<const SemanticNode*> SemanticTree::reading_order() const {
  std::vector<const SemanticNode*> order;
  for (const SemanticNode& node : nodes_) order.push_back(&node);
  std::ranges::stable_sort(order, {}, [](const SemanticNode* node) { return node->zone; });
  return order;
}

Position SemanticTree::position_of(const SemanticNode& node) const {
  Position position;
  if (node.group.empty()) return position;
  for (const SemanticNode& other : nodes_) {
    if (other.group != node.group) continue;
    ++position.of;
    if (other.order <= node.order) ++position.number;
  }
  return position;
}

std::string_view SemanticTree::title() const {
  for (const SemanticNode& node : nodes_)
    if (node.role == Role::heading) return node.label;
  return {};
}

nlohmann::json SemanticTree::to_json(bool with_personal) const {
  nlohmann::json json = nlohmann::json::array();
  for (const SemanticNode& node : nodes_) json.push_back(node_json(node, with_personal));
  return json;
}

}  // namespace ui
