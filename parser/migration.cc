#include "parser/migration.h"

#include <ctime>

#include "base/ast.h"
#include "base/files.h"
#include "parser/migration_names.h"

namespace quoin {
namespace {

enum class Mark { none, up, down, rollback };

struct Marked {
  Mark mark = Mark::none;
  Layout layout = Layout::plain;
  bool without_transaction = false;
};

/// What a line says about sections; lines, not tokens, decide, so that a broken up does not swallow its down.
Marked mark_of(std::string_view line) {
  const std::string_view start = trim(line);
  if (!start.starts_with("--")) return {};
  const Text words = lower(trim(start.substr(2)));
  const auto says = [&](std::string_view phrase) {
    return words.starts_with(phrase) && (words.size() == phrase.size() || words[phrase.size()] == ' ');
  };
  const bool bare = words.find("transaction:false") != Text::npos;
  if (says("up migration")) return {Mark::up, Layout::quoin};
  if (says("down migration")) return {Mark::down, Layout::quoin};
  if (says("migrate:up")) return {Mark::up, Layout::dbmate, bare};
  if (says("migrate:down")) return {Mark::down, Layout::dbmate, bare};
  if (says("+goose up")) return {Mark::up, Layout::goose};
  if (says("+goose down")) return {Mark::down, Layout::goose};
  if (says("+goose no transaction")) return {Mark::none, Layout::goose, true};
  if (words == "rollback:") return {Mark::rollback, Layout::plain};
  return {};
}

const List& directive_names() {
  static const List names{"no-transaction", "depends-on", "optional", "batch", "lock-timeout", "retry", "nolint"};
  return names;
}

/// Reads one file's text into sections, line by line.
class Reader {
 public:
  Reader(Migration& migration, const Text& content) : migration_(migration), content_(content) {}

  void read() {
    for (std::size_t at = 0; at < content_.size(); ++line_) {
      const std::size_t end = std::min(content_.find('\n', at), content_.size() - 1) + 1;
      read_line(at, end);
      at = end;
    }
    finish(content_.size());
    read_directives();
  }

 private:
  void read_line(std::size_t begin, std::size_t end) {
    const std::string_view line = std::string_view(content_).substr(begin, end - begin);
    const Marked marked = mark_of(line);
    if (marked.layout != Layout::plain) migration_.layout = marked.layout;
    if (marked.without_transaction)
      migration_.directives.push_back({"no-transaction", "", {migration_.file, line_, 1}});
    const bool commented = marked.mark != Mark::rollback || is_all_comment(end);
    if (marked.mark == Mark::none || !commented) return read_head(line);
    if (marked.mark == Mark::up && current_ == Mark::none) {
      require_no_sql(begin);
    } else {
      finish(begin);
    }
    if (marked.mark == Mark::up ? seen_up_ : migration_.down.has_value()) {
      throw Error(Code::input, concat(migration_.file, " has the section twice that begins here"),
                  {migration_.file, line_, 1}, "keep one Up and one Down section a file");
    }
    current_ = marked.mark;
    begin_ = end;
    begin_line_ = line_ + 1;
  }

  /// A down in comments ends the file; where SQL follows, the comment is no more than a remark.
  bool is_all_comment(std::size_t from) const {
    for (const Text& line : split(std::string_view(content_).substr(from), '\n')) {
      if (!trim(line).empty() && !trim(line).starts_with("--")) return false;
    }
    return true;
  }

  void read_head(std::string_view line) {
    constexpr std::string_view sign = "-- Description:";
    if (migration_.description.empty() && line.starts_with(sign)) {
      migration_.description = Text(trim(line.substr(sign.size())));
    }
  }

  /// Ends the section that is open at byte `end`. What stands before any mark is the up.
  void finish(std::size_t end) {
    Section section{migration_.file, content_.substr(begin_, end - begin_), begin_line_};
    if (current_ == Mark::rollback) uncomment(section);
    if (current_ == Mark::down || current_ == Mark::rollback) {
      migration_.down = std::move(section);
    } else {
      migration_.up = std::move(section);
      seen_up_ = true;
    }
  }

  void require_no_sql(std::size_t end) const {
    std::size_t at = 0;
    const std::string_view head = std::string_view(content_).substr(0, end);
    for (const ast::Comment& comment : ast::comments(head)) {
      if (!trim(head.substr(at, comment.begin - at)).empty()) break;
      at = comment.end;
    }
    const std::string_view rest = trim(head.substr(at));
    if (rest.empty()) return;
    const LineColumn where = line_column(content_, static_cast<std::size_t>(rest.data() - content_.data()));
    throw Error(Code::input, concat("SQL before the Up section of ", migration_.file, " belongs to no section"),
                {migration_.file, where.line, where.column}, "move it below the line that begins the section");
  }

