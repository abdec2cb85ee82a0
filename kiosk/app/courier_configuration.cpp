#include "kiosk/app/courier_configuration.h"

namespace kiosk {

offline_cache::CourierConfiguration courier_configuration(const Configuration& configuration) {
  const PlatformConfiguration& platform = configuration.platform;
  offline_cache::CourierConfiguration courier;
  courier.data_folder = configuration.data;
  courier.platform_url = configuration.platform_url;
  courier.office_key = configuration.office_key;
  courier.terminal = configuration.hall.terminal;
  courier.suite = platform.suite;
  courier.next_office_key = platform.next_office_key;
  if (platform.next_office_key_from) courier.next_office_key_from = *platform.next_office_key_from;
  courier.device_key = platform.device_key;
  courier.answer_keys = platform.answer_keys;
  courier.trust = {platform.ca, platform.certificate, platform.certificate_key, platform.pins, platform.proxy};
  return courier;
}

}  // namespace kiosk
