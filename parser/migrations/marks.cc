#include "parser/migrations/marks.h"

#include <algorithm>
#include <cctype>

namespace quoin::migration_marks {
namespace {

using Kind = Meaning::Kind;

/// A mark's words behind `--`, in lower case with single blanks.
struct Row {
  std::string_view words;
  Layout layout;
  Mark mark;
  std::string_view spelling;
};
constexpr Row rows[] = {
    {"up migration", Layout::quoin, Mark::up, "-- Up Migration"},
    {"down migration", Layout::quoin, Mark::down, "-- Down Migration"},
    {"migrate:up", Layout::dbmate, Mark::up, "-- migrate:up"},
    {"migrate:down", Layout::dbmate, Mark::down, "-- migrate:down"},
    {"+goose up", Layout::goose, Mark::up, "-- +goose Up"},
    {"+goose down", Layout::goose, Mark::down, "-- +goose Down"},
    {"+migrate up", Layout::sql_migrate, Mark::up, "-- +migrate Up"},
    {"+migrate down", Layout::sql_migrate, Mark::down, "-- +migrate Down"},
    {"-- create above / drop below ----", Layout::tern, Mark::down, "---- create above / drop below ----"},
    {"//@undo", Layout::mybatis, Mark::down, "-- //@UNDO"},
    {"// @undo", Layout::mybatis, Mark::down, "-- //@UNDO"},
    {"rollback:", Layout::plain, Mark::rollback, "-- ROLLBACK:"},
};

/// What may follow a mark on its line.
struct Option {
  Layout layout;
  std::string_view words;
  bool without_transaction;
};
constexpr Option options[] = {{Layout::dbmate, "transaction:false", true},
                              {Layout::dbmate, "transaction:true", false},
                              {Layout::sql_migrate, "notransaction", true}};

struct Setting {
  std::string_view words;
  Layout layout;
  bool without_transaction;
  Envsub envsub = Envsub::unsaid;
};
constexpr Setting settings[] = {
    {"+goose no transaction", Layout::goose, true},
    {"+goose statementbegin", Layout::goose, false},
    {"+goose statementend", Layout::goose, false},
    {"+goose envsub on", Layout::goose, false, Envsub::on},
    {"+goose envsub off", Layout::goose, false, Envsub::off},
    {"+migrate statementbegin", Layout::sql_migrate, false},
    {"+migrate statementend", Layout::sql_migrate, false},
    {"-- tern: disable-tx ----", Layout::tern, true},
    {"! no-transaction", Layout::plain, true},
    {"atlas:txmode none", Layout::plain, true},
    {"transactional: false", Layout::plain, true},  // yoyo's
};

/// A tool's own spelling, which no sentence begins with.
constexpr std::string_view spellings[] = {"migrate:", "+goose", "+migrate", "//@undo", "// @undo", "@undo"};

Text squeezed(std::string_view text) {
  Text out;
  for (const char c : lower(trim(text))) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
  }
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0; }

/// Whether the words name a direction, and besides that only what is migrated: "DOWN", "--- migration: up ---".
bool says_only_direction(std::string_view words) {
  static const List directions{"up",     "down", "upgrade", "downgrade", "undo",     "rollback",
                               "revert", "ups",  "downs",   "reverse",   "backward", "forward"};
  static const List others{"migration", "migrate", "migrations", "goose", "section", "script", "sql",
                           "rambler",   "dbmate",  "step",       "part",  "begin",   "start",  "direction"};
  int found = 0;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = at;
    while (end < words.size() && is_letter(words[end])) ++end;
    const std::string_view word = words.substr(at, end - at);
    if (std::ranges::count(directions, word) > 0) {
      ++found;
    } else if (!word.empty() && std::ranges::count(others, word) == 0) {
      return false;
    }
    at = std::max(end, at + 1);
  }
  return found == 1;
}

/// Of whatever tool: "+micrate up", "@section down", "deploy:up". Other signs are left to sentences.
bool is_spelled_like_one(std::string_view words) {
  while (!words.empty() && !is_letter(words.back())) words.remove_suffix(1);
  const bool has_sign = !words.empty() && std::string_view("+@#!$%&=").find(words[0]) != words.npos;
  if (has_sign) words.remove_prefix(1);
  std::size_t end = 0;
  while (end < words.size() && (is_letter(words[end]) || words[end] == '_' || words[end] == '-')) ++end;
  if (end == 0 || end == words.size()) return false;
  const bool has_colon = words[end] == ':';
  if (!has_sign && !has_colon) return false;
  std::string_view direction = words.substr(end + 1);
  while (has_sign && direction.starts_with(' ')) direction.remove_prefix(1);
  if (has_colon && direction.starts_with(':')) direction.remove_prefix(1);
  static const List directions{"up", "down", "ups", "downs"};
  return std::ranges::count(directions, direction) > 0;
}

/// What follows `-- Up Migration` on its line, for people: node-pg-migrate takes it for a mark all the same.
bool is_remark(std::string_view rest) {
  rest = trim(rest);
  return !rest.empty() && !std::isalnum(static_cast<unsigned char>(rest.front()));
}

