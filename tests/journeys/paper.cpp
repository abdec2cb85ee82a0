#include "tests/journeys/paper.h"

#include <gtest/gtest.h>

#include "kiosk/app/child_process.h"
#include "typeset/png.h"

namespace journeys {

std::string code_on(const typeset::DotBitmap& paper, const std::filesystem::path& folder) {
  const auto png = folder / "paper.png";
  EXPECT_TRUE(typeset::write_png(png, paper).ok());
  // It ends with 4 when it finds nothing.
  auto read = kiosk::ChildProcess::output_of({"/bin/sh", "-c", R"(zbarimg --quiet --raw "$0" || test $? -eq 4)", png.string()});
  return read ? read->substr(0, read->find('\n')) : read.error().detail;
}

}  // namespace journeys
