#include "tests/journeys/listener.h"

#include <algorithm>

namespace journeys {
namespace {

using ui::Key;

constexpr std::size_t kMostItems = 80;  // of one page
constexpr int kMostPages = 60;          // of one visit

constexpr const char* kExample = "13800138000";  // a number that everybody knows

Key key_of(char digit) { return static_cast<Key>(static_cast<int>(Key::digit_0) + (digit - '0')); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

std::chrono::year_month_day fitting_day(const kiosk::VisitState& state, bool since) {
  if (since) return std::chrono::year{2020} / 1 / 1;
  std::chrono::sys_days day = std::chrono::sys_days{state.today} + std::chrono::days{2};
  if (std::chrono::weekday{day} == std::chrono::Sunday) day += std::chrono::days{1};
  return day;
}

Keypad::Keypad(Journey& journey) : journey_(journey), voice_(journey.furnishings().translations, mouth_) { look(); }

kiosk::Moment Keypad::moment() {
  kiosk::Moment now = journey_.kiosk().moment();
  now.instant += ahead_;
  return now;
}

ui::Picture Keypad::picture() const {
  return {journey_.screen().tree(), page_, journey_.screen().focus(), journey_.state().language};
}

void Keypad::give(std::vector<kiosk::Event> events) {
  for (auto& event : events) journey_.kiosk().handle(std::move(event));
  journey_.kiosk().handle_waiting();
  if (journey_.kiosk().take_forget()) journey_.screen().forget();
}

void Keypad::look() {
  give({});
  journey_.player().draw();
  page_ = journey_.screen().page();
  voice_.look(picture(), journey_.state());
  const auto& log = voice_.log();
  const std::size_t fresh = std::min(voice_.logged() - taken_, log.size());
  for (auto entry = log.end() - static_cast<std::ptrdiff_t>(fresh); entry != log.end(); ++entry)
    heard_.push_back(entry->sentence.text);
  taken_ = voice_.logged();
}

void Keypad::press(Key key) {
  ahead_ += std::chrono::seconds{1};
  give(journey_.screen().take(key, journey_.kiosk().visit(), moment()));
  voice_.key(key, picture(), journey_.state());
  look();
}

void Keypad::plug_headset() {
  journey_.kiosk().handle(kiosk::HeadsetChanged{true});
  look();
}

std::vector<std::string> Keypad::heard() { return std::exchange(heard_, {}); }

std::string Listener::hear() {
  keys_.look();
  std::string all;
  for (const std::string& sentence : keys_.heard()) all += sentence + " ";
  story_ += all + "\n";
  return all;
}

std::string Listener::after(Key key) {
  keys_.press(key);
  return hear();
}

std::vector<std::string> Listener::walk() {
  std::vector<std::string> items;
  while (items.size() < kMostItems) {
    const std::string words = after(Key::down);
    if (!items.empty() && words == items.front()) break;
    items.push_back(words);
  }
  at_ = 0;
  count_ = items.size();
  return items;
}

void Listener::go_to(std::size_t item) {
  while (at_ != item) {
    after(Key::down);
    at_ = (at_ + 1) % count_;
  }
}

bool Listener::choose(const std::vector<std::string>& items, const std::string& part) {
  const auto found = std::ranges::find_if(items, [&](const std::string& words) { return has(words, part); });
  if (found == items.end()) return false;
  go_to(static_cast<std::size_t>(found - items.begin()));
  const std::string next = after(Key::ok);
  if (!next.empty()) page_ = next;
  return !next.empty();
}

bool Listener::go_on() {
  const std::string next = after(Key::right);
  if (next.empty()) return false;
  page_ = next;
  return true;
}

bool Listener::choose_number(unsigned number) {
  const std::vector<std::string> items = walk();
  const auto found = std::ranges::find(items, std::to_string(number) + " ");
  if (found == items.end()) return false;
  go_to(static_cast<std::size_t>(found - items.begin()));
  after(Key::ok);
  return true;
}

bool Listener::give_day() {
  const auto day = fitting_day(journey_.state(), has(page_, "Since"));
  for (const char digit : std::to_string(static_cast<int>(day.year()))) after(key_of(digit));
  return choose_number(static_cast<unsigned>(day.month())) && choose_number(static_cast<unsigned>(day.day())) && go_on();
}

// The first answer that lets the visit go on.
bool Listener::answer(const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!has(items[i], "hosen ")) continue;
    go_to(i);
    after(Key::ok);
    if (go_on()) return true;
  }
  if (go_on()) return true;
  for (const char* way : {"Ask staff", "Sign at the counter"})
    if (choose(items, way)) return true;
  if (has(page_, "day?")) return give_day();
  const bool amount = has(page_, "How much");
  for (const char digit : std::string(amount ? "500" : kExample)) after(key_of(digit));
  return go_on();
}

bool Listener::deal_with_page(const std::string& service) {
  if (has(page_, "Keep this code")) {  // perhaps in one breath with the page before
    receipt_ = true;
    journey_.wait_for(
        [](const kiosk::VisitState& state) { return !state.session || state.session->print != kiosk::PrintProgress::printing; });
    hear();
    return go_on();
  }
  if (has(page_, "Saving your application")) {
    journey_.wait_for([](const kiosk::VisitState& state) { return state.stage != kiosk::Stage::saving; });
    page_ = hear();
    return true;
  }
  if (has(page_, "Please take your ID card")) {
    journey_.lift();
    journey_.wait_for([](const kiosk::VisitState& state) { return state.stage != kiosk::Stage::take_card; });
    page_ = hear();
    return true;
  }
  if (has(page_, "First, your ID card")) {
    journey_.lay("eighty_five");
    journey_.wait_for([](const kiosk::VisitState& state) { return state.stage != kiosk::Stage::identify; });
    page_ = hear();
    return true;
  }
  const std::vector<std::string> items = walk();
  // The service itself, or the category that says it has it.
  if (has(page_, "What would you like to do today?")) return choose(items, service) || choose(items, "More");
  if (has(page_, "Choose what you need")) return choose(items, service);
  if (has(page_, "What would you like to do?")) return choose(items, "What can I do here?");
  return answer(items);
}

bool Listener::finishes(const std::string& service) {
  keys_.plug_headset();
  page_ = hear();
  for (int pages = 0; pages < kMostPages; ++pages) {
    if (has(page_, "Goodbye")) return receipt_;
    if (!deal_with_page(service)) return false;
  }
  return false;
}

}  // namespace journeys
