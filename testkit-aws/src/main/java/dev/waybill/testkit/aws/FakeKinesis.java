package dev.waybill.testkit.aws;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Kinesis Data Streams. Limits: the API reference of PutRecords, 2026: 500 records, 10 MiB in all
/// with partition keys, a record up to what its stream allows (1 MiB unless it says more).
public final class FakeKinesis extends FakeService {

  private static final int MAX_RECORDS = 500;
  private static final int MAX_REQUEST_BYTES = 10 * 1024 * 1024;
  private static final int MAX_KEY_CHARACTERS = 256;

  private final Map<String, KinesisStream> streams = new LinkedHashMap<>();
  private long sequence;

  FakeKinesis(Settings settings) {
    super(Service.KINESIS, settings);
  }

  /// Makes a stream of one shard for records of up to 1 MiB.
  public FakeKinesis createStream(String name) {
    return createStream(name, 1, 1024);
  }

  /// Makes a stream.
  ///
  /// @param maxRecordKibibytes how large a record may be, with its key: 1024 to 10240
  public FakeKinesis createStream(String name, int shards, int maxRecordKibibytes) {
    return locked(
        () -> {
          streams.put(name, new KinesisStream(name, shards, maxRecordKibibytes));
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    Struct body = call.body();
    if (call.operation().equals("CreateStream") || call.operation().equals("GetRecords")) {
      return null;
    }
    KinesisStream stream = streams.get(streamName(body));
    if (stream == null) {
      return Refusal.of(
          "ResourceNotFoundException",
          "Stream " + streamName(body) + " under account " + ACCOUNT + " not found.");
    }
    return switch (call.operation()) {
      case "PutRecords" -> refusedRecords(body.structs("Records"), stream);
      case "PutRecord" -> refusedRecords(List.of(body), stream);
      default -> null;
    };
  }

  private static @Nullable Refusal refusedRecords(List<Struct> records, KinesisStream stream) {
    if (records.isEmpty() || records.size() > MAX_RECORDS) {
      return invalid(
          "records", "Member must have length between 1 and " + MAX_RECORDS, records.size());
    }
    long total = 0;
    for (int i = 0; i < records.size(); i++) {
      String key = records.get(i).text("PartitionKey", "");
      int characters = key.codePointCount(0, key.length());
      if (characters < 1 || characters > MAX_KEY_CHARACTERS) {
        return invalid(
            "records." + (i + 1) + ".member.partitionKey",
            "Member must have length between 1 and " + MAX_KEY_CHARACTERS,
            characters);
      }
      int bytes = records.get(i).blob("Data").length + key.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > stream.maxRecordBytes()) {
        return Refusal.of(
            "InvalidArgumentException",
            "Record %d has %d bytes; the stream takes records of at most %d."
                .formatted(i, bytes, stream.maxRecordBytes()));
      }
      total += bytes;
    }
    return total > MAX_REQUEST_BYTES
        ? Refusal.of(
            "InvalidArgumentException",
            "The records have %d bytes; a request takes at most %d."
                .formatted(total, MAX_REQUEST_BYTES))
        : null;
  }

  private static Refusal invalid(String member, String constraint, int value) {
    return Refusal.of(
        "ValidationException",
        "1 validation error detected: Value of length %d at '%s' failed to satisfy constraint: %s"
            .formatted(value, member, constraint));
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    Struct body = call.body();
    return switch (call.operation()) {
      case "CreateStream" -> {
        createStream(
            body.text("StreamName", ""),
            (int) body.number("ShardCount", 4),
            (int) body.number("MaxRecordSizeInKiB", 1024));
        yield AwsAnswer.done(Struct.empty());
      }
      case "DescribeStreamSummary" -> AwsAnswer.done(stream(body).summary());
      case "ListShards" -> AwsAnswer.done(Struct.of("Shards", stream(body).shards()));
      case "PutRecords" -> {
        var told = new ArrayList<Struct>();
        List<Struct> records = body.structs("Records");
        for (int i = 0; i < records.size(); i++) {
          told.add(put(call, i, records.get(i)));
        }
        yield AwsAnswer.done(Struct.of("FailedRecordCount", 0).with("Records", told));
      }
      case "PutRecord" -> AwsAnswer.done(put(call, 0, body));
      case "GetShardIterator" ->
          AwsAnswer.done(
              Struct.of("ShardIterator", streamName(body) + ":" + body.text("ShardId", "") + ":0"));
      case "GetRecords" -> AwsAnswer.done(read(body.text("ShardIterator", "")));
      default -> unknown(call);
    };
  }

  private Struct put(AwsCall call, int position, Struct record) {
    KinesisStream stream = stream(call.body());
    String key = record.text("PartitionKey", "");
    String explicit = record.text("ExplicitHashKey");
    int shard = explicit == null ? stream.shardOf(key) : stream.shardAt(new BigInteger(explicit));
    // as long as a real one, which begins with 49
    String number = "49%054d".formatted(++sequence);
    byte[] data = record.blob("Data");
    if (keepsItems()) {
      stream.add(
          shard, Struct.of("SequenceNumber", number).with("PartitionKey", key).with("Data", data));
    }
    String shardId = KinesisStream.shardId(shard);
    store(
        call,
        position,
        stream.name(),
        key,
        data,
        Map.of("ShardId", shardId, "SequenceNumber", number));
    return Struct.of("SequenceNumber", number).with("ShardId", shardId);
  }

  private Struct read(String iterator) {
    String[] parts = iterator.split(":", -1);
    KinesisStream stream = streams.get(parts[0]);
    List<Struct> records = stream == null ? List.of() : stream.records(parts[1]);
    int from = Integer.parseInt(parts[2]);
    int to = Math.min(records.size(), from + 1000);
    return Struct.of("Records", List.copyOf(records.subList(from, to)))
        .with("NextShardIterator", parts[0] + ":" + parts[1] + ":" + to)
        .with("MillisBehindLatest", 0);
  }

  private KinesisStream stream(Struct body) {
    KinesisStream stream = streams.get(streamName(body));
    if (stream == null) {
      throw new IllegalStateException("the stream was there when the call was checked");
    }
    return stream;
  }

  private static String streamName(Struct body) {
    String arn = body.text("StreamARN", "");
    return arn.isEmpty() ? body.text("StreamName", "") : arn.substring(arn.lastIndexOf('/') + 1);
  }
}
