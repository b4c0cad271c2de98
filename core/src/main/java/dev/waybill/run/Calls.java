package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.Destination;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes the calls, each on a virtual thread of its own, and tells what came of them.
public final class Calls<T> {

  private static final Reason INTERRUPTED =
      Reason.of("the call was broken off by the end of the run");

  private final Destination<T> destination;
  private final Answers<T> answers;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waybill-call-", 1).factory());

  /// Takes what came of the calls, from any thread.
  public interface Answers<T> {

    /// What came of a call of kind `BATCH` or `SINGLE`.
    void replied(Call<T> call, Reply reply);

    /// What came of a call of kind `LOOKUP`.
    void found(Call<T> call, Findings findings);
  }

  /// Calls to this destination, whose answers go there.
  public Calls(Destination<T> destination, Answers<T> answers) {
    this.destination = destination;
    this.answers = answers;
  }

  /// Makes a call, without waiting for its end.
  public void make(Call<T> call) {
    threads.execute(
        () -> {
          switch (call.kind()) {
            case BATCH, SINGLE -> answers.replied(call, reply(call));
            case LOOKUP -> answers.found(call, findings(call));
          }
        });
  }

  private Reply reply(Call<T> call) {
    try {
      return call.kind() == Call.Kind.SINGLE
          ? ((SingleSender<T>) destination).sendSingle(call.batch())
          : destination.send(call.batch());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.InDoubt(INTERRUPTED);
    } catch (RuntimeException | Error bug) {
      return new Reply.InDoubt(bug(bug));
    }
  }

  private Findings findings(Call<T> call) {
    try {
      return ((Verifier<T>) destination).find(call.batch().items());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Findings.Failed(INTERRUPTED);
    } catch (RuntimeException | Error bug) {
      return new Findings.Failed(bug(bug));
    }
  }

  private static Reason bug(Throwable bug) {
    System.getLogger(Calls.class.getName())
        .log(System.Logger.Level.ERROR, "a connector failed", bug);
    return Reason.of("internal_error", "a bug in the connector: " + bug);
  }

  /// Breaks off what is still under way; nobody waits for it any more.
  public void close() {
    threads.shutdownNow();
  }
}
