package dev.waybill.testkit.aws;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One stream: its shards share the space of hash keys evenly.
final class KinesisStream {

  private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);

  private final String name;
  private final int maxRecordKibibytes;
  private final List<List<Struct>> shards = new ArrayList<>();

  KinesisStream(String name, int shards, int maxRecordKibibytes) {
    this.name = name;
    this.maxRecordKibibytes = maxRecordKibibytes;
    for (int i = 0; i < shards; i++) {
      this.shards.add(new ArrayList<>());
    }
  }

  String name() {
    return name;
  }

  int maxRecordBytes() {
    return maxRecordKibibytes * 1024;
  }

  static String shardId(int shard) {
    return "shardId-%012d".formatted(shard);
  }

  /// The shard of a partition key: by its MD5 as an unsigned number of 128 bits.
  int shardOf(String key) {
    return shards.size() == 1
        ? 0
        : shardAt(new BigInteger(1, Md5.digest(key.getBytes(StandardCharsets.UTF_8))));
  }

  int shardAt(BigInteger hashKey) {
    return hashKey.multiply(BigInteger.valueOf(shards.size())).divide(HASH_KEYS).intValue();
  }

  void add(int shard, Struct record) {
    shards.get(shard).add(record);
  }

  List<Struct> records(String shardId) {
    return shards.get(Integer.parseInt(shardId.substring(shardId.lastIndexOf('-') + 1)));
  }

  Struct summary() {
    return Struct.of(
        "StreamDescriptionSummary",
        Struct.of("StreamName", name)
            .with(
                "StreamARN", "arn:aws:kinesis:us-east-1:" + FakeService.ACCOUNT + ":stream/" + name)
            .with("StreamStatus", "ACTIVE")
            .with("RetentionPeriodHours", 24)
            .with("OpenShardCount", shards.size())
            .with("MaxRecordSizeInKiB", maxRecordKibibytes));
  }

  List<Struct> shards() {
    var told = new ArrayList<Struct>();
    for (int i = 0; i < shards.size(); i++) {
      told.add(
          Struct.of("ShardId", shardId(i))
              .with(
                  "HashKeyRange",
                  Struct.of("StartingHashKey", bound(i).toString())
                      .with("EndingHashKey", bound(i + 1).subtract(BigInteger.ONE).toString()))
              .with("SequenceNumberRange", Struct.of("StartingSequenceNumber", "0")));
    }
    return told;
  }

  private BigInteger bound(int shard) {
    return HASH_KEYS.multiply(BigInteger.valueOf(shard)).divide(BigInteger.valueOf(shards.size()));
  }
}
