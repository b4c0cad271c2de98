package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;

/// An HTTP API as a destination: one request a batch, and what came of it as a reply.
class HttpDestination implements Preview<Fields>, Inspectable {

  private final Sender sender;
  private final Traits traits;
  private final Endpoint endpoint;

  HttpDestination(Sender sender, Traits traits, Endpoint endpoint) {
    this.sender = sender;
    this.traits = traits;
    this.endpoint = endpoint;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    return sender.send(batch, endpoint);
  }

  @Override
  public void inspect(Inspector inspector) {
    sender.inspection().by(inspector);
    if (endpoint.lookup() != null) {
      endpoint.lookup().inspection().by(inspector);
    }
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    return Sizes.ofItem(endpoint.body(), item);
  }

  @Override
  public String preview(Batch<Fields> batch) {
    URI uri = endpoint.url().of(batch.items().getFirst());
    var text = new StringBuilder();
    text.append(endpoint.method())
        .append(' ')
        .append(uri == null ? endpoint.url() : endpoint.url().shown(uri));
    for (Header header : endpoint.headers(batch, sender.masked())) {
      text.append('\n').append(header.name()).append(": ").append(Text.masked(header));
    }
    var body = new ByteArrayOutputStream();
    endpoint.body().write(batch.items(), body);
    return text.append("\n\n").append(body.toString(UTF_8)).append('\n').toString();
  }

  @Override
  public void close() {
    sender.close();
  }

  /// An API that also has a call for one record.
  static class WithSingle extends HttpDestination implements SingleSender<Fields> {

    private final Sender sender;
    private final Endpoint single;

    WithSingle(Sender sender, Traits traits, Endpoint endpoint, Endpoint single) {
      super(sender, traits, endpoint);
      this.sender = sender;
      this.single = single;
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return sender.send(batch, single);
    }
  }

  /// An API that can be asked for a record.
  static final class WithLookup extends HttpDestination implements Verifier<Fields> {

    private final Lookup lookup;

    WithLookup(Sender sender, Traits traits, Endpoint endpoint, Lookup lookup) {
      super(sender, traits, endpoint);
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
        Sender sender, Traits traits, Endpoint endpoint, Endpoint single, Lookup lookup) {
      super(sender, traits, endpoint, single);
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
