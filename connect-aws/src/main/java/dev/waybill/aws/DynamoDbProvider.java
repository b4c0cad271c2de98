package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.aws.AttributeValues.Nulls;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `dynamodb:TABLE`: records as items of a DynamoDB table.
public final class DynamoDbProvider implements DestinationProvider {

  private enum Operation {
    PUT,
    DELETE
  }

  @Override
  public List<String> schemes() {
    return List.of("dynamodb");
  }

  @Override
  public String summary() {
    return "A DynamoDB table: dynamodb:TABLE";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of("operation", "put", "What is done with the records: put or delete"),
        Option.of(
            "operation-field",
            null,
            "The field that says put or delete for its record; it is not written itself"),
        Option.of(
            "key",
            null,
            "The attributes of the table's key, by commas, for credentials that may not describe"
                + " the table"),
        Option.of(
            "nulls", "keep", "What becomes of fields without a value: keep (as NULL) or omit"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(options, delivery, "operation-field", "key");
    DynamoDbDestination.Builder<Fields> builder = DynamoDbDestination.builder();
    Operation usual = options.choice("operation", Operation.class);
    Nulls nulls = options.choice("nulls", Nulls.class);
    String field = options.text("operation-field");
    builder
        .table(AwsOptions.name(address, "dynamodb:TABLE"))
        .writeByKey((fields, key) -> write(fields, key, nulls, usual, field));
    List<String> key = options.list("key");
    switch (key.size()) {
      case 0 -> {}
      case 1 -> builder.key(key.getFirst());
      case 2 -> builder.key(key.getFirst(), key.getLast());
      default -> throw options.bad("key", "takes one attribute or two");
    }
    return AwsOptions.apply(builder, options).open();
  }

  private static DynamoDbWrite write(
      Fields fields, TableKey key, Nulls nulls, Operation usual, @Nullable String field) {
    Map<String, AttributeValue> item = AttributeValues.item(fields, key, nulls);
    Operation operation = usual;
    if (field != null) {
      item.remove(field);
      operation = operation(field, fields.text(field), usual);
    }
    return switch (operation) {
      case PUT -> new DynamoDbWrite.Put(item);
      case DELETE -> new DynamoDbWrite.Delete(new LinkedHashMap<>(key.in(item)));
    };
  }

  private static Operation operation(String field, @Nullable String value, Operation usual) {
    return switch (value == null ? "" : value.strip().toLowerCase(Locale.ROOT)) {
      case "" -> usual;
      case "put" -> Operation.PUT;
      case "delete" -> Operation.DELETE;
      default ->
          throw new UnfitItemException(
              "the field '%s' says neither put nor delete: '%s'".formatted(field, value));
    };
  }
}
