#include "hal/absent/absent_camera.h"

#include <utility>

namespace hal {
namespace {

class AbsentCamera final : public Camera {
 public:
  explicit AbsentCamera(CameraSink sink) : sink_(std::move(sink)) { sink_(DeviceHealth{}); }

  void want_frames(bool) override {}
  void check(HealthCheck level) override { sink_(HealthChecked{level, false, {}, "no camera is configured"}); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  CameraSink sink_;
  DeviceStatistics statistics_;
};

}  // namespace

std::unique_ptr<Camera> make_absent_camera(CameraSink sink) { return std::make_unique<AbsentCamera>(std::move(sink)); }

}  // namespace hal
