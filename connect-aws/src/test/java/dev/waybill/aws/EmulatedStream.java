package dev.waybill.aws;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// A stream of one shard in an emulator.
record EmulatedStream(KinesisAsyncClient client, String name) implements EmulatedStore {

  private static final long PAUSE_NANOS = 5_000_000;

  EmulatedStream(AwsConnection connection, String name) {
    this(connection.client(KinesisAsyncClient.builder()), name);
    client.createStream(request -> request.streamName(name).shardCount(1)).join();
    while (status() != StreamStatus.ACTIVE) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private StreamStatus status() {
    return client
        .describeStreamSummary(request -> request.streamName(name))
        .join()
        .streamDescriptionSummary()
        .streamStatus();
  }

  @Override
  public List<String> texts() {
    String shard =
        client.listShards(request -> request.streamName(name)).join().shards().getFirst().shardId();
    String iterator =
        client
            .getShardIterator(
                request ->
                    request
                        .streamName(name)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .join()
            .shardIterator();
    return client.getRecords(request -> request.shardIterator(iterator)).join().records().stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  @Override
  public void close() {
    AwsConnection.close(client);
  }
}
