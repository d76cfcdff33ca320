#include "runner/batch.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace quoin::runner {
namespace {

constexpr std::string_view note_sign = "batch ";

[[noreturn]] void refuse(const Text& why, const Text& hint = no_batch_hint) { throw no_batch(why, hint); }

ast::Node root_of(const ast::Tree& tree) {
  const auto& statements = tree.statements();
  return statements.size() == 1 ? statements[0].node : ast::Node();
}

/// Where the condition of a statement stands: of an INSERT in its SELECT.
ast::Node conditioned(ast::Node statement) { return statement.is("InsertStmt") ? statement["selectStmt"] : statement; }

/// The table whose rows are split into chunks: the first of FROM.
ast::Node leading_table(ast::Node item) {
  while (item.is("JoinExpr")) {
    const Text type(item["jointype"].text());
    if (type != "JOIN_INNER" && type != "JOIN_LEFT") refuse("its rows do not come from its first table alone");
    item = item["larg"];
  }
  if (!item.is("RangeVar")) refuse("its first source is no table");
  return item;
}

/// Each as often as the word stands there, in whatever letters.
std::vector<std::size_t> places_of(const Text& sql, std::string_view word) {
  const Text text = lower(sql);
  std::vector<std::size_t> all;
  for (std::size_t at = text.find(word); at != Text::npos; at = text.find(word, at + 1)) all.push_back(at);
  return all;
}

/// True if the text is the statement with one more condition, and nothing else: TRUE AND (ours) [AND (its own)].
bool is_narrowed(const Text& sql, std::size_t arguments) {
  try {
    const ast::Tree tree = ast::Tree::parse(sql);
    const ast::Node where = conditioned(root_of(tree))["whereClause"];
    return where.is("BoolExpr") && where["boolop"].text() == "AND_EXPR" && where["args"].size() == arguments &&
           where["args"].items()[0].is("A_Const") && where["args"].items()[0]["boolval"].flag();
  } catch (const Error&) { return false; }
}

}  // namespace

std::optional<BatchRequest> batch_request(std::string_view comment) {
  constexpr std::string_view sign = "quoin:";
  if (!comment.starts_with("--")) return std::nullopt;
  comment = trim(comment.substr(2));
  if (!comment.starts_with(sign)) return std::nullopt;
  List words;
  for (Text& word : split(trim(comment.substr(sign.size())), ' '))
    if (!word.empty()) words.push_back(std::move(word));
  if (words.empty() || words[0] != "batch") return std::nullopt;
  const auto number = [&](std::size_t at) {
    int value = 0;
    const Text digits = at < words.size() ? words[at] : Text();
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed != std::errc() || end != digits.data() + digits.size() || value < 1)
      throw Error(Code::input, concat("\"", join(words, " "), "\" says no number of rows"), {},
                  "write it as -- quoin: batch 1000 pause 50 max-lag 5s");
    return value;
  };
  BatchRequest request;
  request.rows = number(1);
  for (std::size_t at = 2; at + 1 < words.size(); at += 2) {
    if (words[at] == "pause") request.pause_ms = number(at + 1);
    if (words[at] == "max-lag") request.max_lag = words[at + 1];
  }
  return request;
}

BatchTarget batch_target(const Text& sql) {
  const ast::Tree tree = ast::Tree::parse(sql);
  const ast::Node statement = root_of(tree);
  const bool inserts = statement.is("InsertStmt");
  if (!inserts && !statement.is("UpdateStmt") && !statement.is("DeleteStmt"))
    refuse("it is no UPDATE, DELETE or INSERT … SELECT", "put the batch line right above the statement that it is for");
  if (statement.has("withClause")) refuse("it begins with WITH");
  if (statement.has("returningList") || statement.has("returningClause")) refuse("it has RETURNING");
  const ast::Node select = statement["selectStmt"];
  if (inserts && (!select.is("SelectStmt") || !select.has("fromClause")))
    refuse("it inserts no rows of a table", "batch stands before INSERT … SELECT … FROM a table");
  const ast::Node table =
      inserts ? leading_table(statement["selectStmt"]["fromClause"].items()[0]) : statement["relation"];
  const Text name(table["relname"].text()), alias(table["alias"]["aliasname"].text());
  BatchTarget target{quote_qualified(table["schemaname"].text(), name), quote_ident(alias.empty() ? name : alias), {}};
  if (statement.is("UpdateStmt"))
    for (const ast::Node set : statement["targetList"]) target.assigned.emplace_back(set["name"].text());
  require_row_by_row(statement, target);
  return target;
}

