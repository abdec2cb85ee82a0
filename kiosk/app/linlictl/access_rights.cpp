#include "kiosk/app/linlictl/access_rights.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

namespace linlictl {
namespace {

constexpr std::size_t kMostGroups = 256;

std::vector<gid_t> groups_of(const std::string& user, gid_t primary) {
  std::vector<gid_t> groups(kMostGroups);
  int count = static_cast<int>(groups.size());
  if (getgrouplist(user.c_str(), primary, groups.data(), &count) < 0) return {primary};
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

std::string name_of(gid_t group) {
  std::array<char, 4096> room{};
  ::group entry{};
  ::group* found = nullptr;
  if (getgrgid_r(group, &entry, room.data(), room.size(), &found) != 0 || found == nullptr) return std::to_string(group);
  return found->gr_name;
}

}  // namespace

AccessRights access_rights(const std::string& node, const std::string& user) {
  struct stat file {};
  if (stat(node.c_str(), &file) != 0) return {};
  const auto allows = [&](mode_t read_and_write) { return (file.st_mode & read_and_write) == read_and_write; };
  AccessRights rights;
  if (allows(S_IRGRP | S_IWGRP) && file.st_gid != 0) rights.owner_group = name_of(file.st_gid);
  std::array<char, 4096> room{};
  passwd entry{};
  passwd* account = nullptr;
  if (getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &account) != 0 || account == nullptr) return rights;
  if (account->pw_uid == 0) return rights;
  if (account->pw_uid == geteuid()) {
    rights.given = faccessat(AT_FDCWD, node.c_str(), R_OK | W_OK, AT_EACCESS) == 0;
    return rights;
  }
  const auto groups = groups_of(user, account->pw_gid);
  const bool in_group = std::ranges::find(groups, file.st_gid) != groups.end();
  rights.given = file.st_uid == account->pw_uid ? allows(S_IRUSR | S_IWUSR)
                 : in_group                     ? allows(S_IRGRP | S_IWGRP)
                                                : allows(S_IROTH | S_IWOTH);
  return rights;
}

AccessRights smart_card_rights(const std::string& user) {
  constexpr std::array kRules{"/etc/polkit-1/rules.d/50-linli-smart-cards.rules",
                              "/usr/share/polkit-1/rules.d/50-linli-smart-cards.rules"};
  std::array<char, 4096> room{};
  passwd entry{};
  passwd* account = nullptr;
  if (getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &account) != 0 || account == nullptr) return {};
  if (account->pw_uid == 0 || access("/usr/share/polkit-1", F_OK) != 0) return {};
  const auto groups = groups_of(user, account->pw_gid);
  const bool in_group = std::ranges::any_of(groups, [](gid_t group) { return name_of(group) == "linli"; });
  const bool has_rule = std::ranges::any_of(kRules, [](const char* file) { return access(file, F_OK) == 0; });
  return {in_group && has_rule, "linli"};
}

bool has_account(const std::string& user) { return getpwnam(user.c_str()) != nullptr; }

}  // namespace linlictl
