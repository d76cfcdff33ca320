// A throw-away PostgreSQL server, or databases on one that the user names.
#pragma once
#include <memory>
#include <optional>

#include "core/postgres/postgres.h"

namespace quoin {

/// The server on which scratch databases are made. A private server is started once a process and shared; it listens on
/// a unix socket only, with fsync off, and is gone when quoin ends, also after SIGKILL: a guard process
/// (shadow_guard.h) holds a pipe to this one. What a killed guard leaves behind is removed by this process, or by the
/// next quoin.
class Shadow {
 public:
  /// Starts a private server from /usr/lib/postgresql/*/bin or PATH, of `major` where that is there, else the nearest
  /// newer one, else the newest.
  /// It runs as the user nobody, where we are root, and confined (shadow_confine.h): no connections, no programs, no
  /// files but its own, as far as the kernel can see to that. The initialised data folder is cached by version, in the
  /// user's cache folder or /var/cache, and copied. nullopt where no server binaries are found; throws where they fail.
  static std::optional<Shadow> start(std::optional<int> major);
  /// Databases on the server of this URL, created and dropped there.
  static Shadow at(const Text& url);

  Shadow(Shadow&&) noexcept;
  Shadow& operator=(Shadow&&) noexcept;
  ~Shadow();

  int major() const;
  bool is_private() const;  // started by start(): nobody else's, so that roles may be made there
  const Text& url() const;  // of its maintenance database, postgres

  /// A scratch database made from template0, dropped when this goes.
  class Database {
   public:
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();
    const Text& url() const;
    postgres::Connection connect() const;

   private:
    friend class Shadow;
    struct State;
    std::unique_ptr<State> state_;
    explicit Database(std::unique_ptr<State>);
  };
  Database create_database();

 private:
  struct Server;
  std::shared_ptr<Server> server_;
  explicit Shadow(std::shared_ptr<Server>);
};

}  // namespace quoin
