// A log of the objects of a schema that may have changed, so that a copy can be updated without looking at all of them.
#pragma once
#include <optional>
#include <span>

#include "core/model/object.h"

namespace quoin {

class Touched {
 public:
  /// Logs an object; does nothing before the first now().
  void add(Id id) {
    if (!is_followed_) return;
    if (last_.size() <= id->number) last_.resize(2 * std::size_t{id->number} + 1);
    if (last_[id->number] > asked_) return;  // nobody has asked since
    log_.push_back(id);
    last_[id->number] = log_.size();
  }
  /// Says that any object may have changed.
  void add_all() {
    if (is_followed_) all_ = log_.size() + 1;
  }

  /// The present end of the log, for since().
  std::size_t now() {
    is_followed_ = true;
    return asked_ = log_.size();
  }
  /// The objects logged since then, each at least once; no value: any may have changed.
  std::optional<std::span<const Id>> since(std::size_t then) const {
    if (all_ > then) return std::nullopt;
    return std::span(log_).subspan(then);
  }

 private:
  bool is_followed_ = false;
  std::vector<Id> log_;
  std::vector<std::size_t> last_;  // by number: its last place in the log, from 1
  std::size_t asked_ = 0;          // how long the log was when somebody asked
  std::size_t all_ = 0;            // and when anything may have changed, from 1
};

}  // namespace quoin
