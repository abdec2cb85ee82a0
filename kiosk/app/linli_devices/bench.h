// The models on the table, each at its place, and the words that are said to them. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "hal/simulated/device_model.h"
#include "hal/simulated/offered_model.h"
#include "hal/simulated/vpcd_link.h"

namespace linli_devices {

class Bench {
 public:
  // "sdt=pty", "sdt=pty:/tmp/reader", "escpos=tcp:9100", "escpos/generic-58mm=tcp:0.0.0.0:9101", "pcsc=vpcd",
  // "pcsc=vpcd:35963". A model that is there already is "sdt-2", and so on. Gives its line for people: "sdt at
  // serial:/dev/pts/3".
  base::Result<std::string> offer(const std::string& text);

  // "lay R1" where there is one model, else "sdt lay R1". config_invalid with what is expected.
  base::Status say(std::string_view line);

 private:
  struct Place {
    std::string name;
    std::shared_ptr<hal::DeviceModel> model;
    std::variant<std::unique_ptr<hal::OfferedModel>, std::unique_ptr<hal::VpcdLink>> offer;
  };
  std::string free_name(const std::string& model) const;
  const Place* find(std::string_view name) const;

  std::vector<Place> places_;  // fixed once words are said
};

}  // namespace linli_devices
