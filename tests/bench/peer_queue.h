// Other people's durable queues, each started here as its makers ship it, but with every commit on the disk before it is
// answered: over a socket of its own, in a folder beside the product's. The records are the product's envelopes.
//
// What is not the same: none of them seals, signs, keeps an attempt log or a receipt code, reads back what it stored,
// or overwrites what is done with. Redis keeps all of it in memory, and does not notice an application that comes twice.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "offline_cache/outbox.h"
#include "tests/bench/waiting_queue.h"

namespace bench {

class PeerQueue {
 public:
  virtual ~PeerQueue() = default;

  // Puts so many into an empty queue, by the fastest way it has, and returns when they are on the disk.
  virtual bool fill(std::int64_t rows, Sealer& sealer) = 0;
  virtual bool enqueue(const offline_cache::Envelope& envelope) = 0;
  // The oldest one, which stays claimed when this process dies.
  virtual bool claim() = 0;
  // Done with the one claimed, and claims the next, in one commit.
  virtual bool acknowledge_and_claim() = 0;
  // Stops it in an orderly way and starts it again, until it has told the oldest one; nothing when it does not come back.
  virtual std::optional<double> restart_seconds() = 0;
  virtual double memory_mib() const = 0;  // of its main process; Redis has no other
};

// Nothing when it cannot be started; its log is in its folder. One of a kind at a time.
std::unique_ptr<PeerQueue> start_redis();
std::unique_ptr<PeerQueue> start_postgres();

}  // namespace bench
