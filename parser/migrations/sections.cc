#include "parser/migrations/sections.h"

#include <algorithm>
#include <limits>

#include "core/sql/ast.h"
#include "core/sql/line_ends.h"
#include "core/sql/psql.h"
#include "parser/migrations/marks.h"

namespace quoin::migration_sections {
namespace {

using migration_marks::CommentPlace;
using migration_marks::Mark;
using migration_marks::Meaning;
using Kind = Meaning::Kind;

// A number with its unit: "5s".
struct Amount {
  std::string_view number, unit;
  bool is_sound() const { return !number.empty() && number.size() < 10; }
  bool is_count() const { return is_sound() && unit.empty() && number.find_first_not_of('0') != number.npos; }
};
Amount amount_of(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return {text.substr(0, digits), trim(text.substr(digits))};
}

// What lock_timeout takes: milliseconds in an int.
bool is_duration(const Amount& amount) {
  static constexpr std::pair<std::string_view, double> units[] = {
      {"", 1}, {"us", 0.001}, {"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  const auto unit = std::ranges::find(units, amount.unit, [](const auto& one) { return one.first; });
  return amount.is_sound() && unit != std::end(units) &&
         std::stod(Text(amount.number)) * unit->second <= std::numeric_limits<std::int32_t>::max();
}

/// PostgreSQL takes a number alone for milliseconds, and few who write one mean these; 0 is none of any.
bool lacks_unit(const Amount& amount) { return amount.is_count(); }

bool is_batch(std::string_view text) {
  List words;
  for (Text& word : split(text, ' '))
    if (!word.empty()) words.push_back(std::move(word));
  if (words.empty() || words.size() % 2 == 0 || !amount_of(words[0]).is_count()) return false;
  for (std::size_t i = 1; i < words.size(); i += 2) {
    const Amount amount = amount_of(words[i + 1]);
    if (!(words[i] == "pause" && amount.is_count()) && !(words[i] == "max-lag" && is_duration(amount))) return false;
  }
  return true;
}

bool is_checksum(std::string_view text) {
  constexpr std::size_t digits = 64;
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool names_replaced(std::string_view text) {
  const List words = split(text, ' ');
  return (words.size() == 2 || (words.size() == 3 && words[2] == "baseline")) && !words[0].empty() &&
         is_checksum(words[1]);
}

void check_argument(const Directive& directive) {
  const auto refuse = [&](std::string_view why, std::string_view right) {
    throw Error(Code::input,
                concat("\"", directive.name, directive.argument.empty() ? "" : " ", directive.argument, "\" ", why),
                directive.place, concat("write it as -- quoin: ", right));
  };
  const Text& given = directive.argument;
  if (directive.name == "retry" && !amount_of(given).is_count()) refuse("says no number of times", "retry 3");
  if (directive.name == "lock-timeout" && !is_duration(amount_of(given))) refuse("says no time", "lock-timeout 5s");
  if (directive.name == "lock-timeout" && lacks_unit(amount_of(given)))
    refuse("has no unit", concat("lock-timeout ", given, "s or ", given, "ms"));
  if (directive.name == "batch" && !is_batch(given)) refuse("says no number of rows", "batch 1000 pause 50 max-lag 5s");
  if (directive.name == "depends-on" && given.empty()) refuse("names no migration", "depends-on 0007");
  if (directive.name == "replaces" && !names_replaced(given))
    refuse("names no version with the checksum of its file", "replaces 0007 SHA-256");
  if (directive.name == "proven" && !is_checksum(given)) refuse("names no checksum", "proven SHA-256");
  if (directive.name == "nolint" && given.empty()) refuse("names no rule", "nolint RULE: WHY");
  if ((directive.name == "no-transaction" || directive.name == "optional") && !given.empty())
    refuse("takes nothing after its name", directive.name);
}

List directive_names() {
  List names;
  for (const DirectiveDoc& directive : directive_docs()) names.push_back(directive.name);
  return names;
}

/// The file's text as every reader of it should see it.
Text clean_text(Text text) { return with_line_feeds(psql::without_restrict(std::move(text))); }

bool is_blank(std::string_view text) { return trim(text).empty(); }

/// A comment that may have been meant for a mark.
struct PossibleMark {
  const ast::Comment* comment;
  Text advice;
};

class SectionReader {
 public:
  SectionReader(const Text& file, const Text& content, Shape shape)
      : file_(file), shape_(shape), content_(clean_text(content)), comments_(ast::comments(content_)) {}

  FileParts read() {
    parts_.checksum = sha256(with_line_feeds_alone(content_));
    read_first_line();
    refuse_evolutions();
    for (const ast::Comment& comment : comments_) look(comment);
    finish(content_.size());
    if (suspect_ && !parts_.down) fail_nearly(*suspect_);
    if (parts_.down && !seen_up_)
      throw Error(Code::input, concat(file_, " says what undoes it, and not what goes up"), place_of(*parts_.down, 0),
                  "put a section that goes up above it, as: -- Up Migration");
    if (shape_ != Shape::marked) parts_.layout = Layout::plain;
    return std::move(parts_);
  }

 private:
  const Text& file_;
  Shape shape_;
  const Text content_;
  const std::vector<ast::Comment> comments_;
  FileParts parts_;
  Mark current_ = Mark::none;
  Text mark_said_;                       // the line of the last mark
  std::size_t begin_ = 0;                // of the section at hand
  std::optional<PossibleMark> suspect_;  // may have been meant for the mark that goes down, if there is none
  bool envsub_ = false, begins_with_envsub_ = false;  // here, and where the section at hand began
  bool seen_up_ = false;                              // a mark of its own, or SQL above the mark that goes down
  std::vector<Directive> in_head_;                    // above the first mark: for both
  std::vector<Directive> in_section_;

  Place place(std::size_t offset) const {
    const LineColumn at = line_column(content_, offset);
    return {file_, at.line, at.column};
  }
  [[noreturn]] void fail(const Text& message, std::size_t offset, Text advice) const {
    throw Error(Code::input, message, place(offset), std::move(advice));
  }
  std::string_view text_of(const ast::Comment& comment) const {
    return std::string_view(content_).substr(comment.begin, comment.end - comment.begin);
  }

  /// Where SQL begins in [begin, end); npos: there is none.
  std::size_t sql_in(std::size_t begin, std::size_t end) const {
    const auto first = [&](std::size_t from, std::size_t until) {
      const std::size_t at = content_.find_first_not_of(" \t\r\n\f\v;", from);
      return at < until ? at : Text::npos;
    };
    std::size_t at = begin;
    for (const ast::Comment& comment : comments_) {
      if (comment.begin < at) continue;
      if (comment.begin >= end) break;
      if (const std::size_t found = first(at, comment.begin); found != Text::npos) return found;
      at = comment.end;
    }
    return first(at, end);
  }

  /// sqlx's word on a file, which counts in its first line alone.
  void read_first_line() {
    const std::string_view line = std::string_view(content_).substr(0, content_.find('\n'));
    if (line.starts_with("--") && trim(line.substr(2)) == "no-transaction") without_transaction(in_head_, 0);
  }

  /// The marks of Play's evolutions begin with "#", which begins no comment of SQL.
  void refuse_evolutions() const {
    if (content_.find('#') == Text::npos) return;
    for (std::size_t at = 0; at < content_.size(); at = content_.find('\n', at) + 1) {
      const std::string_view line = trim(std::string_view(content_).substr(at, content_.find('\n', at) - at));
      const Text said = line.starts_with('#') ? lower(line) : Text();
      if (said.ends_with("!ups") || said.ends_with("!downs"))
        fail(concat("\"", line, "\" is the mark of a section in Play Framework's evolutions, and none here"), at,
             concat("write it as: ", said.ends_with("!ups") ? "-- Up Migration" : "-- Down Migration"));
      if (content_.find('\n', at) == Text::npos) return;
    }
  }

  void without_transaction(std::vector<Directive>& into, std::size_t offset) const {
    into.push_back({"no-transaction", "", place(offset)});
  }

  void look(const ast::Comment& comment) {
    const std::size_t line_begin = comment.begin == 0 ? 0 : content_.rfind('\n', comment.begin - 1) + 1;
    const std::size_t line_end = std::min(content_.find('\n', comment.end), content_.size());
    const bool alone = is_blank(std::string_view(content_).substr(line_begin, comment.begin - line_begin)) &&
                       is_blank(std::string_view(content_).substr(comment.end, line_end - comment.end));
    const std::string_view text = text_of(comment);
    read_description(text);
    if (read_directive(text, comment.begin)) return;
    const Meaning meaning =
        migration_marks::meaning_of(text, alone ? CommentPlace::whole_line : CommentPlace::behind_sql);
    if (meaning.kind == Kind::comment) return;
    if (meaning.kind == Kind::refused)
      fail(concat("\"", trim(text), "\" asks for what quoin does not do"), comment.begin, meaning.advice);
    if (meaning.kind == Kind::setting) return read_setting(meaning, comment.begin);
    if (shape_ != Shape::marked) return refuse_foreign(meaning, comment);
    if (meaning.kind == Kind::down_and_more) {
      if (!suspect_ && parts_its_file(comment)) suspect_ = PossibleMark{&comment, meaning.advice};
      return;
    }
    if (meaning.kind == Kind::nearly) fail_nearly({&comment, meaning.advice});
    begin_section(meaning, comment, std::min(line_end + 1, content_.size()));
  }

  [[noreturn]] void fail_nearly(const PossibleMark& suspect) const {
    fail(concat("\"", trim(text_of(*suspect.comment)), "\" looks like the mark of a section, and is none"),
         suspect.comment->begin, suspect.advice);
  }

  /// True if SQL stands above the comment, in the up, and below it.
  bool parts_its_file(const ast::Comment& comment) const {
    const bool is_down = current_ == Mark::down || current_ == Mark::rollback;
    return !is_down && sql_in(0, comment.begin) != Text::npos && sql_in(comment.end, content_.size()) != Text::npos;
  }

  void read_setting(const Meaning& meaning, std::size_t offset) {
    if (meaning.envsub != migration_marks::Envsub::unsaid) envsub_ = meaning.envsub == migration_marks::Envsub::on;
    if (!meaning.without_transaction) return;
    // The setting holds for the whole file, wherever it stands.
    without_transaction(in_head_, offset);
    if (current_ == Mark::down || current_ == Mark::rollback) without_transaction(parts_.up.directives, offset);
  }

  /// A file whose name gives its direction has no marks. A tool's mark of the other direction means that it holds both.
  void refuse_foreign(const Meaning& meaning, const ast::Comment& comment) const {
    const bool of_tool = meaning.layout != Layout::quoin && meaning.layout != Layout::plain;
    const Mark other = shape_ == Shape::only_up ? Mark::down : Mark::up;
    if (meaning.kind != Kind::section || !of_tool || meaning.mark != other) return;
    fail(concat("\"", trim(text_of(comment)), "\" begins no section here: the whole file goes ",
                shape_ == Shape::only_up ? "up" : "down", ", by its name"),
         comment.begin, "move what is below it to a file of its own, or name the file VERSION_name.sql");
  }

  void begin_section(const Meaning& meaning, const ast::Comment& comment, std::size_t next) {
    const Text said(trim(text_of(comment)));
    if (meaning.mark == Mark::rollback) {
      if (current_ == Mark::down || current_ == Mark::rollback) fail_twice(said, comment.begin);
      if (const std::size_t sql = sql_in(next, content_.size()); sql != Text::npos)
        fail(concat("SQL below \"", said, "\", where all is to be comments"), sql,
             "comment out what undoes the migration, and put it at the end; or begin it with: -- Down Migration");
    } else if (parts_.layout != Layout::plain && parts_.layout != meaning.layout) {
      fail(concat("\"", said, "\" and \"", mark_said_, "\" are marks of two tools"), comment.begin,
           "keep to one of them in a file");
    }
    meaning.mark == Mark::up ? require_first(said, comment.begin) : require_up(meaning, said, comment.begin);
    if (meaning.mark != Mark::rollback) parts_.layout = meaning.layout;
    current_ = meaning.mark;
    mark_said_ = said;
    begin_ = next;
    begins_with_envsub_ = envsub_;
    if (meaning.without_transaction) without_transaction(in_section_, comment.begin);
  }

  [[noreturn]] void fail_twice(const Text& said, std::size_t offset) const {
    fail(concat("\"", said, "\" comes twice: ", file_, " has the section already"), offset,
         "keep one section that goes up and one that goes down in a file");
  }

  void require_first(const Text& said, std::size_t offset) {
    if (current_ == Mark::up) fail_twice(said, offset);
    if (current_ != Mark::none)
      fail(concat("\"", said, "\" comes after \"", mark_said_, "\""), offset,
           seen_up_ ? "keep one section that goes up and one that goes down in a file"
                    : "put the section that goes up first");
    if (const std::size_t sql = sql_in(0, offset); sql != Text::npos)
      fail(concat("SQL above \"", said, "\" belongs to no section"), sql,
           "move it below the line that begins the section");
    close_head();
    seen_up_ = true;
  }

  void require_up(const Meaning& meaning, const Text& said, std::size_t offset) {
    if (current_ == Mark::down || current_ == Mark::rollback) fail_twice(said, offset);
    if (current_ == Mark::none) {
      seen_up_ = sql_in(0, offset) != Text::npos;
      const Text up = migration_marks::spelling(meaning.layout, Mark::up);
      if (seen_up_ && !up.empty() && meaning.layout != Layout::quoin)
        fail(concat("no \"", up, "\" above \"", said, "\""), offset, concat("begin what goes up with: ", up));
    }
    finish(offset);
  }

  /// Directives above the first mark hold for the whole file.
  void close_head() {
    in_head_.insert(in_head_.end(), in_section_.begin(), in_section_.end());
    in_section_.clear();
  }

  /// Ends the section that is open at byte `end`. What stands above any mark is the up.
  void finish(std::size_t end) {
    Section section{file_, content_.substr(begin_, end - begin_), place(begin_).line, 0, begins_with_envsub_, {}};
    if (current_ == Mark::rollback) uncomment(section);
    const bool goes_down = current_ == Mark::down || current_ == Mark::rollback;
    if (current_ == Mark::none && end != content_.size()) close_head();
    section.directives = in_head_;
    section.directives.insert(section.directives.end(), in_section_.begin(), in_section_.end());
    in_section_.clear();
    if (goes_down) {
      parts_.down = std::move(section);
    } else {
      parts_.up = std::move(section);
    }
  }

  static void uncomment(Section& section) {
    Text text;
    for (const Text& line : split(section.text, '\n')) {
      std::string_view rest = line;
      const bool directive = rest.starts_with("--") && trim(rest.substr(2)).starts_with("quoin:");
      if (rest.starts_with("--") && !directive) rest.remove_prefix(2);
      if (rest.starts_with(" ")) rest.remove_prefix(1);
      text.append(rest).append("\n");
    }
    section.indent = 3;
    section.text = std::move(text);
  }

  void read_description(std::string_view comment) {
    constexpr std::string_view sign = "-- Description:";
    if (parts_.description.empty() && comment.starts_with(sign)) parts_.description = trim(comment.substr(sign.size()));
  }

  bool read_directive(std::string_view comment, std::size_t offset) {
    constexpr std::string_view sign = "quoin:";
    if (!comment.starts_with("--")) return false;
    std::string_view text = trim(comment.substr(2));
    if (!text.starts_with(sign)) return false;
    text = trim(text.substr(sign.size()));
    const std::size_t space = std::min(text.find(' '), text.size());
    const Directive directive{Text(text.substr(0, space)), Text(trim(text.substr(space))), place(offset)};
    const List known = directive_names();
    if (std::find(known.begin(), known.end(), directive.name) == known.end()) {
      const std::optional<Text> near = nearest(directive.name, known);
      throw Error(Code::input, concat("there is no directive \"", directive.name, "\""), directive.place,
                  near ? concat("did you mean \"", *near, "\"?") : concat("known are ", join(known, ", ")));
    }
    const bool in_down = shape_ == Shape::only_down || current_ == Mark::down || current_ == Mark::rollback;
    static const List of_migration{"depends-on", "optional", "replaces", "proven"};
    if (in_down && std::ranges::count(of_migration, directive.name) > 0)
      throw Error(Code::input, concat(directive.name, " is said of a migration, and stands in what undoes it"),
                  directive.place, "move it to the top of the file that goes up");
    check_argument(directive);
    in_section_.push_back(directive);
    return true;
  }
};

}  // namespace

FileParts read(const Text& file, const Text& content, Shape shape) {
  return SectionReader(file, content, shape).read();
}

}  // namespace quoin::migration_sections
