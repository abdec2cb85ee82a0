#pragma once

#include <string>

namespace linlictl {

struct AccessRights {
  bool given = true;
  std::string owner_group;  // of the node; empty: its group has no more rights than anybody
};

// Whether `user` may read and write `node` by its mode and groups. Access lists do not count, except for the one who asks.
AccessRights access_rights(const std::string& node, const std::string& user);

// Whether the smart card service lets `user` in: polkit, which keeps the service's door, needs our rule and its group. Where
// there is no polkit there is no door.
AccessRights smart_card_rights(const std::string& user);

bool has_account(const std::string& user);

}  // namespace linlictl
