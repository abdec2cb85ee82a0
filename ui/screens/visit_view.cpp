#include "ui/screens/visit_view.h"

namespace ui {

VisitView::VisitView(const kiosk::Visit& visit)
    : state(visit.state()),
      hall(visit.hall()),
      services(visit.services()),
      question(visit.current_question()),
      can_go_on(visit.can_go_on()),
      digits_missing(visit.digits_missing()) {
  if (state.stage == kiosk::Stage::question || state.stage == kiosk::Stage::check) step = visit.step();
}

}  // namespace ui
