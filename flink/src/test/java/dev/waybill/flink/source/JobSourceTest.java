package dev.waybill.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.flink.LocalCluster;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Source;
import dev.waybill.testkit.kafka.KafkaBroker;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSourceTest {

  @TempDir private Path folder;

  @BeforeEach
  void noFailureYet() {
    FailsOnce.FAILED.set(false);
    FailsOnce.before = () -> {};
  }

  @Test
  void largeFilesAreReadByAllAndEachRecordComesOnceAfterAFailover() throws Exception {
    Job job =
        job(
            List.of(
                csv("a.csv", 3_000_000),
                csv("b.csv.gz", 100_000),
                csv("c.csv", 900),
                csv("d.csv", 2_000_000)));
    assertThat(JobSource.pieces(job, 2)).isEqualTo(2 + 1 + 1 + 1);

    assertThat(read(job, 2_000)).isEqualTo(expected(job));
    assertThat(FailsOnce.FAILED).isTrue();
  }

  @Test
  void limitCountsOverAllFiles() throws Exception {
    var settings = settings(List.of(csv("a.csv", 40_000), csv("b.csv", 90_000)));
    settings.set(JobKey.START_AT, new Given("8", "--start-at"));
    settings.set(JobKey.LIMIT, new Given("120", "--limit"));

    assertThat(read(settings.job(), Integer.MAX_VALUE))
        .hasSize(120)
        .first()
        .asString()
        .contains("0008 ", "a.csv");
  }

  @Test
  void databaseIsReadOnAfterAFailover() throws Exception {
    Job job = database();

    List<String> read = read(job, 3_000);

    assertThat(FailsOnce.FAILED).isTrue();
    assertThat(read).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(read.getLast()).startsWith("%020d ".formatted(ROWS));
  }

  @Test
  void databaseThatChangedBeforeAFailoverIsNotReadOn() throws Exception {
    Job job = database();
    FailsOnce.before = () -> sql("update contact set text = 'other' where id = 5");

    assertThatThrownBy(() -> read(job, 3_000))
        .hasStackTraceContaining("its first ")
        .hasStackTraceContaining("records are not what they were");
  }

  @Test
  void topicIsReadUpToWhatItHoldsAndEachRecordComesOnceAfterAFailover() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    broker.createTopic("contacts", 3);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int id = 1; id <= ROWS; id++) {
        String value = id % 1_000 == 0 ? "no JSON" : "{\"id\":" + id + ",\"text\":\"x\"}";
        var unused = producer.send(new ProducerRecord<>("contacts", "key-" + id, value));
      }
    }
    Job job = job(List.of("kafka://" + broker.address() + "/contacts"));

    List<String> read = read(job, 3_000);

    assertThat(FailsOnce.FAILED).isTrue();
    assertThat(read).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(read).filteredOn(line -> line.contains("not_json")).hasSize(ROWS / 1_000);
    assertThat(read.getFirst()).startsWith("%020d contacts-0:0 0 ".formatted(1));
    assertThat(read.getLast()).contains(" contacts-2:0 ");
  }

  private static final int ROWS = 40_000;

  private Job database() throws Exception {
    sql("pragma journal_mode = wal");
    sql("create table contact (id integer primary key, text)");
    sql(
        "insert into contact select value, 'name ' || value from (with recursive n(value) as (select 1 union all select value + 1 from n where value < %d) select value from n)"
            .formatted(ROWS));
    var settings = settings(List.of("sqlite:" + folder.resolve("crm.db")));
    settings.sourceOption("table", "contact");
    return settings.job();
  }

  private void sql(String sql) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("crm.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the source gives out in a job of two subtasks, sorted: ordinal, place and text of each.
  @SuppressWarnings("try") // as Flink declares its closing
  private static List<String> read(Job job, int failAt) throws Exception {
    StreamExecutionEnvironment environment = LocalCluster.environment(2);
    DataStream<String> read =
        environment
            .fromSource(new JobSource(JobText.of(job)), WatermarkStrategy.noWatermarks(), "source")
            .map(new FailsOnce(failAt))
            .returns(Types.STRING);
    var found = new ArrayList<String>();
    try (CloseableIterator<String> all = read.executeAndCollect()) {
      all.forEachRemaining(found::add);
    }
    found.sort(null);
    return found;
  }

  private static List<String> expected(Job job) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < job.files().size(); i++) {
      long base = (long) i << 40;
      try (Source source = JobText.open(job, List.of(job.files().get(i)))) {
        var intake =
            new Intake<Fields>() {
              @Override
              public void accept(Item<Fields> item) {
                lines.add(line(item.at(base + item.ordinal())));
              }

              @Override
              public void refuse(Item<Fields> item, Reason reason) {
                lines.add(line(item.at(base + item.ordinal())) + reason);
              }
            };
        while (source.next(intake)) {
          // the intake has it
        }
      }
    }
    lines.sort(null);
    return lines;
  }

  private static String line(Item<Fields> item) {
    Origin origin = Objects.requireNonNull(item.origin());
    return "%020d %s:%d %d %s"
        .formatted(item.ordinal(), origin.file(), origin.line(), origin.offset(), item.payload());
  }

  /// Rows of which some have line ends in their cells, some are refused, and some are empty.
  private String csv(String name, int bytes) throws IOException {
    Path path = folder.resolve(name);
    var random = new Random(bytes);
    try (Writer out =
        name.endsWith(".gz")
            ? new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(path)), StandardCharsets.UTF_8)
            : Files.newBufferedWriter(path)) {
      out.write("id,text\n");
      for (int written = 0, id = 1; written < bytes; id++) {
        String row =
            switch (random.nextInt(12)) {
              case 0 ->
                  id + ",\"" + "a line,\nof \"\"many\"\"\n".repeat(random.nextInt(900)) + "\"\n";
              case 1 -> id + ",too,many\n";
              case 2 -> "\n";
              default -> id + ",\"name " + id + "\"\r\n";
            };
        out.write(row);
        written += row.length();
      }
    }
    return path.toString();
  }

  private static Job job(List<String> files) {
    return settings(files).job();
  }

  private static JobSettings settings(List<String> files) {
    var settings = new JobSettings();
    settings.files(files);
    settings.set(JobKey.TO, new Given("sim:", "--to"));
    return settings;
  }

  /// Fails the job once, after so many records of a subtask, but not before a checkpoint is
  /// complete.
  private static final class FailsOnce
      implements MapFunction<Parcel<Fields>, String>, CheckpointListener {

    private static final long serialVersionUID = 1;
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    private static Runnable before = () -> {};

    private final int after;
    private int seen;
    private boolean complete;

    FailsOnce(int after) {
      this.after = after;
    }

    @Override
    public String map(Parcel<Fields> parcel) {
      if (++seen > after && complete && FAILED.compareAndSet(false, true)) {
        before.run();
        throw new IllegalStateException("a failure that the test wants");
      }
      return line(parcel.item()) + (parcel.refusal() == null ? "" : parcel.refusal());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      complete = true;
    }
  }
}
