package dev.waybill.server.page.view;

import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AuditLog;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.access.Token;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads from access what the settings show. Safe for use by many threads.
public final class SettingsViews {

  private static final int ENTRIES_A_PAGE = 50;

  private final AccessRoom access;
  private final InstantSource clock;

  public SettingsViews(AccessRoom access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  /// The settings as they stand.
  ///
  /// @param issued a token that was just made
  /// @param problem why a form was not taken
  public SettingsView of(
      Tenant tenant, @Nullable String after, @Nullable String issued, @Nullable String problem) {
    Instant now = clock.instant();
    Page<AuditLog.Entry> audit =
        access.audit().entries(tenant.organisation(), ENTRIES_A_PAGE, after);
    return new SettingsView(
        access.tokens().of(tenant.organisation()).stream().map(token -> row(token, now)).toList(),
        access.secrets().list(tenant).stream().map(secret -> row(secret, now)).toList(),
        new Listing<>(
            audit.items().stream().map(entry -> row(entry, now)).toList(),
            Links.after("/settings", audit.next()),
            after == null),
        issued,
        problem);
  }

  private static SettingsView.TokenRow row(Token token, Instant now) {
    return new SettingsView.TokenRow(
        token.id(),
        token.name(),
        token.role().name().toLowerCase(Locale.ROOT),
        token.sandboxes().isEmpty() ? "all" : String.join(", ", new TreeSet<>(token.sandboxes())),
        state(token, now),
        token.isGood(now),
        Moment.of(token.createdAt(), now),
        token.createdBy(),
        Moment.maybe(token.usedAt(), now));
  }

  private static String state(Token token, Instant now) {
    if (token.withdrawnAt() != null) {
      return "withdrawn";
    }
    if (token.expiresAt() == null) {
      return "good, without end";
    }
    return now.isBefore(token.expiresAt())
        ? "good, ends " + Wording.distance(token.expiresAt(), now)
        : "expired";
  }

  private static SettingsView.SecretRow row(Secrets.Named secret, Instant now) {
    return new SettingsView.SecretRow(
        secret.name(), Moment.of(secret.changedAt(), now), secret.changedBy());
  }

  private static SettingsView.AuditRow row(AuditLog.Entry entry, Instant now) {
    return new SettingsView.AuditRow(
        Moment.of(entry.at(), now),
        entry.by(),
        entry.sandbox(),
        entry.client(),
        entry.address(),
        entry.action(),
        entry.target(),
        entry.outcome(),
        entry.outcome().equals("done"));
  }
}
