package dev.waybill.debezium;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;

/// Has Debezium give the values of columns as the SQL source of the same database would, in place
/// of its own forms, which lose the kind of some and leave out columns of others.
///
/// Made by Debezium, which is why it is public.
public final class PlainValues implements CustomConverter<SchemaBuilder, RelationalColumn> {

  /// For Debezium.
  public PlainValues() {}

  @Override
  public void configure(Properties settings) {
    // it has none
  }

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    Kind kind = Kind.of(column.typeName(), column.nativeType());
    // Of a deleted row most columns are null, whatever the table says of them.
    registration.register(kind.schema(), kind::given);
  }
}
