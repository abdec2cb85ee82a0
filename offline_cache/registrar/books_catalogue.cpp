// The catalogue; the rest of the class is in books.cpp.
#include "base/hex.h"
#include "base/log.h"
#include "offline_cache/registrar/books.h"

namespace offline_cache {

bool Books::start_catalogue() {
  if (!missing_.empty()) {
    auto made = request("GET", "/v1/blobs/sha256/" + base::to_hex(missing_.back().digest), {});
    made.longest_answer = kLargestServiceFile;
    start(FetchBlob{missing_.back().digest}, std::move(made));
    return true;
  }
  if (!catalogue_wanted_ || clock_.now() < next_catalogue_) return false;
  auto made = request("GET", "/v1/catalogue", {});
  made.longest_answer = kLargestManifest;
  if (!catalogue_.etag().empty()) made.headers.push_back("If-None-Match: " + catalogue_.etag());
  start(FetchCatalogue{}, std::move(made));
  return true;
}

void Books::refuse_catalogue(const base::Error& error) {
  base::log::failure(error);
  record(AuditRecord(AuditEvent::catalogue_refused).add(error.failure));
  missing_.clear();
  next_catalogue_ = clock_.now() + kCatalogueAgainAfter;
}

void Books::on(FetchCatalogue, const RawAnswer& answer) {
  const bool understood = answer.curl == 0 && !answer.too_long && (answer.http == 200 || answer.http == 304);
  settle(understood);
  if (!understood) return;
  catalogue_wanted_ = false;
  if (answer.http == 304) return;
  auto offer = catalogue_.offer(answer.body);
  if (!offer) return refuse_catalogue(offer.error());
  if (!offer->wanted) return;
  missing_ = std::move(offer->missing);
  if (missing_.empty()) take_catalogue();
}

void Books::on(const FetchBlob& blob, const RawAnswer& answer) {
  const bool understood = answer.curl == 0 && !answer.too_long && (answer.http == 200 || answer.http == 404);
  settle(understood);
  if (!understood) return;
  if (auto added = catalogue_.add_blob(blob.digest, answer.http == 200 ? answer.body : std::string()); !added)
    return refuse_catalogue(added.error());
  std::erase_if(missing_, [&](const CatalogueService& service) { return service.digest == blob.digest; });
  if (missing_.empty()) take_catalogue();
}

void Books::take_catalogue() {
  if (auto done = catalogue_.commit(); !done) return refuse_catalogue(done.error());
  record(AuditRecord(AuditEvent::catalogue_taken).add(catalogue_.current()->manifest.version));
  base::log::info("catalogue {} is in use", catalogue_.current()->manifest.version);
  sink_(CatalogueTaken{*catalogue_.current()});
}

}  // namespace offline_cache
