// Finds the migrations that cannot run after others have failed.
#pragma once
#include <memory>
#include <optional>

#include "project/project.h"

namespace quoin {

/// The migrations that did not run, and those that need them. What a migration needs is told from the replayed history:
/// what it uses, what it says it depends on, and, where the replay cannot know what a statement does, everything before
/// it.
class HeldBack {
 public:
  HeldBack(const std::vector<Migration>&, const Settings&);
  HeldBack(const HeldBack&) = delete;
  HeldBack& operator=(const HeldBack&) = delete;
  ~HeldBack();

  /// Adds a migration that did not run, so that what needs it cannot run either.
  void add(const Migration&);
  /// The label of a migration that did not run and that this one needs; no value: it needs none of them.
  std::optional<Text> needs(const Migration&) const;

 private:
  struct Reach;
  std::unique_ptr<Reach> reach_;
};

}  // namespace quoin
