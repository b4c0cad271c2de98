package dev.waybill.server.alert;

import dev.waybill.UserException;
import dev.waybill.server.access.References;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.store.Store;
import dev.waybill.spi.AddressRule;
import dev.waybill.sql.Migrations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells people of flows that fail, once when it begins and once when it is over. Safe for use by
/// many threads, and by many processes over one database, which never tell the same twice.
public final class Alerts implements AutoCloseable {

  private static final Migrations TABLES = new Migrations(Alerts.class, "schema_version_alert");

  private static final System.Logger LOG = System.getLogger(Alerts.class.getName());

  /// Between two looks where nobody says that a run has ended.
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final Duration ROUND = Duration.ofSeconds(30);

  private static final Duration NOTICES_KEPT = Duration.ofDays(30);

  private final AlertTables tables;
  private final Catalog catalog;
  private final Secrets secrets;
  private final Settings settings;
  private final InstantSource clock;
  private final Lookout lookout;
  private final Postman postman;
  private final Semaphore bell = new Semaphore(0);
  private @Nullable Thread thread;

  /// How it is set up.
  ///
  /// @param mail null if no mail is sent
  /// @param address where the page is, for links: `https://waybill.example`; null for no links
  /// @param addresses where webhooks may be
  public record Settings(
      @Nullable MailSettings mail, @Nullable String address, AddressRule addresses) {}

  private Alerts(
      AlertTables tables,
      Catalog catalog,
      Secrets secrets,
      Settings settings,
      InstantSource clock,
      Duration round) {
    this.tables = tables;
    this.catalog = catalog;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
    this.lookout = new Lookout(catalog);
    this.postman =
        new Postman(tables, secrets, settings.mail(), settings.addresses(), clock, round);
  }

  /// Opens the room, and makes its tables if they are not there. Nothing is watched before
  /// [#start].
  ///
  /// @throws UserException if the database can not be used
  public static Alerts open(
      Store store, Catalog catalog, Secrets secrets, Settings settings, InstantSource clock) {
    return open(store, catalog, secrets, settings, clock, ROUND);
  }

  static Alerts open(
      Store store,
      Catalog catalog,
      Secrets secrets,
      Settings settings,
      InstantSource clock,
      Duration round) {
    store.make(TABLES);
    return new Alerts(new AlertTables(store), catalog, secrets, settings, clock, round);
  }

  /// The rules of a flow.
  public List<AlertRule> rules(Flow flow) {
    return tables.rules(flow.tenant(), flow.id());
  }

  /// Puts these rules in the place of those that the flow has. What happened before now does not
  /// count for new ones.
  ///
  /// @throws UserException if one can not be kept to: says why
  public void set(Flow flow, List<AlertRule> rules) {
    for (AlertRule rule : rules) {
      rule.channels().forEach(channel -> check(flow, channel));
    }
    tables.put(flow.tenant(), flow.id(), rules, clock.instant());
  }

  private void check(Flow flow, Channel channel) {
    switch (channel) {
      case Channel.Webhook(String url, String secret) ->
          secrets.of(flow.tenant(), References.NONE).reveal(secret);
      case Channel.Mail(String to) -> {
        if (settings.mail() == null) {
          throw new UserException(
              "This service has no mail server: start it with --smtp, or tell a webhook.");
        }
      }
    }
  }

  /// How a rule of a flow stands.
  public Optional<Standing> standing(Flow flow, String rule) {
    return tables.of(flow.tenant(), flow.id()).stream()
        .filter(one -> one.rule().id().equals(rule))
        .map(WatchedRule::standing)
        .findFirst();
  }

  /// What was told of a flow, the latest first.
  public List<Told> told(Flow flow, int limit) {
    return tables.told(flow.tenant(), flow.id(), limit);
  }

  /// Something that was told, or is to be.
  ///
  /// @param text one line
  /// @param state `waiting`, `sent` or `given up`
  /// @param error why it could not be sent at the last try; null if it could
  public record Told(
      Instant at, String rule, Channel to, String text, String state, @Nullable String error) {}

  /// Begins to watch, on a thread of its own.
  public void start() {
    catalog.onRunChange(
        run -> {
          if (run.state().isOver()) {
            bell.release();
          }
        });
    thread = Thread.ofVirtual().name("waybill-alerts").start(this::watch);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          look();
        } catch (UserException e) {
          // The database will be back, and all is in it.
          LOG.log(System.Logger.Level.WARNING, "Alerts wait: {0}", String.valueOf(e.getMessage()));
        }
        boolean rung = bell.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (rung) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // told to end
    }
  }

  /// Looks at all rules once, and sends what is due.
  void look() throws InterruptedException {
    Instant now = clock.instant();
    for (WatchedRule rule : tables.all()) {
      Optional<Flow> flow = catalog.flow(rule.tenant(), rule.flow());
      if (flow.isEmpty()) {
        tables.forget(rule.flow());
      } else {
        look(rule, flow.get(), now);
      }
    }
    postman.sendDue();
    tables.forgetNotices(now.minus(NOTICES_KEPT));
  }

  private void look(WatchedRule rule, Flow flow, Instant now) {
    Lookout.Look look = lookout.look(rule, flow, now);
    if (look.after().equals(rule)) {
      return;
    }
    var wording = new Wording(settings.address());
    var notices = new ArrayList<Notice>();
    for (Lookout.Finding finding : look.findings()) {
      for (Channel channel : rule.rule().channels()) {
        notices.add(wording.notice(rule, flow, finding, channel));
      }
    }
    tables.move(rule, look.after(), notices);
  }

  @Override
  public void close() {
    Thread watching = thread;
    if (watching != null) {
      watching.interrupt();
      try {
        watching.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
