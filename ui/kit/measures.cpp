#include "ui/kit/measures.h"

namespace ui {

Measures measures_for(kiosk::TextStep step, bool tight) {
  Measures measures = measures_of(step);
  if (!tight) return measures;
  const Measures& least = measures_of(kiosk::TextStep::small);
  measures.chrome = least.chrome;
  measures.action = least.action;
  measures.header = least.header;
  measures.tool = least.tool;
  measures.footer_portrait = least.footer_portrait;
  measures.step_bar = kLowStepBar;
  measures.more = least.more;
  return measures;
}

}  // namespace ui
