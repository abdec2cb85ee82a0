// A document is photographed: what for and where it goes, then the camera's picture, the one that was taken, and those that were
// kept.
#include "ui/screens/entry_page.h"
#include "ui/screens/picture_shelf.h"

namespace ui {
namespace {

using kiosk::PhotoStep;
using kiosk::PhotoView;

constexpr double kPhotoButton = 28.0;      // mm high
constexpr double kShortPhotoPage = 215.0;  // mm high
constexpr double kLeastPicture = 60.0;     // mm high, where the words above can give way; more where there is more room
constexpr double kKeptPicture = 70.0;      // mm high
constexpr int kAcross = 4, kDown = 3;      // of a picture that has not come yet

const kiosk::PhotoEntry& photo_of(const Page& page) { return page.visit.state.session->photo; }

bool camera_works(const Page& page) { return page.visit.state.camera.state == hal::DeviceState::online; }

std::string view_words(const Page& page, PhotoView view) {
  switch (view) {
    case PhotoView::unknown:
      return page.words.text("The camera is starting");
    case PhotoView::nothing:
      return page.words.text("Lay the page flat below the camera");
    case PhotoView::dark:
      return page.words.text("It is too dark");
    case PhotoView::glare:
      return page.words.text("A lamp is mirrored");
    case PhotoView::moved:
      return page.words.text("Please hold it still");
    case PhotoView::unclear:
      return page.words.text("The words are not clear");
    case PhotoView::good:
      return page.words.text("The page is clear");
  }
  return {};
}

Notice view_notice(const Page& page) {
  const PhotoView view = photo_of(page).view;
  Notice spec{"view", NoticeKind::attention, "alert", view_words(page, view), {}, {}};
  if (view == PhotoView::good || view == PhotoView::unknown) {
    spec.kind = NoticeKind::information;
    spec.icon = view == PhotoView::good ? "check" : "timer-sand";
  }
  if (view == PhotoView::glare) spec.text = page.words.text("Turn the page a little.");
  if (photo_of(page).step == PhotoStep::look)
    spec.text = view == PhotoView::good ? page.words.text("Use it if you can read everything.")
                                        : page.words.text("You can use it all the same.");
  return spec;
}

// As large as the room allows, in the picture's own proportions, in the middle.
Box picture_box(const Box& room, int width, int height) {
  const int w = std::min(room.w, room.h * width / height);
  const int h = w * height / width;
  return {room.x + (room.w - w) / 2, room.y + (room.h - h) / 2, w, h};
}

void draw_picture(Page& page, const Box& room, const hal::CameraFrame& picture, std::uint64_t number, const SemanticNode& node) {
  const Box box = picture_box(room, picture.width, picture.height);
  if (box.empty()) return;
  page.kit.photograph(box, page.pictures.image(picture, number, box.w, box.h));
  SemanticNode placed = node;
  placed.box = box;
  page.kit.add(std::move(placed));
}

void draw_seen(Page& page, const Box& room) {
  Kit& kit = page.kit;
  const kiosk::PhotoEntry& photo = photo_of(page);
  const bool taken = photo.step == PhotoStep::look;
  const SemanticNode node =
      kit.node(Role::image, "picture", taken ? page.words.text("The photograph") : page.words.text("What the camera sees"), room);
  if (photo.frame) return draw_picture(page, room, *photo.frame, photo.number, node);
  const Box box = picture_box(room, kAcross, kDown);
  kit.framed(box, kit.px(4.0), kit.px(0.8), theme::kLine, theme::kCard);
  const int side = std::min(box.h / 2, kit.px(30.0));
  kit.icon({box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side}, "camera", theme::kInk2);
}

Button photo_button(const char* id, std::string label, const char* icon, ButtonKind kind) {
  Button spec;
  spec.id = id;
  spec.label = std::move(label);
  spec.icon = icon;
  spec.kind = kind;
  return spec;
}

struct CameraButton {
  Button spec;
  void (*act)(Page&);
};

std::vector<CameraButton> camera_buttons(const Page& page) {
  if (photo_of(page).step == PhotoStep::look)
    return {{photo_button("photo/keep", page.words.text("Use this one"), "check", ButtonKind::primary),
             [](Page& p) { p.emit(kiosk::KeepPhoto{}); }},
            {photo_button("photo/again", page.words.text("Once more"), "refresh", ButtonKind::secondary),
             [](Page& p) { p.emit(kiosk::DropPhoto{}); }}};
  Button take = photo_button("photo/take", page.words.text("Take the photograph"), "camera", ButtonKind::primary);
  take.disabled = !photo_of(page).frame;
  return {{std::move(take), [](Page& p) { p.emit(kiosk::TakePhoto{}); }}};
}

// Beside each other on short pages, else one below the other.
struct ButtonPlaces {
  bool in_row;
  int width, height;
};

ButtonPlaces button_places(Page& page, const Box& area, int width) {
  Kit& kit = page.kit;
  const auto buttons = camera_buttons(page);
  const int count = static_cast<int>(buttons.size());
  ButtonPlaces places{kit.mm(area.h) < kShortPhotoPage, width, kit.px(std::max(kPhotoButton, kit.least_target()))};
  if (places.in_row) places.width = (width - (count - 1) * kit.gap()) / count;
  const int most = std::max(places.height, area.h * 2 / 5 / (places.in_row ? 1 : count));
  for (const CameraButton& each : buttons) places.height = std::max(places.height, button_height(kit, each.spec, places.width));
  places.height = std::min(places.height, most);
  return places;
}

int height_of_buttons(const Page& page, const ButtonPlaces& places) {
  const int count = static_cast<int>(camera_buttons(page).size());
  return places.in_row ? places.height : count * places.height + (count - 1) * page.kit.gap();
}

void draw_camera_buttons(Page& page, Box at, const ButtonPlaces& places) {
  for (const CameraButton& each : camera_buttons(page)) {
    if (button(page.kit, {at.x, at.y, places.width, places.height}, each.spec)) each.act(page);
    (places.in_row ? at.x : at.y) += (places.in_row ? places.width : places.height) + page.kit.gap();
  }
}

FooterButton photo_way_on(const Page& page, const kiosk::Question& question) {
  const kiosk::PhotoEntry& photo = photo_of(page);
  const bool decides = photo.step == PhotoStep::look;
  return entry_way_on(page, question, photo.taken.empty() && !decides,
                      decides ? page.words.text("Use it, or not?") : page.words.text("No photograph yet"));
}

// Whether title, what the camera sees and buttons fit into a column of this width.
bool words_fit(Page& page, const kiosk::Question& question, const Box& area, int width) {
  Kit& kit = page.kit;
  const int buttons = height_of_buttons(page, button_places(page, area, width));
  const Paragraph title{"title", entry_title(page, question), title_look(kit), Role::heading};
  Notice told = view_notice(page);
  told.text.clear();
  return least_height(kit, title, width) + least_notice_height(kit, told, width) + buttons + 3 * kit.gap() <= area.h;
}

// The words give way to the picture.
void camera_page(Page& page, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, photo_way_on(page, question)}));
  const int gap = kit.gap();
  const bool beside = area.w > area.h;
  const int text_w = beside ? (area.w - gap) * (words_fit(page, question, area, (area.w - gap) * 2 / 5) ? 2 : 3) / 5 : area.w;
  const ButtonPlaces places = button_places(page, area, text_w);
  const int buttons_y = area.bottom() - height_of_buttons(page, places);
  const int room = buttons_y - gap - area.y;  // for title and words and, where it stands below them, the picture
  const int picture_h = std::max(std::min(kit.px(kLeastPicture), room / 3), room * 2 / 5);
  const int words_room = beside ? room : room - gap - picture_h;
  Notice told = view_notice(page);
  const int most_told = (words_room - gap) / 2;
  if (notice_height(kit, told, text_w) > most_told) told.text.clear();
  const int told_h = std::max(std::min(notice_height(kit, told, text_w), most_told), least_notice_height(kit, told, text_w));
  const int below = question_text(page, {area.x, area.y, text_w, words_room - gap - told_h}, question) + gap;
  const int told_y = beside ? below : buttons_y - gap - told_h;
  draw_seen(page, beside ? Box{area.x + text_w + gap, area.y, area.w - text_w - gap, area.h}
                         : Box{area.x, below, area.w, told_y - gap - below});
  notice(kit, {area.x, told_y, text_w, told_h}, told);
  draw_camera_buttons(page, {area.x, buttons_y, text_w, area.bottom() - buttons_y}, places);
}

