#include "offline_cache/registrar/thread_registrar.h"

#include <atomic>
#include <csignal>
#include <thread>

#include "base/mailbox.h"
#include "offline_cache/registrar/books.h"

namespace offline_cache {
namespace {

constexpr std::size_t kMostRequests = 1024;

struct Issue {
  base::Uuid id;
  char series = 'A';
};
struct First {
  AuditRecord record;
  std::int64_t number = 0;
};
struct SyncNow {};
using Request = std::variant<Issue, AuditRecord, First, QueueCounts, SyncNow>;

class ThreadRegistrar final : public Registrar {
 public:
  ThreadRegistrar(RegistrarConfiguration configuration, const base::Clock& clock, base::Random& random, RegistrarSink sink)
      : sink_(sink),
        books_(std::move(configuration), clock, random, std::move(sink)),
        mailbox_([this] { books_.wake(); }, kMostRequests),
        thread_([this] { run(); }) {}

  ~ThreadRegistrar() override {
    mailbox_.close();
    thread_.join();
  }
  ThreadRegistrar(const ThreadRegistrar&) = delete;
  ThreadRegistrar& operator=(const ThreadRegistrar&) = delete;

  void issue_ticket(const base::Uuid& id, char series) override {
    if (!mailbox_.post(Issue{id, series})) sink_(TicketFailed{id, base::Failure::internal});
  }
  // A record that finds the mailbox full is lost, and that is a failure of the log like any other, until the thread has caught
  // up.
  void record(AuditRecord record) override {
    if (mailbox_.post(std::move(record))) return;
    sink_(AuditChanged{base::Failure::audit_unwritable});
    lost_ = true;  // after it was told: what the thread tells then is the last word
    books_.wake();
  }
  void record_first(AuditRecord record, std::int64_t number) override {
    if (!mailbox_.post(First{std::move(record), number})) sink_(Recorded{number, false});
  }
  void note_queue(const QueueCounts& counts) override { (void)mailbox_.post(counts); }
  void sync_now() override { (void)mailbox_.post(SyncNow{}); }

 private:
  void run() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);  // a broken TLS connection raises SIGPIPE
    books_.begin();
    while (take_requests()) {
      books_.step();
      if (lost_.exchange(false)) books_.tell_audit();
    }
    books_.end();
  }

  // False when it is time to end.
  bool take_requests() {
    const bool closed = mailbox_.closed();  // asked first: nothing can be posted after
    while (auto request = mailbox_.try_take()) std::visit([this](const auto& each) { on(each); }, *request);
    return !closed;
  }
  void on(const Issue& issue) { books_.issue(issue.id, issue.series); }
  void on(const AuditRecord& record) { books_.record(record); }
  void on(const First& first) { books_.record_first(first.record, first.number); }
  void on(const QueueCounts& counts) { books_.note_queue(counts); }
  void on(SyncNow) { books_.sync_now(); }

  RegistrarSink sink_;
  std::atomic<bool> lost_ = false;  // a record was
  Books books_;
  base::Mailbox<Request> mailbox_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Registrar> make_registrar(RegistrarConfiguration configuration, const base::Clock& clock, base::Random& random,
                                          RegistrarSink sink) {
  return std::make_unique<ThreadRegistrar>(std::move(configuration), clock, random, std::move(sink));
}

}  // namespace offline_cache
