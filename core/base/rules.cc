#include "core/base/rules.h"

#include <algorithm>

namespace quoin {
namespace {

constexpr Teller verify{"verify",
                        "Nothing turns an error off; what a platform provides and no migration makes is named under "
                        "`assume:` in quoin.yaml. A warning changes the exit code only with `--strict`, a note never."},
    replayed{"verify, validate",
             "A warning changes the exit code of `quoin verify` only with `--strict`, that of `quoin validate` never."},
    folder{
        "verify, validate, migrate",
        "Where it is an error, `quoin migrate` refuses to run too. A warning changes the exit code of `quoin verify` "
        "only with `--strict`, a note never."},
    validate{"validate", "Nothing turns it off. Only errors change the exit code."},
    preflight{"preflight", "Nothing turns it off. A warning changes the exit code only with `--strict`."},
    plan{"diff",
         "It fails nothing: it stands as `-- WARNING(NAME): …` above its statement, for whoever reads the file. "
         "Take the line out once it is looked after."},
    loss{"diff, migrate, rollback",
         "`quoin diff` writes `-- WARNING(NAME): …` above the statement. `quoin migrate` asks on a terminal; elsewhere "
         "say `--allow NAME`, or put it under `allow:` in quoin.yaml for every run."},
    untold{"migrate, rollback", "It is only told; nothing has to be allowed."},
    history{"migrate", "Say `--allow NAME`, or put it under `allow:` in quoin.yaml."},
    yaml{"YAML", "Nothing turns it off: the file is of no use until it is mended."},
    config{"quoin.yaml", "Nothing turns it off: no command runs until it is mended."};

constexpr Rule all[] = {
    {"syntax", verify, "A statement is no SQL that PostgreSQL's own grammar can read.",
     "Mend it at the place that is shown. SQL that only a newer PostgreSQL reads is said as such."},
    {"missing", verify, "A statement needs an object that no migration makes.",
     "Look at the name (the nearest one is suggested) and at `search_path`. What an extension brings needs its CREATE"
     " EXTENSION first; what a platform provides is named under `assume:` in quoin.yaml."},
    {"created-later", verify, "A statement needs an object that only a later statement makes.",
     "Move the statement behind the one that is named, or make the object earlier."},
    {"dropped-before", verify, "A statement needs an object that an earlier statement has dropped.",
     "Take the use away too, or drop the object later."},
    {"renamed-before", verify, "A statement uses an object by the name that it had before an earlier rename.",
     "Write the new name."},
    {"duplicate", verify, "A statement makes an object whose name is taken.",
     "Drop or rename the first one before, or say IF NOT EXISTS if the two are meant to be one."},
    {"needed-by", verify, "A statement drops an object that others still need, so that the server refuses.",
     "Drop or change those first; CASCADE drops them too."},
    {"unknown", verify,
     "What a statement does cannot be known without running it, as of SQL put together at run time; or it is not what "
     "is written, as of a name that is longer than PostgreSQL keeps.",
     "Nothing has to be done: what it may have touched counts as unknown, and accuses nobody."},
    {"left-out", folder, "A file looks like a migration and is none, so it is not run; the reason stands beside it.",
     "Give it a name with a version, or move it out of the folder."},
    {"goes-up", folder,
     "A file of Flyway's spelling for a way back runs, since no version is here that it would undo, as refinery has "
     "it.",
     "Say whose files they are: --layout, or layout: in quoin.yaml."},
    {"odd-hash", folder,
     "A file of graphile-migrate's was changed after it was committed, or stands behind another than it was committed"
     " behind.",
     "Put it back as it was committed, and write what is new as another migration."},
    {"obstacle", folder,
     "A migration asks for what its own tool does and quoin does not, as a changeset with preconditions.",
     "Write what it does without that, or run it with its own tool and say so: quoin repair VERSION --applied."},
    {"context", folder,
     "A changeset of Liquibase's is for some contexts or labels alone, and nothing says which run here: so quoin runs "
     "it"
     " everywhere, as Liquibase does where it is given none.",
     "Say contexts: prod or label_filter: v1 in quoin.yaml, for all or under an environment; '' runs all."},
    {"odd-version", folder,
     "A version looks like a date and time that there is not, or like a year among timestamps; it counts as the number"
     " that it is.",
     "Give the file the time that is meant, unless it has run anywhere."},
    {"empty", folder, "A migration does nothing when it goes up.", "Write what it is to do, or remove the file."},
    {"placeholder", folder, "A placeholder, as `${name}`, stands in the SQL, and nothing says its value.",
     "Give it: `--set NAME=VALUE`, or under `vars:` in quoin.yaml. Of a spelling that this folder's tool does not fill "
     "in,"
     " as the message says, write the value itself."},
    {"transaction", folder,
     "A migration has a BEGIN, COMMIT or ROLLBACK of its own, though quoin runs it as one"
     " transaction; or, as a note of `migrate --dry-run` and `preflight`, a statement that no transaction takes.",
     "Remove the statement, or say `-- quoin: no-transaction` if the file is to commit by itself."},
    {"late", verify, "A new migration sorts before one that the base branch has, so some databases get it too late.",
     "Give it a later version; `quoin migrate` refuses what comes too late."},
    {"same-version", verify, "A new migration has the version of one that the base branch has.",
     "Give it a later version."},
    {"both-make", verify, "This branch and the base branch make the same object.",
     "Keep one of the two, or give this one another name. Behind IF NOT EXISTS the second would be left out in "
     "silence."},
    {"both-change", verify, "This branch and the base branch change the same routine, view or the like.",
     "The later one wins: write into it what both are to do."},
    {"dropped-and-used", verify, "One of this branch and the base branch drops what the other uses.",
     "Take the use away, or drop it once nothing uses it."},
    {"differs", verify, "What the migrations lead to is otherwise in what verify was asked to hold against it.",
     "Write the migration that brings it there (`quoin diff`), or mend what differs from the migrations."},
    {"down-leaves", replayed, "After a migration and its down, something is otherwise than before.",
     "Undo it in the down too. Where it is to stay, as a value added to an enum that others use, say so there: "
     "`-- quoin: nolint down-leaves: WHY`."},
    {"unused-nolint", verify, "A `-- quoin: nolint` names a rule that finds nothing in its section.",
     "Take the line out: what it was for is gone, or it is spelled otherwise."},
    {"downs-left-out", verify, "There are so many migrations that not every down was replayed.",
     "Nothing has to be done: the latest ones were, which are those that a rollback would run."},
    {"irreversible", verify, "A migration drops what holds rows: a down can make it anew, but not what the rows had.",
     "Nothing has to be done. Where it matters, keep the values elsewhere before, or drop it in a later release."},
    {"no-down", verify, "Nothing undoes a migration, in a folder where most have a down.",
     "Write one, or let it be: `quoin rollback` refuses it then."},
    {"order", verify, "An order of the files that works, where theirs does not: what would move, and why.",
     "Rename the files so, or let `quoin verify --fix` do it: by git where they are in a repository, and never those "
     "that"
     " the database has run."},
    {"depends-on", folder, "A migration says that it depends on one that comes later, or that has no file.",
     "Correct the version after `depends-on`, or the order."},
    {"psql", replayed,
     "A section cannot be cut into statements: psql's commands, rows of COPY, an unended string; or into batches.",
     "Mend it at the place that is shown."},
    {"gap", validate, "The files are numbered, and a number between two of them is missing.",
     "If a file was removed, databases that ran it keep what it did: bring it back, or write a migration that undoes"
     " it."},
    {"changed", validate, "A file was changed after it had been applied.",
     "Put it back as it was and write a new migration, or take the change over with `quoin repair VERSION --applied`."},
    {"missing-file", validate, "A version is applied to the database, and its file is gone.",
     "Bring the file back, or forget the version with `quoin repair VERSION --pending`."},
    {"lost-row", validate,
     "The ledger's log says that a version was applied and not taken back, and the ledger has no row of it.",
     "Restore the ledger's rows from a backup, or say what stands: `quoin repair VERSION --applied` or `--pending`,"
     " `quoin baseline VERSION` of all up to there."},
    {"failed", validate, "A migration that cannot be one transaction stopped between its statements.",
     "Mend what is in the way and run `quoin migrate` again; it goes on where it stopped. `quoin repair` says what was"
     " settled by hand."},
    {"out-of-order", validate, "A migration is pending though later ones are applied.",
     "Give it a later version, or run `quoin migrate --out-of-order`."},
    {"trial", validate, "The migrations fail when they are run on an empty throw-away server: up, down, or up again.",
     "Mend the migration that is named; the server's own words stand beside it."},
    {"untried", validate,
     "The trial came to a statement that fails only for what the throw-away server lacks: a role,"
     " an extension, what a platform provides.",
     "Install it here, or name an SQL file under `assume:` that makes it."},
    {"server", preflight, "The server takes no changes from this session, or is older than quoin knows.",
     "Connect to the primary; where role or database are set to read only, reset that."},
    {"missing", preflight,
     "A pending statement names a role, an extension, a tablespace, a table or the like that the server or the "
     "database "
     "does not have, and none that is pending before makes it.",
     "Make it, put what makes it into an earlier migration, or mend the name."},
    {"duplicate", preflight, "A pending statement makes what is there already, in the database or on its server.",
     "Take it out, or say IF NOT EXISTS; of a migration whose all is there: `quoin repair VERSION --applied`."},
    {"privilege", preflight, "A pending statement needs a right that the role has not, as far as its text shows.",
     "Connect as the owner, or have the right granted."},
    {"ledger", preflight, "The ledger cannot be used as it is, or a run would be refused.",
     "Do what stands beside it; `quoin status` and `quoin repair` tell more."},
    {"blocked", preflight, "A session holds a lock in the way of a pending statement, or another runner is at work.",
     "Wait for it, or end it. Whoever comes after a statement that waits for a lock waits too: `--lock-timeout 5s`."},
    {"disk", preflight, "A pending statement writes all of a relation anew, or reads all of it, while it is locked.",
     "See that there is so much room, and do it when few are there."},
    {"drift", preflight, "The database has what no migration makes that it has run, or lacks what one of them makes.",
     "Write what was done by hand as a migration, or undo it. Only whether things are there is compared."},
    {"irreversible", preflight, "A pending migration has no down.", "Write one, or have a backup at hand."},
    {"invalid-index", preflight, "An index is left of a CREATE INDEX CONCURRENTLY or REINDEX that failed.",
     "`REINDEX INDEX CONCURRENTLY`, or drop it."},
    {"replication", preflight, "A replica is behind, and falls back further by what is written.",
     "Wait until it has caught up."},
    {"slot", preflight, "A replication slot is used by nobody and keeps the write-ahead log.",
     "See whether its reader comes back, or drop it: the disk fills up otherwise."},
    {"long-transaction", preflight, "A transaction has been open for more than five minutes.",
     "End it: CREATE INDEX CONCURRENTLY waits for it, and so does who wants what it has locked."},
    {"backup", preflight, "What `backup_check` asks for failed, or the last backup is too old.",
     "Make one; `backup_check` and `backup_max_age` are in quoin.yaml."},
    {"data-loss", loss, "A statement drops or overwrites what rows hold, and no down can give it back.",
     "Have a copy, or move the rows before. `migrate` asks on a terminal; elsewhere say `--allow data-loss`, or put it"
     " under `allow:` in quoin.yaml."},
    {"access", loss,
     "A statement changes who may see or change what, be it that a door opens or that one closes: grants and default"
     " privileges, roles, owners, policies and the routines that they call, row security, SECURITY DEFINER. First"
     " grants and policies of what is made by the same run are no news, a new SECURITY DEFINER routine is.",
     "Read it as one who must answer for it. `migrate` only tells what gives somebody more; what takes something away"
     " wants leave: `--allow access`."},
    {"secret", plan,
     "What a statement makes has an option that is secret, as a password, which quoin never reads or writes.",
     "Set it by hand after the migration: `ALTER USER MAPPING … OPTIONS (ADD password '…')`."},
    {"settings", loss,
     "What a statement does to values depends on a setting of the session that runs it, such as"
     " TimeZone.",
     "Say it in the statement (`USING x AT TIME ZONE '…'`) or SET it before; else `--allow settings`."},
    {"note", untold,
     "What a statement takes away cannot be told before it runs, as of SQL that it puts together or a body in a"
     " language that quoin does not read.",
     "Nothing has to be done. Read the statement where it matters; `allow:` need not name it."},
    {"other-history", history,
     "The database has a history that quoin's ledger does not tell of: another migration tool's, tables that the first"
     " migrations make, or migrations of which this folder has none. Files would run again, or run in the wrong place.",
     "Take it over with `quoin adopt`, or tell quoin what is there with `quoin baseline VERSION` or `quoin repair "
     "VERSION"
     " --applied`; or allow it with `--allow other-history`."},
    {"rewrite", plan, "A statement rewrites or scans every row of a table under a lock that keeps others out.",
     "Run it when that can be borne; for a large table, add a new column and move the rows in portions instead."},
    {"may-fail", plan, "A statement fails if there are rows that do not fit.",
     "Look for such rows before, and mend them. What fails is rolled back."},
    {"body", plan,
     "The body of a routine is text that PostgreSQL does not check, and names what is renamed or dropped.",
     "Change the body in the same migration."},
    {"stale", plan,
     "A function gets another body, and what the old one has computed stays as it is: generated columns,"
     " indexes, checks of rows that are there.",
     "Where results differ, compute them again: UPDATE, REINDEX, VALIDATE."},
    {"yaml", yaml, "The text is no YAML that can be read whole.", "Mend it at the place that is shown."},
    {"yaml-bytes", yaml, "Bytes stand in the file that are no text: a control character, or no UTF-8.",
     "Remove them, or write them as an escape in double quotes."},
    {"yaml-cut", yaml, "Inside of `{ }` or `[ ]` YAML ends a value at a comma, as in `numeric(10,2)`.",
     "Quote the value."},
    {"yaml-sign", yaml, "YAML takes a sign for something of its own: an anchor, an alias, a tag, a directive.",
     "Quote the value."},
    {"yaml-comment", yaml, "YAML takes what follows a `#` for a comment, or joins lines so that `--` swallows them.",
     "Quote the value, or write it as a block after `|`."},
    {"yaml-null", yaml, "YAML reads a word as nothing: `~`, `null`.", "Quote it if the word is meant."},
    {"yaml-key", yaml, "A key is not known in this place.",
     "Use one of those that are named; the nearest is suggested."},
    {"yaml-duplicate", yaml, "A key, or a name in SQL, is there twice.", "Remove or rename one."},
    {"yaml-value", yaml, "A value has another form than its key takes.", "Write it in the form that is shown."},
    {"yaml-sql", yaml, "A value does not read as the SQL that its key takes.", "Mend it at the place that is shown."},
    {"config-key", config, "A setting is not known.", "Use one of those that `quoin help settings` lists."},
    {"config-value", config, "A setting has another form than it takes.", "Write it as `quoin help settings` says."},
};

constexpr bool is_explained(std::string_view name) {
  return std::ranges::any_of(all, [&](const Rule& rule) { return rule.name.text() == name; });
}
static_assert(std::ranges::all_of(rule_names, is_explained));

}  // namespace

std::span<const Rule> rules() { return all; }

const Rule* find_rule(std::string_view name) {
  const auto found = std::ranges::find(all, name, [](const Rule& rule) { return rule.name.text(); });
  return found == std::end(all) ? nullptr : &*found;
}

}  // namespace quoin
