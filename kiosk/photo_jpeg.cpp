#include <algorithm>
#include <csetjmp>
#include <cstdio>  // jpeglib.h uses it and does not include it

#include <jpeglib.h>

#include "kiosk/photo.h"

namespace kiosk {
namespace {

constexpr int kBestQuality = 90, kWorstQuality = 30, kQualityStep = 10;
constexpr int kSmallestSide = 320;  // pixels; smaller than that nothing is legible

// Takes the bytes as they come, as long as there is room; libjpeg is told nothing of the end of it.
struct Destination {
  jpeg_destination_mgr manager{};
  base::Secret* bytes = nullptr;
  std::size_t room = 0;
  bool full = false;
  JOCTET block[4096]{};
};

Destination& destination_of(j_compress_ptr jpeg) { return *reinterpret_cast<Destination*>(jpeg->dest); }  // NOLINT: C's way

void begin_block(j_compress_ptr jpeg) {
  auto& to = destination_of(jpeg);
  to.manager.next_output_byte = to.block;
  to.manager.free_in_buffer = sizeof to.block;
}

void take_block(Destination& to, std::size_t count) {
  if (to.full || count > to.room) {
    to.full = true;
    return;
  }
  to.room -= count;
  to.bytes->append({reinterpret_cast<const char*>(to.block), count});  // NOLINT: bytes to bytes
}

boolean end_block(j_compress_ptr jpeg) {
  take_block(destination_of(jpeg), sizeof Destination::block);
  begin_block(jpeg);
  return TRUE;
}

void end_jpeg(j_compress_ptr jpeg) {
  auto& to = destination_of(jpeg);
  take_block(to, sizeof to.block - to.manager.free_in_buffer);
}

struct JpegErrors {
  jpeg_error_mgr manager{};
  jmp_buf back{};
};

[[noreturn]] void jump_back(j_common_ptr jpeg) {
  longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->back, 1);  // NOLINT: C's way
}

void write_rows(jpeg_compress_struct& jpeg, const hal::CameraFrame& frame, int quality) {
  jpeg.image_width = static_cast<JDIMENSION>(frame.width);
  jpeg.image_height = static_cast<JDIMENSION>(frame.height);
  jpeg.input_components = 1;
  jpeg.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  const char* pixels = frame.pixels.reveal().data();
  while (jpeg.next_scanline < jpeg.image_height) {
    // libjpeg reads what it takes without const.
    auto* row = reinterpret_cast<JSAMPROW>(  // NOLINT
        const_cast<char*>(pixels + static_cast<std::size_t>(jpeg.next_scanline) * static_cast<std::size_t>(frame.width)));
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
}

// Nothing between the jump and its return has a destructor.
bool compress(const hal::CameraFrame& frame, int quality, Destination& to) {
  jpeg_compress_struct jpeg{};
  JpegErrors errors;
  jpeg.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jump_back;
  errors.manager.output_message = [](j_common_ptr) {};
  if (setjmp(errors.back) != 0) {  // NOLINT: libjpeg has no other way to report
    jpeg_destroy_compress(&jpeg);
    return false;
  }
  jpeg_create_compress(&jpeg);
  to.manager.init_destination = begin_block;
  to.manager.empty_output_buffer = end_block;
  to.manager.term_destination = end_jpeg;
  jpeg.dest = &to.manager;
  write_rows(jpeg, frame, quality);
  jpeg_destroy_compress(&jpeg);
  return true;
}

base::Secret jpeg_within(const hal::CameraFrame& frame, std::size_t most_bytes) {
  for (int quality = kBestQuality; quality >= kWorstQuality; quality -= kQualityStep) {
    base::Secret bytes;
    Destination to;
    to.bytes = &bytes;
    to.room = most_bytes;
    const bool made = compress(frame, quality, to);
    base::wipe(to.block, sizeof to.block);
    if (made && !to.full) return bytes;
  }
  return {};
}

}  // namespace

base::Result<base::Secret> photo_jpeg(const hal::CameraFrame& frame, std::size_t most_bytes) {
  if (!is_whole(frame)) return base::Error{base::Failure::internal, "a frame is not whole"};
  base::Secret jpeg = jpeg_within(frame, most_bytes);
  for (int side = std::max(frame.width, frame.height) / 2; jpeg.empty() && side >= kSmallestSide; side /= 2)
    jpeg = jpeg_within(smaller(frame, side), most_bytes);
  if (jpeg.empty()) return base::Error{base::Failure::internal, "a photograph does not fit"};
  return jpeg;
}

}  // namespace kiosk
