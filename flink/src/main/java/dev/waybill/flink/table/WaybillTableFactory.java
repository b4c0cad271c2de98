package dev.waybill.flink.table;

import dev.waybill.flow.launch.Connectors;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/// Makes tables with `'connector' = 'waybill'`; found by Flink's service loader.
public final class WaybillTableFactory implements DynamicTableSinkFactory {

  static final String OPTION_PREFIX = "option.";

  private static final ConfigOption<String> DESTINATION =
      ConfigOptions.key("destination")
          .stringType()
          .noDefaultValue()
          .withDescription("The destination's address, as after --to.");
  private static final ConfigOption<Integer> BATCH_SIZE =
      ConfigOptions.key("batch-size").intType().noDefaultValue();
  private static final ConfigOption<Integer> CONCURRENCY =
      ConfigOptions.key("concurrency").intType().noDefaultValue();
  private static final ConfigOption<Double> RATE =
      ConfigOptions.key("rate").doubleType().noDefaultValue();
  private static final ConfigOption<Integer> MAX_ATTEMPTS =
      ConfigOptions.key("max-attempts").intType().noDefaultValue();
  private static final ConfigOption<String> RECEIPTS =
      ConfigOptions.key("receipts")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A folder for files of receipts; without it a record that is not delivered fails the"
                  + " job.");

  /// For Flink.
  public WaybillTableFactory() {}

  @Override
  public String factoryIdentifier() {
    return "waybill";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(DESTINATION);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return new LinkedHashSet<>(
        List.of(
            BATCH_SIZE, CONCURRENCY, RATE, MAX_ATTEMPTS, RECEIPTS, FactoryUtil.SINK_PARALLELISM));
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    var helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validateExcept(OPTION_PREFIX);
    var options = helper.getOptions();
    String address = options.get(DESTINATION);
    // Says at once if there is no such destination.
    Connectors.found().destination(address);
    Map<String, String> given = new HashMap<>();
    context
        .getCatalogTable()
        .getOptions()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OPTION_PREFIX)) {
                given.put(name.substring(OPTION_PREFIX.length()), value);
              }
            });
    DataType rows = context.getPhysicalRowDataType();
    var settings =
        new TableSettings(
            options.getOptional(BATCH_SIZE).orElse(null),
            options.getOptional(CONCURRENCY).orElse(null),
            options.getOptional(RATE).orElse(null),
            options.getOptional(MAX_ATTEMPTS).orElse(null));
    return new WaybillTableSink(
        context.getObjectIdentifier().asSummaryString(),
        address,
        given,
        settings,
        options.getOptional(RECEIPTS).orElse(null),
        options.getOptional(FactoryUtil.SINK_PARALLELISM).orElse(null),
        rows,
        context.getPrimaryKeyIndexes());
  }
}
