#include "ui/dock/dock.h"

#include <algorithm>

#include "ui/kit/controls.h"

namespace ui {
namespace {

constexpr double kGapMm = 4.0;
constexpr double kRowMm = 20.0;
constexpr double kCardMm = 30.0;  // two lines
constexpr double kTextMm = 10.0;
constexpr std::size_t kReceivedLines = 4;

// Two boxes side by side with a gap between them.
std::pair<Box, Box> halves(const Box& box, int gap) {
  const int width = (box.w - gap) / 2;
  return {{box.x, box.y, width, box.h}, {box.x + width + gap, box.y, box.w - width - gap, box.h}};
}

// Coverage of `dots` at 1/factor of the size: the share of black in each square.
Image shrunk(const typeset::DotBitmap& dots, int factor) {
  const int width = dots.width / factor;
  const int height = dots.height / factor;
  std::vector<std::uint8_t> coverage;
  coverage.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int black = 0;
      for (int i = 0; i < factor * factor; ++i) black += dots.black(x * factor + i % factor, y * factor + i / factor) ? 1 : 0;
      coverage.push_back(static_cast<std::uint8_t>(black * 255 / (factor * factor)));
    }
  return {width, height, std::move(coverage)};
}

}  // namespace

Dock::Dock(typeset::Typesetter& typesetter, const kiosk::Translations& translations)
    : kit_(typesetter), translations_(translations) {}

void Dock::begin(int width, int height, const std::string& language) {
  kit_.begin({width, height, width / kPixelsPerMm, language, kiosk::TextStep::small, kiosk::Theme::standard, pointer_});
  kit_.fill(kit_.canvas(), theme::kSlate);
  rest_ = kit_.canvas().inset(kit_.px(kGapMm * 2));
}

std::optional<DockAction> Dock::handle(const PointerTransition& pointer, int width, int height, const DockModel& model,
                                       const std::string& language) {
  pointer_ = pointer;
  begin(width, height, language);
  auto action = lay_out(model);
  kit_.end();
  return action;
}

std::vector<Box> Dock::draw(Surface& surface, const DockModel& model, const std::string& language) {
  begin(surface.width(), surface.height(), language);
  lay_out(model);
  return painter_.paint(surface, kit_.end());
}

Box Dock::take(double height_mm) {
  const int height = kit_.px(height_mm);
  const Box strip{rest_.x, rest_.y, rest_.w, height};
  rest_.y += height + kit_.px(kGapMm);
  rest_.h -= height + kit_.px(kGapMm);
  return strip;
}

void Dock::heading(const std::string& id, const std::string& text) {
  kit_.say(take(16), id, text, {12.0, true, typeset::Align::left, theme::kOnDark}, Role::heading);
}

bool Dock::press(const Box& box, const std::string& id, const std::string& label, bool active) {
  Button spec;
  spec.id = "dock/" + id;
  spec.label = label;
  spec.kind = active ? ButtonKind::primary : ButtonKind::secondary;
  spec.em = kTextMm;
  spec.value = active ? "on" : "";
  return button(kit_, box, spec);
}

std::optional<DockAction> Dock::lay_out(const DockModel& model) {
  std::optional<DockAction> done;
  const auto note = [&](std::optional<DockAction> action) {
    if (action) done = action;
  };
  note(cards(model));
  note(codes(model));
  note(printer(model));
  note(cables(model));
  platform(model);
  paper(model);
  return done;
}

std::optional<DockAction> Dock::cards(const DockModel& model) {
  std::optional<DockAction> done;
  heading("dock/cards", text("ID cards (fictional people)"));
  const int gap = kit_.px(kGapMm);
  for (std::size_t i = 0; i < model.cards.size(); i += 2) {
    const auto [left, right] = halves(take(kCardMm), gap);
    for (std::size_t j = i; j < std::min(i + 2, model.cards.size()); ++j) {
      const auto label = std::string(model.cards[j].label.in(kit_.language()));
      if (press(j == i ? left : right, "card/" + model.cards[j].id, label, model.laid == j)) done = LayCard{j};
    }
  }
  if (press(take(kRowMm), "lift", text("Lift the card")) && model.laid) done = LiftCard{};
  return done;
}

std::optional<DockAction> Dock::codes(const DockModel& model) {
  std::optional<DockAction> done;
  if (model.codes.empty()) return done;
  heading("dock/codes", text("Code scanner"));
  const int gap = kit_.px(kGapMm);
  for (std::size_t i = 0; i < model.codes.size(); i += 2) {
    const auto [left, right] = halves(take(kRowMm), gap);
    for (std::size_t j = i; j < std::min(i + 2, model.codes.size()); ++j)
      if (press(j == i ? left : right, "code/" + model.codes[j].id, std::string(model.codes[j].label.in(kit_.language()))))
        done = ShowCode{j};
  }
  return done;
}