Text narrowed(const Text& sql, const Text& condition) {
  const ast::Tree tree = ast::Tree::parse(sql);
  const bool has_own = conditioned(root_of(tree)).has("whereClause");
  std::vector<std::size_t> ends = places_of(sql, "on conflict");
  ends.push_back(sql.size());
  const Text ours = concat("WHERE TRUE AND (", condition, ")");
  for (const std::size_t end : ends) {
    const Text rest = concat("\n", sql.substr(end));
    if (!has_own) {
      if (Text all = concat(sql.substr(0, end), "\n", ours, rest); is_narrowed(all, 2)) return all;
      continue;
    }
    constexpr std::size_t length = 5;
    for (const std::size_t at : places_of(sql, "where")) {
      if (at + length > end) break;
      Text all = concat(sql.substr(0, at), ours, " AND (", sql.substr(at + length, end - at - length), "\n)", rest);
      if (is_narrowed(all, 3)) return all;
    }
  }
  refuse("its condition cannot be told from the rest of it");
}

Text BatchKey::selected(const Text& alias) const {
  List all;
  for (const Text& column : columns) all.push_back(concat(alias, ".", column));
  return join(all, ", ");
}

Text BatchKey::between(const Text& alias, const List& after, const List& until) const {
  const auto row = [&](const List& key) {
    List all;
    for (std::size_t i = 0; i < columns.size(); ++i) all.push_back(concat(quote_literal(key[i]), "::", types[i]));
    return concat("(", join(all, ", "), ")");
  };
  const Text own = concat("(", selected(alias), ")");
  List parts;
  if (!after.empty()) parts.push_back(concat(own, " OPERATOR(pg_catalog.>) ", row(after)));
  if (!until.empty()) parts.push_back(concat(own, " OPERATOR(pg_catalog.<=) ", row(until)));
  return parts.empty() ? Text("TRUE") : join(parts, " AND ");
}

Text giving_moved(const Text& sql, const BatchTarget& target, const BatchKey& key, const Text& between) {
  return concat("WITH moved AS (", sql, " RETURNING ", key.selected(target.alias), ") SELECT 1 FROM moved AS ",
                target.alias, " WHERE NOT (", between, ") LIMIT 1");
}

BatchKey batch_key(postgres::Connection& connection, const BatchTarget& target) {
  const auto rows = connection.query(
      "SELECT pg_catalog.quote_ident(a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod), a.attname,"
      " greatest(c.reltuples, 0)::bigint, y.typtype::pg_catalog.text OPERATOR(pg_catalog.=) 'e'"
      " OR y.typnamespace OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace"
      " FROM (SELECT i.* FROM pg_catalog.pg_index i WHERE i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)"
      " AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL AND NOT "
      "EXISTS"
      " (SELECT FROM pg_catalog.pg_attribute n WHERE n.attrelid OPERATOR(pg_catalog.=) i.indrelid AND n.attnum"
      " OPERATOR(pg_catalog.=) ANY (i.indkey) AND NOT n.attnotnull)"
      " ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1) k"
      " CROSS JOIN LATERAL pg_catalog.unnest(k.indkey) WITH ORDINALITY AS u(attnum, place)"
      " JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) k.indrelid AND a.attnum"
      " OPERATOR(pg_catalog.=) u.attnum JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) a.atttypid"
      " JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) k.indrelid"
      " WHERE u.place OPERATOR(pg_catalog.<=) k.indnkeyatts ORDER BY u.place",
      std::vector<postgres::Parameter>{target.table});
  if (rows.rows() == 0)
    refuse(concat(target.table, " has no primary key, nor a unique index on columns that are not null"),
           "give it one; or take the batch line out");
  BatchKey key;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (rows.text(row, 4) != "t") refuse(concat("the key column ", rows.text(row, 0), " is of a type of its own"));
    if (std::ranges::count(target.assigned, rows.text(row, 2)) > 0)
      refuse(concat("it sets ", rows.text(row, 0), ", by which its chunks are counted, so that rows would move ahead"));
    key.columns.push_back(rows.text(row, 0));
    key.types.push_back(rows.text(row, 1));
    key.rows = std::stoll(rows.text(row, 3));
  }
  return key;
}

