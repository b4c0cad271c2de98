package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Where the items of an operation stand in its request, and what became of them in its answer.
sealed interface BatchShape {

  /// What the answer says of one item.
  record Entry(Struct told, Kind kind) {}

  /// Stored or failed.
  enum Kind {
    STORED,
    FAILED
  }

  /// The items in their order.
  List<Struct> items(AwsCall call);

  /// An item's data or body.
  String content(Struct item);

  /// The call with only some of its items.
  AwsCall keeping(AwsCall call, IntPredicate positions);

  /// What an answer says of each item of the call that was sent; null where it says nothing.
  List<@Nullable Entry> entries(AwsCall sent, Struct answer);

  /// An answer that says this.
  Struct answer(AwsCall call, List<@Nullable Entry> entries);

  /// How a failure of this item is told.
  Entry failure(Struct item, String code);

  /// Codes that are not the sender's fault.
  Set<String> SERVICE_FAULTS =
      Set.of(
          "InternalError",
          "InternalFailure",
          "InternalException",
          "RequestThrottled",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "Throttled",
          "Throttling",
          "ThrottlingException",
          "KmsThrottled",
          "KMSThrottling",
          "ProvisionedThroughputExceededException");

  /// A list in the request, a list of the same length in the answer: Kinesis, Firehose,
  /// EventBridge.
  record Positional(String request, String content, String answer, String failedCount)
      implements BatchShape {

    @Override
    public List<Struct> items(AwsCall call) {
      return call.body().structs(request);
    }

    @Override
    public String content(Struct item) {
      return content.equals("Data")
          ? new String(item.blob(content), StandardCharsets.UTF_8)
          : item.text(content, "");
    }

    @Override
    public AwsCall keeping(AwsCall call, IntPredicate positions) {
      return call.withBody(call.body().copy().with(request, kept(items(call), positions)));
    }

    @Override
    public List<@Nullable Entry> entries(AwsCall sent, Struct body) {
      var entries = new ArrayList<@Nullable Entry>();
      for (Struct told : body.structs(answer)) {
        entries.add(new Entry(told, told.has("ErrorCode") ? Kind.FAILED : Kind.STORED));
      }
      return entries;
    }

    @Override
    public Struct answer(AwsCall call, List<@Nullable Entry> entries) {
      var told = new ArrayList<Struct>();
      int failed = 0;
      for (Entry entry : entries) {
        if (entry != null) {
          told.add(entry.told());
          failed += entry.kind() == Kind.FAILED ? 1 : 0;
        }
      }
      return Struct.of(failedCount, failed).with(answer, told);
    }

    @Override
    public Entry failure(Struct item, String code) {
      return new Entry(
          Struct.of("ErrorCode", code).with("ErrorMessage", message(code)), Kind.FAILED);
    }
  }

  /// Entries with an Id, and two lists in the answer: SQS, SNS.
  record ById(String request, String content) implements BatchShape {

    @Override
    public List<Struct> items(AwsCall call) {
      return call.body().structs(request);
    }

    @Override
    public String content(Struct item) {
      return item.text(content, "");
    }

    @Override
    public AwsCall keeping(AwsCall call, IntPredicate positions) {
      return call.withBody(call.body().copy().with(request, kept(items(call), positions)));
    }

    @Override
    public List<@Nullable Entry> entries(AwsCall sent, Struct body) {
      Map<String, Entry> byId = new HashMap<>();
      body.structs("Successful")
          .forEach(told -> byId.put(told.text("Id", ""), new Entry(told, Kind.STORED)));
      body.structs("Failed")
          .forEach(told -> byId.put(told.text("Id", ""), new Entry(told, Kind.FAILED)));
      var entries = new ArrayList<@Nullable Entry>();
      items(sent).forEach(item -> entries.add(byId.get(item.text("Id", ""))));
      return entries;
    }

    @Override
    public Struct answer(AwsCall call, List<@Nullable Entry> entries) {
      var stored = new ArrayList<Struct>();
      var failed = new ArrayList<Struct>();
      for (Entry entry : entries) {
        if (entry != null) {
          (entry.kind() == Kind.FAILED ? failed : stored).add(entry.told());
        }
      }
      // SQS leaves a list out that is empty; the SDK makes an empty one of it
      return Struct.empty()
          .with("Successful", stored.isEmpty() ? null : stored)
          .with("Failed", failed.isEmpty() ? null : failed);
    }

