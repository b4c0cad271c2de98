package dev.waybill.flink.table;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Receipt;
import dev.waybill.UserException;
import dev.waybill.flink.Waybill;
import dev.waybill.flink.receipts.JsonRows;
import dev.waybill.flink.receipts.ReceiptFiles;
import dev.waybill.flink.table.TableDestination.Changes;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.DestinationProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/// A destination as a table. With a primary key it takes upserts, and deletions where the
/// destination can delete; without one it takes inserts alone.
final class WaybillTableSink implements DynamicTableSink {

  private final String table;
  private final String address;
  private final Map<String, String> options;
  private final TableSettings settings;
  private final @Nullable String receipts;
  private final @Nullable Integer parallelism;
  private final DataType rows;
  private final int[] key;
  private Changes changes = Changes.INSERTS;

  WaybillTableSink(
      String table,
      String address,
      Map<String, String> options,
      TableSettings settings,
      @Nullable String receipts,
      @Nullable Integer parallelism,
      DataType rows,
      int[] key) {
    this.table = table;
    this.address = address;
    this.options = options;
    this.settings = settings;
    this.receipts = receipts;
    this.parallelism = parallelism;
    this.rows = rows;
    this.key = key;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    if (requested.containsOnly(RowKind.INSERT)) {
      changes = Changes.INSERTS;
      return ChangelogMode.insertOnly();
    }
    if (key.length == 0) {
      throw new ValidationException(
          "The table "
              + table
              + " gets updates and has no primary key to apply them by: declare PRIMARY KEY (…) NOT"
              + " ENFORCED.");
    }
    if (!requested.contains(RowKind.DELETE)) {
      changes = Changes.UPSERTS;
      return ChangelogMode.newBuilder()
          .addContainedKind(RowKind.INSERT)
          .addContainedKind(RowKind.UPDATE_AFTER)
          .build();
    }
    if (!canDelete(Connectors.found().destination(address))) {
      throw new ValidationException(
          "The table "
              + table
              + " gets deletions, and its destination "
              + address.replaceAll(":.*", ":")
              + " can not delete records: make a query that only adds and updates.");
    }
    changes = Changes.UPSERTS_AND_DELETES;
    return ChangelogMode.upsert();
  }

  /// Whether a provider has a deleting side, which can not be asked without opening it.
  private static boolean canDelete(DestinationProvider provider) {
    return Arrays.stream(provider.getClass().getMethods())
        .anyMatch(
            method ->
                method.getName().equals("openDeleting")
                    && method.getDeclaringClass() != DestinationProvider.class);
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    DataStructureConverter converter = context.createDataStructureConverter(rows);
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext names, DataStream<RowData> stream) {
        return deliver(names, stream, converter);
      }

      @Override
      public Optional<Integer> getParallelism() {
        return Optional.ofNullable(parallelism);
      }
    };
  }

  private DataStreamSink<?> deliver(
      ProviderContext names, DataStream<RowData> stream, DataStructureConverter converter) {
    List<String> columns = DataType.getFieldNames(rows);
    List<String> keyColumns = Arrays.stream(key).mapToObj(columns::get).toList();
    var destination = new TableDestination(address, options, columns, keyColumns, name(), changes);
    Waybill<Fields> waybill =
        Waybill.named(table, destination)
            .key(change -> RowFields.keyOf(change, keyColumns))
            .policy(settings);
    SingleOutputStreamOperator<Fields> records =
        stream.map(new RowFields(converter, columns, key)).returns(ValueType.FIELDS);
    records.setParallelism(stream.getParallelism());
    SingleOutputStreamOperator<Receipt<Fields>> delivered =
        (changes == Changes.INSERTS ? waybill : waybill.keepingOrder()).deliver(records);
    delivered.setParallelism(parallelism == null ? stream.getParallelism() : parallelism);
    names.generateUid("delivery").ifPresent(delivered::uid);
    if (receipts != null) {
      ReceiptFiles.write(delivered, receipts, new JsonRows());
      return delivered.sinkTo(new DiscardingSink<>());
    }
    return delivered.map(WaybillTableSink::demandDelivery).sinkTo(new DiscardingSink<>());
  }

  private static boolean demandDelivery(Receipt<Fields> receipt) {
    if (receipt.disposition() != Disposition.DELIVERED) {
      throw new UserException(
          "The record with the key %s is %s: %s; set 'receipts' to a folder to go on without it."
              .formatted(
                  receipt.item().key(),
                  receipt.disposition().name().toLowerCase(Locale.ROOT),
                  receipt.reason()));
    }
    return true;
  }

  private String name() {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  @Override
  public DynamicTableSink copy() {
    var copy =
        new WaybillTableSink(table, address, options, settings, receipts, parallelism, rows, key);
    copy.changes = changes;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "Waybill to " + address.replaceAll(":.*", ":");
  }
}
