#include "kiosk/app/queue_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "kiosk/app/audit_trail.h"

namespace kiosk {
namespace {

using nlohmann::json;
using offline_cache::QueueAction;
using offline_cache::State;

constexpr const char *kState = "state", *kAfter = "after", *kAction = "action", *kId = "id";  // fields of a request
constexpr const char *kWhy = "why", *kFile = "file";

std::int64_t seconds_of(base::WallTime at) { return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(); }

std::string advice_for(const std::string& code) {
  const auto all = base::all_failures();
  const auto found = std::ranges::find(all, code, &base::FailureEntry::code);
  return found == all.end() ? std::string() : std::string(found->staff);
}

json described(const offline_cache::Listed& row) {
  json shown{{"row", row.row},
             {"id", row.stored.id.text()},
             {"code", row.stored.receipt_code},
             {"state", offline_cache::name_of(row.stored.state)},
             {"created", seconds_of(row.stored.created)},
             {"attempts", row.attempts}};
  if (row.attachments > 0) shown["attachments"] = {{"count", row.attachments}, {"bytes", row.attachment_bytes}};
  if (!row.stored.number.empty()) shown["number"] = row.stored.number;
  if (!row.reason.empty()) shown["reason"] = row.reason;
  if (!row.failure.empty()) shown["failure"] = row.failure;
  if (const auto advice = advice_for(row.failure); !advice.empty()) shown["advice"] = advice;
  return shown;
}

std::string name_of(offline_cache::Link link) {
  switch (link) {
    case offline_cache::Link::up:
      return "up";
    case offline_cache::Link::down:
      return "down";
    case offline_cache::Link::unknown:
      break;
  }
  return "unknown";
}

json described(const offline_cache::QueueCounts& counts, offline_cache::Link link) {
  json shown{{"counts",
              {{name_of(State::queued), counts.queued},
               {name_of(State::in_flight), counts.in_flight},
               {name_of(State::acknowledged), counts.acknowledged},
               {name_of(State::rejected), counts.rejected},
               {name_of(State::held), counts.held},
               {name_of(State::tombstone), counts.tombstones},
               {"purged", counts.purged}}},
             {"link", name_of(link)}};
  if (counts.oldest) shown["oldest"] = seconds_of(*counts.oldest);
  if (counts.behind_held > 0) shown["behind_held"] = counts.behind_held;
  return shown;
}

json described(const offline_cache::QueueView& seen, offline_cache::Link link) {
  json shown = described(seen.counts, link);
  auto& rows = shown["rows"] = json::array();
  for (const auto& row : seen.rows) rows.push_back(described(row));
  if (seen.last_looked != 0) shown["after"] = seen.last_looked;
  return shown;
}

std::string refusal(base::Failure failure) {
  const auto& entry = base::entry(failure);
  return fmt::format("{} {}", entry.code, entry.staff);
}

std::optional<QueueAction::Kind> kind_of(const std::string& action) {
  if (action == "retry") return QueueAction::Kind::retry;
  if (action == "hold") return QueueAction::Kind::hold;
  if (action == "discard") return QueueAction::Kind::discard;
  if (action == "export") return QueueAction::Kind::carry;
  return std::nullopt;
}

}  // namespace

void QueueDesk::note(const Event& event) {
  const auto* books = std::get_if<offline_cache::RegistrarEvent>(&event);
  const auto* recorded = books != nullptr ? std::get_if<offline_cache::Recorded>(books) : nullptr;
  if (recorded != nullptr) return note(*recorded);
  const auto* news = std::get_if<offline_cache::CourierEvent>(&event);
  if (news == nullptr) return;
  const auto* counts = std::get_if<offline_cache::QueueCounts>(news);
  const auto* changed = std::get_if<offline_cache::LinkChanged>(news);
  if (counts != nullptr) counts_ = *counts;
  if (changed != nullptr) link_ = changed->link;
  if (counts == nullptr && changed == nullptr) return;
  const json told = described(counts_, link_);
  std::erase_if(watchers_, [&](ControlCall& watcher) { return !watcher.tell(told); });
}

void QueueDesk::watch(ControlCall call) {
  std::erase_if(watchers_, [](ControlCall& watcher) { return !watcher.is_heard(); });
  if (call.tell(described(counts_, link_))) watchers_.push_back(std::move(call));
}

void QueueDesk::show(ControlCall call) const {
  offline_cache::QueueQuestion question;
  if (const auto wanted = call.text(kState); !wanted.empty()) {
    question.state = offline_cache::find_state(wanted);
    if (!question.state) return call.refuse("\"state\" is none that an application can have");
  }
  const auto after = call.text(kAfter);
  std::from_chars(after.data(), after.data() + after.size(), question.after_row);
  courier_.look(question,
                [asked = std::make_shared<ControlCall>(std::move(call)), link = link_](const offline_cache::QueueView& seen) {
                  if (seen.failure) return asked->refuse(refusal(*seen.failure));
                  asked->answer(described(seen, link));
                });
}

void QueueDesk::act(ControlCall call) {
  QueueAction action;
  const auto kind = kind_of(call.text(kAction));
  if (!kind) return call.refuse("\"action\" is retry, hold, discard or export");
  action.kind = *kind;
  action.by = call.account();
  action.why = call.text(kWhy);
  action.file = call.text(kFile);
  if (action.kind == QueueAction::Kind::carry) {
    if (!action.file.is_absolute()) return call.refuse("\"file\" is no absolute path");
  } else {
    const auto id = base::Uuid::parse(call.text(kId));
    if (!id) return call.refuse("\"id\" is no id of an application");
    action.id = *id;
  }
  const auto record = audit_record_of(action);
  asked_.emplace(++last_asked_, Asked{std::move(action), std::move(call)});
  registrar_.record_first(record, last_asked_);
}

void QueueDesk::note(const offline_cache::Recorded& recorded) {
  const auto found = asked_.find(recorded.number);
  if (found == asked_.end()) return;
  Asked asked = std::move(found->second);
  asked_.erase(found);
  if (!recorded.durable) return asked.call.refuse(refusal(base::Failure::audit_unwritable));
  carry_out(std::move(asked));
}

void QueueDesk::carry_out(Asked asked) {
  if (asked.action.kind == QueueAction::Kind::carry && !asked.call.tell(json::object())) return;
  courier_.act(std::move(asked.action),
               [call = std::make_shared<ControlCall>(std::move(asked.call))](const offline_cache::QueueActionDone& done) {
                 if (done.failure) return call->refuse(refusal(*done.failure));
                 json answer{{"records", done.records}};
                 if (done.attachments > 0)
                   answer["attachments"] = {{"count", done.attachments}, {"bytes", done.attachment_bytes}};
                 call->answer(answer);
               });
}

}  // namespace kiosk
