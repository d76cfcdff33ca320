#include "project/git.h"

#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin {

namespace fs = std::filesystem;

/// Settings that keep git from running programs which a repository's own configuration names.
ProgramEnd Git::run(List arguments) const {
  List words{"git", "-C", folder_, "--no-pager"};
  for (const char* setting : {"core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"})
    words.insert(words.end(), {"-c", setting});
  for (const Text& filter : filters_)
    for (const char* setting : {".clean=", ".smudge=", ".process=", ".required=false"})
      words.insert(words.end(), {"-c", concat("filter.", filter, setting)});
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_program(words, "GIT_");
}

/// The filters are turned off, since git runs a file's filter when it reads its content, as for a move.
void Git::find_filters() {
  const ProgramEnd ended = run({"config", "--includes", "--name-only", "-z", "--get-regexp", "^filter\\."});
  std::set<Text> names;
  for (const Text& key : split(ended.out, '\0')) {
    const std::size_t begin = key.find('.'), end = key.rfind('.');
    if (begin < end && end != Text::npos) names.insert(key.substr(begin + 1, end - begin - 1));
  }
  filters_.assign(names.begin(), names.end());
}

Text Git::ask(const List& arguments) const {
  ProgramEnd ended = run(arguments);
  if (ended.status == 0) return std::move(ended.out);
  throw Error(Code::input, concat("git ", arguments[0], " failed: ", trim(ended.err)), {folder_},
              "mend what git says; in CI the checkout may want its whole history, or the other branch fetched");
}

std::optional<Git> Git::holding(const Text& folder) {
  std::error_code absent;
  if (!fs::is_directory(folder, absent)) return std::nullopt;
  Git git(folder);
  if (trim(git.run({"rev-parse", "--is-inside-work-tree"}).out) != "true") return std::nullopt;
  git.find_filters();
  return git;
}

bool Git::tracks(const Text& file) const {
  return run({"ls-files", "--error-unmatch", "--", fs::absolute(file).string()}).status == 0;
}

void Git::move(const Text& from, const Text& to) const {
  ask({"mv", "--", fs::absolute(from).string(), fs::absolute(to).string()});
}

Text Git::commit(const Text& name) const {
  const ProgramEnd ended = run({"rev-parse", "--verify", "--quiet", "--end-of-options", concat(name, "^{commit}")});
  if (ended.status == 0) return Text(trim(ended.out));
  throw Error(
      Code::input, concat("git knows no commit ", name), {folder_},
      "name a branch, tag or commit that is here: --base origin/main; in a workflow, check out with its history");
}

Text Git::parting(const Text& one, const Text& other) const {
  const ProgramEnd ended = run({"merge-base", one, other});
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
                  {folder}, "put a copy of the file in the link's place");
    }
    write_file(path, ask({"cat-file", "blob", words[2]}));
  }
  return !listed.empty();
}

}  // namespace quoin
