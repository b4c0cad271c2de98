package dev.waybill.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.Receipt;
import dev.waybill.flink.receipts.JsonRows;
import dev.waybill.flink.receipts.ReceiptFiles;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.sim.SimulatedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliverTest {

  private static final long RECORDS = 40_000;

  @TempDir private Path folder;

  @Test
  void everyRecordHasOneReceiptAfterAFailover() throws Exception {
    SimulatedService service =
        SharedService.start(
            "crm",
            Map.of(
                "idempotent",
                "true",
                "key",
                "id",
                "bad",
                "0.01",
                "throttle",
                "0.02",
                "retry-after",
                "100ms",
                "drop",
                "0.03",
                "defer",
                "0.01",
                "latency",
                "5ms"));
    LocalCluster.FailsOnce.FAILED.set(false);
    StreamExecutionEnvironment environment = LocalCluster.environment(2);
    DataStream<Fields> contacts =
        LocalCluster.contacts(environment, RECORDS)
            .map(new LocalCluster.FailsOnce(RECORDS / 4))
            .returns(ValueType.FIELDS);
    DataStream<Receipt<Fields>> receipts =
        Waybill.named("crm", SharedService.opener("crm"))
            .key(contact -> contact.text("id"))
            .deliver(contacts);
    ReceiptFiles.write(receipts, folder.toString(), new JsonRows());

    JobExecutionResult result = environment.execute();

    assertThat(LocalCluster.FailsOnce.FAILED).isTrue();
    List<String> success = lines("success");
    List<String> fail = lines("fail");
    assertThat(success.size() + fail.size() + lines("retry").size()).isEqualTo(RECORDS);
    assertThat(new HashSet<>(success)).hasSameSizeAs(success);
    assertThat(result.<Long>getAccumulatorResult("waybill.delivered")).isEqualTo(success.size());
    assertThat(result.<Long>getAccumulatorResult("waybill.rejected")).isEqualTo(fail.size());
    assertThat(fail).isNotEmpty().allMatch(line -> line.contains("\"error\":"));
    for (long id = 1; id <= RECORDS; id++) {
      int copies = service.truth().timesApplied(String.valueOf(id));
      assertThat(copies).isLessThanOrEqualTo(1);
    }
    assertThat(service.truth().applied()).isEqualTo(success.size());
  }

  private List<String> lines(String kind) throws IOException {
    var lines = new ArrayList<String>();
    if (Files.isDirectory(folder.resolve(kind))) {
      try (Stream<Path> files = Files.list(folder.resolve(kind))) {
        for (Path file :
            files.filter(path -> !path.getFileName().toString().startsWith(".")).toList()) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }
}
