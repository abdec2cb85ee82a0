#include "hal/printer/ipp/test_pdf.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace hal {

base::Secret test_pdf() {
  const std::string text = "BT /F1 24 Tf 72 770 Td (Linli printer test) Tj ET 72 760 451 1 re f";
  const std::array<std::string, 5> objects{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      fmt::format("<< /Length {} >>\nstream\n{}\nendstream", text.size(), text),
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string pdf = "%PDF-1.4\n", table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const auto start = pdf.size();
  pdf += fmt::format("{}trailer << /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", table, objects.size() + 1, start);
  return base::Secret(pdf);
}

}  // namespace hal
