// Days and residents.
#include "tests/offline_cache/hall_soak/hall_of_residents.h"

namespace offline_cache::hall_soak {

HallOfResidents::HallOfResidents(std::uint64_t seed, int visits_a_day) : random_(seed), visits_a_day_(visits_a_day), seed_(seed) {
  fs::create_directories(data_ / "outbox");
  std::ofstream(data_ / "outbox" / "outbox.db") << 'x';  // there is one; what it holds lies on the simulated disk
  if (!create_database(StoreFiles{data_}.database(), 1 << 14)) tally_.complain("the queue cannot be made");
  disk_.settle();
  server_.mix({.seed = seed, .probability = 0.35, .faults = 3, .refusals = 4, .slow = 1});
  next_death_ = draw_death();
  current_ = this;
  base::failpoint = [](const char*) {
    current_->operation();
    return false;
  };
  start();
}

void HallOfResidents::live(int days) {
  for (int day = 0; day < days && tally_.wrong.empty(); ++day) live_a_day(day);
  end_all_faults();
  drain();
  judge();
}

void HallOfResidents::live_a_day(int day) {
  const auto midnight = clock_.now();
  plan_faults(midnight);
  std::vector<base::Instant> arrivals;
  for (int i = 0; i < visits_a_day_; ++i)
    arrivals.push_back(
        midnight + kOpens +
        std::chrono::seconds(random_.below(static_cast<std::uint64_t>(std::chrono::seconds(kCloses - kOpens).count()))));
  std::sort(arrivals.begin(), arrivals.end());
  for (const auto arrival : arrivals) {
    pass_until(arrival);
    visit();
  }
  pass_until(midnight + 24h);
  fmt::print("\rday {}: {} saved, {} tickets, {} deaths", day + 1, tally_.saved, tally_.tickets,
             tally_.faults["power cut"] + tally_.faults["killed"]);
  std::fflush(stdout);
}

void HallOfResidents::plan_faults(base::Instant midnight) {
  const auto at = [&](int from_hour, int hours) {
    return midnight + std::chrono::hours(from_hour) +
           std::chrono::seconds(random_.below(static_cast<std::uint64_t>(hours) * 3600));
  };
  constexpr Behaviour kAway[] = {Behaviour::busy,         Behaviour::reset_before, Behaviour::page,
                                 Behaviour::unauthorised, Behaviour::bad_gateway,  Behaviour::broken};
  const auto away = kAway[random_.below(std::size(kAway))];
  const auto from = at(9, 3);
  due_[from] = [this, away] {
    ++tally_.faults["platform away"];
    server_.always({away, away == Behaviour::busy ? "120" : ""});
    server_.health({away});
  };
  due_[from + std::chrono::minutes(10 + random_.below(180))] = [this] { platform_is_back(); };
  const auto broken = at(13, 2);
  constexpr std::pair<crash::Fault, const char*> kFaults[] = {
      {crash::Fault::full, "disk full"}, {crash::Fault::write_error, "writes fail"}, {crash::Fault::sync_error, "a sync fails"}};
  const auto& [fault, name] = kFaults[random_.below(3)];
  due_[broken] = [this, fault = fault, name = name] {
    ++tally_.faults[name];
    disk_.fail_at(disk_.operations(), fault, fault != crash::Fault::sync_error);
  };
  due_[broken + std::chrono::minutes(1 + random_.below(20))] = [this] { disk_.fail_at(-1, crash::Fault::none); };
  const auto leap = at(15, 1);
  constexpr std::chrono::hours kLeaps[] = {87600h, -500000h, 3h, -5h, 24h};
  due_[leap] = [this, by = kLeaps[random_.below(std::size(kLeaps))]] {
    ++tally_.faults["clock leaps"];
    true_wall_ = clock_.wall();
    leapt_at_ = clock_.now();
    synchronised_ = false;
    clock_.set_wall(clock_.wall() + by);
  };
  due_[leap + std::chrono::minutes(5 + random_.below(90))] = [this] { clock_is_right(); };
}

void HallOfResidents::platform_is_back() {
  server_.always({});
  server_.health({});
}

void HallOfResidents::clock_is_right() {
  if (!synchronised_) clock_.set_wall(true_wall_ + (clock_.now() - leapt_at_));
  synchronised_ = true;
}

void HallOfResidents::end_all_faults() {
  due_.clear();
  platform_is_back();
  server_.mix({.seed = seed_, .probability = 0, .faults = 0});
  disk_.fail_at(-1, crash::Fault::none);
  clock_is_right();
  next_death_ = -1;
}

void HallOfResidents::pass_until(base::Instant until) {
  while (clock_.now() < until) {
    auto next = std::min<base::Instant>(until, clock_.now() + (until - clock_.now() > 1h ? 60s : 10s));
    if (!due_.empty()) next = std::min(next, std::max(due_.begin()->first, clock_.now()));
    clock_.advance(next - clock_.now());
    while (!due_.empty() && due_.begin()->first <= clock_.now()) {
      const auto fault = due_.begin()->second;
      due_.erase(due_.begin());
      fault();
    }
    turn();
  }
}

void HallOfResidents::turn() {
  for (int i = 0; i < 200; ++i) {
    if (!busy_) delivery_->wake();
    delivery_->step();
    if (died_) return restart();
    if (!busy_) return;
  }
}

void HallOfResidents::visit() {
  ++tally_.visits;
  note(AuditRecord(AuditEvent::visit_began));
  if (random_.below(5) < 3)
    apply();
  else
    take_number();
  if (died_) restart();
  note(AuditRecord(AuditEvent::visit_ended));
  if (random_.below(50) == 0) look_after_held();
}

void HallOfResidents::apply() {
  const auto id = ids_.next();
  const int family = static_cast<int>(random_.below(kFamilies));
  for (int tries = 0; tries < 2; ++tries) {
    applications_.try_emplace(id.text(), Application{family, life_});
    delivery_->submit({id, base::Secret(kApplicationText), base::Secret(fmt::format("family {}", family))});
    if (died_) {
      restart();
      applications_[id.text()].of_two_lives = true;
    }
    if (applications_[id.text()].told) {
      ++tally_.saved;
      order_.push_back(id.text());
      return;
    }
  }
  ++tally_.not_saved;
}

void HallOfResidents::take_number() {
  const auto id = ids_.next();
  for (int tries = 0; tries < 3; ++tries) {
    if (!ledger_) open_ledger_again();
    if (ledger_) {
      const auto ticket = ledger_->issue(id, 'A');
      if (died_) {
        restart();
        continue;  // the paper was never printed; the same id asks again
      }
      if (ticket) {
        ++tally_.tickets;
        const auto day = std::chrono::sys_days(ticket->day).time_since_epoch().count();
        if (!numbers_.emplace(day, ticket->label).second)
          tally_.complain(fmt::format("{} was given twice on a day", ticket->label));
        return;
      }
    }
    ledger_.reset();
  }
}

void HallOfResidents::look_after_held() {
  for (const auto& id : held_now()) {
    if (random_.below(2) != 0) continue;
    QueueAction action;
    action.kind = QueueAction::Kind::retry;
    action.id = *base::Uuid::parse(id);
    action.by = 1000;
    delivery_->act(action, {});
    if (died_) restart();
  }
}

std::set<std::string> HallOfResidents::held_now() {
  std::set<std::string> held;
  QueueQuestion question{State::held};
  do {
    const auto seen = delivery_->look(question);
    for (const auto& row : seen.rows) held.insert(row.stored.id.text());
    question.after_row = seen.last_looked;
  } while (question.after_row != 0);
  return held;
}

void HallOfResidents::note(const AuditRecord& record) {
  if (!audit_) open_audit_again();
  if (!audit_ || !audit_->append(record) || !audit_->sync()) {
    audit_.reset();
    if (died_) restart();
    return;
  }
  if (died_) return restart();
  ++tally_.audit_records;
  known_head_ = audit_->head();
}

}  // namespace offline_cache::hall_soak