namespace {
/// The key of the first row that `rest`, after WHERE, gives; empty: of none.
List key_of_first(postgres::Connection& connection, const BatchTarget& target, const BatchKey& key, const Text& rest) {
  List columns;
  for (const Text& column : key.columns) columns.push_back(concat(target.alias, ".", column, "::pg_catalog.text"));
  // A key is kept until another session goes on behind it, whose settings may be others.
  connection.execute(
      "BEGIN; SET LOCAL datestyle TO 'ISO, YMD'; SET LOCAL intervalstyle TO 'iso_8601'; SET LOCAL timezone TO 'UTC';"
      " SET LOCAL bytea_output TO 'hex'; SET LOCAL extra_float_digits TO 3");
  const auto found = connection.execute(concat("SELECT ", join(columns, ", "), " FROM ", target.table, " AS ",
                                               target.alias, " WHERE ", rest, " LIMIT 1"));
  connection.execute("COMMIT");
  List end;
  for (std::size_t i = 0; found.rows() > 0 && i < key.columns.size(); ++i) end.push_back(found.text(0, i));
  return end;
}
}  // namespace

List end_of_chunk(postgres::Connection& connection, const BatchTarget& target, const BatchKey& key,
                  const Chunk& chunk) {
  return key_of_first(connection, target, key,
                      concat(key.between(target.alias, chunk.after, chunk.last), " ORDER BY ",
                             key.selected(target.alias), " OFFSET ", std::to_string(chunk.rows - 1)));
}

List last_key(postgres::Connection& connection, const BatchTarget& target, const BatchKey& key) {
  List order;
  for (const Text& column : key.columns) order.push_back(concat(target.alias, ".", column, " DESC"));
  return key_of_first(connection, target, key, concat("TRUE ORDER BY ", join(order, ", ")));
}

namespace {
Text key_in_words(const Bound& bound) {
  List all;
  for (std::size_t i = 0; i < bound.key.size(); ++i)
    all.push_back(i < bound.columns.size() ? concat(bound.columns[i], " = ", bound.key[i]) : bound.key[i]);
  return join(all, ", ");
}
}  // namespace

bool Bound::is_portable() const {
  const auto is_iso = [](const Text& date) {
    const std::size_t year = date.find_first_not_of("0123456789");
    return date.ends_with("infinity") || (year >= 4 && year != Text::npos && date[year] == '-');
  };
  for (std::size_t i = 0; i < key.size(); ++i) {
    const Text type = i < types.size() ? types[i] : Text();
    const bool is_date = type.starts_with("date") || type.starts_with("timestamp");
    if (is_date && !is_iso(key[i])) return false;
    if (type.starts_with("interval") && !key[i].starts_with('P')) return false;
    // Of the first quoin that had batches: numbers and UUIDs are written in one way alone.
    if (type.empty() && key[i].find_first_not_of("0123456789abcdef-") != Text::npos) return false;
  }
  return true;
}

Text Bound::shown() const { return concat("behind ", key_in_words(*this)); }

Text Bound::rows_done() const { return concat("the rows up to ", key_in_words(*this)); }

Text to_note(const Bound& bound) {
  return concat(
      note_sign,
      nlohmann::json{{"columns", bound.columns}, {"types", bound.types}, {"key", bound.key}, {"last", bound.last}}
          .dump());
}

namespace {
List texts_in(const nlohmann::json& list) {
  List all;
  for (const auto& part : list) all.push_back(part.is_string() ? part.get<Text>() : Text());
  return all;
}
}  // namespace

std::optional<Bound> bound_in_note(std::string_view note) {
  if (!note.starts_with(note_sign)) return std::nullopt;
  const nlohmann::json read = nlohmann::json::parse(note.substr(note_sign.size()), nullptr, false);
  if (read.is_array()) return Bound{{}, {}, texts_in(read)};
  if (!read.is_object() || !read.contains("columns") || !read.contains("types") || !read.contains("key"))
    return std::nullopt;
  return Bound{texts_in(read["columns"]), texts_in(read["types"]), texts_in(read["key"]),
               texts_in(read.value("last", nlohmann::json::array()))};
}

}  // namespace quoin::runner
