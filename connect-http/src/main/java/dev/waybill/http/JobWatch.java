package dev.waybill.http;

import dev.waybill.ByteSlice;
import dev.waybill.Reason;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Asks what became of a job, until it has ended. It only asks, so asking again does no harm.
final class JobWatch {

  private final HttpCaller caller;
  private final Auth auth;
  private final RateHeaders rates;
  private final Inspection inspection;
  private final Pause pause;

  JobWatch(HttpCaller caller, Auth auth, RateHeaders rates, Inspection inspection, Pause pause) {
    this.caller = caller;
    this.auth = auth;
    this.rates = rates;
    this.inspection = inspection;
    this.pause = pause;
  }

  /// Waits for a length of time.
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /// What was found out.
  sealed interface End {

    /// The job has ended; this answer tells how.
    record Told(Response answer) implements End {}

    /// It can not be told: the job may have done its work, or may still do it.
    record Unknown(Reason reason) implements End {}
  }

  /// Waits for the end of a job.
  ///
  /// @param uri where the call went that began it
  /// @param headers those that every request carries
  /// @param first the answer to that call
  End end(Job job, URI uri, List<Header> headers, Response first) throws InterruptedException {
    try {
      if (job.done().holds(first.body())) {
        return new End.Told(first);
      }
      String text = Wording.plain(job.url().find(Json.read(first.body())));
      if (text == null) {
        return unknown("the answer names no job at " + job.url());
      }
      URI place = uri.resolve(text);
      if (!isBeside(uri, place)) {
        // Credentials go to nobody else.
        return unknown(
            "the job is at " + Text.cut(place.getRawAuthority()) + ", which is another server");
      }
      return ask(job, Call.get(place, questionHeaders(headers)));
    } catch (JacksonException e) {
      return unknown("the answer is no sound JSON: " + Text.cut(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      return unknown("what the answer tells at " + job.url() + " is no address");
    }
  }

  private End ask(Job job, Call question) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration wait = job.every();
    while (waited.plus(wait).compareTo(job.patience()) <= 0) {
      pause.sleep(wait);
      waited = waited.plus(wait);
      wait = job.every();
      if (call(question) instanceof Response answer) {
        if (answer.status() / 100 == 2 && job.done().holds(answer.body())) {
          return new End.Told(answer);
        }
        if (answer.status() == 429) {
          Duration asked = rates.retryAfter(answer);
          wait = asked == null || asked.compareTo(wait) < 0 ? wait : asked;
        } else if (answer.status() / 100 == 4 && answer.status() != 401) {
          return new End.Unknown(
              new Reason(
                  Integer.toString(answer.status()),
                  "asked what became of the job, the API answered %d: %s"
                      .formatted(answer.status(), Text.cut(answer.text()))));
        }
      }
    }
    return unknown("the job has not ended within " + seconds(job.patience()) + " s");
  }

  private Outcome call(Call question) throws InterruptedException {
    return switch (auth.pass()) {
      case Auth.Pass.Wait(var reply) -> new NotSent("no access token to ask with");
      case Auth.Pass.Show(Header credentials) -> {
        Call call = shown(question, credentials);
        Outcome outcome = caller.call(call);
        if (inspection.isWanted()) {
          List<Header> masked = shown(question, auth.masked()).headers();
          inspection.show(call, call.uri().toString(), masked, ByteSlice.EMPTY, outcome);
        }
        if (outcome instanceof Response answer && answer.status() == 401) {
          auth.unauthorized(credentials);
        }
        yield outcome;
      }
    };
  }

  private static Call shown(Call question, @Nullable Header credentials) {
    if (credentials == null) {
      return question;
    }
    var headers = new ArrayList<>(question.headers());
    headers.add(credentials);
    return Call.get(question.uri(), headers);
  }

  private static List<Header> questionHeaders(List<Header> headers) {
    return headers.stream()
        .filter(header -> !header.name().regionMatches(true, 0, "content-", 0, "content-".length()))
        .toList();
  }

  private static boolean isBeside(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getRawAuthority().equals(other.getRawAuthority());
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static End unknown(String sentence) {
    return new End.Unknown(Reason.of(sentence));
  }
}
