// Errors are values that cannot be dropped: every function that can fail returns Result<T>.
// It wraps tl::expected, which by itself is not [[nodiscard]].
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "base/failure.h"

namespace base {

struct Error {
  Failure failure = Failure::internal;
  std::string detail;  // for the log, in English; never personal data; may be empty
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : value_(tl::unexpect, std::move(error)) {}
  Result(Failure failure, std::string detail = {}) : value_(tl::unexpect, Error{failure, std::move(detail)}) {}

  explicit operator bool() const { return value_.has_value(); }
  bool ok() const { return value_.has_value(); }

  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  const Error& error() const& { return value_.error(); }
  Error&& error() && { return std::move(value_).error(); }

  T value_or(T other) && { return value_ ? *std::move(value_) : std::move(other); }

  template <class F>
  auto and_then(F&& next) && -> std::invoke_result_t<F, T> {
    if (!value_) return std::move(value_).error();
    return std::forward<F>(next)(*std::move(value_));
  }

 private:
  tl::expected<T, Error> value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : value_(tl::unexpect, std::move(error)) {}
  Result(Failure failure, std::string detail = {}) : value_(tl::unexpect, Error{failure, std::move(detail)}) {}

  explicit operator bool() const { return value_.has_value(); }
  bool ok() const { return value_.has_value(); }
  const Error& error() const& { return value_.error(); }

 private:
  tl::expected<void, Error> value_;
};

using Status = Result<void>;

}  // namespace base
