#include "base/failure.h"

#include <array>

namespace base {
namespace {

using enum Failure;
using enum Remedy;

constexpr std::array kFailures{
    FailureEntry{card_no_reader, "CARD-001", staff,
                 "The card reader is not connected. You can still choose a service without a card.",
                 "Plug the card reader in. If it is plugged in, check the USB cable and the udev rule."},
    FailureEntry{card_reader_out_of_service, "CARD-002", operator_, "The card reader is out of service. Please ask the staff.",
                 "The security module refuses to work (self test or authorisation). Replace the reader."},
    FailureEntry{card_link_error, "CARD-003", staff, "The card could not be read. Please lift it and lay it down again.",
                 "The reader answers with damaged data. Check the cable and the plug."},
    FailureEntry{card_moved, "CARD-004", resident, "The card moved too early. Please lay it down and let it lie.",
                 "Help the resident to leave the card on the plate until the screen changes."},
    FailureEntry{card_refused, "CARD-005", staff, "This card could not be confirmed. Please ask the staff.",
                 "Card and reader do not accept each other. Look at the card; try it on another reader."},
    FailureEntry{card_data_bad, "CARD-006", staff, "The card could not be understood. Please ask the staff.",
                 "The card's data are damaged. The resident may need a new card; serve at the counter."},
    FailureEntry{card_type_unsupported, "CARD-007", staff,
                 "This kind of card cannot be used here. Please use a resident ID card.",
                 "The card is of a kind this machine does not know. Serve at the counter."},
    FailureEntry{card_number_check, "CARD-008", staff, "The number on this card has to be checked by the staff.",
                 "The check digit of the number does not fit. Compare the printed card."},
    FailureEntry{card_no_answer, "CARD-009", staff, "The card reader does not answer. Please wait a moment.",
                 "The reader is silent. It is restarted by itself; if this stays, unplug and plug it once."},
    FailureEntry{print_no_printer, "PRINT-001", staff, "There is no printer. Please write down or photograph the code.",
                 "Plug the printer in and switch it on."},
    FailureEntry{print_no_paper, "PRINT-002", staff, "The printer is out of paper. Your application is safe.",
                 "Load a new roll, then press print again."},
    FailureEntry{print_cover_open, "PRINT-003", staff, "The printer cover is open. Your application is safe.",
                 "Close the printer cover until it clicks."},
    FailureEntry{print_cutter_jam, "PRINT-004", staff, "The printer is jammed. Your application is safe.",
                 "Open the cover, remove the paper from the knife, close it."},
    FailureEntry{print_out_of_service, "PRINT-005", operator_,
                 "The printer is out of service. Please write down or photograph the code.",
                 "The printer reports a fault it cannot recover from. Switch it off and on; replace it if it stays."},
    FailureEntry{print_overheated, "PRINT-006", staff, "The printer needs a short rest. Please wait a moment.",
                 "The print head is hot. It goes on by itself within a minute."},
    FailureEntry{print_no_answer, "PRINT-007", staff, "The printer does not answer. Please write down or photograph the code.",
                 "Check the printer's cable and power."},
    FailureEntry{print_outcome_unknown, "PRINT-008", resident, "We cannot tell whether the paper came out. Please look.",
                 "Look whether the receipt is in the slot. If not, press print again: it is marked as a copy."},
    FailureEntry{print_profile_broken, "PRINT-009", operator_, "There is no printer. Please write down or photograph the code.",
                 "The printer profile cannot be read. The log names file and place."},
    FailureEntry{save_disk_full, "SAVE-001", operator_,
                 "This machine cannot take new applications now. Please go to the counter.",
                 "The queue's disk is full. Connect the network so that waiting applications can leave."},
    FailureEntry{save_io_error, "SAVE-002", operator_, "Your application could not be saved. Please go to the counter.",
                 "The disk reports errors. The machine restarts by itself; replace the disk."},
    FailureEntry{save_store_corrupt, "SAVE-003", operator_, "This machine is checking itself. Please go to the counter.",
                 "The queue's file was damaged. It has been set aside, not deleted; send it to the operator."},
    FailureEntry{save_store_unopenable, "SAVE-004", operator_,
                 "This machine cannot take new applications now. Please go to the counter.",
                 "The queue's file cannot be opened. Check the rights of its folder and whether the disk is read-only."},
    FailureEntry{save_store_locked, "SAVE-005", operator_, "This machine is already running.",
                 "A second copy of the program was started; it has stopped. Nothing to do."},
    FailureEntry{save_store_newer, "SAVE-006", operator_,
                 "This machine cannot take new applications now. Please go to the counter.",
                 "The queue was written by a newer version. Install that version; nothing is lost."},
    FailureEntry{save_no_seal_key, "SAVE-007", operator_,
                 "This machine cannot take new applications now. Please go to the counter.",
                 "The office's public key is missing from the configuration or is not a key."},
    FailureEntry{save_record_held, "SAVE-008", operator_,
                 "The office has a question about this application. Please ask the staff.",
                 "The platform refused this one application. It is kept here; the log gives the reason."},
    FailureEntry{net_unreachable, "NET-001", staff,
                 "There is no network. Your application is kept on this machine and sent later.",
                 "Check the network cable. Applications wait safely meanwhile."},
    FailureEntry{net_not_the_platform, "NET-002", operator_,
                 "There is no network. Your application is kept on this machine and sent later.",
                 "Something else than the platform answers (a log-in page or a proxy). Check the network."},
    FailureEntry{net_platform_busy, "NET-003", operator_,
                 "The office is busy. Your application is kept on this machine and sent later.",
                 "The platform answers with errors. It is tried again by itself."},
    FailureEntry{net_not_authorised, "NET-004", operator_, "Your application is kept on this machine and sent later.",
                 "The platform does not accept this machine. Enrol it again."},
    FailureEntry{net_service_retired, "NET-005", operator_, "Your application is kept on this machine and sent later.",
                 "The platform no longer knows this address or service. Update the configuration."},
    FailureEntry{net_wrong_echo, "NET-006", operator_, "Your application is kept on this machine and sent later.",
                 "An answer did not name the right application. This may be an attack; tell the operator."},
    FailureEntry{config_unreadable, "CFG-001", operator_, "This machine is not set up yet.",
                 "The configuration file cannot be read. The log names the file and the line."},
    FailureEntry{config_invalid, "CFG-002", operator_, "This machine is not set up yet.",
                 "A value in the configuration is wrong. The log names the key and what is expected."},
    FailureEntry{service_broken, "SVC-001", operator_, "One service is not available today.",
                 "A service definition was refused. The log names file, place and reason; the others run."},
    FailureEntry{service_none, "SVC-002", operator_, "No service is available. Please go to the counter.",
                 "No service definition could be used. The log gives the reason for each."},
    FailureEntry{text_catalogue_broken, "TEXT-001", operator_, "Some words are shown in English.",
                 "A translation cannot be read. The log names the language."},
    FailureEntry{font_missing, "FONT-001", operator_, "This machine is out of service. Please go to the counter.",
                 "A font is not installed. The log names the package to install."},
    FailureEntry{screen_unavailable, "SCREEN-001", operator_, "This machine is out of service. Please go to the counter.",
                 "No window could be opened. Check the display and the user's rights."},
    FailureEntry{asset_missing, "ASSET-001", operator_, "This machine is out of service. Please go to the counter.",
                 "A file of the program is missing. Install the package again; the log names the file."},
    FailureEntry{internal, "INT-001", operator_, "Something went wrong. Please ask the staff.",
                 "The program found a mistake of its own. Send the log to the operator."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFailures.size(); ++i)
    if (static_cast<std::size_t>(kFailures[i].failure) != i) return false;
  return kFailures.size() == static_cast<std::size_t>(internal) + 1;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

const FailureEntry& entry(Failure failure) { return kFailures.at(static_cast<std::size_t>(failure)); }

std::span<const FailureEntry> all_failures() { return kFailures; }

}  // namespace base
