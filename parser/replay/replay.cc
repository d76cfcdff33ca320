#include "parser/replay/replay.h"

#include "core/sql/long_names.h"
#include "kinds/access/default_privileges.h"
#include "kinds/constraint/referenced_key.h"
#include "kinds/database/template.h"
#include "kinds/list.h"
#include "parser/replay/parts.h"
#include "parser/replay/session.h"

namespace quoin {

struct Replay::State {
  Session session;
};

Replay::Replay(Schema& schema, List search_path)
    : state_(std::make_unique<State>(State{Session(schema, std::move(search_path))})) {}
Replay::Replay(std::unique_ptr<State> state) : state_(std::move(state)) {}
Replay::Replay(Replay&&) noexcept = default;
Replay::~Replay() = default;

Replay Replay::on(Schema& copy) const { return Replay(std::make_unique<State>(State{Session(copy, state_->session)})); }

std::vector<Effects> Replay::run(std::string_view sql, const Text& file, Findings& findings) {
  return state_->session.run(sql, file, findings);
}
void Replay::assume(const Assumed& assumed, Findings& findings) {
  for (const Text& schema : assumed.schemas) state_->session.assume(schema);
  for (const Assumed::Script& script : assumed.scripts) run(script.sql, script.file, findings);
}
Fragments Replay::declare(const ast::Tree& ddl, const Place& place) { return state_->session.declare(ddl, place); }

Schema empty_database(Ids& ids) {
  Schema schema(ids);
  add_template(schema);
  return schema;
}

namespace {
using Readers = std::vector<std::pair<const Kind*, const StatementReader*>>;

const Readers& readers_of(std::string_view tag, std::string_view subtype) {
  using BySubtype = std::unordered_map<std::string_view, Readers>;
  static const auto all = [] {
    std::unordered_map<std::string_view, BySubtype> map;
    for (const Kind* kind : all_kinds())
      for (const StatementReader& reader : kind->reading.readers)
        map[reader.tag][reader.subtype].emplace_back(kind, &reader);
    return map;
  }();
  static const Readers none;
  const auto of_tag = all.find(tag);
  if (of_tag == all.end()) return none;
  auto found = of_tag->second.find(subtype);
  if (found == of_tag->second.end()) found = of_tag->second.find("");
  return found == of_tag->second.end() ? none : found->second;
}

/// Of several, the reader of the subject's own kind, or of a kind that lies below it.
const StatementReader* reader_for(ast::Node node, Id subject) {
  const Readers& readers = readers_of(node.tag(), subtype_of(node));
  if (readers.size() < 2 || !subject) return readers.empty() ? nullptr : readers[0].second;
  for (const auto& [kind, reader] : readers)
    if (kind == subject->kind) return reader;
  for (const auto& [kind, reader] : readers)
    if (may_lie_below(*kind, *subject->kind)) return reader;
  return readers[0].second;
}

Finding syntax_finding(const Error& error, const Lines& lines, const Text& file) {
  Finding finding;
  finding.rule = "syntax";
  finding.message = error.what();
  finding.place = {file, error.where.line, error.where.column};
  finding.hint = error.hint;
  finding.source = lines.shown(error.where.line);
  return finding;
}
}  // namespace

std::string_view subtype_of(ast::Node node) {
  const std::string_view tag = node.tag();
  const std::string_view field = tag == "AlterTableCmd"       ? "subtype"
                                 : tag == "Constraint"        ? "contype"
                                 : tag == "DefineStmt"        ? "kind"
                                 : tag == "CreateTableAsStmt" ? "objtype"
                                                              : "";
  return field.empty() ? field : node[field].text();
}

namespace {
Place moved(Place place, LineColumn by) {
  if (place.line == 1) place.column += by.column - 1;
  place.line += by.line - 1;
  return place;
}

void move(Effects& effects, std::size_t by) {
  effects.begin += by;
  effects.end += by;
  for (Missing& one : effects.missing) one.offset += by;
  for (auto& [id, offset] : effects.duplicates) offset += by;
  for (auto& [offset, what] : effects.told) offset += by;
}
}  // namespace

namespace {
void tell_long_names(std::string_view sql, std::vector<Effects>& all) {
  std::unordered_set<Text> told;
  for (const ast::LongName& one : ast::long_names(sql)) {
    const auto in = std::ranges::upper_bound(all, one.begin, {}, &Effects::end);
    if (in == all.end() || one.begin < in->begin || !told.insert(one.name).second) continue;
    in->told.emplace_back(one.begin, concat("PostgreSQL cuts the name ", quote_ident(one.name), " to ",
                                            quote_ident(one.kept), ": names that begin so are one to it"));
  }
}

bool begins_transaction(ast::Node statement) {
  const std::string_view kind = statement["kind"].text();
  return statement.is("TransactionStmt") && (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START");
}
bool ends_transaction(ast::Node statement) {
  const std::string_view kind = statement["kind"].text();
  return statement.is("TransactionStmt") &&
         (kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_ROLLBACK" || kind == "TRANS_STMT_PREPARE");
}
}  // namespace

std::vector<Effects> Session::run(std::string_view sql, const Text& file, Findings& findings) {
  const Lines lines(sql);
  open_transaction_.reset();
  std::vector<Effects> all;
  ScriptParts parts(sql);
  while (std::optional<ScriptPart> part = parts.next()) {
    for (Error& error : part->errors) {
      error.where = moved(error.where, lines.at(part->begin));
      findings.push_back(syntax_finding(error, lines, file));
    }
    const std::size_t first = all.size();
    run(part->tree, {file, lines, part->begin}, all);
    for (std::size_t i = first; i < all.size(); ++i) move(all[i], part->begin);
  }
  if (open_transaction_)
    all[*open_transaction_].unknown.emplace_back(
        "no COMMIT is behind this BEGIN: what follows counts as done here, as where a tool has a transaction of its "
        "own "
        "around the file; sent as it is, psql would undo it, and quoin refuses to leave it open");
  tell_long_names(sql, all);
  effects_ = nullptr;
  end_of_session();
  return all;
}

void Session::run(const ast::Tree& tree, const TextInFile& file, std::vector<Effects>& all) {
  text_ = tree.text();
  tree_ = &tree;
  for (const ast::Statement& one : tree.statements()) {
    effects_ = &all.emplace_back();
    effects_->begin = one.begin;
    effects_->end = one.end;
    const LineColumn at = file.lines.at(file.begin + one.begin);
    place_ = {file.name, at.line, at.column};
    folded_.clear();
    words_.clear();
    noted_.clear();
    has_asked_the_time_ = false;
    try {
      statement(one.node);
      finish();
    } catch (const Error& error) {
      begin_anew(tree);
      effects_->unknown.push_back(concat("not followed: ", error.what()));
    }
    all_known_ = all_known_ && !effects_->anything;
    if (begins_transaction(one.node)) open_transaction_ = all.size() - 1;
    if (ends_transaction(one.node)) open_transaction_.reset();
  }
  tree_ = nullptr;
}

/// An error that came from within a body has left the body's state behind.
void Session::begin_anew(const ast::Tree& tree) {
  tree_ = &tree;
  pending_.clear();
  printed_.clear();
  written_.clear();
  running_.clear();
  frame_ = {};
  certainty_ = Certainty::sure;
  nested_ = only_ = false;
  subject_ = Id();
}

Fragments Session::declare(const ast::Tree& tree, const Place& place) {
  begin_anew(tree);
  Effects effects;
  text_ = tree.text();
  effects_ = &effects;
  place_ = place;
  reports_ = Reports::none;
  lookup_.reset();
  for (const ast::Statement& one : tree.statements()) statement(one.node);
  effects_ = nullptr;
  tree_ = nullptr;
  if (!effects.duplicates.empty())
    throw Error(Code::input, concat(path(effects.duplicates[0].first), " is there twice"), place);
  if (!effects.unknown.empty()) throw Error(Code::input, effects.unknown[0], place);
  return std::exchange(printed_, {});
}

const Lookup& Session::lookup() {
  if (!lookup_) lookup_.emplace(schema_, search_path_, &unmodelled_);
  return *lookup_;
}

void Session::statement(ast::Node node) {
  if (!node || any_kind(node) || rows(node)) return;
  read(node, subject_);
}

void Session::read(ast::Node node, Id subject) {
  const StatementReader* reader = reader_for(node, subject);
  if (!reader) {
    // A statement inside another: an element of CREATE SCHEMA.
    if (node.tag().ends_with("Stmt") && (any_kind(node) || rows(node))) return;
    return unmodelled(node);
  }
  const Id outer = subject_;
  subject_ = subject;
  reader->read(node, *this);
  subject_ = outer;
}

void Session::finish() {
  // derive() may add to pending_.
  for (std::size_t i = 0; i < pending_.size(); ++i) resolve_and_derive(pending_[i]);
  pending_.clear();
  look_into_bodies();
  grant_by_default(effects_->makes, *this);
  for (std::size_t i = 0; i < pending_.size(); ++i) resolve_and_derive(pending_[i]);
  pending_.clear();
  printed_.clear();
  look_at_keys();
}

void Session::look_at_keys() {
  if (reports_ == Reports::none || certainty_ == Certainty::maybe) return;
  for (Id id : effects_->makes) {
    const Object* object = schema_.find(id);
    if (!object) continue;
    if (auto made = key_made_by(*object)) {
      made->scope = schema_of(made->scope);
      effects_->unmodelled.push_back(*std::move(made));
    }
    const auto missed = key_missed_by(*object, schema_);
    if (missed && !lookup().is_unknown(missed->scope))
      note_missing({missed->space, schema_of(missed->scope)->name, missed->name, place_of(missed->scope->name)});
  }
}

void Session::look_into_bodies() {
  const std::vector<Id> written = std::exchange(written_, {});
  if (!looks_into_bodies_ || reports_ == Reports::none || certainty_ == Certainty::maybe) return;
  for (Id id : written) {
    const Object* object = schema_.find(id);
    if (!object) continue;
    for (Missing& one : missing_in_body(*object, lookup())) {
      one.offset = Text::npos;  // it counts in the body
      note_missing(std::move(one));
    }
  }
}

void Session::resolve_and_derive(Id id) {
  Object* object = schema_.find(id);
  if (!object || reports_ == Reports::none) return;
  schema_.changed(id);
  try {
    for (Missing& one : resolve(*object, lookup(), &printed_)) {
      one.offset = Text::npos;  // it counts in the object's own texts, not in the file's
      note_missing(std::move(one));
    }
  } catch (const Error& error) {
    if (error.code != Code::internal) throw;
    effects_->unknown.push_back(concat(path(id), ": ", error.what()));
  }
  if (id->kind->reading.derive) id->kind->reading.derive(*object, schema_);
  schema_.changed(id);
  for (Id used : object->needs) effects_->needs.push_back(used);
}

void Session::end_of_session() {
  if (const Id temporary = lookup().temporary()) {
    std::vector<Id> going{temporary};
    for (const Object* object : schema_.children(temporary))
      for (const Id user : schema_.users(object->id))
        if (!user->parent) going.push_back(user);  // a cast by a function of the session
    remove(going);
  }
  set_path(first_path_, Lasts::session);
  path_after_rollback_ = first_path_;
  looks_into_bodies_ = true;
  lookup_.reset();
}

void Session::unknown(Id touched, Text what) {
  if (touched) unmodelled_.unknown.insert(touched);
  effects_->unknown.push_back(std::move(what));
}

namespace {
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; }

/// Where each word stands first.
std::unordered_map<std::string_view, std::size_t> words_of(std::string_view statement) {
  std::unordered_map<std::string_view, std::size_t> words;
  for (std::size_t at = 0; at < statement.size();) {
    std::size_t end = at;
    while (end < statement.size() && is_word(statement[end])) ++end;
    if (end > at) words.try_emplace(statement.substr(at, end - at), at);
    at = end + 1;
  }
  return words;
}

/// Where a name stands as a word in a statement; npos: nowhere. Both are folded.
std::size_t find_word(std::string_view statement, std::string_view wanted) {
  for (std::size_t at = statement.find(wanted); at != Text::npos; at = statement.find(wanted, at + 1)) {
    const std::size_t after = at + wanted.size();
    if ((at == 0 || !is_word(statement[at - 1])) && (after >= statement.size() || !is_word(statement[after])))
      return at;
  }
  return Text::npos;
}
}  // namespace

/// Where the statement says a name, or where it begins.
std::size_t Session::place_of(std::string_view name) {
  if (folded_.empty()) {
    folded_ = lower(text_.substr(effects_->begin, effects_->end - effects_->begin));
    words_ = words_of(folded_);
  }
  const Text wanted = lower(name);
  if (std::ranges::all_of(wanted, is_word)) {
    const auto found = words_.find(wanted);
    return effects_->begin + (found == words_.end() ? 0 : found->second);
  }
  const std::size_t at = find_word(folded_, wanted);
  return effects_->begin + (at == Text::npos ? 0 : at);
}

void Session::note_missing(Missing one) {
  if (certainty_ == Certainty::maybe || reports_ == Reports::none) return;
  if (!noted_.insert(concat(one.space, "\n", one.schema, "\n", one.name)).second) return;
  const std::size_t dot = one.space == space::column ? one.name.rfind('.') : Text::npos;
  if (one.offset == Text::npos || nested_)
    one.offset = place_of(std::string_view(one.name).substr(dot == Text::npos ? 0 : dot + 1));
  effects_->missing.push_back(std::move(one));
}

void Session::note_missing(std::string_view in, const Written& name, const Found& found, int location) {
  Missing one = lookup().missing(in, name, found);
  if (location >= 0) one.offset = static_cast<std::size_t>(location);
  note_missing(std::move(one));
}

}  // namespace quoin
