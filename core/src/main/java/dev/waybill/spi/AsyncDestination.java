package dev.waybill.spi;

import dev.waybill.Batch;
import dev.waybill.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A destination whose calls need no thread while they wait for their answer, as with a client that
/// is asynchronous itself. It saves what it takes to wake a thread for each answer.
public interface AsyncDestination<T> extends Destination<T> {

  /// Begins the call that [#send] makes, and does not wait for its answer.
  ///
  /// @return what came of it, completed by any thread. Fails only by a bug, and the batch is then
  ///   in doubt. To cancel it is to break off the call
  CompletableFuture<Reply> begin(Batch<T> batch);

  @Override
  default Reply send(Batch<T> batch) throws InterruptedException {
    return outcome(begin(batch));
  }

  /// Waits for the outcome of a call; an interrupt breaks it off.
  ///
  /// @throws InterruptedException as [Destination#send]
  static Reply outcome(CompletableFuture<Reply> call) throws InterruptedException {
    try {
      return call.get();
    } catch (InterruptedException e) {
      call.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bug in the connector", e.getCause());
    }
  }
}
