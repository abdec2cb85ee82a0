// Every way Linli can fail, with a code that never changes: `CARD-003` in a log, on the staff page and in
// docs/failure_codes.md (generated from this table; a test compares them) is the same thing for ever.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace base {

enum class Failure : std::uint8_t {
  // CARD: the ID-card reader and what lies on it
  card_no_reader,
  card_reader_out_of_service,
  card_link_error,
  card_moved,
  card_refused,
  card_data_bad,
  card_type_unsupported,
  card_number_check,
  card_no_answer,
  card_chip_silent,
  card_service_missing,
  // PRINT: the receipt printer
  print_no_printer,
  print_no_paper,
  print_cover_open,
  print_cutter_jam,
  print_out_of_service,
  print_overheated,
  print_no_answer,
  print_outcome_unknown,
  print_profile_broken,
  print_paper_jam,
  print_ticket_waiting,
  // SCAN: the reader of codes
  scan_no_scanner,
  scan_no_answer,
  scan_out_of_service,
  scan_unreadable,
  scan_not_wanted,
  scan_unsafe,
  scan_wrong_mode,
  // CAM: the camera
  camera_no_camera,
  camera_no_answer,
  camera_decoder_lost,
  // DEV: any device
  device_no_permission,
  device_port_invalid,
  // SAVE: the offline queue
  save_disk_full,
  save_io_error,
  save_store_corrupt,
  save_store_unopenable,
  save_store_locked,
  save_store_newer,
  save_no_seal_key,
  save_record_held,
  save_action_refused,
  save_no_device_key,
  save_seal_key_overdue,
  // NET: the platform
  net_unreachable,
  net_not_the_platform,
  net_platform_busy,
  net_not_authorised,
  net_service_retired,
  net_wrong_echo,
  net_wrong_signature,
  net_certificate,
  // TICKET: queue numbers
  ticket_unavailable,
  ticket_taken,
  ticket_block_bad,
  // CAT: the platform's catalogue of services
  catalogue_broken,
  catalogue_older,
  catalogue_expired,
  // AUDIT: the record of what the machine did
  audit_unwritable,
  audit_unreadable,
  audit_damaged,
  // CFG, SVC, TEXT, FONT, SCREEN, SOUND: what the installer or integrator got wrong
  config_unreadable,
  config_invalid,
  service_broken,
  service_none,
  text_catalogue_broken,
  font_missing,
  font_glyph_missing,
  screen_unavailable,
  touch_stuck,
  sound_silent,
  asset_missing,
  // INT: the program itself, and the machine it runs on
  internal,
  machine_exhausted,
};

// Who can do something about it: the person here, the hall's staff, or the operator far away.
enum class Remedy : std::uint8_t { resident, staff, operator_ };

struct FailureEntry {
  Failure failure;
  std::string_view code;  // "CARD-003"
  Remedy remedy;
  std::string_view resident;  // one plain English sentence; the msgid of its translations
  std::string_view staff;     // what to do, in English; also a msgid
};

const FailureEntry& entry(Failure failure);
std::span<const FailureEntry> all_failures();

}  // namespace base
