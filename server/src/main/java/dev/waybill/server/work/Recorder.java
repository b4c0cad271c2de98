package dev.waybill.server.work;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.run.CallObserver;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gathers the calls of a run until they are written down. Bounded: of calls that went well only
/// the latest are worth keeping.
final class Recorder implements CallObserver<Fields> {

  private static final int MOST_USUAL = 200;
  private static final int MOST_FAILED = 1_000;

  /// A destination that can not be inspected has its request made a second time to be shown, which
  /// takes time; so not more often.
  private static final Duration BETWEEN_PREVIEWS = Duration.ofMillis(200);

  private final Function<Batch<Fields>, Optional<String>> preview;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<CallRecord> usual = new ArrayDeque<>();
  private final Deque<CallRecord> failed = new ArrayDeque<>();
  private final AtomicLong outputBytes;
  private long number;
  private Instant previewedAt = Instant.EPOCH;

  /// @param last the number of the last call that is written down already
  /// @param outputBytes bytes delivered in earlier lives
  Recorder(long last, long outputBytes, Function<Batch<Fields>, Optional<String>> preview) {
    this.number = last;
    this.outputBytes = new AtomicLong(outputBytes);
    this.preview = preview;
  }

  /// Bytes of the records that were delivered, as they were in the source.
  long outputBytes() {
    return outputBytes.get();
  }

  /// What was gathered since the last time, in order.
  List<CallRecord> take() {
    lock.lock();
    try {
      List<CallRecord> calls =
          Stream.concat(usual.stream(), failed.stream())
              .sorted(Comparator.comparingLong(CallRecord::number))
              .toList();
      usual.clear();
      failed.clear();
      return calls;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sent(
      Batch<Fields> batch, Way way, Times times, Reply reply, List<Exchange> exchanges) {
    var counts = new Counts();
    if (reply instanceof Reply.Answered answered) {
      count(batch, answered, counts);
    }
    Said said = said(reply, counts);
    String kind =
        switch (way) {
          case BATCH -> "send";
          case SINGLE -> "single";
        };
    add(batch, kind, times, said, counts, exchanges);
  }

  private void count(Batch<Fields> batch, Reply.Answered answered, Counts counts) {
    long bytes = 0;
    for (int i = 0; i < answered.verdicts().size(); i++) {
      switch (answered.verdicts().get(i)) {
        case Verdict.Accepted accepted -> {
          counts.accepted++;
          bytes += batch.items().get(i).sourceBytes();
        }
        case Verdict.Rejected rejected -> {
          counts.rejected++;
          counts.first(rejected.reason());
        }
        case Verdict.Deferred deferred -> {
          counts.deferred++;
          counts.first(deferred.reason());
        }
        case Verdict.InDoubt doubt -> counts.first(doubt.reason());
      }
    }
    outputBytes.addAndGet(bytes);
  }

  private static final class Counts {
    private int accepted;
    private int rejected;
    private int deferred;
    private @Nullable Reason reason;

    private void first(Reason one) {
      if (reason == null) {
        reason = one;
      }
    }
  }

  private record Said(String outcome, @Nullable Reason reason) {}

  private static Said said(Reply reply, Counts counts) {
    return switch (reply) {
      case Reply.Answered answered -> new Said("answered", counts.reason);
      case Reply.Refused refused -> new Said("refused", refused.reason());
      case Reply.TooLarge large -> new Said("too large", large.reason());
      case Reply.Throttled throttled -> new Said("throttled", throttled.reason());
      case Reply.Unavailable unavailable -> new Said("unavailable", unavailable.reason());
      case Reply.InDoubt doubt -> new Said("in doubt", doubt.reason());
      case Reply.Fatal fatal -> new Said("fatal", fatal.reason());
    };
  }

  @Override
  public void lookedUp(
      Batch<Fields> batch, Times times, Findings findings, List<Exchange> exchanges) {
    var counts = new Counts();
    Said said =
        switch (findings) {
          case Findings.Found found -> {
            counts.accepted = found.presences().size();
            yield new Said("answered", null);
          }
          case Findings.Failed failure -> new Said("unavailable", failure.reason());
        };
    add(batch, "verify", times, said, counts, exchanges);
  }

  private void add(
      Batch<Fields> batch,
      String kind,
      Times times,
      Said said,
      Counts counts,
      List<Exchange> exchanges) {
    String request = request(batch, times, exchanges);
    String answer =
        exchanges.stream()
            .map(Exchange::answer)
            .filter(one -> one != null)
            .collect(Collectors.joining("\n\n"));
    long first = Long.MAX_VALUE;
    long last = 0;
    for (Item<Fields> item : batch.items()) {
      first = Math.min(first, item.ordinal());
      last = Math.max(last, item.ordinal());
    }
    lock.lock();
    try {
      number++;
      var record =
          new CallRecord(
              number,
              batch.number(),
              batch.attempt(),
              kind,
              times.beganAt(),
              times.took(),
              first,
              last,
              batch.size(),
              said.outcome(),
              counts.accepted,
              counts.rejected,
              counts.deferred,
              said.reason() == null ? null : said.reason().toString(),
              request,
              answer.isEmpty() ? null : answer);
      keep(record);
    } finally {
      lock.unlock();
    }
  }

  private void keep(CallRecord record) {
    Deque<CallRecord> among = record.succeeded() ? usual : failed;
    among.addLast(record);
    if (among.size() > (record.succeeded() ? MOST_USUAL : MOST_FAILED)) {
      among.removeFirst();
    }
  }

  private @Nullable String request(Batch<Fields> batch, Times times, List<Exchange> exchanges) {
    if (!exchanges.isEmpty()) {
      return exchanges.stream().map(Exchange::request).collect(Collectors.joining("\n\n"));
    }
    lock.lock();
    try {
      if (times.beganAt().isBefore(previewedAt.plus(BETWEEN_PREVIEWS))) {
        return null;
      }
      previewedAt = times.beganAt();
    } finally {
      lock.unlock();
    }
    return preview.apply(batch).map(Recorder::cut).orElse(null);
  }

  private static String cut(String text) {
    int most = Exchange.MOST_BODY_BYTES;
    return text.length() <= most
        ? text
        : text.substring(0, most) + "\n… (" + text.length() + " characters)";
  }
}
