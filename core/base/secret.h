// Hides passwords in all that leaves the process.
#pragma once
#include <span>
#include <string_view>

#include "core/base/text.h"

namespace quoin {

/// The text that replaces a password.
inline constexpr std::string_view hidden = "***";

/// Remembers a password that this process uses: from now on masked() hides it wherever it shows. A password that may be
/// an ordinary word (small letters only), or that equals one of `names` (the user's, the database's), is hidden only
/// where the text around it says that it is one.
void remember_secret(std::string_view secret, std::span<const Text> names = {});

/// The text with *** for passwords: those in use; in URLs of any scheme or none, as user:password@ and ?password=; in
/// key=value strings; in SQL's PASSWORD '…', SET app.token TO '…' and OPTIONS (password '…'), also in statements cut
/// short; and what looks like a secret whatever it is called: Bearer …, a private key, a token of a known maker.
Text masked(std::string_view text);
/// As masked(); hides also what `statement` has as a password, since the server's message `text` may quote from it.
Text masked(std::string_view text, std::string_view statement);

/// The parts of a text that masked() hides because of the words around them.
List secrets_in(std::string_view text);

/// Words that name a secret, in small letters and with "_" for "-": "password", "api_key"… A name that contains one of
/// these is that of a secret, unless it says that it is only about one (password_required).
List names_of_secrets();
/// True if a key or a variable of this name holds a secret.
bool names_secret(std::string_view name);
/// True if an option of this name in SQL's OPTIONS (…) holds a secret; there some more words name one: session, salt.
bool names_secret_option(std::string_view name);
/// The same question as an SQL condition on an expression that gives the name.
Text names_secret_option_sql(std::string_view expression);

/// Overwrites the secrets of a text in place, as in a command line that other users of the machine can see.
void blank_secrets(std::span<char> text);

/// The password in a URL that is meant as user:password@…, even if it contains a bare "@" or "/", or the scheme is
/// mistyped or missing. Empty: there is none.
std::string_view password_in_url(std::string_view url);

}  // namespace quoin
