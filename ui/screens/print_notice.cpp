#include "ui/screens/print_notice.h"

namespace ui {
namespace {

using kiosk::PrintProgress;

Notice print_notice(const Page& page, const PrintWords& words) {
  const kiosk::Session& session = *page.visit.state.session;
  switch (session.print) {
    case PrintProgress::printing:
      return {"print", NoticeKind::information, "printer", words.printing, page.words.text("It comes out of the slot below."),
              {}};
    case PrintProgress::printed:
      return {"print", NoticeKind::information, "printer", words.printed, page.words.text("Please take it from the slot below."),
              {}};
    case PrintProgress::unknown:
      return {"print",
              NoticeKind::attention,
              "printer-alert",
              page.words.text("Did the paper come out?"),
              page.words.text("Please look at the slot below. The machine cannot tell."),
              {}};
    case PrintProgress::not_printed:
    case PrintProgress::none:
      break;
  }
  const base::FailureEntry& entry = base::entry(session.print_failure.value_or(base::Failure::print_no_printer));
  std::string body = words.without_paper.empty() ? page.words.text(entry.resident) : words.without_paper;
  return {"print", NoticeKind::attention, "printer-alert", words.no_paper, std::move(body), std::string(entry.code)};
}

Button small_button(const char* id, std::string label, const char* icon) {
  Button made;
  made.id = id;
  made.label = std::move(label);
  made.icon = icon;
  return made;
}

}  // namespace

void add_print(Page& page, Flow& flow, const PrintWords& words) {
  add_notice(page, flow, print_notice(page, words));
  const PrintProgress print = page.visit.state.session->print;
  if (print == PrintProgress::unknown)
    add_button(page, flow, small_button("paper-is-here", page.words.text("Yes, I have it"), "check"),
               [&page] { page.emit(kiosk::PaperIsHere{}); });
  if (print == PrintProgress::unknown || print == PrintProgress::not_printed)
    add_button(page, flow, small_button("print-again", page.words.text("Print again"), "printer"),
               [&page] { page.emit(kiosk::PrintAgain{}); });
}

}  // namespace ui
