// The session behind Replay: what statements do to a Schema.
#pragma once
#include <set>
#include <unordered_map>

#include "kinds/list.h"
#include "parser/names/chosen_names.h"
#include "parser/names/resolver.h"
#include "parser/replay/catalog_rows.h"
#include "parser/replay/replay.h"

namespace quoin {

/// How certain it is that a statement runs. maybe: it stands under a condition, or in a loop, of PL/pgSQL that only a
/// server can answer, so that its mistakes are not reported.
enum class Certainty { sure, maybe };

/// Whether names are looked up and reported as missing (a script that runs), or left as written (a shorthand in YAML).
enum class Reports { all, none };

/// For how long a setting holds.
enum class Lasts { session, transaction };

class Session : public Reading {
 public:
  Session(Schema& schema, List search_path)
      : schema_(schema),
        first_path_(std::move(search_path)),
        search_path_(first_path_),
        path_after_commit_(first_path_),
        path_after_rollback_(first_path_) {}

  /// A new session on a copy of the other's schema.
  Session(Schema& copy, const Session& other)
      : schema_(copy),
        first_path_(other.first_path_),
        search_path_(first_path_),
        path_after_commit_(first_path_),
        path_after_rollback_(first_path_),
        unmodelled_(other.unmodelled_),
        maybe_made_(other.maybe_made_),
        all_known_(other.all_known_) {}

  /// Takes a schema as existing, with contents that are not known.
  void assume(const Text& schema) { unmodelled_.names.insert({space::schema, Id(), schema, {}}); }
  std::vector<Effects> run(std::string_view sql, const Text& file, Findings&);
  Fragments declare(const ast::Tree& ddl, const Place&);

  // Reading.
  Schema& schema() override { return schema_; }
  Id subject() const override { return subject_; }
  bool only() const override { return only_; }
  Id creation_schema(ast::Node) override;
  Id find(std::string_view space, ast::Node, Absent = Absent::error) override;
  Id find_object(std::string_view object_type, ast::Node, Absent = Absent::error) override;
  Object* make(const Kind&, Id parent, Called, Existing) override;
  Object* change(Id) override;
  void drop(Id, ast::Node drop_behavior) override;
  void read(ast::Node, Id subject) override;
  void unknown(Id touched, Text what) override;
  std::optional<std::vector<GivenColumn>> columns_of(ast::Node query) override;
  void body(ast::Node, const List& arguments) override;
  Text printed(ast::Node node) override { return printed_.print(*tree_, node); }
  Text type(ast::Node) override;
  Text signature(std::span<const ast::Node>) override;
  Text choose_name(std::span<const Text> parts, std::string_view label, std::string_view space, Id scope) override;

 private:
  Schema& schema_;
  List first_path_, search_path_;  // at first, and after SET
  List path_after_commit_, path_after_rollback_;
  UnmodelledNames unmodelled_;
  std::unordered_set<Id> maybe_made_;
  bool all_known_ = true;      // no statement has run SQL that is not known (Effects::anything)
  std::size_t looked_at_ = 0;  // QuestionContext::looked_at
  Reports reports_ = Reports::all;
  Certainty certainty_ = Certainty::sure;
  bool nested_ = false;    // in SQL within the statement (DO), whose offsets are not the file's
  std::string_view text_;  // of the part of the file that is read
  const ast::Tree* tree_ = nullptr;
  Effects* effects_ = nullptr;                   // of the current statement
  std::optional<std::size_t> open_transaction_;  // the statement that has begun it, in its text
  Place place_;
  Text folded_;  // the current statement in lower case, made when a name is looked for in it
  std::unordered_map<std::string_view, std::size_t> words_;  // and the first place of each of its words
  std::unordered_set<Text> noted_;                           // what has been noted as missing in it
  Id subject_;
  bool only_ = false;
  /// A body that is being run.
  struct Frame {
    int unknown_conditions = 0;   // UnknownConditions that live
    bool may_have_ended = false;  // a RETURN, EXIT or RAISE under an unknown condition may have ended it
  };
  Frame frame_;
  KnownValues known_;                // in the body that is being read
  bool has_asked_the_time_ = false;  // a value in the statement depends on the present time
  std::size_t run_within_ = 0;       // texts that bodies have run, in the whole session
  std::size_t spent_ = 0;            // steps in the whole session: rounds of loops, and rows that were evaluated
  static constexpr std::size_t rows_for_a_step = 50;
  std::unordered_set<Id> running_;  // routines whose bodies are being read
  Fragments printed_;               // of the statement
  std::vector<Id> pending_;         // created or changed, to be resolved when the statement ends
  std::vector<Id> written_;         // created or replaced by the statement
  bool looks_into_bodies_ = true;   // check_function_bodies
  std::optional<Lookup> lookup_;
  ChosenNames chosen_;

