#include "runner/ledger_row.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/secret.h"
#include "parser/migrations/migration.h"
#include "runner/ledger_layout.h"

namespace quoin::runner {
namespace {

using postgres::Parameter;

std::optional<Status> status_of(std::string_view text) {
  for (const Status status : {Status::applied, Status::running, Status::failed, Status::undoing}) {
    if (to_string(status) == text) return status;
  }
  return std::nullopt;
}

List lines_of(const Text& text) { return text.empty() ? List() : split(text, '\n'); }

/// A column that ledgers have only since `ledger_extension`, read from the row as a whole so that older ones can be
/// read too.
Text newer(std::string_view column) {
  return concat("pg_catalog.to_jsonb(m) OPERATOR(pg_catalog.->>) ", quote_literal(column));
}

/// The names of those of a row that ought to hold a value, and do not.
Text empty_columns() {
  List names;
  for (const Text& name : ledger_columns_with_values()) names.push_back(quote_literal(name));
  return concat(
      "pg_catalog.array_to_string(ARRAY(SELECT e.key FROM pg_catalog.jsonb_each(pg_catalog.to_jsonb(m)) e"
      " WHERE pg_catalog.jsonb_typeof(e.value) OPERATOR(pg_catalog.=) 'null' AND e.key OPERATOR(pg_catalog.=)"
      " ANY (ARRAY[",
      join(names, ", "), "])), ', ')");
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == text.npos;
}

/// "4711 20260101120000000000", as worker_of() writes it.
bool is_worker(std::string_view text) {
  const std::size_t space = text.find(' ');
  return space != text.npos && is_number(text.substr(0, space)) &&
         text.find_first_not_of("0123456789", space + 1) == text.npos;
}

class RowReader {
 public:
  RowReader(const postgres::Result& rows, std::size_t row) : rows_(rows), row_(row) {}

  Entry read() {
    read_texts();
    if (const Text empty = text(17); !empty.empty()) odd(concat("no value in ", empty));
    entry_.statements_done = count("statements_done", 10);
    entry_.begun = count("begun", 13);
    entry_.revision = std::atoll(text(16).c_str());
    if (const auto status = status_of(text(5)))
      entry_.status = *status;
    else
      odd(concat("the status \"", text(5), "\""));
    if (!entry_.worker.empty() && !is_worker(entry_.worker)) odd(concat("the worker \"", entry_.worker, "\""));
    const bool has_statement =
        !trim(entry_.begun_with.substr(std::min(entry_.begun_with.find('\n'), entry_.begun_with.size()))).empty();
    if (entry_.begun > 0 && (entry_.begun != entry_.statements_done + 1 || !has_statement))
      odd(concat("statement ", std::to_string(entry_.begun), " begun, with ", std::to_string(entry_.statements_done),
                 " done", has_statement ? "" : ", and not which it was"));
    return std::move(entry_);
  }

 private:
  Text text(std::size_t column) const { return rows_.text(row_, column); }
  void odd(const Text& what) { entry_.odd += concat(entry_.odd.empty() ? "" : "; ", what); }

  void read_texts() {
    entry_.version = text(0);
    entry_.name = text(1);
    entry_.description = text(2);
    entry_.checksum = text(3);
    if (const auto down = rows_(row_, 4)) entry_.down = Text(*down);
    entry_.applied_at = text(6);
    entry_.applied_by = text(7);
    entry_.milliseconds = std::atoll(text(8).c_str());
    entry_.error = text(9);
    entry_.done_checksum = text(11);
    entry_.down_directives = lines_of(text(12));
    entry_.begun_with = text(14);
    entry_.worker = text(15);
    entry_.forced = text(18);
  }

  /// Where there is none, it is told by its column already, or this ledger is older.
  std::size_t count(std::string_view name, std::size_t column) {
    const Text value = text(column);
    if (is_number(value)) return std::strtoull(value.c_str(), nullptr, 10);
    if (!value.empty()) odd(concat(name, " \"", value, "\""));
    return 0;
  }

  const postgres::Result& rows_;
  std::size_t row_;
  Entry entry_;
};

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::applied:
      return "applied";
    case Status::running:
      return "running";
    case Status::failed:
      return "failed";
    case Status::undoing:
      return "undoing";
  }
  return "";
}

Text row_columns() {
  return concat(
      "version, name, description, checksum, down, status,"
      " pg_catalog.to_char(pg_catalog.timezone('UTC', applied_at), 'YYYY-MM-DD HH24:MI:SS'), applied_by, execution_ms,"
      " error, statements_done, done_checksum, ",
      newer("down_directives"), ", ", newer("begun"), ", ", newer("begun_with"), ", ", newer("worker"), ", ",
      newer("revision"), ", ", empty_columns(), ", ", newer("forced"));
}

Entry read_row(const postgres::Result& rows, std::size_t row) { return RowReader(rows, row).read(); }

void mark_doubles(std::vector<Entry>& entries) {
  std::vector<Entry*> ordered;
  ordered.reserve(entries.size());
  for (Entry& entry : entries) ordered.push_back(&entry);
  const auto earlier = [](const Entry* a, const Entry* b) { return compare_versions(a->version, b->version) < 0; };
  std::ranges::stable_sort(ordered, earlier);
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    if (compare_versions(ordered[i - 1]->version, ordered[i]->version) != 0) continue;
    for (Entry* entry : {ordered[i - 1], ordered[i]}) {
      const Text& other = (entry == ordered[i] ? ordered[i - 1] : ordered[i])->version;
      if (entry->odd.empty()) entry->odd = concat("its version is the same number as another row's, ", other);
    }
  }
}

std::vector<Parameter> values_of(const Entry& entry) {
  return {entry.version,
          entry.name,
          entry.description,
          entry.checksum,
          entry.down,
          Text(to_string(entry.status)),
          std::to_string(entry.milliseconds),
          masked(entry.error),
          std::to_string(entry.statements_done),
          entry.done_checksum,
          join(entry.down_directives, "\n"),
          std::to_string(entry.begun),
          entry.begun_with,
          entry.worker,
          masked(entry.forced)};
}

}  // namespace quoin::runner
