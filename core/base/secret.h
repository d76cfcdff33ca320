// Passwords in what leaves the process.
#pragma once
#include <span>
#include <string_view>

#include "core/base/text.h"

namespace quoin {

/// What stands in place of a password.
inline constexpr std::string_view hidden = "***";

/// A password in use: masked from now on wherever it shows. One that might be a word of its own (only small letters)
/// or that is the user's or database's name is masked only where masked() sees by the text around it what it is.
void remember_secret(std::string_view secret, std::span<const Text> names = {});

/// The text with *** for passwords: those in use; in URLs of any scheme or none, as user:password@ and ?password=; in
/// key=value strings; in SQL's PASSWORD '…', SET app.token TO '…' and OPTIONS (password '…'), also in statements cut
/// short; and what looks like a secret whatever it is called: Bearer …, a private key, a token of a known maker.
Text masked(std::string_view text);
/// As masked(), and with *** for what is a password in `statement`, which the text is about: servers quote from it.
Text masked(std::string_view text, std::string_view statement);

/// What masked() hides of a text by what stands around it.
List secrets_in(std::string_view text);

/// What secrets are called, in small letters and with "_" for "-": "password", "api_key"…; a name that holds one of
/// these is that of a secret, unless it says that it is only about one (password_required).
List names_of_secrets();
/// Whether a key or a variable of this name holds a secret.
bool names_secret(std::string_view name);
/// The same of an option of SQL's OPTIONS (…), which more words name there: session, salt.
bool names_secret_option(std::string_view name);
/// The same as an SQL condition on an expression that gives the name.
Text names_secret_option_sql(std::string_view expression);

/// Overwrites them in place, as in a command line that others may look at.
void blank_secrets(std::span<char> text);

/// Where the password stands in a URL as it is meant, user:password@…, though it hold a bare "@" or "/", or the scheme
/// be mistyped or missing; empty: none.
std::string_view password_in_url(std::string_view url);

}  // namespace quoin
