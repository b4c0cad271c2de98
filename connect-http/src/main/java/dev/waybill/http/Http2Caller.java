package dev.waybill.http;

import dev.waybill.http.Outcome.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// HTTP/2 on Apache HttpClient's event-driven client, whose answer the calling thread waits for.
/// With `https` the server may choose HTTP/1.1; with `http` it must speak HTTP/2 from the first
/// byte.
///
/// Each call has a connection to itself while it lasts, as with HTTP/1.1: one that breaks then
/// leaves one batch in doubt, not all that are in flight.
final class Http2Caller implements HttpCaller {

  private final ConnectionSettings settings;
  private final CloseableHttpAsyncClient client;
  private final Deadlines deadlines;

  Http2Caller(ConnectionSettings settings) {
    this.settings = settings;
    Timeout connect = Timeout.of(settings.connectTimeout());
    var connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(new GuardedLookup(settings.addresses()))
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnections())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .setTlsConfigResolver(
                host ->
                    TlsConfig.custom()
                        .setHandshakeTimeout(connect)
                        .setVersionPolicy(
                            "https".equals(host.getSchemeName())
                                ? HttpVersionPolicy.NEGOTIATE
                                : HttpVersionPolicy.FORCE_HTTP_2)
                        .build())
            .setTlsStrategy(
                ClientTlsStrategyBuilder.create()
                    .setSslContext(Certificates.context(settings.trust()))
                    .setHostnameVerifier(Certificates.names(settings.trust()))
                    .buildAsync())
            .build();
    client =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(settings.answerTimeout()))
                    .setProtocolUpgradeEnabled(false)
                    .setAuthenticationEnabled(false)
                    .build())
            .setThreadFactory(Thread.ofPlatform().daemon().name("waybill-http2-", 0).factory())
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "begin", Http2Caller::begin)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableAuthCaching()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("waybill")
            .build();
    client.start();
    deadlines = new Deadlines(settings.answerTimeout());
  }

  @Override
  public Outcome call(Call call) throws InterruptedException {
    var exchange = new Exchange();
    Future<Response> answer =
        client.execute(
            request(call),
            new Receiving(call.uri(), settings.maxAnswerBytes()),
            null,
            exchange,
            null);
    Future<?> deadline =
        deadlines.start(
            () -> {
              exchange.expire();
              answer.cancel(true);
            });
    try {
      return answer.get();
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return exchange.failed(call.uri(), cause, settings.answerTimeout());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  @Override
  public void close() {
    deadlines.close();
    client.close(CloseMode.IMMEDIATE);
  }

  private static AsyncRequestProducer request(Call call) {
    var request = new BasicHttpRequest(call.method(), call.uri());
    for (Header header : call.headers()) {
      request.addHeader(header.name(), header.value());
    }
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    // A copy: the client's thread may still read a body when its call has been given up, and its
    // owner has begun to write the next one.
    byte[] body = call.body().toByteArray();
    return new BasicRequestProducer(
        request, body.length == 0 ? null : new BasicAsyncEntityProducer(body, null));
  }

  /// Notes the instant from which a request may have reached the server: here its connection
  /// stands.
  private static void begin(
      HttpRequest request,
      @Nullable AsyncEntityProducer entity,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    ((Exchange) scope.clientContext).begin();
    chain.proceed(request, entity, scope, callback);
  }

  /// Collects the answer.
  private static final class Receiving extends AbstractBinResponseConsumer<Response> {

    private final URI uri;
    private final int most;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Header> headers = new ArrayList<>();
    private int status;
    private byte[] decoded = new byte[0];

    Receiving(URI uri, int most) {
      this.uri = uri;
      this.most = most;
    }

    @Override
    protected void start(HttpResponse response, @Nullable ContentType type) {
      status = response.getCode();
      for (var header : response.getHeaders()) {
        headers.add(new Header(header.getName(), header.getValue()));
      }
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean last) throws IOException {
      if (body.size() + bytes.remaining() > most) {
        throw new AnswerBody.TooLong(uri, most);
      }
      while (bytes.hasRemaining()) {
        body.write(bytes.get());
      }
      if (last && body.size() > 0) {
        var raw = new ByteArrayInputStream(body.toByteArray());
        String encoding = new Response(status, headers, decoded).header("Content-Encoding");
        decoded = AnswerBody.read(uri, raw, encoding, most);
      }
    }

    @Override
    protected Response buildResult() {
      return new Response(status, headers, decoded);
    }

    @Override
    public void releaseResources() {
      // memory only
    }
  }
}
