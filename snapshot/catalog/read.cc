#include "snapshot/catalog/read.h"

#include "core/model/kind.h"
#include "kinds/database/remainder.h"
#include "kinds/list.h"
#include "snapshot/catalog/address.h"

namespace quoin {

namespace {

constexpr std::uint64_t pg_namespace = 2615;

// What changes deparsed text, or stops a long read, whatever the user, the database or the server have set.
Text pinned_settings(int major, const Text& lock_timeout) {
  Text settings =
      "SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, MDY'; "
      "SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; "
      "SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on; SET LOCAL xmlbinary = "
      "'base64'; "
      "SET LOCAL lc_monetary = 'C'; SET LOCAL row_security = off; SET LOCAL statement_timeout = 0; "
      "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off; "
      "SET LOCAL max_parallel_workers_per_gather = 0";
  settings += concat("; SET LOCAL lock_timeout = ", quote_literal(lock_timeout));
  if (major >= 17) settings += "; SET LOCAL transaction_timeout = 0";
  return settings;
}

using Row = std::span<const postgres::Cell>;

/// What a column of a kind's query means, by its name.
struct Column {
  enum class Meaning { address, parent, title, arguments, also, carried, attribute, members, hidden };
  Meaning meaning;
  std::size_t part = 0;              // of an address: catalog, oid, column
  const FieldBase* field = nullptr;  // of the kind
  Text carried{};                    // "owner"
};

Column column_named(const Kind& kind, std::string_view name) {
  using enum Column::Meaning;
  static constexpr std::string_view own[] = {"class", "oid", "sub"};
  static constexpr std::string_view above[] = {"parent_class", "parent_oid", "parent_sub"};
  for (std::size_t part = 0; part < 3; ++part) {
    if (name == own[part]) return {address, part};
    if (name == above[part]) return {parent, part};
  }
  if (name == "name") return {title};
  if (name == "signature") return {arguments};
  if (name == "also") return {also};
  if (name.starts_with("~")) return {carried, 0, nullptr, Text(name.substr(1))};
  if (const FieldBase* row = kind.fields.find(name)) return {attribute, 0, row};
  if (const FieldBase* row = name.starts_with("#") ? kind.fields.find(name.substr(1)) : nullptr)
    return {members, 0, row};
  if (const FieldBase* row = name.starts_with("?") ? kind.fields.find(name.substr(1)) : nullptr)
    return {hidden, 0, row};
  throw Error(Code::internal, concat("the catalog query of ", kind.name, " gives \"", name, "\", which is no field"));
}

Value decoded(const FieldBase& field, std::string_view text) {
  switch (field.shape) {
    case shape_of<bool>:
      return text == "t";
    case shape_of<std::int64_t>:
      return whole_number(text);
    case shape_of<Text>:
      return Text(text);
    default:
      return postgres::array_items(text);
  }
}

class CatalogReader {
 public:
  CatalogReader(Ids& ids, const ReadOptions& options) : schema_(ids), options_(options) {}

  List queries(int server_version) {
    schema_.major = server_version / 10000;
    List all{dependency_query()};
    for (const Kind* kind : options_.kinds)
      if (kind->reading.catalog) {
        all.push_back(kind->reading.catalog(server_version));
        kinds_.push_back(kind);
      }
    all.push_back(all_objects_query(server_version));
    return all;
  }

  void take(std::size_t query, Row row) {
    if (query != query_) {
      query_ = query;
      begin(row);
    } else if (query == 0) {
      take_dependency(dependencies_, row);
    } else if (query <= kinds_.size()) {
      take_object(*kinds_[query - 1], row);
    } else {
      list(row);
    }
  }

  /// What no kind has claimed, of what lies in something that is read, or in another of these.
  std::vector<Listed> remainder() {
    const auto above = [](const Listed& one) { return pack_address(one.parent_catalog, one.parent_oid, 0); };
    std::erase_if(listed_,
                  [&](const Listed& one) { return one.parent_catalog == pg_namespace && !own_.contains(above(one)); });
    std::unordered_set<Address> all{Address{0}};
    for (const Listed& one : listed_) all.insert(pack_address(one.catalog, one.oid, 0));
    std::erase_if(listed_, [&](const Listed& one) { return !own_.contains(above(one)) && !all.contains(above(one)); });
    return std::move(listed_);
  }

