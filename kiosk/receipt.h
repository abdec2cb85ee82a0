// The receipt: the only promise the machine makes, in exactly two forms (facts §1.3): "Saved on this machine at hh:mm. Not yet
// received by the office. Keep this code." and "Received by the office. Number N."
#pragma once

#include "hal/print_document.h"
#include "kiosk/moment.h"
#include "kiosk/visit.h"

namespace kiosk {

// Needs session.saved. The QR holds the receipt code and the terminal, nothing personal.
hal::PrintDocument receipt_document(const Hall& hall, const Session& session, const Moment& now, const Language& language,
                                    const Translations& translations);
// The sentence, for paper, screen and voice.
std::string receipt_sentence(const Session& session, const Moment& now, const Language& language,
                             const Translations& translations);
std::string receipt_qr(const Hall& hall, const std::string& receipt_code);  // "linli:HP-03:7K4-29M-6"

}  // namespace kiosk
