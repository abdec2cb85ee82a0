#include <fmt/format.h>

#include <cstdio>

#include "base/clock.h"
#include "gateway/app/commands.h"
#include "gateway/progress_store.h"

namespace gateway {
namespace {

base::Error unknown_number(const std::string& number) {
  return {base::Failure::config_invalid, fmt::format("no application has the number {}", number)};
}

base::Status print_states(ProgressStore& store, const std::string& number) {
  const auto states = store.history(number);
  if (!states) return states.error();
  if (states->empty()) return unknown_number(number);
  for (const ProgressEvent& each : *states) std::fputs(fmt::format("{}  {}\n", each.at, each.state).c_str(), stdout);
  return {};
}

}  // namespace

base::Status state(const StateOptions& options) {
  auto store = ProgressStore::open(progress_file(options.data), ProgressStore::Writer::office);
  if (!store && store.error().failure == base::Failure::save_store_unopenable)
    return base::Error{store.error().failure,
                       fmt::format("{} cannot be opened; a server makes it", progress_file(options.data).string())};
  if (!store) return store.error();
  if (options.state.empty()) return print_states(*store, options.number);
  const base::SystemClock clock;
  const auto set = store->set(options.number, options.state, clock.wall());
  if (!set) return set.error();
  if (!*set) return unknown_number(options.number);
  return print_states(*store, options.number);
}

}  // namespace gateway
