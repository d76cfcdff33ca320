#include "project/git.h"

#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin {

namespace fs = std::filesystem;

/// What a repository's own configuration could have git run, it does not run here.
Ended Git::run(List arguments) const {
  List words{"git", "-C", folder_, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_program(words);
}

Text Git::ask(const List& arguments) const {
  Ended ended = run(arguments);
  if (ended.status == 0) return std::move(ended.out);
  throw Error(Code::input, concat("git ", arguments[0], " failed: ", trim(ended.err)), {folder_});
}

std::optional<Git> Git::holding(const Text& folder) {
  std::error_code absent;
  if (!fs::is_directory(folder, absent)) return std::nullopt;
  Git git(folder);
  if (trim(git.run({"rev-parse", "--is-inside-work-tree"}).out) != "true") return std::nullopt;
  return git;
}

bool Git::tracks(const Text& file) const {
  return run({"ls-files", "--error-unmatch", "--", fs::absolute(file).string()}).status == 0;
}

void Git::move(const Text& from, const Text& to) const {
  ask({"mv", "--", fs::absolute(from).string(), fs::absolute(to).string()});
}

Text Git::commit(const Text& name) const {
  const Ended ended = run({"rev-parse", "--verify", "--quiet", "--end-of-options", concat(name, "^{commit}")});
  if (ended.status == 0) return Text(trim(ended.out));
  throw Error(
      Code::input, concat("git knows no commit ", name), {folder_},
      "name a branch, tag or commit that is here: --base origin/main; in a workflow, check out with its history");
}

Text Git::parting(const Text& one, const Text& other) const {
  const Ended ended = run({"merge-base", one, other});
  return ended.status == 0 ? Text(trim(ended.out)) : one;
}

bool Git::unpack(const Text& commit, const Text& folder, const Text& into) const {
  const Text listed = ask({"ls-tree", "-r", "-z", commit, "--", "."});
  for (const Text& entry : split(listed, '\0')) {
    // "100644 blob <id>\t<path>", the path seen from the folder
    const std::size_t tab = entry.find('\t');
    const List words = split(entry.substr(0, tab), ' ');
    if (tab == Text::npos || words.size() < 3 || words[1] != "blob") continue;
    const fs::path path = fs::path(into) / entry.substr(tab + 1);
    fs::create_directories(path.parent_path());
    if (words[0] == "120000") {
      throw Error(Code::input, concat(entry.substr(tab + 1), " is a link in ", commit, ", which is not followed there"),
                  {folder});
    }
    write_file(path, ask({"cat-file", "blob", words[2]}));
  }
  return !listed.empty();
}

}  // namespace quoin
