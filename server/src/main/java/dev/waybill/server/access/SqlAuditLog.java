package dev.waybill.server.access;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The audit log as rows, whose ids are in the order of time.
final class SqlAuditLog implements AuditLog {

  /// Longer words of a caller are cut: they choose some of them freely.
  private static final int MOST_CHARACTERS = 500;

  private static final System.Logger LOG = System.getLogger(SqlAuditLog.class.getName());

  /// What is too old is looked for so often, when something is added.
  private static final Duration TIDIED_EACH = Duration.ofHours(1);

  private final Store store;
  private final Duration kept;
  private final InstantSource clock;
  private final AtomicReference<Instant> tidied = new AtomicReference<>(Instant.EPOCH);
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger count = new AtomicInteger();

  /// @param kept for how long an entry is kept
  SqlAuditLog(Store store, Duration kept, InstantSource clock) {
    this.store = store;
    this.kept = kept;
    this.clock = clock;
  }

  void add(Caller caller, String sandbox, String action, String target, String outcome) {
    Instant now = clock.instant();
    try {
      store.write(
          handle ->
              handle
                  .createUpdate(
                      """
                      INSERT INTO access_audit
                      VALUES (:id, :at, :who, :organisation, :sandbox, :client, :address,
                        :action, :target, :outcome)
                      """)
                  .bind("id", id(now))
                  .bind("at", now.toEpochMilli())
                  .bind("who", cut(caller.name()))
                  .bind("organisation", caller.organisation())
                  .bind("sandbox", cut(sandbox))
                  .bind("client", cut(caller.client()))
                  .bind("address", cut(caller.address()))
                  .bind("action", cut(action))
                  .bind("target", cut(target))
                  .bind("outcome", cut(outcome))
                  .execute());
      Instant last = tidied.get();
      if (!last.plus(TIDIED_EACH).isAfter(now) && tidied.compareAndSet(last, now)) {
        forget(now.minus(kept));
      }
    } catch (UserException e) {
      // What was done is done; whoever did it can do nothing about this.
      LOG.log(
          System.Logger.Level.ERROR,
          "Not in the audit log: {0} {1} {2} of {3}: {4}. {5}",
          now,
          cut(action),
          cut(target),
          cut(caller.name()),
          cut(outcome),
          String.valueOf(e.getMessage()));
    }
  }

  /// Two of one process in one millisecond stay in order; those of several need only differ.
  private String id(Instant now) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(now.toEpochMilli(), 12)
        + hex.toHexDigits(count.getAndIncrement())
        + hex.toHexDigits(random.nextInt());
  }

  /// One line, not too long.
  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  @Override
  public Page<Entry> entries(String organisation, int limit, @Nullable String after) {
    if (limit < 1) {
      throw new UserException("The audit log is listed from 1 entry on.");
    }
    List<Row> rows =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM access_audit WHERE organisation = :organisation"
                            + " AND id < :after ORDER BY id DESC LIMIT :limit")
                    .bind("organisation", organisation)
                    .bind("after", after == null ? "g" : after) // behind all hexadecimal digits
                    .bind("limit", limit + 1)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getString("id"),
                                new Entry(
                                    Columns.instant(row, "at"),
                                    row.getString("who"),
                                    row.getString("organisation"),
                                    row.getString("sandbox"),
                                    row.getString("client"),
                                    row.getString("address"),
                                    row.getString("action"),
                                    row.getString("target"),
                                    row.getString("outcome"))))
                    .list());
    var entries = new ArrayList<Entry>();
    rows.stream().limit(limit).forEach(row -> entries.add(row.entry()));
    return new Page<>(entries, rows.size() > limit ? rows.get(limit - 1).id() : null);
  }

  private record Row(String id, Entry entry) {}

  /// Forgets what was done before.
  private void forget(Instant before) {
    store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM access_audit WHERE at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }
}
