#include "project/blame.h"

#include "core/base/files.h"
#include "core/base/kept.h"
#include "diff/diff.h"
#include "parser/names/names.h"
#include "parser/replay/replay.h"
#include "project/side.h"

namespace quoin {
namespace {
/// The byte in the statement that the server points at; npos: it points at none.
std::size_t pointed_at(const Error& error, std::string_view sql) {
  if (error.where.line > 0 || error.where.column <= 0) return Text::npos;
  return byte_of(sql, static_cast<std::size_t>(error.where.column) - 1);
}

/// The step that fails, tried one by one in a transaction that leaves nothing, and the error with its position in that
/// statement alone; null: none does now.
const Step* failing(postgres::Connection& connection, const Steps& steps, Roles roles, Error& error) {
  const Step* found = nullptr;
  connection.execute("BEGIN");
  for (const Step& step : steps) try {
      run_script(connection, {{}, step.sql}, roles);
    } catch (const Error& again) {
      const bool is_same = again.sqlstate == error.sqlstate && Text(again.what()) == error.what();
      if (is_same) found = &step;
      if (is_same) error = again;
      break;
    }
  connection.execute("ROLLBACK");
  return found;
}

/// The names in quotes in what the server says.
List quoted_words(std::string_view message) {
  List words = split(message, '"'), all;
  for (std::size_t i = 1; i < words.size(); i += 2) all.push_back(words[i]);
  return all;
}

/// How well an object fits the error: a text of it stands where the server points, or is named in the message; less is
/// better.
std::size_t distance(const Object& object, std::string_view text, const Error& error, std::string_view sql) {
  constexpr std::size_t far = Text::npos;
  if (text.empty()) return far;
  const std::size_t pointed = pointed_at(error, sql);
  if (pointed == Text::npos) {
    for (const Text& word : quoted_words(error.what()))
      if (text.find(word) != Text::npos) return text.size();
    return far;
  }
  for (std::size_t at = sql.find(text); at != Text::npos && at <= pointed; at = sql.find(text, at + 1)) {
    if (pointed >= at + text.size()) continue;
    const Text name =
        quote_ident(object.id->name.empty() && object.id->parent ? object.id->parent->name : object.id->name);
    const std::size_t named = sql.rfind(name, pointed);
    return text.size() + (named == Text::npos ? sql.size() : pointed - named);
  }
  return far;
}

/// The object, of those that the step makes, that the error is about; where it makes none, of those that it changes.
const Object* culprit(const Step& step, const Schema& schema, const Error& error) {
  const std::vector<Id>& all = step.makes.empty() ? step.needs : step.makes;
  const Object* found = all.empty() ? nullptr : schema.find(all.front());
  std::size_t nearest = Text::npos;
  auto weigh = [&](const Object& object, std::string_view text) {
    const std::size_t far = distance(object, text, error, step.sql);
    if (far >= nearest) return;
    nearest = far;
    found = &object;
  };
  for (Id id : all) {
    const Object* object = schema.find(id);
    if (!object) continue;
    for (const FieldBase* field : id->kind->fields) {
      if (const auto* text = std::get_if<Text>(&object->value(*field))) weigh(*object, *text);
      if (const auto* list = std::get_if<List>(&object->value(*field)))
        for (const Text& item : *list) weigh(*object, item);
    }
  }
  return found;
}

/// The place of the object, or of the nearest one that it lies in.
Place place_of(const Object* object, const Schema& schema) {
  while (object && object->place.line == 0) object = object->id->parent ? schema.find(object->id->parent) : nullptr;
  return object ? object->place : Place();
}

Text line_of(const Place& place) {
  const List lines = place.line > 0 ? split(read_file(place.file), '\n') : List();
  return static_cast<std::size_t>(place.line) <= lines.size() && place.line > 0
             ? lines[static_cast<std::size_t>(place.line) - 1]
             : Text();
}

Error about(const Object& object, const Schema& schema, const Error& error, std::string_view sql) {
  Error named(error.code, concat(path(object.id), ": ", error.what()), place_of(&object, schema), error.hint);
  named.sqlstate = error.sqlstate;
  named.detail = error.detail;
  named.object = path(object.id);
  named.source = line_of(named.where);
  const std::size_t pointed = pointed_at(error, sql);
  const std::string_view line = line_at(sql, pointed == Text::npos ? 0 : pointed);
  named.detail += concat(named.detail.empty() ? "" : "\n", "in: ", trim(line));
  return named;
}
}  // namespace

void build_objects(postgres::Connection& connection, const Schema& schema, Roles roles, const Schema* accepted) {
  Plan& all = kept<Plan>(plan(empty_database(schema.ids()), schema));
  if (!all.errors.empty()) throw Error(Code::input, join(all.errors, "\n"));
  if (accepted) leave_unchecked(all.steps, [&](Id id) { return has_same_body(id, schema, *accepted); });
  try {
    return run_script(connection, {{}, emit(all.steps)}, roles);
  } catch (const Error& error) {
    if (error.code != Code::database || error.where.line > 0 || is_environment(error)) throw;
    Error alone = error;
    const Step* step = failing(connection, all.steps, roles, alone);
    const Object* object = step ? culprit(*step, schema, alone) : nullptr;
    if (!object) throw;
    throw about(*object, schema, alone, step->sql);
  }
}

Error placed(const ScriptText& script, std::size_t begin, Error error) {
  if (error.where.line > 0 || script.file.empty()) return error;
  const std::size_t pointed = pointed_at(error, std::string_view(script.sql).substr(begin));
  if (pointed == Text::npos && begin == 0) {
    error.where = {script.file, 0, 0};
    return error;
  }
  const std::size_t offset = begin + (pointed == Text::npos ? 0 : pointed);
  const LineColumn at = line_column(script.sql, offset);
  error.where = {script.file, at.line + script.line - 1, at.column};
  error.source = shown_line(script.sql, offset);
  return error;
}

}  // namespace quoin
