// SQL applied to a Schema as the server would, statement by statement.
#pragma once
#include "core/model/reading.h"
#include "parser/names/fragment.h"
#include "parser/names/missing.h"

namespace quoin {

/// What one statement does. Ids are of the Schema's Ids, so they stay valid after what they name is gone.
struct Effects {
  std::size_t begin = 0, end = 0;  // bytes in the text
  std::vector<Id> makes, changes, needs, drops;
  std::vector<std::pair<Id, Id>> renames;  // from, to; an object before what lies below it
  std::vector<Missing> missing;
  std::vector<std::pair<Id, std::size_t>> duplicates;  // created although it exists; the byte where
  std::vector<std::pair<Id, Id>> refused;              // {user, used}: why a DROP without CASCADE fails
  Slots unmodelled;                                    // names that objects take which no kind models
  List unknown;                                        // what of the statement replay does not follow; a sentence each
  std::vector<std::pair<std::size_t, Text>> told;      // what the server does otherwise than is written; the byte where
  bool anything = false;  // it runs SQL that is not known (EXECUTE in DO, a call), which may create or drop anything
};

/// What exists before the first statement.
struct Assumed {
  List schemas;  // every name in one of these counts as one that exists
  struct Script {
    Text file, sql;
  };
  std::vector<Script> scripts;  // replayed first
};

/// A session that replays: a schema, which statements change, and a search_path, which SET changes until run() ends.
class Replay {
 public:
  Replay(Schema&, List search_path);
  ~Replay();
  /// Replays every statement of a text, and gives the effects of each, in order. Errors of syntax become Findings with
  /// `file`; the other statements are replayed all the same.
  std::vector<Effects> run(std::string_view sql, const Text& file, Findings&);
  /// Replays the scripts, and takes the schemas as existing. Errors of syntax become Findings.
  void assume(const Assumed&, Findings&);
  /// A new session on a copy of the schema, which must outlive it. It shares what this one knows of unmodelled objects.
  Replay on(Schema& copy) const;
  Replay(Replay&&) noexcept;
  /// Reads the DDL that a YAML shorthand stands for: names are left as written, for DocumentReader::finish to resolve,
  /// and not looked up. Gives the trees of the texts that it has put into fields. Throws Error(input) with the place.
  Fragments declare(const ast::Tree& ddl, const Place&);

 private:
  struct State;
  explicit Replay(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

/// A fresh database as replay sees it (template0), before the first migration.
Schema empty_database(Ids&);

}  // namespace quoin
