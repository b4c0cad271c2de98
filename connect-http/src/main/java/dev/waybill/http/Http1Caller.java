package dev.waybill.http;

import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on Apache HttpClient's blocking client, with all that it would do behind the caller's
/// back turned off.
final class Http1Caller implements HttpCaller {

  /// A server may close a connection while it rests in the pool. Looking at each that rested this
  /// long finds nearly all of them; looking at every one would cost two thirds of the throughput.
  private static final TimeValue LOOK_AFTER_REST = TimeValue.ofMilliseconds(50);

  private final ConnectionSettings settings;
  private final CloseableHttpClient client;
  private final Deadlines deadlines;

  Http1Caller(ConnectionSettings settings) {
    this.settings = settings;
    Timeout connect = Timeout.of(settings.connectTimeout());
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new GuardedLookup(settings.addresses()))
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnections())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setValidateAfterInactivity(LOOK_AFTER_REST)
                    .build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .setTlsSocketStrategy(
                ClientTlsStrategyBuilder.create()
                    .setSslContext(Certificates.context(settings.trust()))
                    .setHostnameVerifier(Certificates.names(settings.trust()))
                    .buildClassic())
            .build();
    var proxy = settings.proxy();
    client =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setRequestExecutor(new Marking(proxy == null ? null : proxy.authorization()))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(settings.answerTimeout()))
                    .setProtocolUpgradeEnabled(false)
                    .setAuthenticationEnabled(false)
                    .build())
            .setProxy(proxy == null ? null : new HttpHost("http", proxy.host(), proxy.port()))
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableAuthCaching()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("waybill")
            .build();
    deadlines = new Deadlines(settings.answerTimeout());
  }

  @Override
  public Outcome call(Call call) throws InterruptedException {
    var request = new HttpUriRequestBase(call.method(), call.uri());
    for (Header header : call.headers()) {
      request.addHeader(header.name(), header.value());
    }
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    if (call.body().length() > 0) {
      request.setEntity(new EntityTemplate(call.body().length(), null, null, call.body()::writeTo));
    }
    var exchange = new Exchange();
    Future<?> deadline =
        deadlines.start(
            () -> {
              exchange.expire();
              request.cancel();
            });
    try {
      return client.execute(request, exchange, response -> answer(call, exchange, response));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      return exchange.failed(call.uri(), e, settings.answerTimeout());
    } finally {
      deadline.cancel(false);
    }
  }

  private Outcome answer(Call call, Exchange exchange, ClassicHttpResponse response)
      throws IOException {
    if (!exchange.begun()) {
      // The tunnel through the proxy was not granted; what the proxy said comes here.
      return new NotSent(
          "the proxy refused: " + response.getCode() + " " + Text.cut(response.getReasonPhrase()));
    }
    var headers = new ArrayList<Header>();
    for (var header : response.getHeaders()) {
      headers.add(new Header(header.getName(), header.getValue()));
    }
    return new Response(response.getCode(), headers, body(call, response.getEntity()));
  }

  private byte[] body(Call call, @Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    return AnswerBody.read(
        call.uri(), entity.getContent(), entity.getContentEncoding(), settings.maxAnswerBytes());
  }

  @Override
  public void close() {
    deadlines.close();
    client.close(CloseMode.IMMEDIATE);
  }

  /// Notes the instant from which a request may have reached the server, and shows the proxy its
  /// credentials unasked: asked for, they would mean a second request.
  private static final class Marking extends HttpRequestExecutor {

    private final @Nullable String proxyAuthorization;

    Marking(@Nullable String proxyAuthorization) {
      this.proxyAuthorization = proxyAuthorization;
    }

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback information,
        HttpContext context)
        throws IOException, HttpException {
      // CONNECT goes to the proxy alone and carries nothing of the request behind it.
      boolean toProxy = Method.CONNECT.isSame(request.getMethod());
      if (proxyAuthorization != null && (toProxy || "http".equals(request.getScheme()))) {
        request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, proxyAuthorization);
      }
      if (!toProxy) {
        ((Exchange) context).begin();
      }
      return super.execute(request, connection, information, context);
    }
  }
}
