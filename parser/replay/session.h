// One session's replay: what its statements do to a Schema.
#pragma once
#include <set>
#include <unordered_map>

#include "kinds/list.h"
#include "parser/names/chosen_names.h"
#include "parser/names/resolver.h"
#include "parser/replay/catalog_rows.h"
#include "parser/replay/replay.h"

namespace quoin {

/// How certain it is that a statement runs, on which it depends what is said of its mistakes.
enum class Certainty { sure, maybe };  // maybe: under a condition in a DO block

/// Says if names are looked up and reported (a script that runs), or left for later (a shorthand in a document).
enum class Reports { all, none };

/// For how long a setting holds.
enum class Lasts { session, transaction };

class Session : public Reading {
 public:
  Session(Schema& schema, List search_path)
      : schema_(schema),
        first_path_(std::move(search_path)),
        search_path_(first_path_),
        path_behind_(first_path_),
        path_before_(first_path_) {}

  /// Begins anew on a copy of the other's schema.
  Session(Schema& copy, const Session& other)
      : schema_(copy),
        first_path_(other.first_path_),
        search_path_(first_path_),
        path_behind_(first_path_),
        path_before_(first_path_),
        beyond_(other.beyond_),
        maybe_made_(other.maybe_made_),
        all_known_(other.all_known_) {}

  /// Takes the schema as one that may exist, with any contents.
  void assume(const Text& schema) { beyond_.names.insert({space::schema, Id(), schema, {}}); }
  std::vector<Effects> run(std::string_view sql, const Text& file, Findings&);
  Fragments declare(const ast::Tree& ddl, const Place&);

  // Reading.
  Schema& schema() override { return schema_; }
  Id subject() const override { return subject_; }
  bool only() const override { return only_; }
  Id creation_schema(ast::Node) override;
  Id find(std::string_view space, ast::Node) override;
  Id find_object(std::string_view object_type, ast::Node) override;
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
  List first_path_, search_path_;   // at first, and after SET
  List path_behind_, path_before_;  // what COMMIT leaves of it, and ROLLBACK
  UnmodelledNames beyond_;
  std::unordered_set<Id> maybe_made_;
  bool all_known_ = true;      // no statement has run what cannot be known
  std::size_t looked_at_ = 0;  // by conditions about the catalogs
  Reports reports_ = Reports::all;
  Certainty certainty_ = Certainty::sure;
  bool nested_ = false;    // in SQL inside of the statement (DO), whose offsets are not the file's
  std::string_view text_;  // of the part of the file that is read
  const ast::Tree* tree_ = nullptr;
  Effects* effects_ = nullptr;                   // of the current statement
  std::optional<std::size_t> open_transaction_;  // the statement that has begun it, in its text
  Place place_;
  Text folded_;  // the current statement in lower case, made when a name is looked for in it
  std::unordered_map<std::string_view, std::size_t> words_;  // and where each of its words stands first
  std::unordered_set<Text> noted_;                           // what has been noted as missing in it
  Id subject_;
  bool only_ = false;
  /// A body that is being read.
  struct Frame {
    int doubts = 0;       // conditions around, of which it is not known if they are met
    bool wavers = false;  // it may have ended before
  };
  Frame frame_;
  KnownValues known_;                // in the body that is being read
  bool has_asked_the_time_ = false;  // the statement
  std::size_t run_within_ = 0;       // texts within bodies, in the whole session
  std::size_t spent_ = 0;            // steps: rounds of loops, and what was evaluated, likewise
  static constexpr std::size_t rows_for_a_step = 50;
  std::unordered_set<Id> running_;  // routines whose bodies are being read
  Fragments printed_;               // of the statement
  std::vector<Id> pending_;         // made or changed, to be resolved when the statement ends
  std::vector<Id> written_;         // made or made anew by it
  bool looks_into_bodies_ = true;   // check_function_bodies
  std::optional<Lookup> lookup_;
  ChosenNames chosen_;

  struct Within {
    const Text& name;
    const Lines& lines;
    std::size_t begin;  // of the tree's text in the file's
  };
  void run(const ast::Tree&, const Within& file, std::vector<Effects>&);
  void begin_anew(const ast::Tree&);
  const Lookup& lookup();
  void statement(ast::Node);
  void finish();
  void settle(Id);
  void look_into_bodies();
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

  struct Target {
    Found found;
    std::string_view in;  // "": a kind of thing that is not modelled
    Written name;
    Id scope;  // what it lies below, where that is no schema
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
  Target locate_told_apart(const ObjectType&, const Named&);
  void drop_all(const std::vector<Id>&, ast::Node drop_behavior);
  void remove(const std::vector<Id>&);
  void rename(Id from, Id to);
  void rename_role(const Text& from, const Text& to);
  void note_unknown_type(std::string_view object_type);
  void note_duplicate(Id taken);
  void may_be_gone(const Object&);
  void rename_part(Id, const Text& from, const Text& to);
  void rename_held(const Slot& held, const Text& name);
  void carry(Id, std::string_view what, Text sql);

  // Rows, and text that is run (session_rows.cc).
  bool rows(ast::Node);
  void mentions(ast::Node);
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
  enum class Flow { on, exits, continues, returns, fails };  // how it goes on
  class Doubt;
  void do_block(ast::Node);
  Asked asked();
  template <class Ask>
  auto evaluated(Ask ask) {
    const ReplayedCatalogs catalogs(asked());
    Evaluation evaluation(known_, catalogs);
    if (!may_go_on(1)) return decltype(ask(evaluation))();
    auto result = ask(evaluation);
    spent_ += evaluation.looked_at() / rows_for_a_step;
    has_asked_the_time_ = has_asked_the_time_ || evaluation.asked_the_time();
    return result;
  }
  /// Spends so much of what a session may take to follow bodies. False: it is spent, and nothing more is known.
  bool may_go_on(std::size_t steps);
  Text leaving_;  // the label that EXIT or CONTINUE means; empty: the innermost loop
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
  void put(const Text& variable, std::string_view expression);
  void take(ast::Node target, const std::optional<KnownRows>&);
  void set_row(ast::Node target, const KnownRows&, const KnownRows::Row&);
  void forget_assigned(ast::Node);
  void text_within(std::string_view sql);
  void relations_within(ast::Node statement);
  void note_unknown_text(std::string_view expression);
  void tell_the_time();
};

/// The word that tells a node's meanings apart, as StatementReader::subtype has it.
std::string_view subtype_of(ast::Node);

}  // namespace quoin
