package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// EventBridge, the classic bus. Limits: the API reference of PutEvents: 10 entries, 256 KiB in all
/// unless set otherwise.
public final class FakeEventBridge extends FakeService {

  private static final int MAX_ENTRIES = 10;
  private static final int TIME_BYTES = 14;

  private final Set<String> buses = new LinkedHashSet<>(List.of("default"));
  private int maxBytes = 256 * 1024;
  private long events;

  FakeEventBridge(Settings settings) {
    super(Service.EVENTBRIDGE, settings);
  }

  /// Makes an event bus, beside the one called `default`.
  public FakeEventBridge createEventBus(String name) {
    return locked(
        () -> {
          buses.add(name);
          return this;
        });
  }

  /// Takes requests of up to so many bytes: documents of 2026 do not agree on the limit.
  public FakeEventBridge maxRequestBytes(int bytes) {
    return locked(
        () -> {
          maxBytes = bytes;
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    if (call.operation().equals("DescribeEventBus")) {
      String name = call.body().text("Name", "default");
      return buses.contains(name)
          ? null
          : Refusal.of("ResourceNotFoundException", "Event bus " + name + " does not exist.");
    }
    if (!call.operation().equals("PutEvents")) {
      return null;
    }
    List<Struct> entries = call.body().structs("Entries");
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      return Refusal.of(
          "ValidationException",
          "1 validation error detected: Value of length %d at 'entries' failed to satisfy"
                  .formatted(entries.size())
              + " constraint: Member must have length between 1 and "
              + MAX_ENTRIES);
    }
    if (entries.stream().mapToLong(FakeEventBridge::bytes).sum() > maxBytes) {
      return Refusal.of(
          "ValidationException", "Total size of the entries in the request is over the limit.");
    }
    return entries.stream().allMatch(entry -> missing(entry) != null)
        ? Refusal.of("ValidationException", "No entry has Source, DetailType and Detail.")
        : null;
  }

  /// As the user guide counts, "Calculating PutEvents event entry size".
  private static long bytes(Struct entry) {
    long bytes = entry.has("Time") ? TIME_BYTES : 0;
    for (String name : List.of("Source", "DetailType", "Detail")) {
      bytes += entry.text(name, "").getBytes(StandardCharsets.UTF_8).length;
    }
    for (Object resource : entry.list("Resources")) {
      bytes += resource.toString().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static @Nullable String missing(Struct entry) {
    for (String name : List.of("Source", "DetailType", "Detail")) {
      if (entry.text(name, "").isEmpty()) {
        return name;
      }
    }
    return null;
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    return switch (call.operation()) {
      case "PutEvents" -> {
        var told = new ArrayList<Struct>();
        int failed = 0;
        List<Struct> entries = call.body().structs("Entries");
        for (int i = 0; i < entries.size(); i++) {
          Struct failure = failure(entries.get(i));
          failed += failure == null ? 0 : 1;
          told.add(failure == null ? put(call, i, entries.get(i)) : failure);
        }
        yield AwsAnswer.done(Struct.of("FailedEntryCount", failed).with("Entries", told));
      }
      case "DescribeEventBus" -> {
        String name = call.body().text("Name", "default");
        yield AwsAnswer.done(
            Struct.of("Name", name)
                .with("Arn", "arn:aws:events:us-east-1:" + ACCOUNT + ":event-bus/" + name));
      }
      case "CreateEventBus" -> {
        createEventBus(call.body().text("Name", ""));
        yield AwsAnswer.done(Struct.empty());
      }
      default -> unknown(call);
    };
  }

  private @Nullable Struct failure(Struct entry) {
    String missing = missing(entry);
    if (missing != null) {
      return failed(
          "InvalidArgument",
          "Parameter %s is not valid. Reason: %s is a required argument."
              .formatted(missing, missing));
    }
    if (!buses.contains(bus(entry))) {
      return failed("InvalidArgument", "Event bus " + bus(entry) + " does not exist.");
    }
    try {
      Codec.JSON_1_1.decode(entry.text("Detail", "").getBytes(StandardCharsets.UTF_8));
      return null;
    } catch (JacksonException e) {
      return failed("MalformedDetail", "Detail is malformed.");
    }
  }

  private static Struct failed(String code, String message) {
    return Struct.of("ErrorCode", code).with("ErrorMessage", message);
  }

  private static String bus(Struct entry) {
    String name = entry.text("EventBusName", "default");
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private Struct put(AwsCall call, int position, Struct entry) {
    store(
        call,
        position,
        bus(entry),
        "",
        entry.text("Detail", "").getBytes(StandardCharsets.UTF_8),
        Map.of("Source", entry.text("Source", ""), "DetailType", entry.text("DetailType", "")));
    return Struct.of("EventId", "event-" + ++events);
  }
}
