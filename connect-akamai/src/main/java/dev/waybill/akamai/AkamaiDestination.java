package dev.waybill.akamai;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.akamai.AkamaiSettings.Mode;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entity type of an Identity Cloud application.
///
/// In the mode *create*, a send is one call of `entity.bulkCreate`. In the mode *delta* the records
/// that this call says are there already are then updated, one after the other; since both steps
/// may be repeated without harm, a batch in doubt is simply sent again.
final class AkamaiDestination implements Verifier<Fields>, Preview<Fields>, Inspectable {

  /// The defaults of `dataload.py`: records in a call, calls at a time, calls per second.
  private static final int BATCH_SIZE = 100;

  private static final int WORKERS = 10;
  private static final double CALLS_PER_SECOND = 4;

  /// Updates lost one after the other, each of which has cost a whole time-out, after which a send
  /// puts off the rest.
  private static final int MOST_LOST = 3;

  private final AkamaiSettings settings;
  private final AutoCloseable connections;
  private final Api api;
  private final Records records;
  private final BulkCreate bulkCreate;
  private final @Nullable Update update;
  private final @Nullable Lookup lookup;

  /// @param connections what `line` stands on; closed with the destination
  AkamaiDestination(
      AkamaiSettings settings,
      Api.Line line,
      AutoCloseable connections,
      InstantSource clock,
      Pacer pacer) {
    this.settings = settings;
    this.connections = connections;
    this.api = new Api(settings, line, clock);
    this.records = new Records(settings.emptyText());
    this.bulkCreate = new BulkCreate(settings, api, records);
    PrimaryKey key = settings.primaryKey();
    this.lookup = key == null ? null : new Lookup(api, key);
    this.update =
        key != null && settings.mode() == Mode.DELTA
            ? new Update(api, records, key, settings.notUpdated(), pacer)
            : null;
  }

  @Override
  public Traits traits() {
    return Traits.of(update == null ? Idempotence.NOT_IDEMPOTENT : Idempotence.IDEMPOTENT)
        .maxInFlight(settings.connection().maxConnections())
        .suggesting(BATCH_SIZE, WORKERS, CALLS_PER_SECOND);
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    var verdicts = new @Nullable Verdict[batch.size()];
    var sent = new ArrayList<Item<Fields>>(batch.size());
    for (int i = 0; i < verdicts.length; i++) {
      String fault = fault(batch.items().get(i).payload());
      if (fault == null) {
        sent.add(batch.items().get(i));
      } else {
        verdicts[i] = new Verdict.Rejected(Reason.of(fault), Kind.PERMANENT);
      }
    }
    if (sent.isEmpty()) {
      return new Reply.Answered(List.of(verdicts));
    }
    return switch (bulkCreate.call(sent)) {
      // With one record in the call there is nothing left to find out by splitting.
      case Answer.Failed failed when failed.meaning() == Meaning.REFUSED && sent.size() == 1 ->
          settle(sent, List.of(failed.verdict()), verdicts);
      case Answer.Failed failed -> failed.reply(batch.size());
      case Answer.Ok ok -> {
        List<Verdict> answered = bulkCreate.verdicts(ok, sent.size());
        yield answered == null
            ? new Reply.InDoubt(Reason.of("the answer does not tell what became of the records"))
            : settle(sent, answered, verdicts);
      }
    };
  }

  /// Why a record can not be sent; null if it can.
  private @Nullable String fault(Fields record) {
    PrimaryKey key = settings.primaryKey();
    return update != null && key != null && key.of(record) == null
        ? "the record has no " + key.attribute() + ", by which delta mode knows records again"
        : records.fault(record);
  }

  /// Updates what is there already, for as long as that goes well, and fills the gaps in `verdicts`
  /// in order.
  private Reply settle(
      List<Item<Fields>> sent, List<Verdict> answered, @Nullable Verdict[] verdicts)
      throws InterruptedException {
    Reason stopped = null;
    int lost = 0;
    Duration rest = Duration.ZERO;
    int next = 0;
    for (int i = 0; i < verdicts.length; i++) {
      if (verdicts[i] != null) {
        continue;
      }
      Fields record = sent.get(next).payload();
      Verdict verdict = answered.get(next);
      next++;
      if (update != null
          && verdict instanceof Verdict.Rejected rejected
          && rejected.kind() == Kind.DUPLICATE) {
        if (stopped == null) {
          Update.Result result = update.apply(record);
          verdict = result.verdict();
          lost = result.next() == Update.Next.DOUBTFULLY ? lost + 1 : 0;
          if (result.next() == Update.Next.BADLY || lost == MOST_LOST) {
            stopped = reasonOf(verdict);
            rest = result.rest();
          }
        } else {
          verdict = new Verdict.Deferred(stopped);
        }
      }
      verdicts[i] = verdict;
    }
    return new Reply.Answered(List.of(verdicts), rest);
  }

  private static Reason reasonOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Deferred deferred -> deferred.reason();
      case Verdict.InDoubt doubt -> doubt.reason();
      case Verdict.Rejected rejected -> rejected.reason();
      case Verdict.Accepted accepted -> throw new IllegalStateException(accepted.toString());
    };
  }

  @Override
  public Findings find(List<Item<Fields>> items) throws InterruptedException {
    if (lookup != null) {
      return lookup.find(items);
    }
    var undecided =
        new Presence.Undecided(
            Reason.of("there is no primary-key by which the API could be asked for the record"));
    return new Findings.Found(items.stream().<Presence>map(item -> undecided).toList());
  }

  @Override
  public String preview(Batch<Fields> batch) {
    var sent = batch.items().stream().filter(item -> fault(item.payload()) == null).toList();
    return api.preview(BulkCreate.OPERATION, bulkCreate.form(sent));
  }

  @Override
  public void inspect(Inspector inspector) {
    api.inspection().by(inspector);
  }

  @Override
  public void close() {
    try {
      connections.close();
    } catch (Exception e) {
      throw new IllegalStateException("the connections could not be closed", e);
    }
  }
}
