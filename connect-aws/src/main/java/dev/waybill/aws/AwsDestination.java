package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.AsyncDestination;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// What the destinations have in common: items become entries, one call is made, and what came of
/// it is read by the service's tables.
///
/// @param <T> an item's payload
/// @param <E> an item's entry in the request
abstract class AwsDestination<T, E> implements AsyncDestination<T>, Preview<T> {

  private final SdkAutoCloseable client;
  private final Traits traits;
  private final ErrorTable errors;
  private final AtomicBoolean closed = new AtomicBoolean();

  AwsDestination(SdkAutoCloseable client, Traits traits, ErrorTable errors) {
    this.client = client;
    this.traits = traits;
    this.errors = errors;
  }

  /// An item's entry.
  ///
  /// @throws UnfitItemException if the service would refuse it in any case
  abstract E entry(Item<T> item);

  /// Bytes of an entry, as the service counts them.
  abstract long bytes(E entry);

  /// Makes the call.
  abstract CompletableFuture<Reply> call(Entries<T, E> entries);

  /// The request, for a person to read.
  abstract SdkPojo request(Entries<T, E> entries);

  @Override
  public final Traits traits() {
    return traits;
  }

  @Override
  public CompletableFuture<Reply> begin(Batch<T> batch) {
    Entries<T, E> entries = Entries.of(batch, this::prepared);
    return entries.list().isEmpty()
        ? CompletableFuture.completedFuture(entries.accepted())
        : call(entries);
  }

  /// Sends by another call than the batch's own.
  final Reply single(Batch<T> batch, SingleCall<T, E> call) throws InterruptedException {
    Entries<T, E> entries = Entries.of(batch, this::prepared);
    return entries.list().isEmpty()
        ? entries.accepted()
        : AsyncDestination.outcome(call.make(entries, entries.list().getFirst()));
  }

  /// The reply to a single call of a service that throttles by shard or partition: alone, an item
  /// that is throttled is not a sign that the others would be, and its attempts are counted.
  static <T> Reply throttledByItself(Entries<T, ?> entries, Reply reply) {
    return reply instanceof Reply.Throttled(Reason reason, var retryAfter) && retryAfter == null
        ? entries.answered(index -> new Verdict.Deferred(reason))
        : reply;
  }

  /// A call for one entry.
  interface SingleCall<T, E> {
    CompletableFuture<Reply> make(Entries<T, E> entries, E entry);
  }

  /// Makes a call, and reads what it brings.
  final <R> CompletableFuture<Reply> reply(
      Supplier<CompletableFuture<R>> call, Function<R, Reply> reading) {
    return reply(call, reading, reply -> reply);
  }

  /// The same for a service whose replies mean something else than their codes say.
  final <R> CompletableFuture<Reply> reply(
      Supplier<CompletableFuture<R>> call,
      Function<R, Reply> reading,
      UnaryOperator<Reply> meaning) {
    CompletableFuture<R> answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(meaning.apply(errors.reply(e)));
    }
    CompletableFuture<Reply> reply =
        answer.handle(
            (told, failure) ->
                meaning.apply(failure == null ? reading.apply(told) : errors.reply(failure)));
    var unused =
        reply.whenComplete(
            (said, failure) -> {
              if (reply.isCancelled()) {
                answer.cancel(true);
              }
            });
    return reply;
  }

  @Override
  public final Item<T> prepare(Item<T> item) {
    return item.prepared(prepared(item));
  }

  /// What is made of an item: what came along with it, or made now.
  private Prepared<E> prepared(Item<T> item) {
    if (item.prepared() instanceof Prepared<?> prepared && prepared.by().equals(this)) {
      @SuppressWarnings("unchecked") // made here
      var mine = (Prepared<E>) prepared;
      return mine;
    }
    try {
      E entry = entry(item);
      return new Prepared.Ready<>(this, entry, bytes(entry));
    } catch (UnfitItemException e) {
      return unfit(Text.oneLine(e.getMessage()));
    } catch (RuntimeException e) {
      // thrown by what the user gave to make entries with
      return unfit("it can not be made into a request: " + e);
    }
  }

  private Prepared<E> unfit(String sentence) {
    return new Prepared.Unfit<>(this, new Verdict.Rejected(Reason.of(sentence), Kind.PERMANENT));
  }

  @Override
  public final long bytesOf(Item<T> item) {
    return prepared(item).bytes();
  }

  /// Null also for an item that can not be sent, which is refused before it is.
  @Override
  public final @Nullable String orderKey(Item<T> item) {
    return switch (prepared(item)) {
      case Prepared.Ready<E> ready -> orderKey(item, ready.entry());
      case Prepared.Unfit<E> unfit -> null;
    };
  }

  /// What names an item where order is kept.
  @Nullable String orderKey(Item<T> item, E entry) {
    return item.key();
  }

  /// The request of a call as text.
  String text(Entries<T, E> entries) {
    return RequestText.of(request(entries));
  }

  @Override
  public final String preview(Batch<T> batch) {
    Entries<T, E> entries = Entries.of(batch, this::prepared);
    List<String> unfit =
        entries.accepted().verdicts().stream()
            .filter(Verdict.Rejected.class::isInstance)
            .map(verdict -> ((Verdict.Rejected) verdict).reason().toString())
            .distinct()
            .toList();
    String left = unfit.isEmpty() ? "" : "\nnot sent: " + String.join("; ", unfit);
    return text(entries) + left + "\n";
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      AwsConnection.close(client);
    }
  }
}
