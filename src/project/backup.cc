#include "project/backup.h"

#include "core/base/files.h"
#include "core/base/secret.h"
#include "core/base/subprocess.h"

namespace quoin {
namespace {

using postgres::Connection;
using postgres::Parameter;

constexpr std::chrono::seconds limit{60};  // of a command, and of a SELECT

Text last_line(const Text& text) {
  const std::string_view whole = trim(text);
  return Text(whole.substr(whole.rfind('\n') + 1));
}

Text output_of(const Text& command) {
  ProgramRun run = in_shell(command);
  run.at_most = limit;
  const ProgramEnd ended = run_program(run);
  if (ended.by == ProgramEnd::By::time)
    throw Error(Code::input, concat("/bin/sh took longer than ", std::to_string(limit.count()), " s, and was ended"));
  if (ended.status == 0) return last_line(ended.out);
  const Text said = last_line(ended.err);
  throw Error(Code::input, concat("its command ended with the code ", std::to_string(ended.status),
                                  said.empty() ? Text() : concat(": ", masked(said))));
}

Text value_of(Connection& connection, const Text& query) {
  connection.execute(concat("BEGIN READ ONLY; SET LOCAL statement_timeout = '", std::to_string(limit.count()), "s'"));
  try {
    const auto rows = connection.query(query);
    connection.execute("ROLLBACK");
    if (rows.rows() == 0) throw Error(Code::input, "it found no row");
    if (!rows(0, 0)) throw Error(Code::input, "it found NULL, no time");
    return rows.text(0, 0);
  } catch (const Error&) {
    if (connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

/// Where the key stands in the file that says it.
Place place_in(const Config& config, std::string_view key) {
  if (config.file.empty()) return {};
  int line = 0;
  for (const Text& text : split(read_text(config.file), '\n')) {
    ++line;
    if (trim(text).starts_with(concat(key, ":"))) return {config.file, line, 1 + static_cast<int>(text.find(key[0]))};
  }
  return {config.file};
}

bool is_no_time(const Error& error) { return error.sqlstate == "22007" || error.sqlstate == "22008"; }

bool is_interval(Connection& connection, const Text& text) {
  try {
    connection.query("SELECT $1::pg_catalog.interval", std::vector<Parameter>{text});
    return true;
  } catch (const Error& error) {
    if (!is_no_time(error)) throw;
    return false;
  }
}

/// What is wrong with a backup of that time; empty: nothing.
Text fault_of(Connection& connection, const Text& at, const Text& oldest) {
  if (at.empty()) return "the backup check tells no time: it wrote nothing";
  const auto told = connection.query(
      "SELECT ($1::pg_catalog.timestamptz OPERATOR(pg_catalog.+) $2::pg_catalog.interval) OPERATOR(pg_catalog.<)"
      " pg_catalog.now(), $1::pg_catalog.timestamptz OPERATOR(pg_catalog.>) (pg_catalog.now() OPERATOR(pg_catalog.+)"
      " '5 minutes'::pg_catalog.interval)",
      std::vector<Parameter>{at, oldest});
  if (told.text(0, 1) == "t")
    return concat("the last backup is said to be of ", at, ", which is yet to come: that is no time of a backup");
  if (told.text(0, 0) != "t") return {};
  return concat("the last backup is of ", at, ", and may be no older than ", oldest);
}

}  // namespace

Findings look_at_backup(Connection& connection, const Config& config) {
  const Text check(trim(config.backup_check)), &oldest = config.backup_max_age;
  Findings findings;
  const auto add = [&](const Text& message, const Text& hint, const Place& place) {
    Finding& finding = findings.emplace_back();
    finding.severity = Severity::error;
    finding.rule = "backup";
    finding.message = message;
    finding.hint = hint;
    finding.place = place;
  };
  if (!oldest.empty() && check.empty())
    add("backup_max_age says how old a backup may be, and no backup_check tells when it was made",
        "say backup_check too, a command or a SELECT", place_in(config, "backup_max_age"));
  else if (!oldest.empty() && !is_interval(connection, oldest))
    add(concat("backup_max_age: ", oldest, " is no interval"), "write it as 24 hours",
        place_in(config, "backup_max_age"));
  if (check.empty() || !findings.empty()) return findings;
  const char* const hint = "make one first, or see backup_check and backup_max_age in quoin.yaml";
  try {
    const Text at = masked(lower(check).starts_with("select") ? value_of(connection, check) : output_of(check));
    const Text fault = oldest.empty() ? Text() : fault_of(connection, at, oldest);
    if (!fault.empty()) add(fault, hint, {});
  } catch (const Error& error) {
    add(concat(is_no_time(error) ? "the backup check tells no time: " : "the backup check failed: ", error.what()),
        hint, place_in(config, "backup_check"));
  }
  return findings;
}

}  // namespace quoin
