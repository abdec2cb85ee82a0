#include "tests/offline_cache/crash/scripted_day.h"

#include <fmt/format.h>

#include <stdexcept>

#include "offline_cache/sqlite/store_files.h"

namespace crash {
namespace {

using namespace offline_cache;

constexpr std::int64_t kQuotaPages = 4096;
const Claim kNext{true, std::nullopt, 0, false};

Envelope envelope_of(const base::Uuid& id, std::size_t size, base::WallTime created, std::optional<Chain> chain) {
  Envelope made;
  made.id = id;
  made.bytes = fmt::format(R"({{"id":"{}","sealed":"{}"}})", id.text(), std::string(size, 'A'));
  made.plaintext_digest = sha256("plaintext of " + id.text());
  made.digest = sha256(made.bytes);
  made.version = made.suite = 1;
  made.key_id = "0123456789abcdef";
  made.created = created;
  made.chain = chain;
  return made;
}

SealedPart part_of(std::size_t size, char filler) {
  SealedPart part{std::string(size, filler), {}};
  part.digest = sha256(part.bytes);
  return part;
}

// Empty, or what is wrong with the attachments of a row.
std::string check_parts(Outbox& outbox, const Listed& row) {
  const auto parts = outbox.parts(row.row);
  if (!parts) return parts.error().detail;
  if (!has_payload(row.stored.state) && !parts->empty()) return row.stored.id.text() + ": attachments kept too long";
  for (const Part& part : *parts) {
    std::string bytes;
    for (auto piece = outbox.read_part(row.row, part.ordinal, 0); piece && !piece->empty();
         piece = outbox.read_part(row.row, part.ordinal, std::ssize(bytes)))
      bytes += *piece;
    if (sha256(bytes) != part.digest) return row.stored.id.text() + ": other bytes in an attachment";
  }
  return {};
}

}  // namespace

ScriptedDay::ScriptedDay(std::uint64_t seed) : random_(seed), ids_(clock_, random_) {
  Chain chain{};
  chain.fill(0x5A);
  for (std::size_t i = 0; i < applications_.size(); ++i) {
    const std::size_t size = 300 + random_.below(9000);  // within a page, and over several
    applications_[i] = envelope_of(ids_.next(), size, clock_.wall(), i >= 6 ? std::optional(chain) : std::nullopt);
  }
  applications_[4].parts = {part_of(1500, 'P'), part_of(5000, 'Q')};
}

void ScriptedDay::begin(Disk& disk) {
  const Mount mount(disk);
  if (auto made = create_database(mount.path("outbox.db"), kQuotaPages, kVfs); !made)
    throw std::runtime_error(made.error().detail);
  disk.settle();
}

base::Result<MountedOutbox> ScriptedDay::open(Disk& disk, int sector, bool powersafe) {
  MountedOutbox opened{std::make_unique<Mount>(disk, sector, powersafe), std::make_unique<base::SeededRandom>(1), nullptr};
  auto database = open_database(opened.mount->path("outbox.db"), kQuotaPages, kVfs);
  if (!database) return database.error();
  auto lock = FolderLock::take(folder_ / "first");
  if (!lock) lock = FolderLock::take(folder_ / "found");  // the day goes on beside what is found after a cut
  if (!lock) return lock.error();
  opened.outbox = std::make_unique<SqliteOutbox>(*std::move(lock), *std::move(database), Ballast(folder_ / "ballast", 4096),
                                                 kQuotaPages, "boot", clock_, *opened.random);
  if (auto status = opened.outbox->recover(5000); !status) return status.error();
  if (auto status = opened.outbox->self_check(); !status) return status.error();
  return opened;
}

std::size_t ScriptedDay::play(Outbox& outbox, const std::function<void(std::size_t)>& after_step) {
  lease_.reset();
  for (std::size_t i = 0; i < kSteps; ++i) {
    if (!step(i, outbox)) return i;
    after_step(i);
  }
  return kSteps;
}

base::Status ScriptedDay::enqueue(Outbox& outbox, std::size_t which, bool lease_it) {
  auto stored = outbox.enqueue(applications_.at(which), lease_it);
  if (!stored) return stored.error();
  if (stored->lease) lease_ = stored->lease;
  return {};
}

base::Status ScriptedDay::claim(Outbox& outbox, const Claim& wish) {
  auto lease = outbox.claim(wish);
  if (!lease) return lease.error();
  lease_ = *std::move(lease);
  return {};
}

base::Status ScriptedDay::conclude(Outbox& outbox, Conclusion how, const Claim& next) {
  if (!lease_) throw std::logic_error("the script has no lease to conclude");
  auto lease = outbox.conclude(*lease_, how, next);
  if (!lease) return lease.error();
  lease_ = *std::move(lease);
  return {};
}

base::Status ScriptedDay::part_arrived(Outbox& outbox) {
  if (!lease_ || lease_->parts.empty()) throw std::logic_error("the script has no part to send");
  auto noted = outbox.part_arrived(*lease_, lease_->parts.front().ordinal);
  if (noted) lease_->parts.erase(lease_->parts.begin());
  return noted;
}

// Every way between states, the claim that rides on a commit, chains, operators, checkpoints, and the same id twice.
base::Status ScriptedDay::step(std::size_t index, Outbox& outbox) {
  const Conclusion received{Ending::acknowledged, "2026-000017", {}, 201, 0, false};
  const Conclusion later{Ending::try_again, {}, base::Failure::net_unreachable, 0, 7, false};
  const Conclusion held{Ending::held, {}, base::Failure::save_record_held, 422, 0, true};
  const Conclusion refused{Ending::rejected, {}, base::Failure::save_record_held, 409, 0, false};
  switch (index) {
    case 0:
      return enqueue(outbox, 0, true);
    case 1:
      return enqueue(outbox, 1, false);
    case 2:
      return conclude(outbox, received, kNext);  // leases 1 in the same transaction
    case 3:
      return enqueue(outbox, 2, false);
    case 4:
      return conclude(outbox, later, kClaimNothing);
    case 5:
      return outbox.tidy(Outbox::Tidy::hourly);
    case 6:
      return outbox.hold(applications_[2].id, "staff asked");
    case 7:
      return claim(outbox, kNext);
    case 8:
      return conclude(outbox, held, kClaimNothing);
    case 9:
      return outbox.retry(applications_[1].id);
    case 10:
      return enqueue(outbox, 3, true);
    case 11:
      return conclude(outbox, refused, kNext);
    case 12:
      return outbox.discard(applications_[3].id, "the resident came back");
    case 13:
      return conclude(outbox, received, kClaimNothing);
    case 14:
      return enqueue(outbox, 1, true);  // the resident pressed twice: nothing happens
    case 15:
      return outbox.retry(applications_[2].id);
    case 16:
      return outbox.tidy(Outbox::Tidy::hourly);
    case 17:
      return enqueue(outbox, 6, false);
    case 18:
      return enqueue(outbox, 7, false);
    case 19:
      return enqueue(outbox, 8, false);
    case 20:
      return claim(outbox, {true, applications_[6].id, 0, false});
    case 21:
      return conclude(outbox, received, kNext);
    case 22:
      return conclude(outbox, received, kClaimNothing);
    case 23:
      return outbox.tidy(Outbox::Tidy::hourly);
    default:
      return step_with_attachments(index, outbox);
  }
}

base::Status ScriptedDay::step_with_attachments(std::size_t index, Outbox& outbox) {
  const Conclusion received{Ending::acknowledged, "2026-000018", {}, 201, 0, false};
  const Conclusion later{Ending::try_again, {}, base::Failure::net_unreachable, 0, 7, false};
  Conclusion lost = later;
  lost.parts_again = true;
  const Claim again{true, applications_[4].id, 0, false};
  switch (index) {
    case 24:
      return enqueue(outbox, 4, true);
    case 25:
      return part_arrived(outbox);
    case 26:
      return conclude(outbox, later, again);  // goes on behind the part that arrived
    case 27:
      return part_arrived(outbox);
    case 28:
      return conclude(outbox, lost, again);  // the office has lost both
    case 29:
      return part_arrived(outbox);
    case 30:
      return conclude(outbox, received, kClaimNothing);
    case 31:
      return outbox.tidy(Outbox::Tidy::hourly);
    default:
      throw std::logic_error("the day has no such step");
  }
}

base::Result<States> ScriptedDay::states(Outbox& outbox) const {
  States states;
  for (const auto& application : applications_) {
    const auto found = outbox.find(application.id);
    if (!found) return found.error();
    if (*found) states[application.id.text()] = {(*found)->state, (*found)->receipt_code, (*found)->number, {}};
  }
  const auto rows = outbox.list(std::nullopt, 0, 100);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    const auto parts = outbox.parts(row.row);
    if (!parts) return parts.error();
    const auto known = states.find(row.stored.id.text());
    if (known == states.end()) continue;
    for (const Part& part : *parts) known->second.parts += part.arrived ? 'A' : 'W';
  }
  return states;
}

States ScriptedDay::recovered(States states) {
  for (auto& [id, found] : states)
    if (found.state == State::in_flight) found.state = State::queued;
  return states;
}

std::string ScriptedDay::check_payloads(Outbox& outbox, bool held_may_differ) const {
  const auto rows = outbox.list(std::nullopt, 0, 100);
  if (!rows) return rows.error().detail;
  for (const auto& row : *rows) {
    const auto kept = outbox.envelope(row.row);
    if (!kept) return kept.error().detail;
    if (kept->has_value() != has_payload(row.stored.state)) return row.stored.id.text() + ": payload missing, or kept too long";
    if (held_may_differ && row.stored.state == State::held) continue;
    if (kept->has_value() && sha256((*kept)->bytes) != (*kept)->digest) return row.stored.id.text() + ": other bytes";
    if (auto wrong = check_parts(outbox, row); !wrong.empty()) return wrong;
  }
  return {};
}

Envelope ScriptedDay::another() { return envelope_of(ids_.next(), 1600, clock_.wall(), std::nullopt); }

}  // namespace crash