void add_camera_trouble(Page& page, Flow& flow) {
  add_notice(page, flow,
             {"camera",
              NoticeKind::attention,
              "alert",
              page.words.text("The camera does not work now"),
              page.words.text("You can show the paper to the staff."),
              {}});
}

// Said before the sensor is on.
void add_trust(Page& page, Flow& flow) {
  add_notice(
      page, flow,
      {"trust",
       NoticeKind::information,
       "security",
       page.words.text("Only the picture that you take is kept"),
       page.words.text("It is sealed and goes to the office with your application. When it has arrived, it is deleted here."),
       {}});
}

void add_kept(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const auto& taken = photo_of(page).taken;
  const int count = static_cast<int>(taken.size());
  add_notice(page, flow,
             {"kept", NoticeKind::information, "check", page.words.plural("{n} photograph", "{n} photographs", count), {}, {}});
  flow.item(kit.px(kKeptPicture), kit.gap(), [&page, count](const Box& box) {
    const int gap = page.kit.gap();
    const int width = (box.w - (count - 1) * gap) / count;
    for (int i = 0; i < count; ++i) {
      const kiosk::Photograph& each = photo_of(page).taken[static_cast<std::size_t>(i)];
      SemanticNode node = page.kit.node(
          Role::image, "photograph/" + std::to_string(i + 1),
          filled(page.words.text("Page {n} of {m}"), {{"n", std::to_string(i + 1)}, {"m", std::to_string(count)}}), box);
      draw_picture(page, {box.x + i * (width + gap), box.y, width, box.h}, each.shown, each.number, node);
    }
  });
}

