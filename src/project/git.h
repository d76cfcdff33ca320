// The repository in which the migrations lie, asked with git itself.
#pragma once
#include <optional>

#include "core/base/subprocess.h"

namespace quoin {

class Git {
 public:
  /// The repository that has the folder; nullopt: there is none, or no git here.
  static std::optional<Git> holding(const Text& folder);

  bool tracks(const Text& file) const;
  /// Throws Error(Code::input) with what git says.
  void move(const Text& from, const Text& to) const;
  /// The commit that a name stands for. Throws Error(Code::input) where there is no such commit.
  Text commit(const Text& name) const;
  /// The last commit that both histories share; `commit` itself where they share none.
  Text parting(const Text& commit, const Text& other) const;
  /// Writes the folder as a commit has it into the empty folder `into`; false: the commit does not have the folder.
  bool unpack(const Text& commit, const Text& folder, const Text& into) const;

 private:
  explicit Git(Text folder) : folder_(std::move(folder)) {}
  Text folder_;   // git's own working folder: of the migrations
  List filters_;  // names of those that its configuration has, and that are not to run

  void find_filters();

  ProgramEnd run(List arguments) const;
  Text ask(const List& arguments) const;  // its output; throws
};

}  // namespace quoin
