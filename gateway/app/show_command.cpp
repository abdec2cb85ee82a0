#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/secret.h"
#include "gateway/app/commands.h"
#include "gateway/application_store.h"
#include "gateway/durable_file.h"
#include "gateway/envelope.h"
#include "gateway/office_key.h"

namespace gateway {
namespace {

nlohmann::ordered_json describe(const StoredApplication& record, const OpenedEnvelope& opened) {
  return {{"number", record.number},
          {"id", record.id},
          {"received", record.received},
          {"terminal", record.terminal},
          {"created", opened.created},
          {"service", {{"id", record.service.id}, {"version", record.service.version}}},
          {"digest", to_field(record.plaintext_digest)},
          {"parts", opened.parts.size()},
          {"application", opened.application}};
}

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void print_text(const StoredApplication& record, const OpenedEnvelope& opened) {
  put(fmt::format("{}  {}  {}  {}  {}\n{}\n\n", record.number, record.received, record.terminal, record.service.id, record.id,
                  opened.application.dump(2)));
}

class Printer {
 public:
  Printer(const ShowOptions& options, const OfficeKeys& keys, ApplicationStore& store)
      : options_(options), keys_(keys), store_(store) {}

  base::Status print(const StoredApplication& record, const std::string& envelope) {
    if (!options_.id.empty() && record.id != options_.id) return {};
    const auto opened = open_envelope(envelope, keys_, DeviceList::anyone());  // checked when it came
    if (!opened)
      return base::Error{base::Failure::save_no_seal_key, fmt::format("{} cannot be opened with this office key", record.number)};
    if (options_.json)
      put((found_ == 0 ? "[\n" : ",\n") + describe(record, *opened).dump());
    else
      print_text(record, *opened);
    ++found_;
    return options_.parts.empty() ? base::Status() : write_parts(*opened);
  }

  base::Status finish() const {
    if (options_.json) put(found_ == 0 ? "[]\n" : "\n]\n");
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      return base::Error{base::Failure::save_io_error, "standard output cannot be written"};
    return {};
  }
  int found() const { return found_; }

 private:
  base::Status write_parts(const OpenedEnvelope& application) {
    int ordinal = 0;
    for (const auto& named : application.parts) {
      const auto bytes = store_.part_bytes(application.id, named.digest);
      if (!bytes) return bytes.error();
      auto part = open_part(*bytes, keys_, DeviceList::anyone());
      if (!part || part->name != named)
        return base::Error{base::Failure::save_no_seal_key, "an attachment cannot be opened with this office key"};
      const auto name = fmt::format("{}.part{}.{}", application.id, ++ordinal, extension_of(named.media_type));
      auto written = create_private_file(options_.parts / name, part->attachment);
      base::wipe(part->attachment);
      if (!written) return written;
    }
    return {};
  }

  const ShowOptions& options_;
  const OfficeKeys& keys_;
  ApplicationStore& store_;
  int found_ = 0;
};

base::Error plain(const base::Error& error, const std::filesystem::path& data) {
  if (error.failure == base::Failure::save_store_locked)
    return {error.failure, fmt::format("a server is running on {}; stop it first", data.string())};
  if (error.failure == base::Failure::save_store_unopenable)
    return {error.failure, fmt::format("{} cannot be opened", store_file(data).string())};
  return error;
}

}  // namespace

base::Status show(const ShowOptions& options) {
  const auto keys = load_office_keys(options.data, options.office_key);
  if (!keys) return keys.error();
  auto store = ApplicationStore::open(store_file(options.data), SqliteDatabase::Missing::fail);
  if (!store) return plain(store.error(), options.data);
  if (!options.parts.empty())
    if (auto made = base::make_folder(options.parts); !made) return made;
  Printer printer(options, *keys, *store);
  auto shown = store->for_each([&](const auto& record, const std::string& envelope) { return printer.print(record, envelope); });
  auto finished = printer.finish();
  if (!shown) return shown;
  if (!finished) return finished;
  if (!options.id.empty() && printer.found() == 0)
    return base::Error{base::Failure::config_invalid, "no application with this id was received"};
  return {};
}

}  // namespace gateway
