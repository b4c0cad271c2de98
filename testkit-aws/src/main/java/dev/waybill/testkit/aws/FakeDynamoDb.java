package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// DynamoDB, as far as items are put, deleted and looked at. Limits: the API reference of
/// BatchWriteItem: 25 requests, 16 MiB, no key twice, 400 KiB for an item. Knows neither conditions
/// nor updates nor transactions.
public final class FakeDynamoDb extends FakeService {

  private static final int MAX_REQUESTS = 25;
  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  private final Map<String, DynamoTable> tables = new LinkedHashMap<>();

  FakeDynamoDb(Settings settings) {
    super(Service.DYNAMODB, settings);
  }

  /// Makes a table whose partition key is a string.
  public FakeDynamoDb createTable(String name, String partitionKey) {
    return create(name, List.of(partitionKey));
  }

  /// Makes a table whose partition key and sort key are strings.
  public FakeDynamoDb createTable(String name, String partitionKey, String sortKey) {
    return create(name, List.of(partitionKey, sortKey));
  }

  private FakeDynamoDb create(String name, List<String> keys) {
    var schema = new ArrayList<Struct>();
    var attributes = new ArrayList<Struct>();
    for (String key : keys) {
      schema.add(
          Struct.of("AttributeName", key).with("KeyType", schema.isEmpty() ? "HASH" : "RANGE"));
      attributes.add(Struct.of("AttributeName", key).with("AttributeType", "S"));
    }
    return create(
        Struct.of("TableName", name)
            .with("KeySchema", schema)
            .with("AttributeDefinitions", attributes));
  }

  private FakeDynamoDb create(Struct definition) {
    return locked(
        () -> {
          tables.put(definition.text("TableName", ""), new DynamoTable(definition));
          return this;
        });
  }

  /// The items of a table as they are now, each as JSON.
  public List<String> items(String table) {
    return locked(
        () -> {
          DynamoTable found = tables.get(table);
          return found == null ? List.of() : found.items().stream().map(Struct::toString).toList();
        });
  }

  /// A write, wherever it stands in its call.
  private record Write(String table, @Nullable Struct put, @Nullable Struct delete) {

    Struct subject() {
      return put != null ? put : delete != null ? delete : Struct.empty();
    }
  }

  private static List<Write> writes(AwsCall call) {
    Struct body = call.body();
    String table = body.text("TableName", "");
    return switch (call.operation()) {
      case "PutItem" -> List.of(new Write(table, body.struct("Item"), null));
      case "DeleteItem" -> List.of(new Write(table, null, body.struct("Key")));
      case "BatchWriteItem" -> {
        var writes = new ArrayList<Write>();
        Struct requests = body.struct("RequestItems");
        if (requests != null) {
          for (String name : requests.members().keySet()) {
            for (Struct request : requests.structs(name)) {
              Struct put = request.struct("PutRequest");
              Struct delete = request.struct("DeleteRequest");
              writes.add(
                  new Write(
                      name,
                      put == null ? null : put.struct("Item"),
                      delete == null ? null : delete.struct("Key")));
            }
          }
        }
        yield writes;
      }
      default -> List.of();
    };
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    String table = call.body().text("TableName");
    if (table != null && !call.operation().equals("CreateTable") && !tables.containsKey(table)) {
      return notFound();
    }
    List<Write> writes = writes(call);
    if (call.operation().equals("BatchWriteItem")) {
      if (writes.isEmpty() || writes.size() > MAX_REQUESTS) {
        return invalid(
            "1 validation error detected: Value of length %d at 'requestItems' failed to satisfy"
                    .formatted(writes.size())
                + " constraint: Member must have length between 1 and "
                + MAX_REQUESTS);
      }
      if (call.wireBytes() > MAX_REQUEST_BYTES) {
        return invalid("Request size exceeds the limit of " + MAX_REQUEST_BYTES + " bytes");
      }
    }
    return refused(writes);
  }

  private @Nullable Refusal refused(List<Write> writes) {
    Set<String> keys = new HashSet<>();
    for (Write write : writes) {
      DynamoTable table = tables.get(write.table());
      if (table == null) {
        return notFound();
      }
      String reason =
          write.put() != null
              ? table.refusedItem(write.put())
              : table.refusedKeyOnly(write.subject());
      if (reason != null) {
        return invalid(reason);
      }
      if (!keys.add(write.table() + table.keyOf(write.subject()))) {
        return invalid("Provided list of item keys contains duplicates");
      }
    }
    return null;
  }

  private static Refusal notFound() {
    return Refusal.of("ResourceNotFoundException", "Requested resource not found");
  }

  private static Refusal invalid(String message) {
    return Refusal.of("ValidationException", message);
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    Struct body = call.body();
    return switch (call.operation()) {
      case "CreateTable" -> {
        create(body);
        yield AwsAnswer.done(Struct.of("TableDescription", table(body).description()));
      }
      case "DescribeTable" -> AwsAnswer.done(Struct.of("Table", table(body).description()));
      case "BatchWriteItem" -> {
        write(call);
        yield AwsAnswer.done(Struct.of("UnprocessedItems", Struct.empty()));
      }
      case "PutItem", "DeleteItem" -> {
        write(call);
        yield AwsAnswer.done(Struct.empty());
      }
      case "GetItem" -> {
        Struct key = body.struct("Key");
        yield AwsAnswer.done(Struct.of("Item", key == null ? null : table(body).get(key)));
      }
      case "Scan" -> AwsAnswer.done(listed(table(body).items()));
      case "Query" -> AwsAnswer.done(listed(queried(table(body), body)));
      default -> unknown(call);
    };
  }

  private void write(AwsCall call) {
    List<Write> writes = writes(call);
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      DynamoTable table = table(Struct.of("TableName", write.table()));
      if (keepsItems()) {
        if (write.put() != null) {
          table.put(write.put());
        } else {
          table.delete(write.subject());
        }
      }
      store(
          call,
          i,
          write.table(),
          table.keyOf(write.subject()),
          write.subject().toString().getBytes(StandardCharsets.UTF_8),
          Map.of("Request", write.put() != null ? "PutRequest" : "DeleteRequest"));
    }
  }

  private static Struct listed(List<Struct> items) {
    return Struct.of("Items", items).with("Count", items.size()).with("ScannedCount", items.size());
  }

  /// `name = :value`, joined by AND: no more of the language of conditions is known.
  private static List<Struct> queried(DynamoTable table, Struct body) {
    Struct values = body.struct("ExpressionAttributeValues");
    Struct names = body.struct("ExpressionAttributeNames");
    return table.items().stream()
        .filter(
            item -> {
              for (String part : body.text("KeyConditionExpression", "").split("(?i) and ", -1)) {
                String[] sides = part.strip().split("\\s*=\\s*", 2);
                String name = names == null ? sides[0] : names.text(sides[0], sides[0]);
                Object wanted = values == null ? null : values.get(sides[1]);
                if (!String.valueOf(wanted).equals(String.valueOf(item.get(name)))) {
                  return false;
                }
              }
              return true;
            })
        .toList();
  }

  private DynamoTable table(Struct body) {
    DynamoTable table = tables.get(body.text("TableName", ""));
    if (table == null) {
      throw new IllegalStateException("the table was there when the call was checked");
    }
    return table;
  }
}
