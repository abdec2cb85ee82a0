// What linlictl says of devices, in lines for people; rows as kiosk/app/device_board.h has them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace linlictl {

// The kiosk's devices below `source`, which says where they are from; then what is connected (connected.h).
std::string lines_of_all(const std::string& source, const nlohmann::json& devices, const nlohmann::json& connected);
std::string line_of_device(const nlohmann::json& row);    // one, with the time of day
std::string line_of_check(const nlohmann::json& answer);  // "printer: passed. paper is there, …"
std::string what_to_do(const std::string& device);        // of a person, for an interactive check
bool any_in_trouble(const nlohmann::json& devices);
// What a driver would take and the kiosk may not open: "/dev/hidraw0, /dev/ttyACM0"; empty when there is nothing.
std::string forbidden_nodes(const nlohmann::json& connected);

}  // namespace linlictl
