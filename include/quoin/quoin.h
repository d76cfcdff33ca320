/* Migrations run by a program itself, for C and whatever calls C; include/quoin/migrator.h says the same for C++.
 *
 *   quoin_migrator *migrator = quoin_new();
 *   quoin_set(migrator, "database", "postgresql://app@db/shop");
 *   quoin_set(migrator, "wait", "30");
 *   if (quoin_migrate(migrator) != QUOIN_OK) puts(quoin_error(migrator));
 *   quoin_free(migrator);
 *
 * Nothing is printed, no signal handler is installed, and no exception leaves these functions. A text that is returned
 * belongs to the migrator, and stays until its next call. One thread at a time, but for quoin_stop(). */
#ifndef QUOIN_QUOIN_H
#define QUOIN_QUOIN_H
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quoin_migrator quoin_migrator;

/* The numbers are those with which the program `quoin` exits. */
typedef enum {
  QUOIN_OK = 0,
  QUOIN_PROBLEMS = 1, /* quoin_validate() has found errors, which are its rows */
  QUOIN_FAILED = 2,
  QUOIN_REFUSED = 3, /* not done, for safety */
  QUOIN_USAGE = 64
} quoin_result;

typedef enum { QUOIN_ERROR, QUOIN_WARNING, QUOIN_REMARK, QUOIN_DETAIL } quoin_remark;
typedef void (*quoin_listener)(quoin_remark, const char* line, void* with);

/* NULL where there is no memory. */
quoin_migrator* quoin_new(void);
void quoin_free(quoin_migrator*);

/* Options, each a text: database, migrations, config, environment, wait (seconds), to (a version), allow (rules with
 * commas), stop_on_error and exit_on_error (true or false), shadow (auto, off or a URL). What each means, and what it
 * is where nothing is said, the header for C++ says. QUOIN_USAGE: there is no such option, or it has no such value. */
quoin_result quoin_set(quoin_migrator*, const char* option, const char* value);
/* The listener is called from the thread that calls the migrator; `with` is given back to it. */
void quoin_hear(quoin_migrator*, quoin_listener, void* with);

quoin_result quoin_migrate(quoin_migrator*);
quoin_result quoin_status(quoin_migrator*);
quoin_result quoin_rollback(quoin_migrator*, int count);
quoin_result quoin_validate(quoin_migrator*);
/* From any thread: what is running is cancelled and rolled back, and fails. Whatever comes after fails too. */
void quoin_stop(quoin_migrator*);

/* The rows of the last call: migrations that were run or undone, or that quoin_status() has found; problems. */
size_t quoin_rows(const quoin_migrator*);
/* A row's value: version, name, file, state, trouble or milliseconds; of a problem: rule, message, place, hint or
 * severity. "" where there is none. */
const char* quoin_value(const quoin_migrator*, size_t row, const char* key);
/* After quoin_status(): the last version that is applied, and why quoin_migrate() would run nothing as it stands. */
const char* quoin_version(const quoin_migrator*);
const char* quoin_refuses(const quoin_migrator*);

/* Of the last call that was not QUOIN_OK: what went wrong, where, what to do next. "" where there is none. */
const char* quoin_error(const quoin_migrator*);
const char* quoin_error_place(const quoin_migrator*);
const char* quoin_error_hint(const quoin_migrator*);
const char* quoin_error_sqlstate(const quoin_migrator*);

#ifdef __cplusplus
}
#endif
#endif
