#include "kiosk/entry.h"
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
    made.selected = session.chosen == index || session.marked.contains(index);
    made.several = question.kind == kiosk::InputKind::choices;
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
                     },
                     true});
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

FooterButton choice_way_on(const Page& page, const kiosk::Question& question) {
  if (page.visit.can_go_on) return next_button(page.words.text("Next"), [](Page& p) { p.emit(kiosk::Next{}); });
  if (question.optional && !page.visit.state.session->chosen && page.visit.state.session->marked.empty())
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

namespace {

using Screen = void (*)(Page&);

// Null: a list of choices.
Screen screen_of(const Page& page, const kiosk::Question& question) {
  using enum kiosk::InputKind;
  if (question.kind == address) return address_screen;
  if (kiosk::uses_keys(question, *page.visit.state.session)) return digits_screen;
  if (kiosk::is_any_of(question.kind, name, text)) return words_screen;
  if (question.kind == code) return code_screen;
  if (question.kind == card) return second_card_screen;
  if (question.kind == photo) return photo_screen;
  return question.kind == signature ? signature_screen : nullptr;
}

// Nothing is left to choose, or the staff may answer in any case.
void add_way_out(Page& page, Flow& flow, const kiosk::Question& question) {
  if (question.kind != kiosk::InputKind::slot) return;
  if (kiosk::choice_count(question, *page.visit.state.session) == 0)
    add_notice(page, flow,
               {"none-left",
                NoticeKind::attention,
                "alert",
                page.words.text("There is no time left today"),
                page.words.text("Please go back and choose another day."),
                {}});
  add_staff(page, flow);
}

}  // namespace

void question_screen(Page& page) {
  const kiosk::Question* question = page.visit.question;
  if (question == nullptr || !page.visit.state.session) return;
  if (const auto screen = screen_of(page, *question)) return screen(page);
  const Box area = frame_page(page, Footer{back_button(page), true, true, choice_way_on(page, *question)});
  draw_flow(page, progress_bar(page, area), [&](Flow& flow) {
    add_title(page, flow, question_words(page, question->title));
    add_lead(page, flow, "lead", question_words(page, question->lead));
    add_visit_notice(page, flow);
    add_doubt(page, flow);
    add_prefilled(page, flow, *question);
    add_choices(page, flow, *question);
    add_way_out(page, flow, *question);
  });
}

}  // namespace ui
