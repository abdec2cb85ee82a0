// linlictl queue: what waits for the office, why, and what an operator can do about it.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

#include "kiosk/app/linlictl/subcommands.h"
#include "offline_cache/state.h"

namespace linlictl {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kQueuePatience{10'000};
constexpr const char* kNoKiosk = "No kiosk is running here; only a running one can be asked.";
constexpr std::int64_t kKibibyte = 1024;
constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 86400;

struct QueueWish {
  bool json = false, watch = false;
  std::string state, application, why, file;
};

int impossible(const std::string& why) {
  std::fputs((why + '\n').c_str(), stderr);
  return kImpossible;
}

base::Result<json> asked(const Terminal& terminal, const json& request, std::chrono::milliseconds patience) {
  auto kiosk = terminal.running_kiosk();
  if (!kiosk) return base::Error{base::Failure::internal, kNoKiosk};
  return kiosk->ask(request, patience);
}

std::vector<std::string> state_names() {
  std::vector<std::string> names;
  for (const auto state : offline_cache::kAllStates) names.emplace_back(offline_cache::name_of(state));
  return names;
}

std::string age(std::int64_t since) {
  const std::int64_t elapsed = std::max<std::int64_t>(0, std::time(nullptr) - since);
  if (elapsed < kHour) return fmt::format("{} min", elapsed / kMinute);
  if (elapsed < 2 * kDay) return fmt::format("{} h", elapsed / kHour);
  return fmt::format("{} days", elapsed / kDay);
}

// ", 2 attachment(s), 640 KiB"; nothing where there are none, no size where the office has them.
std::string attachments_of(const json& row) {
  const auto attachments = row.value("attachments", json::object());
  const auto bytes = attachments.value("bytes", std::int64_t{0});
  std::string text;
  if (const int count = attachments.value("count", 0); count > 0) text = fmt::format(", {} attachment(s)", count);
  if (bytes > 0) text += fmt::format(", {} KiB", (bytes + kKibibyte - 1) / kKibibyte);
  return text;
}

std::string line_of(const json& row) {
  std::string line = fmt::format("{}  {:<10}  {:<12}  {:>8}  {} attempt(s){}\n", row.value("id", ""), row.value("code", ""),
                                 row.value("state", ""), age(row.value("created", std::int64_t{0})), row.value("attempts", 0),
                                 attachments_of(row));
  if (row.contains("failure")) line += fmt::format("    {} {}\n", row.value("failure", ""), row.value("advice", ""));
  if (row.contains("reason")) line += fmt::format("    held by an operator: {}\n", row.value("reason", ""));
  return line;
}

std::string summary(const json& queue) {
  const auto counts = queue.value("counts", json::object());
  const auto count = [&](const char* state) { return counts.value(state, 0); };
  std::string text = fmt::format("waiting {}, at the office {}, refused {}, held {}\n", count("QUEUED") + count("INFLIGHT"),
                                 count("ACKNOWLEDGED") + count("TOMBSTONE") + count("purged"), count("REJECTED"), count("HELD"));
  if (const int blocked = queue.value("behind_held", 0); blocked > 0)
    text += fmt::format("{} wait behind an earlier one of the same person that is held: retry or discard that first\n", blocked);
  if (queue.contains("oldest")) text += fmt::format("the oldest waits for {}\n", age(queue.value("oldest", std::int64_t{0})));
  return text;
}

// What is drawn again and again while the queue empties.
class Progress {
 public:
  explicit Progress(bool in_place) : in_place_(in_place) {}

  std::string lines(const json& queue) {
    const int left = waiting(queue);
    sent_ += std::max(0, last_ - left);
    last_ = left;
    const int all = sent_ + left;
    const int full = all == 0 ? kBarWidth : kBarWidth * sent_ / all;
    std::string text = in_place_ && drawn_ > 0 ? fmt::format("\x1b[{}A\x1b[J", drawn_) : std::string();
    const std::string drawing = summary(queue) + fmt::format("[{:#<{}}{:.<{}}] {} of {} done, the platform is {}\n", "", full, "",
                                                             kBarWidth - full, sent_, all, reach(queue.value("link", "")));
    drawn_ = std::count(drawing.begin(), drawing.end(), '\n');
    return text + drawing;
  }
  static int waiting(const json& queue) {
    const auto counts = queue.value("counts", json::object());
    return counts.value("QUEUED", 0) + counts.value("INFLIGHT", 0);
  }

 private:
  static constexpr int kBarWidth = 40;  // characters
  static std::string_view reach(std::string_view link) {
    return link == "up" ? "within reach" : link == "down" ? "not within reach" : "not tried yet";
  }

