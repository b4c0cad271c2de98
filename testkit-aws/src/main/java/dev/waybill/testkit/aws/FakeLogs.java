package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// CloudWatch Logs. Limits: the API reference of PutLogEvents: 10,000 events in the order of time
/// over at most 24 hours, 1 MiB with 26 bytes added for each; what is older than 14 days or more
/// than 2 hours ahead is told by index and not stored.
public final class FakeLogs extends FakeService {

  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_BYTES = 1_048_576;
  private static final int EVENT_OVERHEAD_BYTES = 26;
  private static final Duration MAX_SPAN = Duration.ofHours(24);
  private static final Duration MAX_AGE = Duration.ofDays(14);
  private static final Duration MAX_AHEAD = Duration.ofHours(2);

  private final Map<String, TreeSet<String>> groups = new LinkedHashMap<>();

  FakeLogs(Settings settings) {
    super(Service.LOGS, settings);
  }

  /// Makes a log stream, and its group if there is none.
  public FakeLogs createLogStream(String group, String stream) {
    return locked(
        () -> {
          groups.computeIfAbsent(group, g -> new TreeSet<>()).add(stream);
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    Struct body = call.body();
    String group = body.text("logGroupName", "");
    TreeSet<String> streams = groups.get(group);
    if (call.operation().equals("CreateLogGroup")) {
      return streams == null ? null : exists("group");
    }
    if (streams == null) {
      return missing("group");
    }
    boolean known = streams.contains(body.text("logStreamName", ""));
    return switch (call.operation()) {
      case "CreateLogStream" -> known ? exists("stream") : null;
      case "PutLogEvents" -> known ? refusedEvents(body.structs("logEvents")) : missing("stream");
      default -> null;
    };
  }

  private static Refusal exists(String what) {
    return Refusal.of(
        "ResourceAlreadyExistsException", "The specified log " + what + " already exists");
  }

  private static Refusal missing(String what) {
    return Refusal.of(
        "ResourceNotFoundException", "The specified log " + what + " does not exist.");
  }

  private static @Nullable Refusal refusedEvents(List<Struct> events) {
    if (events.isEmpty() || events.size() > MAX_EVENTS) {
      return invalid(
          "Log events in a single PutLogEvents request must be 1 to " + MAX_EVENTS + ".");
    }
    long bytes = 0;
    long last = Long.MIN_VALUE;
    for (Struct event : events) {
      bytes += EVENT_OVERHEAD_BYTES + message(event).length;
      long time = event.number("timestamp", 0);
      if (time < last) {
        return invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      last = time;
    }
    if (bytes > MAX_BYTES) {
      return invalid("Upload too large: " + bytes + " bytes exceeds limit of " + MAX_BYTES);
    }
    return last - events.getFirst().number("timestamp", 0) > MAX_SPAN.toMillis()
        ? invalid(
            "The batch of log events in a single PutLogEvents request cannot span more than 24"
                + " hours.")
        : null;
  }

  private static Refusal invalid(String message) {
    return Refusal.of("InvalidParameterException", message);
  }

  private static byte[] message(Struct event) {
    return event.text("message", "").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    Struct body = call.body();
    String group = body.text("logGroupName", "");
    String stream = body.text("logStreamName", "");
    return switch (call.operation()) {
      case "CreateLogGroup" -> {
        groups.put(group, new TreeSet<>());
        yield AwsAnswer.done(Struct.empty());
      }
      case "CreateLogStream" -> {
        createLogStream(group, stream);
        yield AwsAnswer.done(Struct.empty());
      }
      case "DescribeLogStreams" -> {
        String prefix = body.text("logStreamNamePrefix", "");
        yield AwsAnswer.done(
            Struct.of(
                "logStreams",
                groups.getOrDefault(group, new TreeSet<>()).stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> Struct.of("logStreamName", name))
                    .toList()));
      }
      case "PutLogEvents" -> AwsAnswer.done(put(call, group + "/" + stream));
      default -> unknown(call);
    };
  }

  private Struct put(AwsCall call, String target) {
    List<Struct> events = call.body().structs("logEvents");
    long oldest = now().minus(MAX_AGE).toEpochMilli();
    long newest = now().plus(MAX_AHEAD).toEpochMilli();
    int tooOld = 0;
    int tooNew = events.size();
    for (int i = 0; i < events.size(); i++) {
      long time = events.get(i).number("timestamp", 0);
      if (time < oldest) {
        tooOld = i + 1;
      } else if (time > newest) {
        tooNew = Math.min(tooNew, i);
      } else {
        store(
            call, i, target, "", message(events.get(i)), Map.of("timestamp", String.valueOf(time)));
      }
    }
    Struct rejected =
        Struct.empty()
            .with("tooOldLogEventEndIndex", tooOld == 0 ? null : tooOld)
            .with("tooNewLogEventStartIndex", tooNew == events.size() ? null : tooNew);
    return Struct.of("nextSequenceToken", "0")
        .with("rejectedLogEventsInfo", rejected.members().isEmpty() ? null : rejected);
  }
}
