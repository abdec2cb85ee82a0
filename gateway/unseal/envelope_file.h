// What the office is handed: one envelope as it is sent, or the export of a kiosk's queue (docs/decisions/sealing-suites.md):
//
//   linli-export 1\n
//   part <id of its application> <which> <sha-256 of the bytes, hex> <length, decimal>\n<bytes>\n
//   record <id> <plaintext sha-256, hex> <sha-256 of the bytes, hex> <length, decimal>\n<bytes>\n      and so on
//   end <records, decimal> <sha-256 of everything before this line, hex>\n
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gateway {

inline constexpr std::size_t kLongestExport = 256U << 20U;  // bytes

struct EnvelopeFile {
  std::vector<std::string> envelopes;          // in the order of the file; damaged records are left out
  std::map<std::string, std::string> parts{};  // attachments: digest in hex → bytes
  std::string complaint;                       // empty: the file is whole. Else what is wrong with it, one sentence
};

EnvelopeFile read_envelopes(std::string_view bytes);
// config_unreadable when the file cannot be read.
base::Result<EnvelopeFile> read_envelope_file(const std::filesystem::path& file);

}  // namespace gateway
