package dev.waybill.akamai;

import dev.waybill.ByteSlice;
import dev.waybill.Reason;
import dev.waybill.http.Call;
import dev.waybill.http.Header;
import dev.waybill.http.Inspection;
import dev.waybill.http.Outcome;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the API's calls, each once.
final class Api {

  /// The way to the server.
  interface Line {
    Outcome call(Call call) throws InterruptedException;
  }

  private final AkamaiSettings settings;
  private final Line line;
  private final InstantSource clock;
  private final AnswerReader reader;
  private final Inspection inspection = new Inspection();

  Api(AkamaiSettings settings, Line line, InstantSource clock) {
    this.settings = settings;
    this.line = line;
    this.clock = clock;
    this.reader = new AnswerReader(settings.codes(), settings.statuses(), clock);
  }

  Inspection inspection() {
    return inspection;
  }

  AnswerReader reader() {
    return reader;
  }

  /// A form with what every call carries.
  Form form() {
    Form form = new Form().with("type_name", settings.typeName());
    if (settings.serverTimeout() != null) {
      form.with("timeout", Long.toString(settings.serverTimeout().toSeconds()));
    }
    return form;
  }

  /// Makes a call.
  ///
  /// @param operation without its slash: `entity.bulkCreate`
  Answer call(String operation, Form form) throws InterruptedException {
    Credentials credentials = settings.credentials();
    credentials.addTo(form);
    byte[] body = form.encoded();
    if (body.length > settings.maxBodyBytes()) {
      return failed(
          Meaning.TOO_LARGE,
          "the call has "
              + body.length
              + " bytes and the API takes "
              + settings.maxBodyBytes()
              + " at most");
    }
    var headers = headers(credentials.headers("/" + operation, form, clock.instant()));
    var call = new Call("POST", uri(operation), headers, new ByteSlice(body, 0, body.length));
    Outcome outcome = line.call(call);
    if (inspection.isWanted()) {
      inspection.show(
          call,
          headers(credentials.maskedHeaders(clock.instant())),
          ByteSlice.utf8(readable(form)),
          outcome);
    }
    return switch (outcome) {
      case Outcome.Response response -> reader.read(response);
      case Outcome.NotSent unsent -> failed(Meaning.UNAVAILABLE, unsent.reason());
      case Outcome.Lost lost -> failed(Meaning.UNKNOWN, lost.reason());
    };
  }

  /// The call as text, secrets masked and parameters readable.
  String preview(String operation, Form form) {
    settings.credentials().addTo(form);
    var text = new StringBuilder("POST " + uri(operation) + "\n");
    for (Header header : headers(settings.credentials().maskedHeaders(clock.instant()))) {
      text.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    return text.append('\n').append(readable(form)).toString();
  }

  private static String readable(Form form) {
    var text = new StringBuilder();
    for (Form.Parameter parameter : form.parameters()) {
      boolean secret = parameter.name().equals(Credentials.InForm.SECRET_PARAMETER);
      text.append(parameter.name())
          .append('=')
          .append(secret ? Credentials.MASK : parameter.text())
          .append('\n');
    }
    return text.toString();
  }

  private URI uri(String operation) {
    return URI.create(settings.uri() + "/" + operation);
  }

  private static List<Header> headers(Map<String, String> credentials) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Header("Accept", "application/json"));
    credentials.forEach((name, value) -> headers.add(new Header(name, value)));
    return headers;
  }

  private static Answer failed(Meaning meaning, String sentence) {
    return new Answer.Failed(meaning, Reason.of(sentence), -1, null);
  }
}
