package dev.waybill.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/// What one writes by hand on top of Flink's own sink for destinations with calls: throttled calls
/// go back into its buffer, and a refused call is repeated record by record, since the base has no
/// answer to it.
final class FlinkAsyncSink extends AsyncSinkBase<String, String> {

  private static final long serialVersionUID = 1;

  private static final long MANY_BYTES = 1L << 30;

  private final long latencyNanos;
  private final int callsPerWindow;
  private final int badEach;

  FlinkAsyncSink(FlinkService service, int batch, int inFlight) {
    super(
        (record, context) -> record,
        batch,
        inFlight,
        10 * batch * inFlight,
        MANY_BYTES,
        100,
        MANY_BYTES);
    latencyNanos = service.latency().toNanos();
    callsPerWindow = service.callsPerWindow();
    badEach = service.badEach();
  }

  @Override
  public StatefulSinkWriter<String, BufferedRequestState<String>> createWriter(
      WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<String, BufferedRequestState<String>> restoreWriter(
      WriterInitContext context, Collection<BufferedRequestState<String>> state) {
    var service = new FlinkService(Duration.ofNanos(latencyNanos), callsPerWindow, badEach);
    var settings =
        AsyncSinkWriterConfiguration.builder()
            .setMaxBatchSize(getMaxBatchSize())
            .setMaxBatchSizeInBytes(getMaxBatchSizeInBytes())
            .setMaxInFlightRequests(getMaxInFlightRequests())
            .setMaxBufferedRequests(getMaxBufferedRequests())
            .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
            .setMaxRecordSizeInBytes(getMaxRecordSizeInBytes())
            .build();
    return new Writer(this, service, context, settings, state);
  }

  @Override
  public SimpleVersionedSerializer<BufferedRequestState<String>> getWriterStateSerializer() {
    return new AsyncSinkWriterStateSerializer<>() {
      @Override
      protected void serializeRequestToStream(String record, DataOutputStream out)
          throws IOException {
        out.writeUTF(record);
      }

      @Override
      protected String deserializeRequestFromStream(long size, DataInputStream in)
          throws IOException {
        return in.readUTF();
      }

      @Override
      public int getVersion() {
        return 1;
      }
    };
  }

  private static final class Writer extends AsyncSinkWriter<String, String> {

    private final FlinkService service;

    @SuppressWarnings("deprecation") // it gives the usual batches and buffer
    Writer(
        FlinkAsyncSink sink,
        FlinkService service,
        WriterInitContext context,
        AsyncSinkWriterConfiguration settings,
        Collection<BufferedRequestState<String>> state) {
      super(sink.getElementConverter(), context, settings, state);
      this.service = service;
    }

    @Override
    protected void submitRequestEntries(List<String> records, ResultHandler<String> result) {
      var unused =
          service
              .call(records)
              .thenAccept(
                  answer -> {
                    switch (answer) {
                      case ACCEPTED -> result.complete();
                      case THROTTLED -> result.retryForEntries(records);
                      case REFUSED -> oneByOne(records, result);
                    }
                  });
    }

    private void oneByOne(List<String> records, ResultHandler<String> result) {
      List<String> again = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<?>[] calls =
          records.stream()
              .map(
                  record ->
                      service
                          .call(List.of(record))
                          .thenAccept(
                              answer -> {
                                if (answer == FlinkService.Answer.THROTTLED) {
                                  again.add(record);
                                }
                              }))
              .toArray(CompletableFuture[]::new);
      var unused =
          CompletableFuture.allOf(calls)
              .thenRun(
                  () -> {
                    if (again.isEmpty()) {
                      result.complete();
                    } else {
                      result.retryForEntries(again);
                    }
                  });
    }

    @Override
    protected long getSizeInBytes(String record) {
      return record.length();
    }
  }
}
