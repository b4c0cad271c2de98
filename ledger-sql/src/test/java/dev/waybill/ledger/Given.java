package dev.waybill.ledger;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.delivery.Tally;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import dev.waybill.spi.SourceIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Runs, items and batches to test with.
final class Given {

  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  static final SourceIdentity FILE =
      new SourceIdentity(List.of(new SourceIdentity.Part("/data/in.csv", 12_345, "sha256:abc")));

  static final Reason TAKEN = Reason.of("unique_violation", "email 'a@b.c' is there already");

  private Given() {}

  static RunHeader run(String id) {
    return run(id, FILE);
  }

  static RunHeader run(String id, SourceIdentity identity) {
    return new RunHeader(
        id,
        null,
        "contacts",
        START,
        identity,
        "in.csv",
        "postgresql://me:hush@db/crm?sslpassword=hush",
        "batches of 500",
        "to: x",
        List.of("email", "country"));
  }

  static RunHeader retry(String id, String parent) {
    RunHeader run = run(id);
    return new RunHeader(
        id,
        parent,
        run.flow(),
        START.plusSeconds(60),
        run.identity(),
        run.source(),
        run.destination(),
        run.policy(),
        run.job(),
        run.keyColumns());
  }

  static Item<String> item(long ordinal) {
    var bytes = ByteSlice.utf8("row " + ordinal + "\n");
    var origin = new Origin("in.csv", ordinal + 1, ordinal * 10, bytes);
    return new Item<>(ordinal, "k" + ordinal, "row " + ordinal, origin);
  }

  static List<Item<String>> items(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Given::item).toList();
  }

  static Batch<String> batch(long number, List<Item<String>> items) {
    return new Batch<>(number, items, 1, "key-" + number);
  }

  static Batch<String> batch(long number, long first, long last) {
    return batch(number, items(first, last));
  }

  static Settlement<String> delivered(long batch, long first, long last) {
    return settlement(batch, items(first, last), Disposition.DELIVERED, null);
  }

  static Settlement<String> rejected(long batch, long first, long last) {
    return settlement(batch, items(first, last), Disposition.REJECTED, TAKEN);
  }

  static Settlement<String> settlement(
      long batch, List<Item<String>> items, Disposition disposition, @Nullable Reason reason) {
    return new Settlement<>(batch, items, disposition, reason, batch == 0 ? 0 : 1, List.of());
  }

  static Settlement<String> unsent(long first, long last) {
    return settlement(
        0, items(first, last), Disposition.UNPROCESSED, Reason.of("the run was stopped"));
  }

  static Report report(Tally tally, @Nullable Reason stopped, ReasonDigest reasons) {
    return new Report(
        tally,
        Duration.ofSeconds(3),
        Duration.ofMillis(1_500),
        stopped,
        reasons.groups(),
        null,
        null);
  }

  static Report report() {
    return report(new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0), null, new ReasonDigest());
  }
}
