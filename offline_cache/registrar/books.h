// What the registrar does, without its thread. Every method is called on that thread, but wake().
//
// Who goes first to the platform: a number somebody waits for, then reports of numbers given meanwhile, then reserve blocks,
// then the catalogue, then the heartbeat when it is due. A number interrupts what is under way; that is done again.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <variant>

#include "base/uuid.h"
#include "offline_cache/courier/circuit.h"
#include "offline_cache/registrar/audit_keeper.h"
#include "offline_cache/registrar/platform_answers.h"
#include "offline_cache/registrar/thread_registrar.h"

namespace offline_cache {

inline constexpr std::chrono::minutes kLeaseAgainAfter{10};
inline constexpr std::chrono::minutes kCatalogueAgainAfter{60};  // after one that was refused
inline constexpr std::chrono::seconds kReopenLedgerEvery{10};
inline constexpr std::chrono::seconds kTimeJump{5};  // the wall clock against the machine's own

class Books {
 public:
  Books(RegistrarConfiguration configuration, const base::Clock& clock, base::Random& random, RegistrarSink sink);

  void begin();
  void issue(const base::Uuid& id, char series);
  void record(const AuditRecord& record) { audit_.record(record); }
  void record_first(const AuditRecord& record, std::int64_t number);
  void tell_audit() { sink_(AuditChanged{audit_.failure()}); }
  void note_queue(const QueueCounts& counts);
  void sync_now();
  // Writes what was recorded, starts what is due, then waits for the network, wake() or the next thing that becomes due.
  void step();
  std::chrono::milliseconds patience();  // until something becomes due; 0: now
  void end();
  void wake() { http_.wake(); }  // any thread

 private:
  struct Number {
    base::Uuid id;
    char series = 'A';
    std::chrono::year_month_day day{};
  };
  struct Report {
    base::Uuid id;
  };
  struct LeaseNumbers {
    char series = 'A';
    std::chrono::year_month_day day{};
  };
  struct Heartbeat {};
  struct FetchCatalogue {};
  struct FetchBlob {
    Digest digest{};
  };
  using Exchange = std::variant<Number, Report, LeaseNumbers, Heartbeat, FetchCatalogue, FetchBlob>;

  Ledger* ledger();
  bool online() const { return !configuration_.platform_url.empty(); }
  void tell_ticket(const base::Result<Ticket>& ticket, const base::Uuid& id, std::optional<int> ahead);
  void give_own(const Number& number);

  void start_next();
  bool start_report();
  bool start_lease();
  bool start_catalogue();
  void start(Exchange exchange, HttpRequest request);
  HttpRequest request(std::string method, const std::string& path, std::string body) const;
  std::string heartbeat_body() const;

  void finish(const RawAnswer& answer);
  void on(const Number& number, const RawAnswer& answer);
  void on(const Report& report, const RawAnswer& answer);
  void on(const LeaseNumbers& lease, const RawAnswer& answer);
  void on(Heartbeat, const RawAnswer& answer);
  void on(FetchCatalogue, const RawAnswer& answer);
  void on(const FetchBlob& blob, const RawAnswer& answer);
  void settle(bool understood);
  void refuse_catalogue(const base::Error& error);
  void take_catalogue();
  void notice_time();
  void compare_clocks(base::WallTime platform);
  void write_audit();

  RegistrarConfiguration configuration_;
  const base::Clock& clock_;
  base::Random& random_;
  RegistrarSink sink_;
  AuditKeeper audit_;
  std::vector<std::int64_t> recorded_first_;  // to be told when they are written
  CatalogueStore catalogue_;
  std::unique_ptr<Ledger> ledger_;
  base::Instant next_ledger_open_{};
  Circuit circuit_;
  HttpClient http_;
  base::UuidSource ids_;

  std::optional<Exchange> under_way_;
  std::deque<Number> waiting_;
  bool something_to_report_ = true;  // until the ledger says otherwise
  std::map<char, base::Instant> next_lease_;
  std::map<char, std::string> lease_keys_;  // kept until they are answered: a repeat is the same lease
  std::vector<CatalogueService> missing_;
  bool catalogue_wanted_ = true;
  base::Instant next_catalogue_{}, next_sync_{};
  QueueCounts queue_;
  base::WallTime::duration wall_offset_{};
  std::optional<std::chrono::seconds> clock_ahead_;  // as it was last told
  bool clocks_apart_ = false;
};

}  // namespace offline_cache
