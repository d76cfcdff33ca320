// The repository in which the migrations lie, asked with git itself.
#pragma once
#include <optional>

#include "core/base/subprocess.h"

namespace quoin {

class Git {
 public:
  /// That holds the folder; nullopt: it lies in none, or there is no git here.
  static std::optional<Git> holding(const Text& folder);

  bool tracks(const Text& file) const;
  /// Throws Error(Code::input) with what git says.
  void move(const Text& from, const Text& to) const;
  /// The commit that a name stands for. Throws Error(Code::input) where there is none.
  Text commit(const Text& name) const;
  /// Where both histories part; the first itself where they share nothing.
  Text parting(const Text& commit, const Text& other) const;
  /// Writes what a commit has in the folder to a folder that is there and empty; false: it has no such folder.
  bool unpack(const Text& commit, const Text& folder, const Text& into) const;

 private:
  explicit Git(Text folder) : folder_(std::move(folder)) {}
  Text folder_;  // git's own working folder: of the migrations

  Ended run(List arguments) const;
  Text ask(const List& arguments) const;  // its output; throws
};

}  // namespace quoin
