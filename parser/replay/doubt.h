// What runs under a condition that only a server can answer.
#pragma once
#include "parser/replay/session.h"

namespace quoin {

/// Lasts as long as the condition. Once what is under it may have ended the body, all that follows is uncertain.
class Session::Doubt {
 public:
  explicit Doubt(Session& session) : session_(session), outer_(std::exchange(session.certainty_, Certainty::maybe)) {
    ++session.frame_.doubts;
  }
  ~Doubt() {
    --session_.frame_.doubts;
    if (!session_.frame_.wavers) session_.certainty_ = outer_;
  }
  Doubt(const Doubt&) = delete;
  Doubt& operator=(const Doubt&) = delete;

 private:
  Session& session_;
  Certainty outer_;
};

}  // namespace quoin