/// "down: drops a", "▼ down (drops a)", "downmigration", "down migration drops a"; not "down payments", nor SQL that is
/// kept in a comment: "down: DROP TABLE a".
bool goes_down_and_more(std::string_view words) {
  static const List directions{"down", "downs", "downgrade", "backward", "backwards", "downmigration"};
  static const List statements = split("drop alter create delete update insert truncate revoke grant", ' ');
  if (words.starts_with("…")) return false;  // goes on with what quoin itself says in a comment
  while (!words.empty() && (words.front() < 'a' || words.front() > 'z')) words.remove_prefix(1);
  const auto take = [&] {
    std::size_t end = 0;
    while (end < words.size() && words[end] >= 'a' && words[end] <= 'z') ++end;
    const std::string_view word = words.substr(0, end);
    words = trim(words.substr(end));
    return word;
  };
  if (std::ranges::count(directions, take()) == 0) return false;
  const bool says_migration = words.starts_with("migration");
  if (says_migration) take();
  if (!says_migration && !words.empty() && words.front() >= 'a' && words.front() <= 'z') return false;
  while (!words.empty() && (words.front() < 'a' || words.front() > 'z')) words.remove_prefix(1);
  return std::ranges::count(statements, take()) == 0;
}

/// "dwon migration", "dow migration", a letter of another alphabet in it.
bool is_misspelt(std::string_view words) {
  constexpr std::string_view last = " migration";
  if (!words.ends_with(last)) return false;
  Text first(words.substr(0, words.size() - last.size()));
  if (first.find(' ') != Text::npos) return false;
  std::erase_if(first, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  static const List directions{"down"};
  const auto sorted = [](Text word) { return std::ranges::sort(word), word; };
  return nearest(first, directions).has_value() || sorted(first) == sorted("down") || first == "pu";
}

Text advice() {
  return "a mark is a line of its own and nothing else: `-- Up Migration`, `-- Down Migration`, or those of dbmate, "
         "goose, sql-migrate and tern; a comment for people says more than the direction";
}

Meaning section(const Row& row, bool without_transaction) {
  return {Kind::section, row.mark, row.layout, without_transaction, {}, {}};
}

Meaning line_comment(std::string_view words, CommentPlace stands) {
  for (const Setting& setting : settings)
    if (words == setting.words)
      return {Kind::setting, Mark::none, setting.layout, setting.without_transaction, setting.envsub, {}};
  if (words.starts_with("liquibase formatted sql"))
    return {Kind::refused,
            {},
            {},
            {},
            {},
            "write each changeset as a file of its own: quoin does not take changelogs apart"};
  for (const Row& row : rows) {
    if (!words.starts_with(row.words) || (stands == CommentPlace::behind_sql && row.layout == Layout::plain)) continue;
    if (stands == CommentPlace::behind_sql && words == row.words) return {Kind::nearly, {}, {}, {}, {}, advice()};
    const std::string_view rest = words.substr(row.words.size());
    if (words == row.words || (row.layout == Layout::quoin && is_remark(rest))) return section(row, false);
    for (const Option& option : options)
      if (option.layout == row.layout && words == concat(row.words, " ", option.words))
        return section(row, option.without_transaction);
  }
  const bool spelled = std::ranges::any_of(spellings, [&](std::string_view one) { return words.starts_with(one); });
  const bool of_tern = words.find("create above") != words.npos && words.find("drop below") != words.npos;
  if (spelled || of_tern) return {Kind::nearly, {}, {}, {}, {}, advice()};
  return {};
}

}  // namespace

Meaning meaning_of(std::string_view comment, CommentPlace stands) {
  const bool block = comment.starts_with("/*");
  if (block && comment.find('\n') != comment.npos) return {};
  const Text words = squeezed(comment.substr(2, comment.size() - (block && comment.ends_with("*/") ? 4 : 2)));
  Meaning meaning = block ? Meaning() : line_comment(words, stands);
  if (meaning.kind != Kind::comment || stands != CommentPlace::whole_line) return meaning;
  if (says_only_direction(words) || is_spelled_like_one(words) || is_misspelt(words))
    return {Kind::nearly, {}, {}, {}, {}, advice()};
  if (goes_down_and_more(words)) return {Kind::down_and_more, {}, {}, {}, {}, advice()};
  return meaning;
}

Text spelling(Layout layout, Mark mark) {
  for (const Row& row : rows)
    if (row.layout == layout && row.mark == mark) return Text(row.spelling);
  return {};
}

Text marked_up(Layout layout, const Text& sql) {
  const Text lines = concat(sql, sql.ends_with('\n') ? "" : "\n");
  if (layout == Layout::dbmate) return concat(spelling(layout, Mark::up), "\n", lines);
  if (layout != Layout::goose && layout != Layout::sql_migrate) return lines;
  const std::string_view tool = layout == Layout::goose ? "-- +goose " : "-- +migrate ";
  return concat(spelling(layout, Mark::up), "\n", tool, "StatementBegin\n", lines, tool, "StatementEnd\n");
}

std::string_view without_statement_marks(std::string_view statement) {
  statement = trim(statement);
  while (statement.starts_with("-- +")) {
    statement.remove_prefix(std::min(statement.find('\n'), statement.size()));
    statement = trim(statement);
  }
  return statement;
}

}  // namespace quoin::migration_marks
