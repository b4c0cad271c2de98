package dev.waybill.search;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.search.Outcome.Answer;
import dev.waybill.search.Outcome.Lost;
import dev.waybill.search.Outcome.NotSent;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An index, or several, written by `_bulk`: one request a batch, a result for each document.
class SearchDestination implements Preview<Fields>, Inspectable {

  private final SearchConnection connection;
  private final Inspection inspection;
  private final Traits traits;
  private final EntryMaker maker;
  private final Bulk.Target target;
  private final Verdicts verdicts;
  private final Answers answers;
  private final AtomicBoolean closed = new AtomicBoolean();

  SearchDestination(
      SearchConnection connection,
      Inspection inspection,
      Traits traits,
      EntryMaker maker,
      Bulk.Target target,
      Verdicts verdicts,
      Answers answers) {
    this.connection = connection;
    this.inspection = inspection;
    this.traits = traits;
    this.maker = maker;
    this.target = target;
    this.verdicts = verdicts;
    this.answers = answers;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Item<Fields> prepare(Item<Fields> item) {
    return item.prepared(maker.of(item));
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    return maker.of(item).bytes();
  }

  @Override
  public @Nullable String orderKey(Item<Fields> item) {
    String name = maker.of(item).name();
    return name.isEmpty() ? null : name;
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    Bulk bulk = Bulk.of(batch.items(), maker);
    if (bulk.isEmpty()) {
      return bulk.unsent();
    }
    return switch (call(bulk.call(target))) {
      case NotSent(String reason) -> new Reply.Unavailable(Reason.of(reason));
      case Lost(String reason) -> new Reply.InDoubt(Reason.of(reason));
      case Answer answer -> bulk.reply(answer, answers, verdicts, maker.index());
    };
  }

  final Outcome call(Call call) throws InterruptedException {
    Outcome outcome = connection.call(call);
    inspection.show(call, outcome);
    return outcome;
  }

  @Override
  public String preview(Batch<Fields> batch) {
    Bulk bulk = Bulk.of(batch.items(), maker);
    List<String> complaints = bulk.complaints();
    String left = complaints.isEmpty() ? "" : "not sent: " + String.join("; ", complaints) + "\n";
    return bulk.isEmpty() ? left : inspection.request(bulk.call(target), Integer.MAX_VALUE) + left;
  }

  @Override
  public void inspect(Inspector inspector) {
    inspection.by(inspector);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.close();
    }
  }

  /// An index that can be asked for a document, because documents are known by the record's key.
  static final class WithLookup extends SearchDestination implements Verifier<Fields> {

    private final Lookup lookup;

    WithLookup(
        SearchConnection connection,
        Inspection inspection,
        Traits traits,
        EntryMaker maker,
        Bulk.Target target,
        Verdicts verdicts,
        Answers answers) {
      super(connection, inspection, traits, maker, target, verdicts, answers);
      this.lookup = new Lookup(maker);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      Lookup.Questions questions = lookup.of(items);
      return questions.documents().isEmpty()
          ? questions.found(List.of())
          : questions.findings(call(questions.call()));
    }
  }
}
