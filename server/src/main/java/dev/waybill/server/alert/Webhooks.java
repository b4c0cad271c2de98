package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.http.Call;
import dev.waybill.http.Header;
import dev.waybill.http.HttpCaller;
import dev.waybill.http.Outcome;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A webhook as a destination: one POST a notice. Whoever gets one twice knows it by its id, so
/// that what is in doubt is sent again.
///
/// @param secret by which it is signed
record Webhooks(URI address, String secret, HttpCaller caller, InstantSource clock)
    implements Destination<Notice> {

  private static final Traits TRAITS =
      Traits.of(Idempotence.IDEMPOTENT).maxItems(1).suggesting(1, 2, 0);

  private static final int MOST_WORDS = 200;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Reply send(Batch<Notice> batch) throws InterruptedException {
    Notice notice = batch.items().getFirst().payload();
    byte[] body = notice.body().getBytes(UTF_8);
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.addAll(Signature.headers(secret, notice.id(), clock.instant(), body));
    return switch (caller.call(new Call("POST", address, headers, ByteSlice.utf8(notice.body())))) {
      case Outcome.NotSent(String reason) -> new Reply.Unavailable(Reason.of(reason));
      case Outcome.Lost(String reason) -> new Reply.InDoubt(Reason.of(reason));
      case Outcome.Response answer -> reply(answer);
    };
  }

  private static Reply reply(Outcome.Response answer) {
    int status = answer.status();
    if (status / 100 == 2) {
      return Reply.accepted(1);
    }
    String text = answer.text().strip();
    Reason reason =
        Reason.of(
            Integer.toString(status),
            text.isEmpty()
                ? "the webhook answered " + status
                : text.substring(0, Math.min(MOST_WORDS, text.length())));
    return switch (status) {
      case 408, 425 -> new Reply.Unavailable(reason);
      case 429 -> new Reply.Throttled(reason, null);
      default ->
          status / 100 == 5
              ? new Reply.InDoubt(reason)
              : new Reply.Answered(
                  List.of(new Verdict.Rejected(reason, Verdict.Rejected.Kind.PERMANENT)));
    };
  }

  @Override
  public void close() {
    caller.close();
  }

  /// Without the secret.
  @Override
  public String toString() {
    return address.toString();
  }
}