  /// A row of naming_query().
  void take_named(Row row) {
    if (columns_.empty()) {
      for (const postgres::Cell& name : row) columns_.push_back(column_named(opaque_kind, name.value_or("")));
      return;
    }
    take_object(opaque_kind, row);
  }

  Schema finish() {
    derive();
    add_needs(schema_, dependencies_, own_, also_);
    leave_what_stands_on_nothing();
    schema_.each([&](const Object& object) {
      if (object.id->kind->has(opaque)) schema_.unmodelled.push_back(path(object.id));
    });
    std::ranges::sort(schema_.unmodelled);
    if (options_.read_bodies) options_.read_bodies(schema_);
    return std::move(schema_);
  }

 private:
  void begin(Row header) {
    columns_.clear();
    if (query_ == 0 || query_ > kinds_.size()) return derive();
    derive();  // while the server is busy
    schema_.build_indexes();
    for (const postgres::Cell& name : header) columns_.push_back(column_named(*kinds_[query_ - 1], name.value_or("")));
  }

  // Of what has arrived since the last time: a kind at a time, the lighter first.
  void derive() {
    for (Object* object : std::exchange(arrived_, {})) {
      if (!object->id) continue;
      object->id->kind->reading.derive(*object, schema_);
      schema_.changed(object->id);
    }
  }

  void take_object(const Kind& kind, Row row) {
    using enum Column::Meaning;
    std::int64_t own[3] = {}, above[3] = {};
    std::string_view called, inputs;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!row[i]) continue;
      if (columns_[i].meaning == address) own[columns_[i].part] = whole_number(*row[i]);
      if (columns_[i].meaning == parent) above[columns_[i].part] = whole_number(*row[i]);
      if (columns_[i].meaning == title) called = *row[i];
      if (columns_[i].meaning == arguments) inputs = *row[i];
    }
    const Address where = packed(own), parent_address = packed(above);
    Id holder = parent_address ? at(parent_address) : Id();
    if (parent_address && !holder) return;
    if (holder && holder->kind->has(opaque)) {
      if (!kind.has(opaque)) return;
      holder = holder->parent;  // so that it is listed too
    }
    if (dependencies_.extension.contains(without_column(where))) return;
    if (catalog_of(where) == pg_namespace && !is_managed(called)) return;
    const Id id = schema_.ids().of(kind, holder, Text(called), Text(inputs));
    // One that is there already was made by the derive() of a lighter kind; add() refuses one that came twice.
    Object* made = has_come(id) ? nullptr : schema_.find(id);
    Object& object = made ? *made : schema_.add(id);
    come_[id->number] = true;
    if (kind.reading.derive) arrived_.push_back(&object);
    if (catalog_of(where)) own_[where] = object.id;
    fill(object, parent_address, row);
  }

  /// What is of a relation that is not read, though it lies in a schema that is.
  void leave_what_stands_on_nothing() {
    std::vector<Id> all;
    schema_.each([&](const Object& object) {
      if (object.id->kind->relation && !relation_of(object)) all.push_back(object.id);
    });
    for (Id id : all) {
      schema_.unmodelled.push_back(path(id));
      for (const Object* below : schema_.children(id)) schema_.remove(below->id);
      schema_.remove(id);
    }
  }

  void list(Row row) {
    const auto number = [&](std::size_t column) { return static_cast<std::uint64_t>(whole_number(*row[column])); };
    const Listed one{number(0), number(1), number(3) == 0 ? 0 : number(2), number(3)};
    const Address where = pack_address(one.catalog, one.oid, 0);
    if (!own_.contains(where) && !also_.contains(where) && !dependencies_.extension.contains(where))
      listed_.push_back(one);
  }

  bool has_come(Id id) {
    if (come_.size() <= id->number) come_.resize(2 * std::size_t{id->number} + 1);
    return come_[id->number];
  }

