package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// An HTTP API as a destination: one request a batch, and what came of it as a reply.
class HttpDestination implements Preview<Fields>, Inspectable {

  private final HttpCaller caller;
  private final Auth auth;
  private final Traits traits;
  private final Endpoint endpoint;
  private final Buffers buffers = new Buffers();
  private final Inspection inspection = new Inspection();

  HttpDestination(HttpCaller caller, Auth auth, Traits traits, Endpoint endpoint) {
    this.caller = caller;
    this.auth = auth;
    this.traits = traits;
    this.endpoint = endpoint;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    return send(batch, endpoint);
  }

  Reply send(Batch<Fields> batch, Endpoint to) throws InterruptedException {
    URI uri = to.url().of(batch.items().getFirst());
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
    Buffers.Buffer buffer = buffers.take();
    try {
      to.write(batch.items(), buffer);
      var call = new Call(to.method(), uri, to.headers(batch, credentials), buffer.slice());
      Outcome outcome = caller.call(call);
      if (inspection.isWanted()) {
        show(batch, to, call, outcome);
      }
      return reply(batch, to, credentials, outcome);
    } catch (IllegalArgumentException | JacksonException e) {
      return refused("a record can not be written as JSON: " + Text.cut(e.getMessage()));
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void show(Batch<Fields> batch, Endpoint to, Call call, Outcome outcome) {
    ByteSlice body =
        switch (to.compression()) {
          case NONE -> call.body();
          case GZIP -> {
            var plain = new ByteArrayOutputStream();
            to.body().write(batch.items(), plain);
            byte[] bytes = plain.toByteArray();
            yield new ByteSlice(bytes, 0, bytes.length);
          }
        };
    inspection.show(call, to.headers(batch, auth.masked()), body, outcome);
  }

  @Override
  public void inspect(Inspector inspector) {
    inspection.by(inspector);
  }

  private Reply reply(
      Batch<Fields> batch, Endpoint to, @Nullable Header credentials, Outcome outcome) {
    return switch (outcome) {
      case NotSent(String reason) -> new Reply.Unavailable(Reason.of(reason));
      case Lost(String reason) -> new Reply.InDoubt(Reason.of(reason));
      case Response answer -> {
        Reply stale = null;
        if (answer.status() == 401) {
          stale = auth.unauthorized(credentials);
        } else {
          auth.passed(credentials);
        }
        yield stale == null ? to.reader().read(batch, answer) : stale;
      }
    };
  }

  private static Reply refused(String reason) {
    return new Reply.Refused(Reason.of(reason));
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    return Sizes.ofItem(endpoint.body(), item);
  }

  @Override
  public String preview(Batch<Fields> batch) {
    URI uri = endpoint.url().of(batch.items().getFirst());
    var text = new StringBuilder();
    text.append(endpoint.method()).append(' ').append(uri == null ? endpoint.url() : uri);
    for (Header header : endpoint.headers(batch, auth.masked())) {
      text.append('\n').append(header.name()).append(": ").append(Text.masked(header));
    }
    var body = new ByteArrayOutputStream();
    endpoint.body().write(batch.items(), body);
    return text.append("\n\n").append(body.toString(UTF_8)).append('\n').toString();
  }

  @Override
  public void close() {
    caller.close();
  }

  /// An API that also has a call for one record.
  static class WithSingle extends HttpDestination implements SingleSender<Fields> {

    private final Endpoint single;

    WithSingle(HttpCaller caller, Auth auth, Traits traits, Endpoint endpoint, Endpoint single) {
      super(caller, auth, traits, endpoint);
      this.single = single;
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return send(batch, single);
    }
  }

  /// An API that can be asked for a record.
  static final class WithLookup extends HttpDestination implements Verifier<Fields> {

    private final Lookup lookup;

    WithLookup(HttpCaller caller, Auth auth, Traits traits, Endpoint endpoint, Lookup lookup) {
      super(caller, auth, traits, endpoint);
      this.lookup = lookup;
    }

    @Override
    public void inspect(Inspector inspector) {
      super.inspect(inspector);
      lookup.inspection().by(inspector);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      return lookup.find(items);
    }
  }

  /// An API with both.
  static final class WithSingleAndLookup extends WithSingle implements Verifier<Fields> {

    private final Lookup lookup;

    WithSingleAndLookup(
        HttpCaller caller,
        Auth auth,
        Traits traits,
        Endpoint endpoint,
        Endpoint single,
        Lookup lookup) {
      super(caller, auth, traits, endpoint, single);
      this.lookup = lookup;
    }

    @Override
    public void inspect(Inspector inspector) {
      super.inspect(inspector);
      lookup.inspection().by(inspector);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      return lookup.find(items);
    }
  }
}
