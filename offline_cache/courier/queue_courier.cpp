#include "offline_cache/courier/queue_courier.h"

#include <csignal>
#include <thread>
#include <variant>

#include "base/log.h"
#include "base/mailbox.h"
#include "offline_cache/courier/delivery.h"

namespace offline_cache {
namespace {

constexpr std::size_t kMostRequests = 256;  // a resident cannot press faster than the disk syncs

struct SendNow {};
struct Act {
  QueueAction action;
  QueueActionSink done;
};
struct Look {
  QueueQuestion question;
  QueueViewSink done;
};
struct Ping {
  std::function<void()> answered;
};
using SealKeys = std::vector<SealKey>;
using Request = std::variant<Submission, SendNow, Act, Look, StatusQuestion, SealKeys, Ping>;

class QueueCourier final : public Courier {
 public:
  QueueCourier(CourierConfiguration configuration, const base::Clock& clock, base::Random& random, CourierSink sink)
      : sink_(sink),
        delivery_(std::move(configuration), clock, random, std::move(sink)),
        mailbox_([this] { delivery_.wake(); }, kMostRequests),
        thread_([this] { run(); }) {}

  ~QueueCourier() override {
    mailbox_.close();  // what was submitted before is still stored
    thread_.join();
  }
  QueueCourier(const QueueCourier&) = delete;
  QueueCourier& operator=(const QueueCourier&) = delete;

  void submit(Submission submission) override {
    const base::Uuid id = submission.id;
    if (!mailbox_.post(std::move(submission))) sink_(SaveFailed{id, base::Failure::internal});
  }
  void send_now() override { (void)mailbox_.post(SendNow{}); }
  void act(QueueAction action, QueueActionSink done) override { (void)mailbox_.post(Act{std::move(action), std::move(done)}); }
  void look(QueueQuestion question, QueueViewSink done) override { (void)mailbox_.post(Look{question, std::move(done)}); }
  void ask_status(StatusQuestion question) override {
    const base::Uuid id = question.id;
    if (!mailbox_.post(std::move(question))) sink_(StatusAnswer{id, {}, base::Failure::internal});
  }
  void use_seal_keys(std::vector<SealKey> keys) override { (void)mailbox_.post(std::move(keys)); }
  void ping(std::function<void()> answered) override { (void)mailbox_.post(Ping{std::move(answered)}); }

 private:
  void run() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);  // a broken TLS connection raises SIGPIPE
    delivery_.begin();
    while (take_requests()) delivery_.step();
    delivery_.end();
  }

  // False when it is time to end.
  bool take_requests() {
    const bool closed = mailbox_.closed();  // asked first: nothing can be posted after
    while (auto request = mailbox_.try_take()) {
      if (const auto* submission = std::get_if<Submission>(&*request))
        delivery_.submit(*submission);
      else if (const auto* act = std::get_if<Act>(&*request))
        delivery_.act(act->action, act->done);
      else if (const auto* look = std::get_if<Look>(&*request))
        look->done(delivery_.look(look->question));
      else if (auto* question = std::get_if<StatusQuestion>(&*request))
        delivery_.ask_status(std::move(*question));
      else if (const auto* keys = std::get_if<SealKeys>(&*request))
        delivery_.use_seal_keys(*keys);
      else if (const auto* ping = std::get_if<Ping>(&*request))
        ping->answered();
      else
        delivery_.send_now();
    }
    return !closed;
  }

  CourierSink sink_;
  Delivery delivery_;
  base::Mailbox<Request> mailbox_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Courier> make_queue_courier(CourierConfiguration configuration, const base::Clock& clock, base::Random& random,
                                            CourierSink sink) {
  return std::make_unique<QueueCourier>(std::move(configuration), clock, random, std::move(sink));
}

}  // namespace offline_cache