  /// The place of a tree's text in the file.
  struct TextInFile {
    const Text& name;
    const Lines& lines;
    std::size_t begin;  // of the tree's text in the file's
  };
  void run(const ast::Tree&, const TextInFile& file, std::vector<Effects>&);
  void begin_anew(const ast::Tree&);
  const Lookup& lookup();
  void statement(ast::Node);
  void finish();
  void resolve_and_derive(Id);
  void look_into_bodies();
  void look_at_keys();
  void end_of_session();
  std::size_t place_of(std::string_view name);
  void note_missing(Missing);
  void note_missing(std::string_view in, const Written&, const Found&, int location);

  // Statements of any kind of object (session_any.cc, session_rename.cc).
  bool any_kind(ast::Node);
  void drop_statement(ast::Node);
  void alter_statement(ast::Node);
  void rename_statement(ast::Node);
  void set_schema_statement(ast::Node);
  void owner_statement(ast::Node);
  void set_variable(ast::Node);
  void set_path(List, Lasts);
  void transaction(ast::Node);

  /// What a statement names.
  struct Target {
    Found found;
    std::string_view in;  // its name space; "": no kind models its object type
    Written name;
    Id scope;  // the relation or domain that it lies in; null: it lies in none
  };
  void note_missing(const Target&);
  Found::State part(Id whole, const Text& name);
  Target renamed_by(ast::Node rename_statement);
  Target locate(std::string_view object_type, ast::Node object);
  Target locate_name(std::string_view in, const List& parts);
  Target locate_top_level(std::string_view in, const Text& name);
  Target locate_member(const ObjectType&, Id holder, const Text& name);
  Target locate_routine(ast::Node with_arguments);
  Text signature_asked_for(std::span<const ast::Node> types);
  Target locate_by_types(std::string_view in, std::span<const ast::Node> types);
  Target locate_by_signature(const ObjectType&, const Named&);
  void drop_all(const std::vector<Id>&, ast::Node drop_behavior);
  void remove(const std::vector<Id>&);
  void rename(Id from, Id to);
  void rename_role(const Text& from, const Text& to);
  void note_unknown_type(std::string_view object_type);
  void note_duplicate(Id taken);
  void may_be_gone(const Object&);
  void rename_part(Id, const Text& from, const Text& to);
  void rename_not_null(Id, const Text& name);
  void rename_held(const Slot& held, const Text& name);
  void carry(Id, std::string_view what, Text sql);

  // Statements about rows, and objects that no kind models (session_rows.cc).
  bool rows(ast::Node);
  void mentions(ast::Node);
  void note_values_from_rows(ast::Node insert);
  void unmodelled(ast::Node);
  void make_unmodelled(std::string_view in, ast::Node named, std::string_view noun) override;

  // Calls (session_calls.cc).
  void calls(ast::Node);
  bool calls_by_row(ast::Node select);
  void set_config(std::span<const ast::Node> arguments);
  void bind(const std::vector<Fragment>& inputs, std::span<const ast::Node> arguments, KnownValues& given);
  void run_body(Id routine, std::span<const ast::Node> arguments);
  void run_block(const Text& body, const List& arguments);

  // Bodies in PL/pgSQL (session_bodies.cc, session_loops.cc).
  enum class Flow { on, exits, continues, returns, fails };  // what comes after a statement
  class UnknownCondition;
  void do_block(ast::Node);
  QuestionContext question_context();
  template <class Ask>
  auto evaluated(Ask ask) {
    const ReplayedCatalogs catalogs(question_context());
    Evaluation evaluation(known_, catalogs);
    if (!spend(1)) return decltype(ask(evaluation))();
    auto result = ask(evaluation);
    spent_ += evaluation.looked_at() / rows_for_a_step;
    has_asked_the_time_ = has_asked_the_time_ || evaluation.asked_the_time();
    return result;
  }
  /// Counts steps. False, and Effects::anything: the session has taken as many as it may to follow bodies.
  bool spend(std::size_t steps);
  Text leaving_;  // the label in the last EXIT or CONTINUE; empty: the innermost loop
  std::optional<bool> is_met(std::string_view condition);
  bool is_meant(ast::Node labelled);
  Flow plpgsql(ast::Node);
  Flow each(ast::Node statements);
  Flow jump(Flow);
  Flow assign(ast::Node);
  Flow block(ast::Node);
  Flow leave(ast::Node);
  Flow branches(ast::Node);
  Flow run_sql(ast::Node);
  Flow run_text(ast::Node);
  Flow loop(ast::Node);
  Flow loop_while(ast::Node);
  Flow loop_once(ast::Node);
  std::optional<KnownRows> rounds_of(ast::Node loop);
  void put_value(const Text& variable, std::string_view expression);
  void put_first_row(ast::Node target, const std::optional<KnownRows>&);
  void set_row(ast::Node target, const KnownRows&, const KnownRows::Row&);
  void forget_assigned(ast::Node);
  void run_text_within(std::string_view sql);
  void relations_within(ast::Node statement);
  void note_unknown_text(std::string_view expression);
  void note_time_dependence();
};

/// The word that tells nodes of one tag apart: StatementReader::subtype.
std::string_view subtype_of(ast::Node);

}  // namespace quoin
