// The machine, its deaths, and the end.
#include "tests/offline_cache/hall_soak/hall_of_residents.h"

namespace offline_cache::hall_soak {

std::int64_t HallOfResidents::draw_death() {
  return 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(2 * kOperationsBetweenDeaths)));
}

void HallOfResidents::operation() {
  if (died_ || next_death_ < 0 || --next_death_ > 0) return;
  died_ = true;
  const bool power = random_.below(2) == 0;
  ++tally_.faults[power ? "power cut" : "killed"];
  found_ = power ? disk_.after_cut(crash::kLosses[random_.below(4)], 512, random_) : disk_.after_kill();
  fs::remove_all(found_audit_);
  fs::copy(data_ / "audit", found_audit_, fs::copy_options::recursive);
}

void HallOfResidents::restart() {
  delivery_.reset();  // without end(): what it still writes goes to a disk nobody will see
  ledger_.reset();
  audit_.reset();
  busy_ = false;
  disk_.before_operation = nullptr;
  disk_ = std::move(found_);
  fs::remove_all(data_ / "audit");
  fs::rename(found_audit_, data_ / "audit");
  died_ = false;
  next_death_ = draw_death();
  ++life_;
  clock_.advance(40s);
  start();
}

void HallOfResidents::start() {
  disk_.before_operation = [this] { operation(); };
  const bool mortal = std::exchange(died_, true);  // a start is not cut here: crash_soak cuts recovery
  open_audit_again();
  open_ledger_again();
  CourierConfiguration made;
  made.data_folder = data_;
  made.platform_url = server_.url();
  made.office_key = server_.office_key();
  made.answer_keys = {server_.answer_key()};
  made.terminal = "HP-03";
  made.store = {.quota_bytes = 64 << 20, .ballast_bytes = 4096, .rows_to_digest = 500};
  made.http = {.connect = 2000ms, .total = 300ms, .stalled = 1s, .slowest = 64};
  delivery_ = std::make_unique<Delivery>(std::move(made), clock_, courier_random_, [this](CourierEvent event) { hear(event); });
  delivery_->begin();
  died_ = mortal;
}

void HallOfResidents::open_audit_again() {
  const auto bytes = *base::from_hex(signer_.public_hex());
  const std::string key = base::to_hex(sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()})).substr(0, 16);
  auto opened =
      open_audit_log(data_, "HP-03", {}, clock_, random_, {key, [this](std::string_view text) { return signer_.sign(text); }});
  if (!opened) return;
  if (opened->damaged) tally_.complain("the audit log was damaged");
  audit_ = std::move(opened->log);
}

void HallOfResidents::open_ledger_again() {
  auto opened = open_ledger(
      data_, ticket_place("HP-03"),
      {[](base::WallTime wall) { return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(wall + 8h)); },
       [this] { return synchronised_; }},
      clock_);
  if (opened) ledger_ = *std::move(opened);
}

void HallOfResidents::hear(const CourierEvent& event) {
  if (died_ && delivery_ != nullptr) return;  // a dead machine tells nobody anything
  if (const auto* counts = std::get_if<QueueCounts>(&event)) {
    busy_ = counts->in_flight > 0;
    counts_ = *counts;
  }
  if (const auto* saved = std::get_if<Saved>(&event)) applications_[saved->id.text()].told = true;
  if (const auto* received = std::get_if<Received>(&event)) {
    auto& application = applications_[received->id.text()];
    if (application.received && platform_numbers_[received->id.text()] != received->number)
      tally_.complain("one application was received under two numbers");
    application.received = true;
    platform_numbers_[received->id.text()] = received->number;
  }
  if (const auto* intake = std::get_if<IntakeChanged>(&event)) {
    if (!intake->open) busy_ = false;  // a closed queue counts nothing any more: only virtual time opens it
    if (intake->open && intake->failure == base::Failure::save_store_corrupt) tally_.complain("a queue was set aside as damaged");
  }
}

// What waits behind a held one of its family waits for staff.
void HallOfResidents::drain() {
  for (int turns = 0; turns < 20'000 && (counts_.waiting() > 0 || turns < 10); ++turns) {
    clock_.advance(1s);
    delivery_->send_now();
    turn();
    if (turns % 100 == 99) look_after_held();
  }
  clock_.advance(1h);
  turn();
  if (counts_.waiting() > 0)
    tally_.complain(
        fmt::format("{} applications still wait, {} under way, {} held", counts_.queued, counts_.in_flight, counts_.held));
}

void HallOfResidents::judge() {
  const auto accepted = server_.accepted();
  const auto held = held_now();
  for (const auto& [id, application] : applications_) {
    if (application.told && !accepted.contains(id) && !held.contains(id))
      tally_.complain(id + " was saved, and the platform never got it");
  }
  for (const auto& [id, times] : accepted)
    if (!applications_.contains(id)) tally_.complain(id + " is at the platform, and nobody made it");
  if (server_.conflicts() != 0) tally_.complain("the same id came with other bytes");
  std::set<std::string> numbers;
  for (const auto& [id, number] : platform_numbers_)
    if (!numbers.insert(number).second) tally_.complain(number + " stands for two applications");
  judge_order();
  audit_.reset();
  const auto report = verify_audit_log(data_ / "audit", {{signer_.public_hex()}, known_head_});
  if (!report)
    tally_.complain(report.error().detail);
  else if (report->fault)
    tally_.complain(report->fault->what);
}

void HallOfResidents::judge_order() {
  std::map<std::string, std::size_t> first_seen;
  const auto seen = server_.seen();
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i].method == "PUT") first_seen.try_emplace(seen[i].target.substr(seen[i].target.rfind('/') + 1), i);
  std::map<std::pair<int, int>, std::size_t> last;
  for (const auto& id : order_) {
    const auto found = first_seen.find(id);
    if (found == first_seen.end()) continue;  // not among those the server remembers
    const auto& application = applications_[id];
    if (application.of_two_lives) continue;
    auto& before = last[{application.family, application.life}];
    if (found->second < before) tally_.complain(id + " overtook another of its family");
    before = std::max(before, found->second);
  }
}

}  // namespace offline_cache::hall_soak
