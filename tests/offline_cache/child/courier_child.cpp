// courier_child FOLDER URL KEY: a courier that submits an application with two attachments and carries on; prints the
// application's id, and ends with its standard input, or when it is killed.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "base/log.h"
#include "base/uuid.h"
#include "offline_cache/courier/queue_courier.h"

int main(int count, char** arguments) {
  if (count != 4) return 2;
  base::log::quiet();
  const base::SystemClock clock;
  base::SystemRandom random;
  base::UuidSource ids(clock, random);
  offline_cache::CourierConfiguration configuration;
  configuration.data_folder = arguments[1];
  configuration.platform_url = arguments[2];
  configuration.office_key = arguments[3];
  configuration.terminal = "HP-03";
  configuration.store.ballast_bytes = 64 << 10;
  configuration.fleet_spread = {};
  offline_cache::Submission submission{ids.next(), base::Secret("{}")};
  for (const std::size_t size : {2000U, 150'000U})
    submission.attachments.push_back({"bill", "image/jpeg", base::Secret(std::string(size, 'J'))});
  const auto courier = offline_cache::make_queue_courier(configuration, clock, random, [](const auto&) {});
  fmt::print("{}\n", submission.id.text());
  std::fflush(stdout);
  courier->submit(std::move(submission));
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) {}
  return 0;
}
