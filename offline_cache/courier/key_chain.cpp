#include "offline_cache/courier/key_chain.h"

#include "base/log.h"
#include "offline_cache/courier/queue_courier.h"

namespace offline_cache {
namespace {

base::Result<std::vector<OfficeKey>> configured_keys(const CourierConfiguration& configuration) {
  auto current = OfficeKey::parse(configuration.office_key, configuration.suite);
  if (!current) return current.error();
  std::vector<OfficeKey> keys{*std::move(current)};
  if (configuration.next_office_key.empty()) return keys;
  auto next = OfficeKey::parse(configuration.next_office_key, configuration.suite);
  if (!next) return next.error();
  next->not_before = configuration.next_office_key_from;
  keys.push_back(*std::move(next));
  return keys;
}

}  // namespace

KeyChain::KeyChain(const CourierConfiguration& configuration)
    : suite_(configuration.suite),
      device_file_(configuration.device_key.empty() ? DeviceKey::usual_place(configuration.data_folder, configuration.suite)
                                                    : configuration.device_key),
      office_(configured_keys(configuration)) {
  for (const auto& hex : configuration.answer_keys)
    if (const auto key = parse_answer_key(hex))
      answer_keys_.push_back(*key);
    else
      answer_keys_.emplace_back();  // signs nothing: a broken key must not mean that no signature is asked for
}

base::Result<KeyChain::Ready> KeyChain::ready(base::WallTime now, bool clock_synchronised) {
  if (!office_) return office_.error();
  if (!device_) {
    auto device = DeviceKey::load_or_create(device_file_, suite_);
    if (!device) return device.error();
    device_ = *std::move(device);
  }
  const ChosenKey chosen = choose_key(*office_, now, clock_synchronised);
  if (chosen.overdue && !overdue_) base::log::failure({base::Failure::save_seal_key_overdue, "key " + chosen.key->id});
  overdue_ = chosen.overdue;
  return Ready{chosen.key, &*device_};
}

void KeyChain::replace_office_keys(const std::vector<SealKey>& offered) {
  std::vector<OfficeKey> keys;
  for (const SealKey& each : offered) {
    if (each.suite != suite_) continue;
    auto key = OfficeKey::parse(each.public_key, each.suite);
    if (!key) {
      base::log::failure(key.error());
      continue;
    }
    key->not_before = each.not_before;
    key->not_after = each.not_after;
    keys.push_back(*std::move(key));
  }
  if (!keys.empty()) office_ = std::move(keys);
}

}  // namespace offline_cache
