#include "parser/migrations/psql_script.h"

#include <algorithm>
#include <filesystem>

#include "core/sql/ast_scan.h"

namespace quoin {
namespace {
namespace fs = std::filesystem;
using ast::detail::Scanner;
using ast::detail::Token;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> all) {
  return std::ranges::count(all, word) > 0;
}

void blank(Text& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at)
    if (text[at] != '\n') text[at] = ' ';
}

/// psql would look from where it was started, which is where the project lies, or where the migrations do.
std::optional<fs::path> found(const fs::path& named, const Text& from, const fs::path& root, bool is_relative) {
  std::error_code absent;
  const fs::path whole = fs::weakly_canonical(root, absent);
  fs::path folder = fs::path(from).parent_path();
  for (int up = 0; up < (is_relative ? 1 : 4); ++up, folder = folder / "..") {
    const fs::path path = folder / named;
    if (!fs::is_regular_file(path, absent)) continue;
    const fs::path inside = fs::weakly_canonical(path, absent).lexically_relative(whole);
    if (!inside.empty() && *inside.begin() != "..") return path.lexically_normal();
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Section& section, const Text& root) : section_(section), root_(root) { script_.sql = section.text; }

  PsqlScript read() {
    Scanner scanner(section_.text);
    for (Token token = scanner.next(); token.kind != Token::Kind::end; token = scanner.next()) {
      if (!token.is_sign(section_.text, '\\')) continue;
      const std::size_t end = std::min(section_.text.find('\n', token.begin), section_.text.size());
      take(token.begin, std::string_view(section_.text).substr(token.begin + 1, end - token.begin - 1));
      blank(script_.sql, token.begin, end);
      if (ends_query_) script_.sql[token.begin] = ';';
      scanner.move_to(end);
    }
    return std::move(script_);
  }

 private:
  const Section& section_;
  const fs::path root_;
  PsqlScript script_;
  bool ends_query_ = false;

  void take(std::size_t begin, std::string_view line) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, end);
    ends_query_ = is_one_of(word, {"g", "gx", "gexec", "gset", "gdesc", "crosstabview"});
    PsqlCommand command{begin, {}, {}, false};
    if (is_one_of(word, {"i", "ir", "include", "include_relative"})) {
      include(command, word, trim(line.substr(end)));
    } else {
      command.opens = is_one_of(word, {"gexec", "if", "elif", "else", "c", "connect", "q", "quit"});
      command.told = concat("\\", word, " is psql's and was passed over", consequence(word));
    }
    script_.commands.push_back(std::move(command));
  }

  static std::string_view consequence(std::string_view word) {
    if (word == "gexec") return ": the statements that its query gives are not known, nor what they make or drop";
    if (is_one_of(word, {"if", "elif", "else"})) return ": which of its branches runs is not known, and each is read";
    if (is_one_of(word, {"c", "connect"})) return ": what follows may be for another database";
    if (is_one_of(word, {"q", "quit"})) return ": psql reads no further";
    if (is_one_of(word, {"set", "gset", "prompt", "getenv"}))
      return ": a variable's value is not put into what follows";
    return {};
  }

  void include(PsqlCommand& command, std::string_view word, std::string_view named) {
    if (named.size() > 1 && named.front() == '\'' && named.back() == '\'') named = named.substr(1, named.size() - 2);
    const bool is_relative = word.ends_with("r") || word.ends_with("relative");
    const auto file = found(fs::path(named), section_.file, root_, is_relative);
    if (file) return command.file = file->string(), void();
    command.opens = true;
    command.told = concat("\\", word, " reads ", named, ", which is not within ", root_.string(),
                          ": what it makes, changes or drops is not known");
  }
};

}  // namespace

bool is_run_by_psql(const Migration& migration) {
  return migration.layout == Layout::folder || migration.layout == Layout::sqitch;
}

PsqlScript read_psql(const Section& section, const Text& root) { return Reader(section, root).read(); }

}  // namespace quoin
