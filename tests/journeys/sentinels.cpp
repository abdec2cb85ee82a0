#include "tests/journeys/sentinels.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>

namespace journeys {
namespace {

constexpr std::size_t kTelling = 8;     // digits that cannot stand there by chance
constexpr std::size_t kGlyphInfo = 20;  // bytes: HarfBuzz keeps characters inside such records
constexpr std::size_t kCharacter = 4;   // bytes of UTF-32
const std::string_view kAddressParts[] = {"虚构省样例市", "和平里3号楼", "2单元501"};

std::string converted(std::string_view utf8, const char* to) {
  const iconv_t conversion = iconv_open(to, "UTF-8");
  std::string in(utf8);
  std::array<char, 512> out{};
  char* from = in.data();
  char* into = out.data();
  std::size_t left = in.size(), room = out.size();
  iconv(conversion, &from, &left, &into, &room);
  iconv_close(conversion);
  return {out.data(), out.size() - room};
}

std::string escaped(std::string_view utf8) {
  const std::string quoted = nlohmann::json(utf8).dump(-1, ' ', true);
  return quoted.substr(1, quoted.size() - 2);
}

std::string upper(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i == 0 || text[i - 1] != '\\') text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
  return text;
}

}  // namespace

void Sentinels::add_forms(const std::string& name, std::string_view utf8) {
  const auto keep = [&](const char* form, std::string bytes, std::size_t unit = 0, std::size_t stride = 0) {
    const auto known = [&](const Needle& needle) { return needle.bytes == bytes && needle.stride == stride; };
    if (std::ranges::none_of(needles_, known)) needles_.push_back({name + ", " + form, std::move(bytes), unit, stride});
  };
  keep("UTF-8", std::string(utf8));
  keep("UTF-16", converted(utf8, "UTF-16LE"));
  keep("UTF-32", converted(utf8, "UTF-32LE"));
  keep("GB 18030", converted(utf8, "GB18030"));
  keep("escaped", escaped(utf8));
  keep("escaped", upper(escaped(utf8)));
  keep("glyphs", converted(utf8, "UTF-32LE"), kCharacter, kGlyphInfo);
}

void Sentinels::add(const std::string& name, std::string_view utf8) {
  names_.push_back(name);
  add_forms(name, utf8);
}

void Sentinels::add_bytes(const std::string& name, std::string_view bytes) {
  names_.push_back(name);
  needles_.push_back({name + ", as it is", std::string(bytes)});
}

void Sentinels::add_digits(const std::string& name, std::string_view digits, std::string_view grouped) {
  names_.push_back(name);
  for (std::size_t i = 0; i + kTelling <= digits.size(); ++i) add_forms(name, digits.substr(i, kTelling));
  if (!grouped.empty()) add_forms(name, grouped);
}

void Sentinels::add(const hal::Person& person) {
  add("name", person.name.reveal());
  add_digits("number", person.id_number.reveal());
  names_.emplace_back("address");
  for (const auto part : kAddressParts) add_forms("address", part);
}

}  // namespace journeys