  static void uncomment(Section& section) {
    Text text;
    for (const Text& line : split(section.text, '\n')) {
      std::string_view rest = line;
      if (rest.starts_with("--")) rest.remove_prefix(2);
      if (rest.starts_with(" ")) rest.remove_prefix(1);
      text.append(rest).append("\n");
    }
    section.indent = 3;
    section.text = std::move(text);
  }

  void read_directives() {
    constexpr std::string_view sign = "quoin:";
    if (content_.find(sign) == Text::npos) return;
    for (const ast::Comment& comment : ast::comments(content_)) {
      std::string_view text = std::string_view(content_).substr(comment.begin, comment.end - comment.begin);
      if (!text.starts_with("--")) continue;
      text = trim(text.substr(2));
      if (!text.starts_with(sign)) continue;
      text = trim(text.substr(sign.size()));
      const std::size_t space = std::min(text.find(' '), text.size());
      const LineColumn where = line_column(content_, comment.begin);
      add_directive(
          {Text(text.substr(0, space)), Text(trim(text.substr(space))), {migration_.file, where.line, where.column}});
    }
  }

  void add_directive(Directive directive) {
    const List& known = directive_names();
    if (std::find(known.begin(), known.end(), directive.name) == known.end()) {
      const std::optional<Text> near = nearest(directive.name, known);
      throw Error(Code::input, concat("there is no directive \"", directive.name, "\""), directive.place,
                  near ? concat("did you mean \"", *near, "\"?") : concat("known are ", join(known, ", ")));
    }
    migration_.directives.push_back(std::move(directive));
  }

  Migration& migration_;
  const Text& content_;
  Mark current_ = Mark::none;
  std::size_t begin_ = 0;
  int line_ = 1, begin_line_ = 1;
  bool seen_up_ = false;
};

/// The file's text as every reader of it should see it.
Text clean_text(const Text& file) {
  Text text = read_file(file);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    text[out++] = text[at];
  }
  text.resize(out);
  return text;
}

}  // namespace

Place place_of(const Section& section, std::size_t offset) {
  const LineColumn where = line_column(section.text, std::min(offset, section.text.size()));
  return {section.file, section.line + where.line - 1, section.indent + where.column};
}

const Directive* Migration::directive(std::string_view directive_name) const {
  for (const Directive& directive : directives) {
    if (directive.name == directive_name) return &directive;
  }
  return nullptr;
}

Migration read_migration(const Text& file) {
  Migration migration;
  migration.file = file;
  const migration_names::Parts parts = migration_names::parts_of(file);
  migration.version = parts.version;
  migration.name = parts.name;
  if (parts.form == migration_names::Form::flyway) migration.layout = Layout::flyway;
  const Text content = clean_text(file);
  migration.checksum = sha256(content);
  Reader(migration, content).read();
  return migration;
}

Text new_version(const std::vector<Migration>& existing) {
  std::time_t second = std::time(nullptr);
  for (const Migration& migration : existing) {
    std::tm taken{};
    if (migration.version.size() != 14 || strptime(migration.version.c_str(), "%Y%m%d%H%M%S", &taken) == nullptr)
      continue;
    second = std::max(second, timegm(&taken) + 1);
  }
  std::tm now{};
  gmtime_r(&second, &now);
  char text[16];
  std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &now);
  return text;
}

Text migration_slug(std::string_view title) {
  Text slug;
  for (const char c : lower(title)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (plain) slug += c;
    if (!plain && !slug.empty() && slug.back() != '_') slug += '_';
  }
  while (slug.ends_with('_')) slug.pop_back();
  if (slug.empty()) {
    throw Error(Code::input, concat("\"", title, "\" holds no letter or digit to name a migration by"), {},
                "name it by what it does, as in: quoin create add_orders");
  }
  return slug;
}

Text to_text(const MigrationText& migration) {
  Text text = concat("-- Description: ", migration.description, "\n");
  if (migration.version.size() == 14) {
    const Text& v = migration.version;
    text += concat("-- Created: ", v.substr(0, 4), "-", v.substr(4, 2), "-", v.substr(6, 2), " ", v.substr(8, 2), ":",
                   v.substr(10, 2), ":", v.substr(12, 2), " UTC\n");
  }
  for (const Text& remark : migration.remarks) text += concat("-- ", remark, "\n");
  const auto add = [&](std::string_view mark, const Text& sql) {
    text += concat("\n-- ", mark, " Migration\n", sql);
    if (!text.ends_with('\n')) text += '\n';
  };
  add("Up", migration.up);
  if (!migration.down.empty()) add("Down", migration.down);
  return text;
}

}  // namespace quoin
