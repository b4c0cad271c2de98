package dev.waybill.http;

import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.json.Json;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Asks an API for records one by one: there if the answer is 2xx, not there if it is 404 or 410.
///
/// @param url names the record by `{key}` or its fields
/// @param id where the answer tells the id that the record has
/// @param headers those that every request carries
/// @param without what an answer with 2xx means that tells no id
record Lookup(
    HttpCaller caller,
    Auth auth,
    UrlTemplate url,
    Pointer id,
    List<Header> headers,
    Inspection inspection,
    WithoutId without) {

  /// What an answer with 2xx means that tells no id.
  enum WithoutId {
    /// The record is there.
    PRESENT,
    /// It is the answer to a search that found nothing.
    ABSENT
  }

  Findings find(List<Item<Fields>> items) throws InterruptedException {
    var presences = new ArrayList<Presence>(items.size());
    for (Item<Fields> item : items) {
      URI uri = url.of(item);
      if (uri == null) {
        presences.add(
            new Presence.Undecided(
                Reason.of("the record lacks a value that the address " + url + " needs")));
        continue;
      }
      switch (ask(uri)) {
        case NotSent(String reason) -> {
          return new Findings.Failed(Reason.of(reason));
        }
        case Lost(String reason) -> {
          return new Findings.Failed(Reason.of(reason));
        }
        case Response answer -> {
          if (answer.status() == 401 || answer.status() == 429 || answer.status() >= 500) {
            // Not of this record, but of asking as such: worth another try.
            return new Findings.Failed(Reason.of(Integer.toString(answer.status()), told(answer)));
          }
          presences.add(presence(answer));
        }
      }
    }
    return new Findings.Found(presences);
  }

  private Outcome ask(URI uri) throws InterruptedException {
    return switch (auth.pass()) {
      case Auth.Pass.Wait(var reply) -> new NotSent("no access token to ask with");
      case Auth.Pass.Show(Header credentials) -> {
        var all = new ArrayList<>(headers);
        all.removeIf(header -> header.name().toLowerCase(Locale.ROOT).startsWith("content-"));
        if (credentials != null) {
          all.add(credentials);
        }
        Call call = Call.get(uri, all);
        Outcome outcome = caller.call(call);
        if (inspection.isWanted()) {
          inspection.show(call, masked(all, credentials), ByteSlice.EMPTY, outcome);
        }
        if (outcome instanceof Response answer && answer.status() == 401) {
          auth.unauthorized(credentials);
        }
        yield outcome;
      }
    };
  }

  private List<Header> masked(List<Header> all, @Nullable Header credentials) {
    Header mask = auth.masked();
    return mask == null
        ? all
        : all.stream().map(header -> header.equals(credentials) ? mask : header).toList();
  }

  private Presence presence(Response answer) {
    if (answer.status() / 100 == 2) {
      String given = idIn(answer);
      return given == null && without == WithoutId.ABSENT
          ? new Presence.Absent()
          : new Presence.Present(given);
    }
    return answer.status() == 404 || answer.status() == 410
        ? new Presence.Absent()
        : new Presence.Undecided(Reason.of(Integer.toString(answer.status()), told(answer)));
  }

  private @Nullable String idIn(Response answer) {
    try {
      return answer.body().length == 0 ? null : Wording.plain(id.find(Json.read(answer.body())));
    } catch (JacksonException e) {
      return null; // the status has said all that was asked
    }
  }

  private static String told(Response answer) {
    return "asked for a record, the API answered %d: %s"
        .formatted(answer.status(), Text.cut(answer.text()));
  }
}
