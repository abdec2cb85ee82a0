// Prints docs/failure_codes.md from the one table of failures.
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "base/failure.h"

namespace {

std::string_view who(base::Remedy remedy) {
  switch (remedy) {
    case base::Remedy::resident:
      return "resident";
    case base::Remedy::staff:
      return "staff";
    case base::Remedy::operator_:
      return "operator";
  }
  return "";
}

std::string page() {
  std::string text =
      "# Failure codes\n\n"
      "A code never changes its meaning; it is the same in a log, on the staff page and here. *Who* can do something about it:\n"
      "the resident, the hall's staff, or the operator far away.\n\n"
      "This page is generated from `base/failure.cpp`; `cmake --build build/dev --target failure_codes_page` writes it anew.\n\n"
      "| code | who | what the resident is told | what to do |\n"
      "| --- | --- | --- | --- |\n";
  for (const base::FailureEntry& failure : base::all_failures())
    text += fmt::format("| {} | {} | {} | {} |\n", failure.code, who(failure.remedy), failure.resident, failure.staff);
  return text;
}

}  // namespace

int main() {
  const std::string text = page();
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
