// The way from one thread to another: any thread posts, one thread takes. Bounded: when the taker is stuck,
// a post is refused and the poster must cope, so that no flood of events can eat the machine.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace base {

template <class T>
class Mailbox {
 public:
  // `wake` is called after every accepted post, on the posting thread, outside the lock; for a taker that
  // sleeps elsewhere (in SDL_WaitEvent, in curl_multi_poll).
  explicit Mailbox(std::function<void()> wake = {}, std::size_t capacity = 4096) : wake_(std::move(wake)), capacity_(capacity) {}

  // False when full or closed; the item is then dropped.
  bool post(T item) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || items_.size() >= capacity_) return false;
      items_.push_back(std::move(item));
    }
    arrived_.notify_one();
    if (wake_) wake_();
    return true;
  }

  std::optional<T> try_take() {
    const std::lock_guard lock(mutex_);
    return take_front();
  }

  // Waits until something arrives, the time is over, or the mailbox is closed.
  std::optional<T> take_for(std::chrono::nanoseconds patience) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, patience, [this] { return closed_ || !items_.empty(); });
    return take_front();
  }

  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return closed_ || !items_.empty(); });
    return take_front();
  }

  // Later posts are refused and waiting takers return; what is inside can still be taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    arrived_.notify_all();
    if (wake_) wake_();
  }

  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  std::optional<T> take_front() {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    return item;
  }

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<T> items_;
  std::function<void()> wake_;
  std::size_t capacity_;
  bool closed_ = false;
};

}  // namespace base
