package dev.waybill.http;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Makes the calls that an endpoint asks for, and says what came of them. A batch is sent in one
/// request, but where the first answer says that nothing was done and how it is to be done.
final class Sender implements AutoCloseable {

  private final HttpCaller caller;
  private final Auth auth;
  private final JobWatch jobs;
  private final Buffers buffers = new Buffers();
  private final Inspection inspection = new Inspection();

  Sender(HttpCaller caller, Auth auth, RateHeaders rates) {
    this.caller = caller;
    this.auth = auth;
    this.jobs = new JobWatch(caller, auth, rates, inspection, Thread::sleep);
  }

  Inspection inspection() {
    return inspection;
  }

  @Nullable Header masked() {
    return auth.masked();
  }

  Reply send(Batch<Fields> batch, Endpoint to) throws InterruptedException {
    Lookup lookup = to.lookup();
    if (lookup == null) {
      return send(batch, to, null);
    }
    return switch (lookup.find(batch.items())) {
      case Findings.Failed(Reason reason) -> new Reply.Unavailable(reason);
      case Findings.Found(List<Presence> presences) ->
          switch (presences.getFirst()) {
            case Presence.Present(String id) -> send(batch, to, id);
            case Presence.Absent() -> Reply.accepted(batch.size());
            case Presence.Undecided(Reason reason) -> new Reply.Refused(reason);
          };
    };
  }

  private Reply send(Batch<Fields> batch, Endpoint to, @Nullable String found)
      throws InterruptedException {
    URI uri = to.url().of(batch.items().getFirst(), found);
    if (uri == null) {
      return refused("the record lacks a value that the address " + to.url() + " needs");
    }
    return switch (auth.pass()) {
      case Auth.Pass.Wait(Reply reply) -> reply;
      case Auth.Pass.Show(Header credentials) -> send(batch, to, uri, credentials);
    };
  }

  private Reply send(Batch<Fields> batch, Endpoint to, URI uri, @Nullable Header credentials)
      throws InterruptedException {
    Outcome outcome;
    Buffers.Buffer buffer = buffers.take();
    try {
      to.write(batch.items(), buffer);
      var call = new Call(to.method(), uri, to.headers(batch, credentials), buffer.slice());
      outcome = caller.call(call);
      if (inspection.isWanted()) {
        show(batch, to, call, outcome);
      }
    } catch (IllegalArgumentException | JacksonException e) {
      return refused("a record can not be written as JSON: " + Text.cut(e.getMessage()));
    } finally {
      buffers.giveBack(buffer);
    }
    return reply(batch, to, uri, credentials, outcome);
  }

  private void show(Batch<Fields> batch, Endpoint to, Call call, Outcome outcome) {
    ByteSlice body =
        switch (to.compression()) {
          case NONE -> call.body();
          case GZIP -> plain(batch.items(), to.body());
        };
    inspection.show(
        call, to.url().shown(call.uri()), to.headers(batch, auth.masked()), body, outcome);
  }

  private static ByteSlice plain(List<Item<Fields>> items, Body form) {
    var plain = new ByteArrayOutputStream();
    form.write(items, plain);
    byte[] bytes = plain.toByteArray();
    return new ByteSlice(bytes, 0, bytes.length);
  }

  private Reply reply(
      Batch<Fields> batch, Endpoint to, URI uri, @Nullable Header credentials, Outcome outcome)
      throws InterruptedException {
    return switch (outcome) {
      case NotSent(String reason) -> new Reply.Unavailable(Reason.of(reason));
      case Lost(String reason) -> new Reply.InDoubt(Reason.of(reason));
      case Response answer when answer.status() == 401 -> {
        Reply stale = auth.unauthorized(credentials);
        yield stale == null ? to.reader().read(batch, answer) : stale;
      }
      case Response answer -> {
        auth.passed(credentials);
        yield answered(batch, to, uri, answer);
      }
    };
  }

  private Reply answered(Batch<Fields> batch, Endpoint to, URI uri, Response answer)
      throws InterruptedException {
    Existing existing = to.existing();
    if (existing != null && existing.isSaidBy(answer)) {
      return send(batch, existing.update(), existing.idIn(answer));
    }
    Job job = to.job();
    if (job == null || !to.reader().isAnswer(answer)) {
      return to.reader().read(batch, answer);
    }
    return switch (jobs.end(job, uri, to.headers(), answer)) {
      case JobWatch.End.Told(Response last) -> to.reader().read(batch, last);
      case JobWatch.End.Unknown(Reason reason) -> new Reply.InDoubt(reason);
    };
  }

  private static Reply refused(String reason) {
    return new Reply.Refused(Reason.of(reason));
  }

  @Override
  public void close() {
    caller.close();
  }
}
