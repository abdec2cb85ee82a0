#include "hal/printer/document_wipe.h"

#include "base/secret.h"

namespace hal {
namespace {

void wipe_block(PrintHeading& heading) { base::wipe(heading.text); }
void wipe_block(PrintText& text) { base::wipe(text.text); }
void wipe_block(PrintCode& code) { base::wipe(code.text); }
void wipe_block(PrintField& field) {
  base::wipe(field.label);
  base::wipe(field.value);
}
void wipe_block(PrintRule&) {}
void wipe_block(PrintQr& qr) {
  base::wipe(qr.payload);
  for (auto& line : qr.beside) base::wipe(line);
}

}  // namespace

void wipe(PrintDocument& document) {
  for (auto& block : document.blocks) std::visit([](auto& one) { wipe_block(one); }, block);
  document.blocks.clear();
}

}  // namespace hal
