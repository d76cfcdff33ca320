// SQL applied to a Schema as the server would, statement by statement.
#pragma once
#include "core/model/reading.h"
#include "parser/names/missing.h"

namespace quoin {

/// What one statement does. Ids are of the Schema's Ids, so they stay valid after what they name is gone.
struct Effects {
  std::size_t begin = 0, end = 0;  // bytes in the text
  std::vector<Id> makes, changes, needs, drops;
  std::vector<std::pair<Id, Id>> renames;  // from, to; what lies below it after it
  std::vector<Missing> missing;
  std::vector<std::pair<Id, std::size_t>> duplicates;  // made though there already; where
  std::vector<std::pair<Id, Id>> refused;  // {user, used}: what keeps a DROP without CASCADE from being done
  Slots unmodelled;                        // names that what no kind models takes
  List unknown;                            // one sentence each: what replay does not know in it
  bool anything = false;  // it runs text that cannot be known (DO with EXECUTE, a call): absent things may exist
};

/// What is there before the first statement.
struct Assumed {
  List schemas;  // whatever is named in them counts as there
  struct Script {
    Text file, sql;
  };
  std::vector<Script> scripts;  // replayed first
};

/// The state of a session that replays: the schema, the search path (SET search_path in the text changes it).
class Replay {
 public:
  Replay(Schema&, List search_path);
  ~Replay();
  /// Replays every statement of a text; effects in order. Errors of syntax become Findings with `file`; the rest goes
  /// on.
  std::vector<Effects> run(std::string_view sql, const Text& file, Findings&);
  /// Errors of syntax in its scripts become Findings.
  void assume(const Assumed&, Findings&);
  /// A session that begins anew on a copy of the schema, which must outlive it, and knows what this one knows beyond
  /// it.
  Replay on(Schema& copy) const;
  Replay(Replay&&) noexcept;
  /// As one statement of DDL said by a YAML shorthand: names are left as written (see resolve below) and not looked up.
  /// Throws Error(input) with the place in `ddl`.
  void declare(std::string_view ddl, const Place&);

 private:
  struct State;
  explicit Replay(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

/// A fresh database as replay sees it (template0), before the first migration.
Schema empty_database(Ids&);

}  // namespace quoin
