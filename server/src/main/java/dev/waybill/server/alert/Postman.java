package dev.waybill.server.alert;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.http.ConnectionSettings;
import dev.waybill.http.HttpCaller;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.server.access.References;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.AddressRule;
import dev.waybill.spi.Destination;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Sends notices by the same engine that sends records: it tries again, with growing waits, as long
/// as one round lasts. What is left then waits in the database for the next round, up to a day, so
/// that neither the end of this process nor a long outage loses one.
///
/// @param round how long one round goes on without success
record Postman(
    AlertTables tables,
    Secrets secrets,
    @Nullable MailSettings mail,
    AddressRule addresses,
    InstantSource clock,
    Duration round) {

  private static final Duration CALL = Duration.ofSeconds(10);

  /// A notice is this process's own for so long: a round, and some time to spare.
  private static final Duration CLAIM = Duration.ofMinutes(3);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

  private static final int MOST = 200;

  /// Notices of one target in one tenant, whose secrets sign them.
  private record Target(Tenant tenant, String where, String secret) {

    static Target of(Notice notice) {
      return switch (notice.channel()) {
        case Channel.Webhook(String url, String secret) -> new Target(notice.tenant(), url, secret);
        case Channel.Mail mail -> new Target(notice.tenant(), "mail", "");
      };
    }
  }

  /// Sends what is due, all targets at the same time, and waits until that is done.
  void sendDue() throws InterruptedException {
    Instant now = clock.instant();
    var byTarget = new LinkedHashMap<Target, List<Notice>>();
    for (Notice notice : tables.take(now, now.plus(CLAIM), MOST)) {
      byTarget.computeIfAbsent(Target.of(notice), target -> new ArrayList<>()).add(notice);
    }
    if (byTarget.isEmpty()) {
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> rounds =
          threads.invokeAll(
              byTarget.entrySet().stream()
                  .map(
                      entry ->
                          Executors.<@Nullable Void>callable(
                              () -> round(entry.getKey(), entry.getValue()), null))
                  .toList());
      for (Future<@Nullable Void> round : rounds) {
        round.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(e.getCause());
    }
  }

  private void round(Target target, List<Notice> notices) {
    try (Dispatcher<Notice> dispatcher = dispatcher(destination(target, notices.getFirst()))) {
      notices.forEach(dispatcher::submit);
      var left = new LinkedHashMap<String, Undelivered<Notice>>();
      dispatcher.flush().forEach(one -> left.put(one.payload().id(), one));
      notices.forEach(notice -> settle(notice, left.get(notice.id())));
    } catch (InterruptedException e) {
      // What was not settled is taken up again when the claim is over.
      Thread.currentThread().interrupt();
    } catch (UserException e) {
      notices.forEach(notice -> later(notice, String.valueOf(e.getMessage())));
    }
  }

  private Dispatcher<Notice> dispatcher(Destination<Notice> destination) {
    return Dispatcher.to(destination)
        .policy(policy -> policy.linger(Duration.ZERO).patience(round))
        .open();
  }

  private Destination<Notice> destination(Target target, Notice first) {
    return switch (first.channel()) {
      case Channel.Webhook(String url, String reference) -> {
        String secret = secrets.of(target.tenant(), References.NONE).reveal(reference);
        ConnectionSettings settings =
            ConnectionSettings.defaults().answerTimeout(CALL).addresses(addresses);
        yield new Webhooks(URI.create(url), secret, HttpCaller.open(settings), clock);
      }
      case Channel.Mail to -> {
        if (mail == null) {
          throw new UserException("no mail server is set; start the service with --smtp");
        }
        yield new Mails(mail, clock);
      }
    };
  }

  private void settle(Notice notice, @Nullable Undelivered<Notice> left) {
    if (left == null) {
      tables.settle(notice, "sent", clock.instant(), null);
    } else if (left.disposition() == Disposition.REJECTED) {
      tables.settle(notice, "given up", clock.instant(), left.reason().toString());
    } else {
      later(notice, left.reason().toString());
    }
  }

  private void later(Notice notice, String error) {
    Instant now = clock.instant();
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(notice.rounds(), 10));
    Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    if (next.isAfter(notice.createdAt().plus(GIVEN_UP_AFTER))) {
      tables.settle(notice, "given up", now, error);
    } else {
      tables.settle(notice, "waiting", next, error);
    }
  }
}
