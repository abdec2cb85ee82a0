#include "kiosk/form_choices.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

// The box of what is to be confirmed says the card's value larger than a hint would.
bool shows_prefilled(const Page& page, const kiosk::Question& question) {
  return question.kind == kiosk::InputKind::confirm && !kiosk::prefilled(question, *page.visit.state.session).empty();
}

std::vector<Choice> choices_of(const Page& page, const kiosk::Question& question) {
  const kiosk::Session& session = *page.visit.state.session;
  std::vector<Choice> choices;
  for (const kiosk::ChoiceText& text : kiosk::choice_texts(question, session, page.words.translations, page.words.language)) {
    const std::size_t index = choices.size();
    Choice made;
    made.id = "choice/" + question.id + "/" + std::to_string(index);
    made.label = text.label.reveal();
    if (index > 0 || !shows_prefilled(page, question)) made.hint = text.hint.reveal();
    made.selected = session.chosen == index;
    choices.push_back(std::move(made));
  }
  return choices;
}

void add_prefilled(Page& page, Flow& flow, const kiosk::Question& question) {
  if (!shows_prefilled(page, question)) return;
  Notice value{"prefilled",
               NoticeKind::information,
               "account-card-details",
               std::string(kiosk::prefilled(question, *page.visit.state.session)),
               page.words.text("From your ID card"),
               {}};
  value.privacy = Privacy::personal;
  add_notice(page, flow, value);
}

void add_choices(Page& page, Flow& flow, const kiosk::Question& question) {
  Kit& kit = page.kit;
  std::vector<GridItem> items;
  for (const Choice& row : choices_of(page, question)) {
    const std::size_t index = items.size();
    items.push_back({[&kit, row](int width) { return choice_height(kit, row, width); },
                     [&kit, &page, row, index](const Box& box) {
                       if (choice(kit, box, row)) page.emit(kiosk::ChooseOption{index});
                     }});
  }
  const bool wide = kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  add_grid(page, flow, wide && items.size() > 2 ? 2 : 1, items);
}

// The rules could not decide: the resident may apply, and is told why it is not sure.
void add_doubt(Page& page, Flow& flow) {
  const kiosk::EligibilityResult& result = page.visit.state.session->eligibility;
  if (result.outcome != kiosk::Eligibility::maybe || page.visit.step.number > 1) return;
  for (const kiosk::LocalText& reason : result.say)
    add_notice(page, flow, {"doubt", NoticeKind::attention, "information", {}, page.words.local(reason), {}});
}

FooterButton way_on(const Page& page, const kiosk::Question& question) {
  if (page.visit.can_go_on) return next_button(page.words.text("Next"), [](Page& p) { p.emit(kiosk::Next{}); });
  if (question.optional && !page.visit.state.session->chosen)
    return next_button(page.words.text("Skip"), [](Page& p) { p.emit(kiosk::Skip{}); });
  return {page.words.text("Choose one"), "dots-horizontal", {}, true};
}

}  // namespace

std::string question_words(const Page& page, const kiosk::LocalText& text) {
  return std::string(
      kiosk::fill_placeholders(text.in(page.words.language), *page.visit.state.session, page.words.language).reveal());
}

Box progress_bar(Page& page, const Box& area) {
  Kit& kit = page.kit;
  const int height = kit.px(kit.measures().step_bar);
  const kiosk::ServiceDefinition* service = page.visit.service();
  const kiosk::Step step = page.visit.step;
  const std::string words =
      filled(page.words.text("Step {n} of {m}"), {{"n", std::to_string(step.number)}, {"m", std::to_string(step.of)}});
  progress(kit, {area.x, area.y, area.w, height},
           {service != nullptr ? page.words.local(service->title) : std::string(), words, step.number, step.of});
  return {area.x, area.y + height, area.w, area.h - height};
}

void question_screen(Page& page) {
  const kiosk::Question* question = page.visit.question;
  if (question == nullptr || !page.visit.state.session) return;
  if (question->kind == kiosk::InputKind::digits) return digits_screen(page);
  const Box area = frame_page(page, Footer{back_button(page), true, true, way_on(page, *question)});
  draw_flow(page, progress_bar(page, area), [&](Flow& flow) {
    add_title(page, flow, question_words(page, question->title));
    add_lead(page, flow, "lead", question_words(page, question->lead));
    add_visit_notice(page, flow);
    add_doubt(page, flow);
    add_prefilled(page, flow, *question);
    add_choices(page, flow, *question);
  });
}

}  // namespace ui
