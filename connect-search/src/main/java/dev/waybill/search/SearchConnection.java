package dev.waybill.search;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.WarningsHandler;
import dev.waybill.search.Outcome.Answer;
import dev.waybill.search.Outcome.Lost;
import dev.waybill.spi.AddressRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The low-level client, with all that it would do behind the caller's back turned off. It knows
/// one node, so that it has no other to try a request again on.
final class SearchConnection implements AutoCloseable {

  /// A server, or what stands before it, may close a connection while it rests in the pool.
  private static final TimeValue LOOK_AFTER_REST = TimeValue.ofMilliseconds(50);

  private final Rest5Client client;
  private final ConnectionSettings settings;
  private final String base;

  private SearchConnection(Rest5Client client, ConnectionSettings settings, String base) {
    this.client = client;
    this.settings = settings;
    this.base = base;
  }

  static SearchConnection open(Address address, ConnectionSettings settings) {
    Timeout timeout = Timeout.of(settings.timeout());
    Timeout connect = Timeout.of(settings.connectTimeout());
    var client =
        Rest5Client.builder(URI.create(address.base()))
            .setCompressionEnabled(settings.compress())
            .setMetaHeaderEnabled(false)
            .setDefaultHeaders(headers(settings))
            .setConnectionConfigCallback(
                connection ->
                    connection
                        .setConnectTimeout(connect)
                        .setValidateAfterInactivity(LOOK_AFTER_REST))
            .setConnectionManagerCallback(
                manager ->
                    manager
                        .setDnsResolver(new GuardedLookup(settings.addresses()))
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .setTlsStrategy(Certificates.strategy(settings)))
            .setHttpClientConfigCallback(SearchConnection::withoutOwnWays)
            .setRequestConfigCallback(
                request ->
                    request
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false));
    if (!address.prefix().isEmpty()) {
      client.setPathPrefix(address.prefix());
    }
    return new SearchConnection(client.build(), settings, address.base());
  }

  private static void withoutOwnWays(HttpAsyncClientBuilder http) {
    http.disableAutomaticRetries()
        .disableRedirectHandling()
        .disableAuthCaching()
        .disableCookieManagement()
        .setUserAgent("waybill");
  }

  private static Header[] headers(ConnectionSettings settings) {
    String authorization = settings.authorization();
    return authorization == null
        ? new Header[0]
        : new Header[] {new BasicHeader("Authorization", authorization)};
  }

  /// Makes the request, once.
  ///
  /// @throws InterruptedException if the thread is interrupted; the request is then broken off
  Outcome call(Call call) throws InterruptedException {
    var request = new Request(call.method(), call.path());
    call.parameters().forEach(request::addParameter);
    request.setOptions(
        RequestOptions.DEFAULT.toBuilder().setWarningsHandler(WarningsHandler.PERMISSIVE));
    if (call.body().length > 0) {
      request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(call.type())));
    }
    var told = new CompletableFuture<Outcome>();
    Cancellable underWay = client.performRequestAsync(request, new Listener(told));
    try {
      // The client's own time-out counts from byte to byte; this one is for the whole answer.
      return told.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      underWay.cancel();
      throw e;
    } catch (TimeoutException e) {
      underWay.cancel();
      return new Lost(
          "no complete answer from " + base + " within " + settings.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Outcome answer(Response response) {
    try {
      var entity = response.getEntity();
      byte[] body = entity == null ? null : EntityUtils.toByteArray(entity);
      return new Answer(
          response.getStatusCode(),
          response.getHeader("Retry-After"),
          body == null ? new byte[0] : body);
    } catch (IOException e) {
      return new Lost("the answer can not be read: " + Text.oneLine(e.getMessage()));
    }
  }

  private record Listener(CompletableFuture<Outcome> told) implements ResponseListener {

    @Override
    public void onSuccess(Response response) {
      told.complete(answer(response));
    }

    @Override
    public void onFailure(Exception failure) {
      told.complete(
          failure instanceof ResponseException refused
              ? answer(refused.getResponse())
              : Failures.outcome(failure));
    }
  }

  /// At once: the client's own way waits for seconds for an answer that was given up on.
  @Override
  public void close() {
    ((CloseableHttpAsyncClient) client.getHttpClient()).close(CloseMode.IMMEDIATE);
  }

  /// Lets through only addresses that may be connected to; the client connects to exactly what it
  /// is given here.
  private record GuardedLookup(AddressRule rule) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return rule.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return rule.resolve(host)[0].getCanonicalHostName();
    }
  }
}