  void fill(Object& object, Address parent_address, Row row) {
    using enum Column::Meaning;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      if (!row[i]) continue;
      if (column.meaning == attribute) object.put(*column.field, decoded(*column.field, *row[i]));
      if (column.meaning == members) object.put(*column.field, column_names(parent_address, *row[i]));
      if (column.meaning == hidden && *row[i] == "t") object.unread.set(column.field->ordinal);
      if (column.meaning == carried) object.carried.push_back({column.carried, Text(*row[i])});
      if (column.meaning != also) continue;
      for (const Text& item : postgres::array_items(*row[i])) {
        const List parts = split(item, ':');
        const std::int64_t numbers[3] = {whole_number(parts.at(0)), whole_number(parts.at(1)),
                                         whole_number(parts.at(2))};
        also_.emplace(packed(numbers), object.id);
      }
    }
  }

  List column_names(Address table, std::string_view numbers) const {
    List names;
    for (const Text& number : postgres::array_items(numbers)) {
      const Id column = at(table | static_cast<Address>(whole_number(number)));
      if (!column) throw Error(Code::internal, concat("a column that is not in the catalog is number ", number));
      names.push_back(column->name);
    }
    return names;
  }
  static Address packed(const std::int64_t (&parts)[3]) {
    return pack_address(static_cast<std::uint64_t>(parts[0]), static_cast<std::uint64_t>(parts[1]), parts[2]);
  }
  Id at(Address address) const {
    const auto found = own_.find(address);
    return found == own_.end() ? Id() : found->second;
  }
  bool is_managed(std::string_view name) const {
    const auto lists = [&](const List& names) { return std::ranges::find(names, name) != names.end(); };
    return options_.schemas.empty() ? !lists(options_.left_out) : lists(options_.schemas);
  }

  Schema schema_;
  const ReadOptions& options_;
  std::vector<const Kind*> kinds_;  // by query, from the second on
  std::size_t query_ = std::size_t(-1);
  std::vector<Column> columns_;  // of the query that is arriving
  std::vector<Object*> arrived_;
  std::vector<bool> come_;  // by number: whether a row has brought it
  std::pmr::monotonic_buffer_resource memory_;
  AddressBook own_{&memory_}, also_{&memory_};
  Dependencies dependencies_;
  std::vector<Listed> listed_;  // that no kind has claimed
};

// Functions such as pg_get_indexdef() look past the snapshot, at what another session has just dropped.
bool met_concurrent_ddl(const Error& error) {
  return error.sqlstate == "XX000" || error.sqlstate == "42P01" || error.sqlstate == "42704";
}

void note_unread(Schema& schema) {
  List names;
  for (const Object* object : std::as_const(schema).objects())
    for (const FieldBase* field : object->id->kind->fields)
      if (object->unread[field->ordinal] && field->role != Role::secret)
        names.push_back(concat(field->name, " of ", path(object->id)));
  if (!names.empty())
    schema.notes.push_back(concat("the role ", quote_ident(schema.made_by),
                                  " may not see, so that it is neither compared nor written: ", join(names, ", ")));
}

Schema read_once(postgres::Connection& connection, Ids& ids, const ReadOptions& options) {
  CatalogReader reader(ids, options);
  const List queries = reader.queries(connection.server_version());
  connection.copy_out(pinned_settings(connection.major(), options.lock_timeout), queries,
                      [&](std::size_t query, Row row) { reader.take(query, row); });
  if (const std::vector<Listed> rest = reader.remainder(); !rest.empty())
    connection.copy_out(pinned_settings(connection.major(), options.lock_timeout), List{naming_query(rest)},
                        [&](std::size_t, Row row) { reader.take_named(row); });
  Schema schema = reader.finish();
  schema.made_by = connection.user();
  note_unread(schema);
  return schema;
}

}  // namespace

Schema read_database(postgres::Connection& connection, Ids& ids, const ReadOptions& options) {
  if (connection.major() < 12)
    throw Error(Code::database, concat(connection.name(), " runs PostgreSQL ", std::to_string(connection.major())), {},
                "quoin reads PostgreSQL 12 and newer: upgrade the server");
  try {
    try {
      return read_once(connection, ids, options);
    } catch (const Error& error) {
      if (!met_concurrent_ddl(error)) throw;
    }
    return read_once(connection, ids, options);
  } catch (const Error& error) {
    if (error.code != Code::database) throw;
    Error told(error.code, concat("cannot read the schema of ", connection.name(), ": ", error.what()), error.where,
               error.hint);
    told.sqlstate = error.sqlstate;
    told.detail = error.detail;
    throw told;
  }
}

}  // namespace quoin
