// packaging/udev/70-linli.rules: every device that a driver knows may be opened by the kiosk, and by nobody else.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "hal/id_card/sdt_usb_transport.h"
#include "hal/printer/usb_printers.h"
#include "hal/scanner/known_scanners.h"
#include "test_places.h"

namespace {

struct Term {
  std::string key;  // with its braces: "ATTR{idVendor}"
  std::string operation;
  std::string value;
};

struct Rule {
  int line = 0;
  std::vector<Term> terms;

  // The value that `key` is compared with or set to.
  std::optional<std::string> value(std::string_view key, std::string_view operation) const {
    const auto found =
        std::ranges::find_if(terms, [&](const Term& term) { return term.key == key && term.operation == operation; });
    return found == terms.end() ? std::nullopt : std::optional(found->value);
  }
  std::optional<std::string> matched(std::string_view key) const { return value(key, "=="); }
  std::optional<std::string> set(std::string_view key) const { return value(key, "="); }
  // The id that a rule asks for, of the device itself or one above it.
  std::optional<std::string> id(const std::string& name) const {
    const auto own = matched("ATTR{" + name + "}");
    return own ? own : matched("ATTRS{" + name + "}");
  }
};

// A term is KEY{attribute}OP"value"; anything between terms but a comma is a mistake.
Rule parsed(const std::string& text, int line) {
  static const std::regex term(R"(^\s*([A-Z]+(?:\{[^}]+\})?)\s*(==|!=|\+=|-=|:=|=)\s*\"([^\"]*)\"\s*(,|$))");
  Rule rule{line, {}};
  std::string rest = text;
  std::smatch match;
  while (!rest.empty()) {
    if (!std::regex_search(rest, match, term)) {
      ADD_FAILURE() << "line " << line << " cannot be understood from: " << rest;
      break;
    }
    rule.terms.push_back({match[1], match[2], match[3]});
    rest = match.suffix();
  }
  return rule;
}

std::vector<Rule> rules() {
  std::ifstream file(LINLI_SOURCE_DIR "/packaging/udev/70-linli.rules");
  std::vector<Rule> all;
  std::string text;
  for (int line = 1; std::getline(file, text); ++line) {
    if (!text.empty() && text.front() != '#') all.push_back(parsed(text, line));
  }
  return all;
}

std::string hexadecimal(std::uint16_t id) { return fmt::format("{:04x}", id); }

class TheUdevRules : public testing::Test {
 protected:
  // Whether nodes of `subsystem` with these ids are given to the group; `product` 0: every product.
  bool grants(std::string_view subsystem, std::uint16_t vendor, std::uint16_t product) const {
    return std::ranges::any_of(all, [&](const Rule& rule) {
      const auto its_product = rule.id("idProduct");
      const bool fits = !its_product || (product != 0 && its_product == hexadecimal(product));
      return rule.matched("SUBSYSTEM") == subsystem && rule.id("idVendor") == hexadecimal(vendor) && fits &&
             rule.set("GROUP") == "linli" && rule.set("MODE") == "0660";
    });
  }

  void expect_usb_rules(const hal::UsbSelector& selector) const {
    for (const auto& match : selector.matches) {
      if (match.vendor_id == 0) continue;  // by class: Debian's own rule gives printers to "lp"
      EXPECT_TRUE(grants("usb", match.vendor_id, match.product_id))
          << hexadecimal(match.vendor_id) << ":" << hexadecimal(match.product_id);
    }
  }

