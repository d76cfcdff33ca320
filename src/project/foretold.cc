#include "project/foretold.h"

#include "core/model/kind.h"
#include "core/model/space.h"
#include "parser/replay/replay.h"
#include "project/project.h"

namespace quoin {
namespace {

using postgres::Parameter;

/// As SQL names it, its last part left out where it is a column.
Text spelled(const Missing& missing, std::size_t parts_left_out) {
  List parts = split(missing.name, '.');
  parts.resize(parts.size() - std::min(parts_left_out, parts.size()));
  Text name = missing.schema.empty() ? Text() : quote_ident(missing.schema);
  for (const Text& part : parts) name += concat(name.empty() ? "" : ".", quote_ident(part));
  return name;
}

/// A replay knows of a database what quoin reads of it; the server is asked whether that is all.
class Confirmation {
 public:
  explicit Confirmation(postgres::Connection& connection) : connection_(connection) {}
  Confirmation(const Confirmation&) = delete;
  Confirmation& operator=(const Confirmation&) = delete;

  bool is_missing(const Missing& missing) {
    if (missing.space == space::relation)
      return says_yes("SELECT pg_catalog.to_regclass($1) IS NULL", {spelled(missing, 0)});
    if (missing.space == space::type)
      return says_yes("SELECT pg_catalog.to_regtype($1) IS NULL", {spelled(missing, 0)});
    if (missing.space == space::schema)
      return says_yes(
          "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname::pg_catalog.text"
          " OPERATOR(pg_catalog.=) $1)",
          {missing.name});
    if (missing.space != space::column || missing.name.find('.') == Text::npos) return false;
    return says_yes(
        "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND"
        " a.attname::pg_catalog.text OPERATOR(pg_catalog.=) $2 AND NOT a.attisdropped) FROM pg_catalog.pg_class c WHERE"
        " c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)",
        {spelled(missing, 1), missing.name.substr(missing.name.rfind('.') + 1)});
  }

 private:
  postgres::Connection& connection_;

  bool says_yes(const Text& sql, const std::vector<Parameter>& values) {
    const auto rows = connection_.query(sql, values);
    return rows.rows() > 0 && rows.text(0, 0) == "t";
  }
};

Finding& add(Findings& findings, const Section& up, std::size_t offset) {
  Finding& finding = findings.emplace_back();
  finding.place = place_of(up, offset);
  return finding;
}

void tell_duplicates(const Effects& effects, const Section& up, const Text& hint, Findings& findings) {
  for (const auto& [id, offset] : effects.duplicates) {
    Finding& finding = add(findings, up, offset);
    finding.rule = "duplicate";
    finding.message = concat(path(id), " is there already");
    finding.hint = hint;
  }
}

void tell_missing(const Effects& effects, const Section& up, Confirmation& server, Findings& findings) {
  for (const Missing& missing : effects.missing) {
    if (!server.is_missing(missing)) continue;
    Finding& finding = add(findings, up, missing.offset);
    finding.rule = "missing";
    finding.message = concat(missing.space == space::relation ? "table, view or sequence" : missing.space, " ",
                             spelled(missing, 0), " is not there, and nothing that is pending makes it before");
    finding.hint = "quoin verify tells whether a migration makes it; what was dropped by hand is made again by hand";
  }
}

}  // namespace

Findings foretold_of(const Foretelling& what) {
  Findings findings, unheard;  // of syntax: told elsewhere
  Replay replay(what.live, path_of_session(what.connection));
  Confirmation server(what.connection);
  bool anything = false;
  for (const runner::MigrationStatus& status : what.pending) {
    const Section& up = status.file->up;
    for (const Effects& effects : replay.run(up.text, up.file, unheard)) {
      // Its next statement may have been done when its run died.
      const bool is_begun = status.state == runner::State::failed;
      if (!is_begun) tell_duplicates(effects, up, what.hint, findings);
      if (!anything) tell_missing(effects, up, server, findings);
      anything = anything || effects.anything;
    }
  }
  return findings;
}

}  // namespace quoin