  bool in_place_;
  std::ptrdiff_t drawn_ = 0;  // lines
  int sent_ = 0, last_ = 0;   // applications that stopped waiting since the first look; that waited at the last
};

int needs_a_person(const json& queue) {
  const auto counts = queue.value("counts", json::object());
  return counts.value("HELD", 0) + counts.value("REJECTED", 0) > 0 ? kTrouble : kWell;
}

int watch_queue(const QueueWish& wish, const Terminal& terminal) {
  auto kiosk = terminal.running_kiosk();
  if (!kiosk) return impossible(kNoKiosk);
  Progress progress(isatty(STDOUT_FILENO) == 1);
  int end = kWell;
  const auto asked = kiosk->ask({{"request", "watch-queue"}}, std::nullopt, [&](const json& news) {
    std::fputs((wish.json ? news.dump() + '\n' : progress.lines(news)).c_str(), stdout);
    std::fflush(stdout);
    end = needs_a_person(news);
    return Progress::waiting(news) > news.value("behind_held", 0);
  });
  return asked ? end : impossible(asked.error().detail);
}

// All pages of it as one.
base::Result<json> whole_queue(const Terminal& terminal, const std::string& state) {
  json whole;
  std::int64_t after = 0;
  do {
    const auto page = asked(terminal, {{"request", "queue"}, {"state", state}, {"after", std::to_string(after)}}, kQueuePatience);
    if (!page) return page.error();
    const auto rows = page->value("rows", json::array());
    if (whole.is_null()) {
      whole = *page;
      whole.erase("after");
    } else {
      whole["rows"].insert(whole["rows"].end(), rows.begin(), rows.end());
    }
    after = page->value("after", std::int64_t{0});
  } while (after != 0);
  return whole;
}

int show(const QueueWish& wish, const Terminal& terminal) {
  const auto queue = whole_queue(terminal, wish.state);
  if (!queue) return impossible(queue.error().detail);
  std::string text = summary(*queue);
  for (const auto& row : queue->value("rows", json::array())) text += line_of(row);
  std::fputs((wish.json ? queue->dump(2) + '\n' : text).c_str(), stdout);
  return needs_a_person(*queue);
}

// An id, or the code on the resident's paper.
base::Result<std::string> id_of(const QueueWish& wish, const Terminal& terminal) {
  const auto queue = whole_queue(terminal, {});
  if (!queue) return queue.error();
  for (const auto& row : queue->value("rows", json::array()))
    if (row.value("code", "") == wish.application || row.value("id", "") == wish.application) return row.value("id", "");
  return base::Error{base::Failure::internal, "No application in the queue has this id or code: " + wish.application};
}

// Into a folder: under a name that says whence and when.
std::filesystem::path export_file(const std::string& wanted) {
  auto file = std::filesystem::absolute(wanted);
  std::array<char, HOST_NAME_MAX + 1> host{};
  if (!std::filesystem::is_directory(file) || gethostname(host.data(), HOST_NAME_MAX) != 0) return file;
  return file / fmt::format("linli-{}-{:%Y%m%d-%H%M%S}.export", host.data(), fmt::gmtime(std::time(nullptr)));
}

// The kiosk gives up by itself when the stick takes nothing any more.
base::Result<json> carried(const Terminal& terminal, const json& request) {
  auto kiosk = terminal.running_kiosk();
  if (!kiosk) return base::Error{base::Failure::internal, kNoKiosk};
  json last;
  auto ended = kiosk->ask(request, std::nullopt, [&](const json& line) {
    last = line;
    return true;
  });
  if (!ended) return ended.error();
  return last;
}

int act(const char* action, const QueueWish& wish, const Terminal& terminal) {
  json request{{"request", "queue-act"}, {"action", action}, {"why", wish.why}};
  if (wish.file.empty()) {
    const auto id = id_of(wish, terminal);
    if (!id) return impossible(id.error().detail);
    request["id"] = *id;
  } else {
    request["file"] = export_file(wish.file).string();
  }
  const auto done = wish.file.empty() ? asked(terminal, request, kQueuePatience) : carried(terminal, request);
  if (!done) return impossible(done.error().detail);
  std::fputs(fmt::format("{}: {} application(s){}{}\n", action, done->value("records", 0), attachments_of(*done),
                         wish.file.empty() ? "" : " in " + request.value("file", ""))
                 .c_str(),
             stdout);
  return kWell;
}

}  // namespace

void add_queue_command(CLI::App& program, const Terminal& terminal, int& exit_code) {
  const auto wish = std::make_shared<QueueWish>();  // lives as long as the callbacks
  auto* queue = program.add_subcommand("queue", "applications on their way to the office: how many, how old, what is wrong");
  queue->require_subcommand(0, 1);
  queue->add_flag("--json", wish->json, "for programs: JSON instead of lines");
  queue->add_option("--state", wish->state, "only these")->check(CLI::IsMember(state_names()));
  queue->footer("Exit code: 0 all is well, 1 an application needs a person, 2 it could not be looked or done.");

  queue->add_flag("--watch", wish->watch, "go on until nothing is left to be sent, and tell every change as it happens");

  auto* retry = queue->add_subcommand("retry", "try a held application again");
  retry->add_option("application", wish->application, "its id, or the code on the receipt")->required();
  auto* hold = queue->add_subcommand("hold", "send a waiting application no more until it is retried");
  hold->add_option("application", wish->application, "its id, or the code on the receipt")->required();
  hold->add_option("--why", wish->why, "the reason, kept with it; nothing about the resident")->required();
  auto* discard = queue->add_subcommand("discard", "give up an application that is held or was refused; its content is erased");
  discard->add_option("application", wish->application, "its id, or the code on the receipt")->required();
  discard->add_option("--why", wish->why, "the reason, kept with it; nothing about the resident")->required();
  auto* carry = queue->add_subcommand("export", "write all that waits into one file, sealed, to be carried to the office");
  carry->add_option("file", wish->file, "a file, or a folder for one with a name of its own; the kiosk writes it")->required();

  queue->callback([wish, retry, hold, discard, carry, &terminal, &exit_code] {
    exit_code = retry->parsed()     ? act("retry", *wish, terminal)
                : hold->parsed()    ? act("hold", *wish, terminal)
                : discard->parsed() ? act("discard", *wish, terminal)
                : carry->parsed()   ? act("export", *wish, terminal)
                : wish->watch       ? watch_queue(*wish, terminal)
                                    : show(*wish, terminal);
  });
}

}  // namespace linlictl
