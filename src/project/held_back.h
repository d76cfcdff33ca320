// Which migrations cannot run after others have failed.
#pragma once
#include <memory>
#include <optional>

#include "project/project.h"

namespace quoin {

/// Grows with each failure. What a migration stands on is told from the replayed history: what it uses, what it says it
/// depends on, and where the replay cannot know what a statement does, all that comes before it.
class HeldBack {
 public:
  HeldBack(const std::vector<Migration>&, const Settings&);
  HeldBack(const HeldBack&) = delete;
  HeldBack& operator=(const HeldBack&) = delete;
  ~HeldBack();

  /// It did not run, so what needs it cannot either.
  void add(const Migration&);
  /// The label of one that did not run and that this one needs; no value: it needs none of them.
  std::optional<Text> needs(const Migration&) const;

 private:
  struct Reach;
  std::unique_ptr<Reach> reach_;
};

}  // namespace quoin
