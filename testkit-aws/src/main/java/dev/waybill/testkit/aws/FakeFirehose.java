package dev.waybill.testkit.aws;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Data Firehose, direct put. Limits: the API reference of PutRecordBatch: 500 records, 1,000 KiB
/// each, 4 MiB in all.
public final class FakeFirehose extends FakeService {

  private static final int MAX_RECORDS = 500;
  private static final int MAX_RECORD_BYTES = 1000 * 1024;
  private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  private final Set<String> streams = new LinkedHashSet<>();

  FakeFirehose(Settings settings) {
    super(Service.FIREHOSE, settings);
  }

  /// Makes a delivery stream.
  public FakeFirehose createDeliveryStream(String name) {
    return locked(
        () -> {
          streams.add(name);
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    String stream = call.body().text("DeliveryStreamName", "");
    if (!streams.contains(stream)) {
      return Refusal.of(
          "ResourceNotFoundException",
          "Firehose " + stream + " under account " + ACCOUNT + " not found.");
    }
    List<Struct> records = records(call);
    if (records.size() > MAX_RECORDS) {
      return Refusal.of(
          "InvalidArgumentException", "A request takes at most " + MAX_RECORDS + " records.");
    }
    long total = 0;
    for (Struct record : records) {
      int bytes = record.blob("Data").length;
      if (bytes > MAX_RECORD_BYTES) {
        return Refusal.of(
            "InvalidArgumentException",
            "A record has " + bytes + " bytes; at most " + MAX_RECORD_BYTES + " are taken.");
      }
      total += bytes;
    }
    return total > MAX_REQUEST_BYTES
        ? Refusal.of(
            "InvalidArgumentException",
            "The records have " + total + " bytes; at most " + MAX_REQUEST_BYTES + " are taken.")
        : null;
  }

  private static List<Struct> records(AwsCall call) {
    Struct single = call.body().struct("Record");
    return single == null ? call.body().structs("Records") : List.of(single);
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    String stream = call.body().text("DeliveryStreamName", "");
    return switch (call.operation()) {
      case "PutRecordBatch" ->
          AwsAnswer.done(
              Struct.of("FailedPutCount", 0)
                  .with("Encrypted", false)
                  .with("RequestResponses", put(call, stream)));
      case "PutRecord" -> AwsAnswer.done(put(call, stream).getFirst());
      case "DescribeDeliveryStream" ->
          AwsAnswer.done(
              Struct.of(
                  "DeliveryStreamDescription",
                  Struct.of("DeliveryStreamName", stream)
                      .with(
                          "DeliveryStreamARN",
                          "arn:aws:firehose:us-east-1:" + ACCOUNT + ":deliverystream/" + stream)
                      .with("DeliveryStreamStatus", "ACTIVE")
                      .with("DeliveryStreamType", "DirectPut")
                      .with("VersionId", "1")
                      .with("Destinations", List.of())
                      .with("HasMoreDestinations", false)));
      default -> unknown(call);
    };
  }

  private List<Struct> put(AwsCall call, String stream) {
    var told = new ArrayList<Struct>();
    List<Struct> records = records(call);
    for (int i = 0; i < records.size(); i++) {
      store(call, i, stream, "", records.get(i).blob("Data"), Map.of());
      told.add(Struct.of("RecordId", "record-" + storedCount()));
    }
    return told;
  }
}
