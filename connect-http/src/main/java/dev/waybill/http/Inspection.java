package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.ByteSlice;
import dev.waybill.http.Outcome.Response;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Inspectable.Inspector;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shows calls to whoever asked to see them. Costs nothing as long as nobody did.
public final class Inspection {

  /// A secret among the parameters of an address.
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&][^=&]*(?:token|secret|passw|key|signature)[^=&]*=)[^&#]*");

  private volatile @Nullable Inspector inspector;

  /// From here on each call is shown.
  public void by(Inspector asked) {
    this.inspector = asked;
  }

  /// Shows a call and what came of it.
  ///
  /// @param headers those of the request; secrets in them are masked
  /// @param body as it may be shown
  public void show(Call call, List<Header> headers, ByteSlice body, Outcome outcome) {
    show(call, call.uri().toString(), headers, body, outcome);
  }

  /// Shows a call whose address may be a secret.
  ///
  /// @param shown the address as it may be shown
  void show(Call call, String shown, List<Header> headers, ByteSlice body, Outcome outcome) {
    Inspector told = inspector;
    if (told != null) {
      String address = PARAMETER.matcher(shown).replaceAll("$1***");
      told.exchanged(
          new Exchange(
              message(call.method() + " " + address, headers, body),
              outcome instanceof Response answer ? answer(answer) : null));
    }
  }

  /// Whether anybody looks.
  public boolean isWanted() {
    return inspector != null;
  }

  private static String answer(Response answer) {
    byte[] body = answer.body();
    return message(
        "HTTP " + answer.status(), answer.headers(), new ByteSlice(body, 0, body.length));
  }

  private static String message(String first, List<Header> headers, ByteSlice body) {
    var text = new StringBuilder(first);
    for (Header header : headers) {
      text.append('\n').append(header.name()).append(": ").append(Text.masked(header));
    }
    ByteSlice shown = body.first(Exchange.MOST_BODY_BYTES);
    if (shown.length() > 0) {
      text.append("\n\n").append(shown.text(UTF_8));
    }
    if (shown.length() < body.length()) {
      text.append("\n… (").append(body.length()).append(" bytes)");
    }
    return text.toString();
  }
}
