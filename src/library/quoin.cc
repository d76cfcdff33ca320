// The C header, over the C++ one: no exception leaves a function here.
#include "quoin/quoin.h"

#include <charconv>
#include <map>
#include <mutex>
#include <new>

#include "core/base/text.h"
#include "quoin/migrator.h"

namespace {

using Row = std::map<std::string, std::string, std::less<>>;

Row row_of(const quoin::MigrationRan& ran) {
  return {{"version", ran.version},
          {"name", ran.name},
          {"file", ran.file},
          {"milliseconds", std::to_string(ran.milliseconds)}};
}

Row row_of(const quoin::MigrationStanding& standing) {
  return {{"version", standing.version},
          {"name", standing.name},
          {"file", standing.file},
          {"state", standing.state},
          {"trouble", standing.trouble}};
}

Row row_of(const quoin::MigrationProblem& problem) {
  return {{"severity", problem.is_error ? "error" : "warning"},
          {"rule", problem.rule},
          {"message", problem.message},
          {"place", problem.place},
          {"hint", problem.hint}};
}

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<bool> truth_in(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

template <class Value>
bool take(Value& target, std::optional<Value> value) {
  if (value) target = *value;
  return value.has_value();
}

}  // namespace

struct quoin_migrator {
  quoin::MigratorOptions options;
  std::mutex making;  // against quoin_stop(), which may come before there is a migrator
  std::optional<quoin::Migrator> migrator;
  bool is_stopped = false;
  std::vector<Row> rows;
  std::string version, refuses;
  std::optional<quoin::MigratorError> error;
};

namespace {

using Told = quoin::MigratorError;

/// Where the text of an error itself finds no memory, the code still says that it failed.
quoin_result keep(quoin_migrator& handle, const char* what, quoin::MigratorFailure failure) noexcept {
  try {
    handle.error = Told(what, {failure, {}, {}, {}, {}});
  } catch (...) { handle.error.reset(); }
  return static_cast<quoin_result>(failure);
}

template <class Body>
quoin_result guarded(quoin_migrator* handle, Body body) noexcept {
  if (handle == nullptr) return QUOIN_USAGE;
  handle->error.reset();
  try {
    return body(*handle);
  } catch (const Told& error) {
    try {
      handle->error = error;
    } catch (...) { handle->error.reset(); }
    return static_cast<quoin_result>(error.rest.failure);
  } catch (const std::exception& error) {
    return keep(*handle, error.what(), quoin::MigratorFailure::failed);
  } catch (...) { return keep(*handle, "something unknown was thrown", quoin::MigratorFailure::failed); }
}

quoin::Migrator& migrator_of(quoin_migrator& handle) {
  handle.rows.clear();
  handle.version.clear();
  handle.refuses.clear();
  const std::lock_guard alone(handle.making);
  if (!handle.migrator) handle.migrator.emplace(handle.options);
  if (handle.is_stopped) handle.migrator->stop();
  return *handle.migrator;
}

/// The next call makes another migrator, of the options as they are then.
void begin_anew(quoin_migrator& handle) {
  const std::lock_guard alone(handle.making);
  handle.migrator.reset();
}

template <class Rows>
void keep_rows(quoin_migrator& handle, const Rows& rows) {
  for (const auto& row : rows) handle.rows.push_back(row_of(row));
}

bool set(quoin::MigratorOptions& options, std::string_view name, std::string_view value) {
  const std::pair<std::string_view, std::string*> texts[] = {{"database", &options.database},
                                                             {"migrations", &options.migrations},
                                                             {"config", &options.config},
                                                             {"environment", &options.environment},
                                                             {"to", &options.to},
                                                             {"shadow", &options.shadow}};
  for (const auto& [known, target] : texts)
    if (known == name) return target->assign(value), true;
  if (name == "allow") return options.allow = quoin::split(quoin::Text(value), ','), true;
  if (name == "stop_on_error") return take(options.stop_on_error, truth_in(value));
  if (name == "exit_on_error") return take(options.exit_on_error, truth_in(value));
  if (name != "wait") return false;
  options.wait = number_in(value);
  return options.wait.has_value();
}

const char* text_of(const quoin_migrator* handle, const std::string Told::Rest::*which) {
  return handle != nullptr && handle->error ? (handle->error->rest.*which).c_str() : "";
}

}  // namespace

extern "C" {

quoin_migrator* quoin_new(void) { return new (std::nothrow) quoin_migrator; }

void quoin_free(quoin_migrator* handle) { delete handle; }

quoin_result quoin_set(quoin_migrator* handle, const char* option, const char* value) {
  return guarded(handle, [&](quoin_migrator& own) {
    const char* name = option != nullptr ? option : "";
    if (value == nullptr || !set(own.options, name, value))
      throw Told(quoin::concat("there is no option \"", name, "\", or it has no such value"),
                 {quoin::MigratorFailure::usage, {}, "quoin/quoin.h lists the options", {}, {}});
    return begin_anew(own), QUOIN_OK;
  });
}

void quoin_hear(quoin_migrator* handle, quoin_listener listener, void* with) {
  guarded(handle, [&](quoin_migrator& own) {
    own.options.hear = nullptr;
    if (listener != nullptr)
      own.options.hear = [listener, with](quoin::MigratorRemark how, const std::string& line) {
        listener(static_cast<quoin_remark>(how), line.c_str(), with);
      };
    return begin_anew(own), QUOIN_OK;
  });
}

quoin_result quoin_migrate(quoin_migrator* handle) {
  return guarded(handle, [](quoin_migrator& own) { return keep_rows(own, migrator_of(own).migrate()), QUOIN_OK; });
}

quoin_result quoin_status(quoin_migrator* handle) {
  return guarded(handle, [](quoin_migrator& own) {
    const quoin::MigratorStatus status = migrator_of(own).status();
    keep_rows(own, status.all);
    own.version = status.version;
    own.refuses = status.refuses;
    return QUOIN_OK;
  });
}

quoin_result quoin_rollback(quoin_migrator* handle, int count) {
  return guarded(handle,
                 [&](quoin_migrator& own) { return keep_rows(own, migrator_of(own).rollback(count)), QUOIN_OK; });
}

quoin_result quoin_validate(quoin_migrator* handle) {
  return guarded(handle, [](quoin_migrator& own) {
    const auto problems = migrator_of(own).validate();
    keep_rows(own, problems);
    for (const quoin::MigrationProblem& problem : problems)
      if (problem.is_error) return QUOIN_PROBLEMS;
    return QUOIN_OK;
  });
}

void quoin_stop(quoin_migrator* handle) {
  if (handle == nullptr) return;
  try {
    const std::lock_guard alone(handle->making);
    handle->is_stopped = true;
    if (handle->migrator) handle->migrator->stop();
  } catch (...) { return; }  // the lock of a migrator that is being freed
}

size_t quoin_rows(const quoin_migrator* handle) { return handle != nullptr ? handle->rows.size() : 0; }

const char* quoin_value(const quoin_migrator* handle, size_t row, const char* key) {
  if (handle == nullptr || key == nullptr || row >= handle->rows.size()) return "";
  const auto found = handle->rows[row].find(std::string_view(key));
  return found != handle->rows[row].end() ? found->second.c_str() : "";
}

const char* quoin_version(const quoin_migrator* handle) { return handle != nullptr ? handle->version.c_str() : ""; }
const char* quoin_refuses(const quoin_migrator* handle) { return handle != nullptr ? handle->refuses.c_str() : ""; }

const char* quoin_error(const quoin_migrator* handle) {
  return handle != nullptr && handle->error ? handle->error->what() : "";
}
const char* quoin_error_place(const quoin_migrator* handle) { return text_of(handle, &Told::Rest::place); }
const char* quoin_error_hint(const quoin_migrator* handle) { return text_of(handle, &Told::Rest::hint); }
const char* quoin_error_sqlstate(const quoin_migrator* handle) { return text_of(handle, &Told::Rest::sqlstate); }

}  // extern "C"