    @Override
    public Entry failure(Struct item, String code) {
      return new Entry(
          Struct.of("Id", item.text("Id"))
              .with("SenderFault", !SERVICE_FAULTS.contains(code))
              .with("Code", code)
              .with("Message", message(code)),
          Kind.FAILED);
    }
  }

  /// BatchWriteItem: a map of tables to requests; the answer has only those that were not done.
  record WriteRequests() implements BatchShape {

    @Override
    public List<Struct> items(AwsCall call) {
      return requests(call.body().struct("RequestItems"));
    }

    /// Each request with its table, which the wire has outside.
    private static List<Struct> requests(@Nullable Struct tables) {
      var requests = new ArrayList<Struct>();
      if (tables != null) {
        for (String table : tables.members().keySet()) {
          for (Struct request : tables.structs(table)) {
            requests.add(Struct.of(table, request));
          }
        }
      }
      return requests;
    }

    private static Struct tables(List<Struct> requests) {
      var tables = new HashMap<String, List<Object>>();
      var byTable = Struct.empty();
      for (Struct request : requests) {
        request
            .members()
            .forEach(
                (table, inner) -> {
                  List<Object> list = tables.computeIfAbsent(table, t -> new ArrayList<>());
                  list.add(inner);
                  byTable.with(table, list);
                });
      }
      return byTable;
    }

    @Override
    public String content(Struct item) {
      return item.toString();
    }

    @Override
    public AwsCall keeping(AwsCall call, IntPredicate positions) {
      return call.withBody(
          call.body().copy().with("RequestItems", tables(kept(items(call), positions))));
    }

    @Override
    public List<@Nullable Entry> entries(AwsCall sent, Struct body) {
      var unprocessed = new ArrayList<String>();
      requests(body.struct("UnprocessedItems"))
          .forEach(request -> unprocessed.add(request.toString()));
      var entries = new ArrayList<@Nullable Entry>();
      for (Struct request : items(sent)) {
        boolean failed = unprocessed.remove(request.toString());
        entries.add(new Entry(request, failed ? Kind.FAILED : Kind.STORED));
      }
      return entries;
    }

    @Override
    public Struct answer(AwsCall call, List<@Nullable Entry> entries) {
      var unprocessed = new ArrayList<Struct>();
      for (Entry entry : entries) {
        if (entry != null && entry.kind() == Kind.FAILED) {
          unprocessed.add(entry.told());
        }
      }
      return Struct.of("UnprocessedItems", tables(unprocessed));
    }

    @Override
    public Entry failure(Struct item, String code) {
      return new Entry(item, Kind.FAILED);
    }
  }

  /// An operation that writes one thing, or many of which it says nothing one by one.
  record Single(String content) implements BatchShape {

    @Override
    public List<Struct> items(AwsCall call) {
      return List.of(call.body());
    }

    @Override
    public String content(Struct item) {
      Object value = item.get(content);
      return switch (value) {
        case null -> item.toString();
        case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
        default ->
            content.equals("Data")
                ? new String(item.blob(content), StandardCharsets.UTF_8)
                : value.toString();
      };
    }

    @Override
    public AwsCall keeping(AwsCall call, IntPredicate positions) {
      return call;
    }

    @Override
    public List<@Nullable Entry> entries(AwsCall sent, Struct body) {
      var entries = new ArrayList<@Nullable Entry>();
      entries.add(new Entry(body, Kind.STORED));
      return entries;
    }

    @Override
    public Struct answer(AwsCall call, List<@Nullable Entry> entries) {
      Entry entry = entries.getFirst();
      return entry == null ? Struct.empty() : entry.told();
    }

    @Override
    public Entry failure(Struct item, String code) {
      return new Entry(Struct.of("ErrorCode", code), Kind.FAILED);
    }
  }

  private static List<Struct> kept(List<Struct> items, IntPredicate positions) {
    var kept = new ArrayList<Struct>();
    for (int i = 0; i < items.size(); i++) {
      if (positions.test(i)) {
        kept.add(items.get(i));
      }
    }
    return kept;
  }

  /// What is said along with a code.
  static String message(String code) {
    return SERVICE_FAULTS.contains(code) ? "Try again later." : "This item is not acceptable.";
  }
}
