package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.search.Outcome.Answer;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Inspectable.Inspector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes requests and answers as text, and shows them to whoever asked.
final class Inspection {

  private final String base;
  private final @Nullable String credentials;
  private volatile @Nullable Inspector inspector;

  /// @param base what stands before a request's path
  /// @param authorization the header; only its scheme is shown
  Inspection(String base, @Nullable String authorization) {
    this.base = base;
    this.credentials =
        authorization == null
            ? null
            : authorization.substring(0, authorization.indexOf(' ')) + " ***";
  }

  void by(Inspector asked) {
    this.inspector = asked;
  }

  void show(Call call, Outcome outcome) {
    Inspector told = inspector;
    if (told != null) {
      told.exchanged(
          new Exchange(
              request(call, Exchange.MOST_BODY_BYTES),
              outcome instanceof Answer answer
                  ? "HTTP " + answer.status() + "\n\n" + cut(answer.body())
                  : null));
    }
  }

  /// A request, with so many bytes of its body at the most.
  String request(Call call, int mostBytes) {
    var text = new StringBuilder(call.method()).append(' ').append(base).append(call.path());
    if (!call.parameters().isEmpty()) {
      text.append(
          call.parameters().entrySet().stream()
              .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
              .collect(Collectors.joining("&", "?", "")));
    }
    if (credentials != null) {
      text.append("\nAuthorization: ").append(credentials);
    }
    if (call.body().length > 0) {
      text.append("\nContent-Type: ").append(call.type()).append("\n\n");
      text.append(cut(call.body(), mostBytes));
    }
    return text.toString();
  }

  private static String cut(byte[] body) {
    return cut(body, Exchange.MOST_BODY_BYTES);
  }

  private static String cut(byte[] body, int most) {
    return body.length <= most
        ? new String(body, UTF_8)
        : new String(body, 0, most, UTF_8) + "\n… (" + body.length + " bytes)";
  }
}
