#include "rows/filling.h"

namespace quoin::rows {
namespace {
constexpr std::size_t last_row = rows_of_a_table - 1;  // as empty as may be
constexpr int deepest = 16;                            // keys that refer to each other without end

// No trigger, rule or foreign key of the user's minds the rows, where we may say so; a function in a check has its
// time.
class Quietly {
 public:
  Quietly(postgres::Connection& connection, const List& path) : connection_(connection) {
    connection_.execute("SET statement_timeout = '2s'");
    if (!path.empty()) connection_.execute(concat("SET search_path = ", quoted_list(path), ", public"));
    set("SET session_replication_role = replica");
  }
  ~Quietly() {
    set("RESET search_path");
    set("RESET session_replication_role");
    set("RESET statement_timeout");
  }
  Quietly(const Quietly&) = delete;
  Quietly& operator=(const Quietly&) = delete;

 private:
  void set(const Text& sql) noexcept {
    try {
      connection_.execute(sql);
    } catch (const Error&) {}  // no superuser: rows go in as anybody's; a lost connection is told by its next use
  }
  postgres::Connection& connection_;
};

// Within a table each refers to the one before it.
std::size_t referred_row(bool is_own, std::size_t row) { return is_own && row > 0 ? row - 1 : row; }
}  // namespace

Filling::Filling(postgres::Connection& connection, std::set<Names> subjects, List path)
    : connection_(connection),
      subjects_(std::move(subjects)),
      path_(std::move(path)),
      attempt_(connection, std::chrono::seconds(20)) {}

void Filling::look_ahead() {
  tables_ahead_ = read_tables(connection_, {subjects_});
  if (tables_ahead_.empty()) return;
  const Quietly quietly(connection_, path_);
  Chooser chooser(connection_, attempt_, tables_ahead_);
  for (const auto& [oid, table] : tables_ahead_) ahead_.emplace(oid, chooser.look_ahead(table));
}

void Filling::fill() {
  tables_ = read_tables(connection_, {subjects_, oids_of(tables_ahead_)});
  if (tables_.empty()) return;
  for (const auto& [oid, table] : tables_ahead_)
    if (table.is_subject && tables_.contains(oid)) tables_.at(oid).is_subject = true;
  refer(tables_);
  refer(tables_ahead_);
  const Quietly quietly(connection_, path_);
  Chooser chooser(connection_, attempt_, tables_);
  for (const auto& [oid, table] : tables_) {
    std::set<Number> apart;
    for (const auto& [number, reference] : references_[oid]) apart.insert(number);
    const auto ahead = ahead_.find(oid);
    values_[oid] = chooser.choose(table, ahead == ahead_.end() ? nullptr : &ahead->second, apart);
  }
  for (const auto& [oid, table] : tables_) make_rows(oid, table);
  insert();
}

// What has keys of both states refers by the first.
void Filling::refer(const Tables& tables) {
  for (const auto& [oid, table] : tables)
    for (const Key& key : table.keys)
      for (std::size_t i = 0; i < key.columns.size() && tables_.contains(key.table) && tables_.contains(oid); ++i)
        if (tables_.at(oid).columns.contains(key.columns[i]) && tables_.at(key.table).columns.contains(key.referred[i]))
          references_[oid].try_emplace(key.columns[i], Reference{key.table, key.referred[i]});
}

bool Filling::may_be_null(const Text& oid, const Number& number) const {
  if (tables_.at(oid).columns.at(number).is_not_null) return false;
  const auto ahead = ahead_.find(oid);
  if (ahead == ahead_.end()) return true;
  const auto column = ahead->second.columns.find(number);
  return column == ahead->second.columns.end() || !column->second.is_not_null;
}

// nullopt: the column is left to its default.
std::optional<Filling::Value> Filling::value(const Text& oid, const Number& number, std::size_t row, int depth) const {
  if (row == last_row && may_be_null(oid, number)) return Value();
  const auto refers = references_.find(oid);
  if (refers != references_.end() && depth < deepest)
    if (const auto found = refers->second.find(number); found != refers->second.end()) {
      const auto& [table, column] = found->second;
      return value(table, column, referred_row(table == oid, row), depth + 1);
    }
  const auto values = values_.at(oid).find(number);
  if (values != values_.at(oid).end()) return values->second[row % values->second.size()];
  return may_be_null(oid, number) ? std::optional(Value()) : std::nullopt;
}

void Filling::make_rows(const Text& oid, const Table& table) {
  for (std::size_t row = 0; row < rows_of_a_table; ++row) {
    List columns, values;
    for (const auto& [number, column] : table.columns) {
      const auto of_row = column.is_generated ? std::nullopt : value(oid, number, row);
      if (!of_row) continue;
      columns.push_back(column.name);
      values.push_back(*of_row ? quote_literal(**of_row) : Text("NULL"));
    }
    rows_[oid].push_back({row, columns.empty()
                                   ? concat("INSERT INTO ", table.name, " DEFAULT VALUES")
                                   : concat("INSERT INTO ", table.name, " (", quoted_list(columns),
                                            ") OVERRIDING SYSTEM VALUE VALUES (", join(values, ", "), ")")});
  }
}

void Filling::insert() {
  List statements;
  for (const auto& [oid, rows] : rows_)
    for (const Row& row : rows) statements.push_back(row.sql);
  const std::vector<bool> taken = attempt_.carried_out(statements);
  auto is_taken = taken.begin();
  for (auto& [oid, rows] : rows_) std::erase_if(rows, [&](const Row&) { return !*is_taken++; });
  if (!drop_dangling()) return;
  truncate(oids_of(tables_));
  insert();
}

bool Filling::has_row(const Text& oid, std::size_t number) const {
  const auto rows = rows_.find(oid);
  return rows != rows_.end() && std::ranges::count(rows->second, number, &Row::number) > 0;
}

bool Filling::is_dangling(const Text& oid, const Row& row) const {
  const auto refers = references_.find(oid);
  if (refers == references_.end()) return false;
  return std::ranges::any_of(refers->second, [&](const auto& one) {
    const auto& [table, column] = one.second;
    const bool is_null = row.number == last_row && may_be_null(oid, one.first);
    return !is_null && !has_row(table, referred_row(table == oid, row.number));
  });
}

bool Filling::drop_dangling() {
  bool any = false, again = true;
  while (std::exchange(again, false))
    for (auto& [oid, rows] : rows_)
      if (std::erase_if(rows, [&, &table = oid](const Row& row) { return is_dangling(table, row); }) > 0)
        any = again = true;
  return any;
}

void Filling::thin(const std::set<Text>& oids) {
  for (const Text& oid : oids)
    if (const auto found = rows_.find(oid); found != rows_.end())
      found->second.resize(std::min<std::size_t>(found->second.size() > 1 ? 1 : 0, found->second.size()));
  drop_dangling();
  const Quietly quietly(connection_, path_);
  truncate(oids_of(tables_));
  insert();
}

void Filling::clear(const List& oids) {
  const Quietly quietly(connection_, path_);
  truncate(oids);
}

void Filling::truncate(const List& oids) {
  const PinnedPath pinned(connection_);
  const postgres::Result names = connection_.query(
      "select pg_catalog.format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c"
      " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = ANY ($1::pg_catalog.oid[])",
      std::vector<postgres::Parameter>{array_literal(Parts(oids.begin(), oids.end()))});
  List all;
  for (std::size_t i = 0; i < names.rows(); ++i) all.push_back(names.text(i, 0));
  if (!all.empty()) connection_.execute(concat("TRUNCATE ", join(all, ", "), " CASCADE"));
}

std::size_t Filling::rows_of(const Text& oid) const {
  const auto found = rows_.find(oid);
  return found == rows_.end() ? 0 : found->second.size();
}

std::size_t Filling::rows() const {
  std::size_t all = 0;
  for (const auto& [oid, rows] : rows_) all += rows.size();
  return all;
}

}  // namespace quoin::rows
