// A condition in PL/pgSQL that only a server can answer.
#pragma once
#include "parser/replay/session.h"

namespace quoin {

/// While it lives, statements run with Certainty::maybe. If one of them may have ended the body (RETURN, EXIT, RAISE),
/// all that follows in the body stays uncertain.
class Session::UnknownCondition {
 public:
  explicit UnknownCondition(Session& session)
      : session_(session), outer_(std::exchange(session.certainty_, Certainty::maybe)) {
    ++session.frame_.unknown_conditions;
  }
  ~UnknownCondition() {
    --session_.frame_.unknown_conditions;
    if (!session_.frame_.may_have_ended) session_.certainty_ = outer_;
  }
  UnknownCondition(const UnknownCondition&) = delete;
  UnknownCondition& operator=(const UnknownCondition&) = delete;

 private:
  Session& session_;
  Certainty outer_;
};

}  // namespace quoin
