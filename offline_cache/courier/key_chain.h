// The keys a courier works with: those of the office it seals to, its own it signs with, those of the platform that sign
// receipts.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "offline_cache/answer.h"
#include "offline_cache/courier.h"
#include "offline_cache/sealing/device_key.h"
#include "offline_cache/sealing/office_key.h"

namespace offline_cache {

struct CourierConfiguration;

class KeyChain {
 public:
  explicit KeyChain(const CourierConfiguration& configuration);

  // The device's key is read, or made, when it is needed first and again while that fails: its folder may be mended.
  struct Ready {
    const OfficeKey* office = nullptr;
    const DeviceKey* device = nullptr;
  };
  // save_no_seal_key or save_no_device_key.
  base::Result<Ready> ready(base::WallTime now, bool clock_synchronised);
  // As of the last ready(): the office's keys have run out.
  bool overdue() const { return overdue_; }

  void replace_office_keys(const std::vector<SealKey>& offered);
  std::span<const AnswerKey> answer_keys() const { return answer_keys_; }

 private:
  int suite_;
  std::filesystem::path device_file_;
  base::Result<std::vector<OfficeKey>> office_;
  std::optional<DeviceKey> device_;
  std::vector<AnswerKey> answer_keys_;
  bool overdue_ = false;
};

}  // namespace offline_cache
