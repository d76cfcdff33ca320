#include "parser/normal/normal.h"

#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/model/name.h"
#include "parser/names/resolver.h"
#include "parser/normal/normalise.h"
#include "parser/normal/query_form.h"

namespace quoin {

namespace {
/// A type alone, or with a name, has nothing in it that could be written shorter.
bool is_simplified(Role role) { return has_syntax(role) && role != Role::type && role != Role::member; }

/// The type of what an expression of the object is given to: of the column that it is, or lies below.
Text target_type(const Object& object, const Schema& schema) {
  for (const Object* one : {&object, schema.find(object.id->parent)})
    if (const FieldBase* type = one ? one->id->kind->value_type : nullptr)
      if (const Text* text = std::get_if<Text>(&one->value(*type))) return *text;
  return {};
}

/// Whether the server shows a number in quotes depends on its type.
Text bound_form(std::string_view text) {
  Text form;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '\'' ? text.find('\'', at + 1) : text.npos;
    const std::string_view inside = end == text.npos ? std::string_view() : text.substr(at + 1, end - at - 1);
    const std::string_view digits = inside.substr(inside.starts_with('-') ? 1 : 0);
    const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos &&
                           (digits == "0" || !digits.starts_with('0'));
    form += is_number ? inside : text.substr(at, end == text.npos ? 1 : end - at + 1);
    at = end == text.npos ? at + 1 : end + 1;
  }
  return form;
}

/// The list of words that need quotes differs between versions.
Text name_form(Role role, std::string_view text) {
  if (role == Role::bound) return bound_form(text);
  if (row_of(role).space.empty()) return Text(text);
  List parts = name_parts(text);
  for (Text& part : parts) part = quote_ident(part);
  return join(parts, ".");
}

/// Operator classes that are the default of their types for every access method that has them: saying them says
/// nothing.
void drop_default_class(ast::Node key) {
  static constexpr std::string_view defaults[] = {"array_ops", "jsonb_ops",   "text_ops", "int2_ops",
                                                  "int4_ops",  "int8_ops",    "uuid_ops", "timestamp_ops",
                                                  "date_ops",  "numeric_ops", "bool_ops", "timestamptz_ops"};
  const auto names = key["opclass"].items();
  if (names.empty() || key.has("opclassopts")) return;
  const bool qualified = names.size() > 1 && names[0].text() != "pg_catalog";
  if (!qualified && std::ranges::count(defaults, names.back().text())) key.set("opclass", {});
}

/// Where a text is read; `former`: for comparing, not for people.
struct Reading {
  const Lookup& lookup;
  const FormerNames* former = nullptr;
};

Text normal_of(const FieldBase& field, std::string_view text, const Object& object, const Reading& reading) {
  const Lookup& lookup = reading.lookup;
  try {
    Fragment fragment = parse_fragment(field.role, text);
    if (field.role == Role::key) drop_default_class(fragment.node);
    if (is_simplified(field.role)) {
      const Text target = field.role == Role::expression ? target_type(object, lookup.schema()) : Text();
      simplify(fragment, shorten_columns(field.role, fragment, object, lookup), target);
    }
    if (field.role == Role::query && reading.former) drop_unused_names(fragment, *reading.former);
    return print_fragment(field.role, fragment);
  } catch (const Error&) {  // the contract: what cannot be read stays as it is
    return Text(text);
  }
}

/// What was found before. Most texts of a large schema are the same few types and defaults; only a qualified name means
/// something else by place, and a constant by what it is given to.
class Known {
 public:
  explicit Known(std::optional<FormerNames> former) : former_(std::move(former)) {}
  Text operator()(const FieldBase& field, std::string_view text, const Object& object, const Lookup& lookup) {
    if (field.role != Role::type && text.find('.') != std::string_view::npos)
      return normal_of(field, text, object, {lookup, former_ ? &*former_ : nullptr});
    const Text target = field.role == Role::expression ? target_type(object, lookup.schema()) : Text();
    const Text key = concat(std::to_string(static_cast<int>(field.role)), " ", target, " ", text);
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = forms_.find(key); found != forms_.end()) return found->second;
    }
    const Text form = normal_of(field, text, object, {lookup, former_ ? &*former_ : nullptr});
    const std::lock_guard lock(mutex_);
    return forms_.emplace(key, form).first->second;
  }

 private:
  std::optional<FormerNames> former_;  // none: for people to read
  std::mutex mutex_;
  std::unordered_map<Text, Text> forms_;
};
}  // namespace

Text normal(const FieldBase& field, std::string_view text, const Object& object, const Schema& schema) {
  return has_syntax(field.role) ? normal_of(field, text, object, {Lookup(schema, {})}) : name_form(field.role, text);
}

namespace {
NormalForm form_in(const Schema& schema, std::optional<FormerNames> former) {
  return [lookup = Lookup(schema, {}), known = std::make_shared<Known>(std::move(former))](
             const FieldBase& field, std::string_view text, const Object& object) {
    return has_syntax(field.role) ? (*known)(field, text, object, lookup) : name_form(field.role, text);
  };
}
}  // namespace

NormalForm normal_in(const Schema& schema) { return form_in(schema, std::nullopt); }
NormalForm comparable_in(const Schema& schema, FormerNames former) { return form_in(schema, std::move(former)); }

namespace {
void normalise(Object& object, const Lookup& lookup) {
  for (const FieldBase* field : object.id->kind->fields) {
    if (!has_syntax(field->role) || !object.has(*field)) continue;
    const Value value = object.value(*field);
    if (const Text* text = std::get_if<Text>(&value)) {
      object.put(*field, normal_of(*field, *text, object, {lookup}));
    } else if (const List* items = std::get_if<List>(&value)) {
      List now;
      for (const Text& item : *items) now.push_back(normal_of(*field, item, object, {lookup}));
      object.put(*field, std::move(now));
    }
  }
}
}  // namespace

void normalise(Object& object, const Schema& schema) { normalise(object, Lookup(schema, {})); }

void normalise(Schema& schema) {
  const Lookup lookup(schema, {});
  schema.each([&](Object& object) { normalise(object, lookup); });
}

}  // namespace quoin
