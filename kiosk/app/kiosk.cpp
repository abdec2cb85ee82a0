#include "kiosk/app/kiosk.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "kiosk/app/catalogue_offer.h"
#include "ui/screens/attract.h"

namespace kiosk {
namespace {

constexpr std::chrono::milliseconds kBetweenFrames{100};  // a live picture is redrawn at most so often

}  // namespace

Kiosk::Kiosk(const KioskParts& parts, const Wiring& wiring, std::function<void()> wake)
    : clock_(parts.clock),
      translations_(parts.translations),
      staff_pin_(parts.staff_pin),
      ids_(parts.clock, parts.random),
      visit_(parts.hall, parts.services, parts.translations, ids_),
      events_(std::move(wake)),
      devices_(wiring({[this](hal::CardReaderEvent event) { events_.post(Event(std::move(event))); },
                       [this](hal::CodeScannerEvent event) { events_.post(Event(std::move(event))); },
                       [this](hal::PrinterEvent event) { events_.post(Event(std::move(event))); },
                       [this](hal::CameraEvent event) { post(std::move(event)); },
                       [this](offline_cache::CourierEvent event) { events_.post(Event(std::move(event))); },
                       [this](offline_cache::RegistrarEvent event) { post(std::move(event)); }})),
      trail_(*devices_.registrar),
      board_(devices_.places),
      queue_desk_(*devices_.courier, *devices_.registrar) {
  offer_requests();
  carry_out(visit_.start());
}

Moment local_moment(const base::Clock& clock) {
  const auto wall = clock.wall();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(wall);
  std::tm local{};
  localtime_r(&seconds, &local);
  const auto date = std::chrono::year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday;
  return {clock.now(), wall, date, local.tm_hour, local.tm_min};
}

// The services of a new catalogue are read here, before anybody waits for them.
void Kiosk::post(offline_cache::RegistrarEvent event) {
  if (const auto* taken = std::get_if<offline_cache::CatalogueTaken>(&event)) {
    auto offer = offer_of(taken->catalogue, translations_);
    if (offer) events_.post(Event(OfferChanged{std::make_shared<const Offer>(*std::move(offer))}));
  }
  events_.post(Event(std::move(event)));
}

void Kiosk::post(hal::CameraEvent event) {
  if (std::holds_alternative<hal::CameraFrame>(event)) {
    const auto now = clock_.now();
    if (now - frame_posted_ < kBetweenFrames || frame_waits_.exchange(true)) return;
    frame_posted_ = now;
  }
  events_.post(Event(std::move(event)));
}

// The office's keys of a catalogue, whose signature the registrar has checked.
void Kiosk::use_keys_of(const offline_cache::CatalogueTaken& taken) {
  std::vector<offline_cache::SealKey> keys;
  for (const auto& key : taken.catalogue.manifest.seal_keys)
    keys.push_back({key.suite, key.public_hex, key.not_before, key.not_after});
  devices_.courier->use_seal_keys(std::move(keys));
}

void Kiosk::note(const Event& event) {
  const auto* books = std::get_if<offline_cache::RegistrarEvent>(&event);
  if (books == nullptr) return;
  if (const auto* taken = std::get_if<offline_cache::CatalogueTaken>(books)) use_keys_of(*taken);
  if (const auto* compared = std::get_if<offline_cache::ClockCompared>(books)) clock_ahead_ = compared->ahead;
}

void Kiosk::handle(Event event) {
  if (const auto* camera = std::get_if<hal::CameraEvent>(&event);
      camera != nullptr && std::holds_alternative<hal::CameraFrame>(*camera))
    frame_waits_ = false;
  board_.note(event);
  queue_desk_.note(event);
  note(event);
  trail_.happens(event);
  carry_out(visit_.handle(std::move(event), moment()));
  trail_.stands(visit_.state());
  update_desk_.stands(visit_.state(), clock_.now());
}

void Kiosk::ask(ControlCall call) { events_.post(std::move(call)); }

bool Kiosk::handle_waiting() {
  bool any = false;
  while (auto event = events_.try_take()) {
    if (auto* call = std::get_if<ControlCall>(&*event))
      requests_.answer(std::move(*call));
    else
      handle(std::get<Event>(*std::move(event)));
    any = true;
  }
  if (const auto due = visit_.deadline(); due && *due <= clock_.now()) {
    handle(TimePassed{});
    any = true;
  }
  if (const auto due = update_desk_.deadline(); due && *due <= clock_.now()) update_desk_.stands(visit_.state(), clock_.now());
  return any;
}

std::chrono::nanoseconds picture_stands_for(const base::Clock& clock, bool resting) {
  const std::chrono::minutes each = resting ? ui::kInPlace : std::chrono::minutes{1};
  return each - clock.wall().time_since_epoch() % each;
}

base::Instant Kiosk::deadline() const {
  const auto turn = clock_.now() + picture_stands_for(clock_, visit_.state().resting);
  return std::min({visit_.deadline().value_or(turn), update_desk_.deadline().value_or(turn), turn});
}

void Kiosk::carry_out(const CheckStaffPin& command) {
  events_.post(Event(staff_pin_ != nullptr ? staff_pin_->check(command.pin) : StaffPinChecked{}));
}

bool Kiosk::take_forget() { return std::exchange(forget_, false); }

void Kiosk::carry_out(WantCard command) {
  devices_.card_reader->want_photo(command.photo);
  devices_.card_reader->want_card(command.wanted);
}

void Kiosk::carry_out(WantCode command) {
  if (command.request)
    devices_.code_scanner->arm(*std::move(command.request));
  else
    devices_.code_scanner->disarm();
}

void Kiosk::carry_out(Commands commands) {
  for (auto& command : commands) std::visit([this](auto& each) { carry_out(std::move(each)); }, command);
}

}  // namespace kiosk