  const std::vector<Rule> all = rules();
};

TEST_F(TheUdevRules, let_the_kiosk_open_every_card_reader) { expect_usb_rules(hal::sdt_usb_readers()); }

TEST_F(TheUdevRules, let_the_kiosk_open_every_printer) { expect_usb_rules(hal::usb_receipt_printers()); }

TEST_F(TheUdevRules, let_the_kiosk_open_every_scanner_in_every_mode) {
  for (const auto& scanner : hal::kScannerVendors) {
    for (const auto* subsystem : {"usb", "hidraw", "input", "tty"})
      EXPECT_TRUE(grants(subsystem, scanner.vendor_id, scanner.product_id)) << subsystem << hexadecimal(scanner.vendor_id);
  }
}

TEST_F(TheUdevRules, leave_nothing_to_everybody) {
  ASSERT_GT(all.size(), 10U);
  for (const Rule& rule : all) {
    for (const Term& term : rule.terms) {
      if (term.key != "MODE") continue;
      EXPECT_EQ(term.value, "0660") << "line " << rule.line;
      EXPECT_EQ(rule.set("GROUP"), "linli") << "line " << rule.line;
    }
  }
}

TEST_F(TheUdevRules, ask_for_ids_as_sysfs_writes_them) {
  const std::regex id("[0-9a-f]{4}");
  for (const Rule& rule : all) {
    for (const auto* name : {"idVendor", "idProduct"})
      EXPECT_TRUE(std::regex_match(rule.id(name).value_or("0000"), id)) << "line " << rule.line;
    EXPECT_FALSE(rule.id("idProduct") && !rule.id("idVendor")) << "line " << rule.line;
  }
}

// A rule that opens nodes of a whole subsystem would open those of other people's devices.
TEST_F(TheUdevRules, open_nothing_without_asking_for_its_vendor) {
  for (const Rule& rule : all) EXPECT_TRUE(!rule.set("GROUP") || rule.id("idVendor")) << "line " << rule.line;
}

TEST_F(TheUdevRules, keep_devices_awake_and_everybody_else_away) {
  for (const Rule& rule : all) {
    if (!rule.set("GROUP")) continue;
    const auto subsystem = rule.matched("SUBSYSTEM");
    if (subsystem == "usb") { EXPECT_EQ(rule.set("ATTR{power/control}"), "on") << "line " << rule.line; }
    if (subsystem == "usb" || subsystem == "tty") {
      EXPECT_EQ(rule.set("ENV{ID_MM_DEVICE_IGNORE}"), "1") << "line " << rule.line;
    }
    if (subsystem == "input") { EXPECT_EQ(rule.set("ENV{LIBINPUT_IGNORE_DEVICE}"), "1") << "line " << rule.line; }
  }
}

// The rule's own command, run by a shell on a hub of plain files: of port 2 with its twin, and of nothing beside it.
TEST_F(TheUdevRules, let_the_kiosk_cut_the_power_of_every_card_readers_port) {
  namespace fs = std::filesystem;
  for (const auto& match : hal::sdt_usb_readers().matches) {
    const test_support::TemporaryFolder folder;
    const fs::path hub = folder.path() / "1-1";
    const auto port = [&](const char* name) { return hub / "1-1:1.0" / name; };
    const std::vector<fs::path> given{port("1-1-port2/disable"), port("1-1-port2/peer/disable")};
    const std::vector<fs::path> kept{port("1-1-port1/disable"), port("1-1-port12/disable"),
                                     hub / "1-1.3/1-1.3:1.0/1-1.3-port2/disable"};
    fs::create_directories(hub / "1-1.2");
    for (const auto& files : {given, kept}) {
      for (const auto& file : files) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << "0\n";
        fs::permissions(file, fs::perms(0644));
      }
    }
    for (const Rule& rule : all) {
      const bool its =
          rule.id("idVendor") == hexadecimal(match.vendor_id) && rule.id("idProduct") == hexadecimal(match.product_id);
      auto command = rule.value("RUN", "+=").value_or("");
      if (!its || command.find("disable") == std::string::npos) continue;
      for (const auto& [from, to] : {std::pair<std::string, std::string>{"%p", "/1-1/1-1.2"},
                                     {"%n", "2"},
                                     {"$$", "$"},
                                     {"/sys", folder.path().string()},
                                     {"chgrp linli", fmt::format("chgrp {}", getgid())}}) {
        for (auto at = command.find(from); at != std::string::npos; at = command.find(from, at + to.size()))
          command.replace(at, from.size(), to);
      }
      EXPECT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT(concurrency-mt-unsafe,cert-env33-c): as udev runs it
    }
    for (const auto& file : given) EXPECT_EQ(fs::status(file).permissions(), fs::perms(0664)) << file;
    for (const auto& file : kept) EXPECT_EQ(fs::status(file).permissions(), fs::perms(0644)) << file;
  }
}

TEST_F(TheUdevRules, take_every_listed_printer_from_the_kernels_driver) {
  std::set<std::string> released;
  for (const Rule& rule : all) {
    const auto command = rule.value("RUN", "+=").value_or("");
    if (rule.matched("DRIVER") == "usblp" && command.ends_with("/usblp/unbind'"))
      released.insert(rule.id("idVendor").value_or(""));
  }
  for (const auto& match : hal::usb_receipt_printers().matches)
    EXPECT_TRUE(match.vendor_id == 0 || released.contains(hexadecimal(match.vendor_id))) << hexadecimal(match.vendor_id);
}

}  // namespace
