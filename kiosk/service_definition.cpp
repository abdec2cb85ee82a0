#include "kiosk/service_definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/files.h"
#include "kiosk/service_consistency.h"
#include "kiosk/service_reader.h"
#include "kiosk/service_translation.h"
#include "kiosk/strict_json.h"

namespace kiosk {
namespace {

using base::Error;
using base::Failure;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> kCardFields{"name",       "latin_name",  "sex",       "ethnic_code", "nationality",
                                                       "birth",      "address",     "id_number", "pass_number", "authority",
                                                       "valid_from", "valid_until", kPhotoField};

Error broken(const fs::path& file, std::string_view reason) {
  return {Failure::service_broken, fmt::format("{}: {}", file.filename().string(), reason)};
}

}  // namespace

std::span<const std::string_view> card_fields() { return kCardFields; }

const Question* ServiceDefinition::question(std::string_view wanted) const {
  const auto found = std::find_if(questions.begin(), questions.end(), [&](const Question& each) { return each.id == wanted; });
  return found == questions.end() ? nullptr : &*found;
}

base::Result<ServiceDefinition> load_service(const fs::path& file) {
  const auto bytes = base::read_file(file, kLargestService);
  if (!bytes) return Error{Failure::service_broken, bytes.error().detail};
  const auto json = parse_strict_json(*bytes);
  if (!json) return broken(file, json.error().detail);
  Complaint complaint;
  auto service = read_service(*json, complaint);
  if (service) {
    if (service->id != file.stem().string())
      complaint.add(nlohmann::json::json_pointer("/id"), fmt::format("is not the file's name, \"{}\"", file.stem().string()));
    check_consistency(*service, *json, complaint);
  }
  if (complaint.first()) return broken(file, *complaint.first());
  return *std::move(service);
}

ServiceList load_services(const fs::path& folder, const Translations* translations) {
  ServiceList list;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".json" && !entry->path().filename().string().starts_with('.'))
      files.push_back(entry->path());
  if (error) list.broken.push_back({Failure::service_broken, fmt::format("{}: {}", folder.string(), error.message())});
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    auto service = list.services.size() < kMostServices
                       ? load_service(file)
                       : base::Result<ServiceDefinition>(broken(file, fmt::format("more than {} services", kMostServices)));
    if (service)
      list.services.push_back(*std::move(service));
    else
      list.broken.push_back(service.error());
  }
  if (translations != nullptr)
    for (auto& service : list.services) translate(service, *translations);
  return list;
}

}  // namespace kiosk
