// Which objects a rule of `manage` is about: "table public.audit_*".
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// What is wrong with a pattern, and what to write instead.
struct BadPattern {
  Text what, hint;
};

/// A word for kinds, where there is one, and a name. The word is a kind's name or SQL's noun for it: "materialized
/// view", "type". The name is as psql's \d takes it: its parts are folded unless quoted, `*` stands for any characters
/// and `?` for one; a name of fewer parts than the object's fits the last of these. Types in parentheses tell routines
/// apart.
class Pattern {
 public:
  /// Throws nothing: where the text is no pattern, `bad` says why, and it fits nothing.
  static Pattern read(std::string_view text, std::optional<BadPattern>& bad);
  /// True of the object itself, not of what lies in one that it fits. Without a word for kinds it fits what stands by
  /// itself: a schema, what lies in one, and what lies in none.
  bool fits(Id) const;
  /// True if the last part of its name is written out.
  bool names_one() const;

 private:
  std::vector<const Kind*> kinds_;  // none: any
  List parts_;                      // signs that stand for themselves with a backslash before them
  std::optional<Text> signature_;
};

/// True of what has a name and lies in a schema, or in nothing.
bool stands_by_itself(Id);

}  // namespace quoin
