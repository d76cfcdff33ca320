#include "parser/migrations/sqitch_plan.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin {
namespace {

class PlanReader {
 public:
  explicit PlanReader(const Text& file) { plan_.file = file; }

  SqitchPlan read() {
    int line = 0;
    for (const Text& text : split(read_text(plan_.file), '\n')) {
      ++line;
      take(trim(text), line);
    }
    if (plan_.project.empty()) fail("the plan names no project", 1, "its head holds a line %project=NAME");
    name_all();
    return std::move(plan_);
  }

 private:
  SqitchPlan plan_;
  Text uri_;

  [[noreturn]] void fail(const Text& message, int line, const Text& hint) const {
    throw Error(Code::input, message, {plan_.file, line, 1}, hint);
  }

  void take(std::string_view text, int line) {
    if (text.empty() || text[0] == '#') return;
    if (text[0] == '%') return take_pragma(text.substr(1));
    const std::size_t sign = text.find(" #");
    const Text note = sign == text.npos ? Text() : note_of(trim(text.substr(sign + 2)));
    text = trim(text.substr(0, sign));
    if (text[0] == '@') return take_tag(text, line);
    SqitchChange change;
    change.line = line;
    change.note = note;
    take_change(text, change);
    plan_.changes.push_back(std::move(change));
  }

  void take_pragma(std::string_view text) {
    const std::size_t sign = std::min(text.find('='), text.size());
    const Text value(trim(text.substr(std::min(sign + 1, text.size()))));
    if (trim(text.substr(0, sign)) == "project") plan_.project = value;
    if (trim(text.substr(0, sign)) == "uri") uri_ = value;
  }

  /// A line break is written as \n there, and a backslash twice.
  static Text note_of(std::string_view text) {
    Text note;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
      if (next == 'n' || next == 'r' || next == '\\') ++i;
      note += next == 'n' ? '\n' : next == 'r' ? '\r' : text[i];
    }
    return note;
  }

  void take_tag(std::string_view text, int line) {
    if (plan_.changes.empty())
      fail(concat("the tag ", text, " stands before any change"), line, "put it behind the change that it is of");
    plan_.changes.back().tags.emplace_back(text.substr(0, text.find_first_of(" \t")));
  }

  void take_change(std::string_view text, SqitchChange& change) {
    if (text[0] == '-')
      fail("a change that reverts, marked by -, is of Sqitch's earliest days", change.line,
           "write it as one of its own");
    if (text[0] == '+') text = trim(text.substr(1));
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    change.name = text.substr(0, end);
    text = trim(text.substr(end));
    if (text.starts_with('[')) {
      const std::size_t close = text.find(']');
      if (close == text.npos) fail("a list of what it requires has no end", change.line, "close it with ]");
      take_needs(text.substr(1, close - 1), change);
      text = trim(text.substr(close + 1));
    }
    const std::size_t date = std::min(text.find(' '), text.size());
    change.planned_at = text.substr(0, date);
    change.planner = trim(text.substr(date));
    const bool is_dated = change.planned_at.size() == 20 && change.planned_at.ends_with('Z');
    if (!is_dated || change.planner.empty())
      fail(concat("\"", change.name, "\" is followed by no time and planner"), change.line,
           "a line reads: NAME [NEEDED] 2025-01-06T09:00:00Z Name <name@example.org> # note");
  }

  static void take_needs(std::string_view text, SqitchChange& change) {
    for (const Text& word : split(text, ' ')) {
      std::string_view need = trim(word);
      if (need.empty()) continue;
      const bool conflicts = need[0] == '!';
      if (conflicts || need[0] == ':') need.remove_prefix(1);
      (conflicts ? change.conflicts : change.needs).emplace_back(need);
    }
  }

  /// The ids, each made of the one before it.
  void name_all() {
    Text parent;
    for (SqitchChange& change : plan_.changes) {
      Text info = concat("project ", plan_.project, "\n");
      if (!uri_.empty()) info += concat("uri ", uri_, "\n");
      info += concat("change ", change.name, "\n");
      if (!parent.empty()) info += concat("parent ", parent, "\n");
      info += concat("planner ", change.planner, "\ndate ", change.planned_at);
      if (!change.needs.empty()) info += concat("\nrequires\n  + ", join(change.needs, "\n  + "));
      if (!change.conflicts.empty()) info += concat("\nconflicts\n  - ", join(change.conflicts, "\n  - "));
      if (!change.note.empty()) info += concat("\n\n", change.note);
      Text hashed = concat("change ", std::to_string(info.size()));
      hashed += '\0';
      change.id = parent = sha1(hashed + info);
    }
  }
};

}  // namespace

SqitchPlan read_sqitch_plan(const Text& file) { return PlanReader(file).read(); }

}  // namespace quoin
