package dev.waybill.server.page;

import dev.waybill.server.access.Access;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AuditLog;
import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.References;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.access.Session;
import dev.waybill.server.access.Sessions;
import dev.waybill.server.access.SignIn;
import dev.waybill.server.access.Token;
import dev.waybill.server.access.Tokens;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Access for tests: the tokens `viewer`, `operator` and `admin` open what their names say.
final class MemoryAccess {

  final List<AuditLog.Entry> entries = new ArrayList<>();
  final Map<String, Secrets.Named> names = new TreeMap<>();
  final List<Token> tokens = new ArrayList<>();

  private final String organisation;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  MemoryAccess(String organisation) {
    this.organisation = organisation;
  }

  AccessRoom room() {
    return new AccessRoom(access(), tokens(), sessions(), secrets(), audit());
  }

  private Sessions sessions() {
    return new Sessions() {
      @Override
      public SignIn signIn(String token, String address) {
        for (Role role : Role.values()) {
          if (role.name().toLowerCase(Locale.ROOT).equals(token)) {
            var caller = new Caller("Ann " + token, organisation, Set.of(), role, "page");
            var session =
                new Session(
                    caller,
                    "cookie-" + token,
                    "csrf-" + token,
                    Instant.now().plus(Duration.ofHours(12)));
            sessions.put(session.cookie(), session);
            return new SignIn.Done(session);
          }
        }
        return token.equals("again")
            ? new SignIn.Wait(Duration.ofSeconds(30))
            : new SignIn.Refused();
      }

      @Override
      public Optional<Session> find(String cookie, String address) {
        return Optional.ofNullable(sessions.get(cookie));
      }

      @Override
      public void signOut(Session session) {
        sessions.remove(session.cookie());
      }
    };
  }

  private Access access() {
    return new Access() {
      @Override
      public Optional<Caller> byToken(String bearer, String client) {
        return Optional.empty();
      }

      @Override
      public void record(
          Caller caller, String sandbox, String action, String target, String outcome) {
        entries.addFirst(
            new AuditLog.Entry(
                Instant.now(),
                caller.name(),
                caller.organisation(),
                sandbox,
                caller.client(),
                "127.0.0.1",
                action,
                target,
                outcome));
      }
    };
  }

  private AuditLog audit() {
    return (of, limit, after) -> new Page<>(entries.stream().limit(limit).toList(), null);
  }

  private Secrets secrets() {
    return new Secrets() {
      @Override
      public void set(Tenant tenant, String name, String value, String by) {
        names.put(name, new Secrets.Named(name, Instant.now(), by));
      }

      @Override
      public List<Secrets.Named> list(Tenant tenant) {
        return List.copyOf(names.values());
      }

      @Override
      public boolean remove(Tenant tenant, String name) {
        return names.remove(name) != null;
      }

      @Override
      public SecretSource of(Tenant tenant, References beyond) {
        return SecretSource.ofMachine();
      }
    };
  }

  private Tokens tokens() {
    return new Tokens() {
      @Override
      public Issued issue(Grant grant, String by) {
        @Nullable Instant expires =
            grant.lifetime() == null ? null : Instant.now().plus(grant.lifetime());
        var token =
            new Token(
                "wb_" + (tokens.size() + 1) + "Yq2LxTn0Rk",
                grant.name(),
                grant.organisation(),
                grant.sandboxes(),
                grant.role(),
                Instant.now(),
                by,
                expires,
                null,
                null);
        tokens.addFirst(token);
        return new Issued(token, token.id() + "_the-secret-part-of-it");
      }

      @Override
      public List<Token> all() {
        return List.copyOf(tokens);
      }

      @Override
      public List<Token> of(String of) {
        return List.copyOf(tokens);
      }

      @Override
      public boolean withdraw(String of, String id) {
        return tokens.removeIf(token -> token.id().equals(id));
      }
    };
  }
}