// What can be done with the camera now, if anything.
void add_camera(Page& page, Flow& flow, const kiosk::Question& question) {
  const kiosk::PhotoEntry& photo = photo_of(page);
  if (!camera_works(page)) return add_camera_trouble(page, flow);
  if (photo.step == PhotoStep::intro) {
    add_trust(page, flow);
    add_button(page, flow, photo_button("photo/aim", page.words.text("Switch the camera on"), "camera", ButtonKind::primary),
               [&page] { page.emit(kiosk::AimCamera{}); });
    return;
  }
  std::vector<GridItem> items;
  const auto add = [&](Button spec, void (*act)(Page&)) {
    items.push_back({[&page, spec](int width) { return button_height(page.kit, spec, width); },
                     [&page, spec, act](const Box& box) {
                       if (button(page.kit, box, spec)) act(page);
                     }});
  };
  if (static_cast<int>(photo.taken.size()) < question.photo.most)
    add(photo_button("photo/aim", page.words.text("Another page"), "plus", ButtonKind::secondary),
        [](Page& p) { p.emit(kiosk::AimCamera{}); });
  add(photo_button("photo/again", page.words.text("Take the last one again"), "refresh", ButtonKind::secondary),
      [](Page& p) { p.emit(kiosk::DropPhoto{}); });
  const bool wide = page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  add_grid(page, flow, wide && items.size() > 1 ? 2 : 1, items);
}

// Before and after the camera is looked through.
void words_about_photo(Page& page, const kiosk::Question& question) {
  const bool kept = photo_of(page).step == PhotoStep::kept;
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, photo_way_on(page, question)}));
  draw_flow(page, area, [&](Flow& flow) {
    add_title(page, flow, question_words(page, question.title));
    if (!kept) add_lead(page, flow, "lead", question_words(page, question.lead));
    add_visit_notice(page, flow);
    if (kept) add_kept(page, flow);
    add_camera(page, flow, question);
    if (!kept)
      add_button(page, flow,
                 photo_button("staff", page.words.text("Show it to the staff"), "account-circle", ButtonKind::secondary),
                 [&page] { page.emit(kiosk::LeaveToStaff{}); });
  });
}

}  // namespace

void photo_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const PhotoStep step = photo_of(page).step;
  if (step == PhotoStep::aim || step == PhotoStep::look) return camera_page(page, question);
  words_about_photo(page, question);
}

}  // namespace ui
