package dev.waybill.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlowsFolderTest {

  private static final Tenant TENANT = new Tenant("acme", "prod");

  private static final String JOB =
      "source: {files: [in.csv]}\ndestination: {to: 'http://localhost/records'}\n";

  @TempDir Path directory;

  private Store store;
  private Catalog catalog;
  private FlowsFolder folder;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(directory.resolve("flows"));
    store = Store.open(directory.resolve("service.db").toString());
    catalog = SqlCatalog.open(store);
    folder = new FlowsFolder(directory.resolve("flows"), TENANT, catalog, store.clock());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// A change counts when two looks have seen it.
  private void settle() {
    folder.look();
    folder.look();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve("flows").resolve(name), text);
  }

  private List<Flow> flows() {
    return catalog.folderFlows();
  }

  @Test
  void fileBecomesAFlowThatBearsItsName() throws IOException {
    write(
        "nightly.job.yaml",
        JOB + "service: {cron: '30 2 * * *', zone: Europe/Berlin, partial-ingestion-percent: 5}\n");
    settle();

    Flow flow = flows().getFirst();
    assertThat(flow.name()).isEqualTo("nightly");
    assertThat(flow.schedule())
        .isEqualTo(new Schedule.Cron("30 2 * * *", ZoneId.of("Europe/Berlin")));
    assertThat(flow.options().partialIngestionPercent()).isEqualTo(5);
    assertThat(flow.folderFile()).isEqualTo("nightly.job.yaml");
  }

  @Test
  void changedFileChangesItsFlowAndARemovedOneRemovesIt() throws IOException {
    write("a.yaml", JOB);
    settle();
    Flow before = flows().getFirst();
    write("a.yaml", JOB + "service: {every: 15m}\n");
    settle();

    Flow after = flows().getFirst();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.stamp().version()).isEqualTo(2);
    assertThat(after.schedule()).isInstanceOf(Schedule.Every.class);

    Files.delete(directory.resolve("flows").resolve("a.yaml"));
    settle();
    assertThat(flows()).isEmpty();
  }

  @Test
  void brokenFileKeepsTheLastGoodFlowAndShowsItsComplaint() throws IOException {
    write("a.yaml", JOB);
    settle();
    String job = flows().getFirst().job();
    write("a.yaml", "source: {fils: [in.csv]}\n");
    settle();

    Flow flow = flows().getFirst();
    assertThat(flow.job()).isEqualTo(job);
    assertThat(FlowsFolder.complaint(flow)).contains("has no 'fils'");
    assertThat(folder.complaints()).containsKey("a.yaml");

    write("a.yaml", JOB);
    settle();
    assertThat(FlowsFolder.complaint(flows().getFirst())).isNull();
  }

  @Test
  void sameFolderSeenByAnotherProcessMakesNoSecondFlow() throws IOException {
    var other = new FlowsFolder(directory.resolve("flows"), TENANT, catalog, store.clock());
    write("a.yaml", JOB);
    settle();
    other.look();
    other.look();

    assertThat(flows()).hasSize(1);
  }
}