std::optional<DockAction> Dock::printer(const DockModel& model) {
  std::optional<DockAction> done;
  heading("dock/printer", text("Printer"));
  const int gap = kit_.px(kGapMm);
  const auto [paper_box, cover_box] = halves(take(kRowMm), gap);
  if (press(paper_box, "paper", model.paper_loaded ? text("Take the roll out") : text("Load a roll"), !model.paper_loaded))
    done = LoadPaper{!model.paper_loaded};
  if (press(cover_box, "cover", model.cover_closed ? text("Open the cover") : text("Close the cover"), !model.cover_closed))
    done = CloseCover{!model.cover_closed};
  return done;
}

std::optional<DockAction> Dock::cables(const DockModel& model) {
  std::optional<DockAction> done;
  heading("dock/cables", text("Cables"));
  const int gap = kit_.px(kGapMm);
  const auto [reader, printer_box] = halves(take(kRowMm), gap);
  if (press(reader, "reader", model.reader_plugged ? text("Unplug the reader") : text("Plug the reader in"),
            !model.reader_plugged))
    done = PlugReader{!model.reader_plugged};
  if (press(printer_box, "printer", model.printer_plugged ? text("Unplug the printer") : text("Plug the printer in"),
            !model.printer_plugged))
    done = PlugPrinter{!model.printer_plugged};
  const auto [scanner, network] = halves(take(kRowMm), gap);
  if (press(scanner, "scanner", model.scanner_plugged ? text("Unplug the scanner") : text("Plug the scanner in"),
            !model.scanner_plugged))
    done = PlugScanner{!model.scanner_plugged};
  if (press(network, "network", model.network_on ? text("Cut the network") : text("Connect the network"), !model.network_on))
    done = SwitchNetwork{!model.network_on};
  const auto [camera, document] = halves(take(kRowMm), gap);
  if (press(camera, "camera", model.camera_plugged ? text("Unplug the camera") : text("Plug the camera in"),
            !model.camera_plugged))
    done = PlugCamera{!model.camera_plugged};
  if (press(document, "document", model.document_lies ? text("Take the document away") : text("Lay a document down"),
            model.document_lies))
    done = LayDocument{model.document_lies ? 0U : 1U};
  if (press(take(kRowMm), "headset", model.headset_plugged ? text("Pull the headset out") : text("Plug a headset in"),
            model.headset_plugged))
    done = PlugHeadset{!model.headset_plugged};
  return done;
}

void Dock::platform(const DockModel& model) {
  heading("dock/platform", text("What the platform has received"));
  const TextLook look{kTextMm, false, typeset::Align::left, theme::kOnDark};
  if (model.received.empty()) kit_.say(take(14), "dock/received/none", text("Nothing yet"), look);
  for (std::size_t i = 0; i < std::min(kReceivedLines, model.received.size()); ++i)
    kit_.say(take(14), "dock/received/" + std::to_string(i), model.received[i], look);
}

const Image& Dock::picture_of(const typeset::DotBitmap& ticket, int factor) {
  if (!picture_ || shown_factor_ != factor || shown_ticket_ != ticket.bytes) {
    picture_.emplace(shrunk(ticket, factor));
    shown_ticket_ = ticket.bytes;
    shown_factor_ = factor;
  }
  return *picture_;
}

void Dock::paper(const DockModel& model) {
  heading("dock/paper", text("Paper"));
  kit_.fill({rest_.x, rest_.y, rest_.w, kit_.px(3)}, theme::kInk);  // the slot
  if (model.tickets.empty() || rest_.h < kit_.px(kRowMm)) return;
  const auto& ticket = model.tickets.back();
  const int wanted = std::max((ticket.width + rest_.w - 1) / rest_.w, (ticket.height + rest_.h - 1) / rest_.h);
  const Image& picture = picture_of(ticket, std::max(1, wanted));
  const Box sheet{rest_.x + (rest_.w - picture.width()) / 2, rest_.y + kit_.px(3), picture.width(), picture.height()};
  kit_.fill(sheet, theme::kCard);
  kit_.picture(sheet, picture, theme::kInk);
  SemanticNode node = kit_.node(Role::image, "dock/ticket", text("Paper"), sheet);
  node.value = std::to_string(model.tickets.size());
  kit_.add(std::move(node));
}

}  // namespace ui
