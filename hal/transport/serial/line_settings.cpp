#include "hal/transport/serial/line_settings.h"

#include <termios.h>

#include <algorithm>
#include <array>
#include <optional>

#include "hal/transport/serial/serial_transport.h"

namespace hal {
namespace {

struct Speed {
  int baud;
  speed_t code;
};
constexpr std::array kSpeeds{Speed{1200, B1200},   Speed{2400, B2400},     Speed{4800, B4800},
                             Speed{9600, B9600},   Speed{19200, B19200},   Speed{38400, B38400},
                             Speed{57600, B57600}, Speed{115200, B115200}, Speed{230400, B230400}};

std::optional<speed_t> speed_code(int baud) {
  const auto found = std::ranges::find(kSpeeds, baud, &Speed::baud);
  return found == kSpeeds.end() ? std::nullopt : std::optional(found->code);
}

void set_parity(termios& line, Parity parity) {
  line.c_cflag &= ~tcflag_t{PARENB | PARODD};
  if (parity == Parity::none) return;
  line.c_cflag |= PARENB;
  if (parity == Parity::odd) line.c_cflag |= PARODD;
  line.c_iflag |= INPCK;
}

void set_flow(termios& line, FlowControl flow) {
  line.c_cflag &= ~tcflag_t{CRTSCTS};
  line.c_iflag &= ~tcflag_t{IXON | IXOFF | IXANY};
  if (flow == FlowControl::rtscts) line.c_cflag |= CRTSCTS;
  if (flow == FlowControl::xonxoff) line.c_iflag |= IXON | IXOFF;
}

}  // namespace

bool set_up_line(int file, const PortAddress& address) {
  const auto speed = speed_code(address.baud == 0 ? kDefaultBaud : address.baud);
  termios line{};
  if (!speed || tcgetattr(file, &line) != 0) return false;
  cfmakeraw(&line);
  line.c_cflag &= ~tcflag_t{CSTOPB | HUPCL};
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  set_parity(line, address.parity);
  set_flow(line, address.flow);
  if (cfsetspeed(&line, *speed) != 0 || tcsetattr(file, TCSANOW, &line) != 0) return false;
  // It succeeds when any part was taken: the speed is what must be.
  termios taken{};
  if (tcgetattr(file, &taken) != 0 || cfgetospeed(&taken) != *speed) return false;
  tcflush(file, TCIOFLUSH);
  return true;
}

}  // namespace hal
