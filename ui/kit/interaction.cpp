#include "ui/kit/interaction.h"

#include <imgui.h>

#include <cassert>
#include <cfloat>
#include <cmath>

namespace ui {
namespace {

int whole(float value) { return static_cast<int>(std::lround(value)); }

ImVec2 at(int x, int y) { return {static_cast<float>(x), static_cast<float>(y)}; }

ImU32 to_imgui(Colour colour) {
  const std::uint32_t c = colour.argb;
  return IM_COL32(c >> 16U & 255U, c >> 8U & 255U, c & 255U, c >> 24U);
}

Colour from_imgui(ImU32 c) {
  return {(c >> IM_COL32_A_SHIFT & 255U) << 24U | (c >> IM_COL32_R_SHIFT & 255U) << 16U | (c >> IM_COL32_G_SHIFT & 255U) << 8U |
          (c >> IM_COL32_B_SHIFT & 255U)};
}

// Four corners and six indices of one axis-aligned rectangle; anything else would be a widget drawing shapes of its own.
Quad read_quad(const ImDrawVert* corners, const Image* image) {
  const ImDrawVert& a = corners[0];
  const ImDrawVert& c = corners[2];
  assert(a.pos.y == corners[1].pos.y && c.pos.x == corners[1].pos.x && a.pos.x == corners[3].pos.x);
  Quad quad;
  quad.box = {whole(a.pos.x), whole(a.pos.y), whole(c.pos.x - a.pos.x), whole(c.pos.y - a.pos.y)};
  quad.colour = from_imgui(a.col);
  if (image == nullptr) return quad;
  quad.image = image;
  quad.serial = image->serial();
  quad.u = whole(a.uv.x * static_cast<float>(image->width()));
  quad.v = whole(a.uv.y * static_cast<float>(image->height()));
  assert(whole(c.uv.x * static_cast<float>(image->width())) - quad.u == quad.box.w);
  return quad;
}

void clip(Quad& quad, const Box& to) {
  const Box inside = intersection(quad.box, to);
  quad.u += quad.image != nullptr ? inside.x - quad.box.x : 0;
  quad.v += quad.image != nullptr ? inside.y - quad.box.y : 0;
  quad.box = inside;
}

void read_command(const ImDrawList& list, const ImDrawCmd& command, const Box& canvas, std::vector<Quad>& quads) {
  assert(command.ElemCount % 6 == 0);
  for (unsigned i = 0; i < command.ElemCount; i += 6) {
    const ImDrawIdx first = list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
    const ImDrawVert* corners = &list.VtxBuffer[static_cast<int>(command.VtxOffset + first)];
    Quad quad = read_quad(corners, static_cast<const Image*>(command.GetTexID()));
    clip(quad, canvas);
    if (!quad.box.empty()) quads.push_back(quad);
  }
}

}  // namespace

struct Interaction::Context {
  ImGuiContext* imgui = ImGui::CreateContext();
  Box canvas;
  bool was_down = false;
  Context() = default;
  ~Context() { ImGui::DestroyContext(imgui); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Interaction::Interaction() : context_(std::make_unique<Context>()) {
  ImGui::SetCurrentContext(context_->imgui);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
  io.BackendFlags = ImGuiBackendFlags_RendererHasVtxOffset;
  io.DeltaTime = 1.0F / 60.0F;
  ImGuiStyle& style = ImGui::GetStyle();
  style.AntiAliasedFill = false;
  style.AntiAliasedLines = false;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  unsigned char* unused = nullptr;  // NewFrame refuses to run without a font atlas
  int width = 0;
  int height = 0;
  io.Fonts->GetTexDataAsAlpha8(&unused, &width, &height);
  io.Fonts->ClearTexData();
}

Interaction::~Interaction() = default;

void Interaction::begin(int width, int height, const PointerTransition& pointer) {
  ImGui::SetCurrentContext(context_->imgui);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = at(width, height);
  const bool present = pointer.down || context_->was_down;
  io.MousePos = present ? at(pointer.x, pointer.y) : ImVec2{-FLT_MAX, -FLT_MAX};
  io.MouseDown[0] = pointer.down;
  context_->was_down = pointer.down;
  context_->canvas = {0, 0, width, height};
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("page", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus);
}

void Interaction::fill(const Box& box, Colour colour) {
  if (box.empty()) return;
  ImGui::GetWindowDrawList()->AddRectFilled(at(box.x, box.y), at(box.right(), box.bottom()), to_imgui(colour));
}

void Interaction::image(const Box& box, const Image& image, int u, int v, Colour colour) {
  if (box.empty()) return;
  const auto w = static_cast<float>(image.width());
  const auto h = static_cast<float>(image.height());
  const ImVec2 from{static_cast<float>(u) / w, static_cast<float>(v) / h};
  const ImVec2 to{static_cast<float>(u + box.w) / w, static_cast<float>(v + box.h) / h};
  // ImTextureID is a plain pointer; the painter only reads through it.
  auto* texture = const_cast<Image*>(&image);
  ImGui::GetWindowDrawList()->AddImage(texture, at(box.x, box.y), at(box.right(), box.bottom()), from, to, to_imgui(colour));
}

Interaction::Touch Interaction::target(std::string_view id, const Box& box) {
  if (box.empty()) return {};
  ImGui::PushID(id.data(), id.data() + id.size());
  ImGui::SetCursorScreenPos(at(box.x, box.y));
  Touch touch;
  touch.activated = ImGui::InvisibleButton("target", at(box.w, box.h));
  touch.held = ImGui::IsItemActive() && ImGui::IsItemHovered();
  ImGui::PopID();
  return touch;
}

std::vector<Quad> Interaction::end() {
  ImGui::End();
  ImGui::Render();
  std::vector<Quad> quads;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i)
    for (const ImDrawCmd& command : data->CmdLists[i]->CmdBuffer)
      read_command(*data->CmdLists[i], command, context_->canvas, quads);
  return quads;
}

}  // namespace ui
