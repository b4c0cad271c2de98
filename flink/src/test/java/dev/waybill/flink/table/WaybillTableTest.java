package dev.waybill.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.flink.LocalCluster;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class WaybillTableTest {

  private final StreamExecutionEnvironment environment = LocalCluster.environment(1);
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(environment);

  @Test
  void changesOfAQueryAreUpsertedAndDeletedByTheirKey() throws Exception {
    changelog(
        Row.ofKind(RowKind.INSERT, 1L, "Ada"),
        Row.ofKind(RowKind.INSERT, 2L, "Bea"),
        Row.ofKind(RowKind.UPDATE_AFTER, 1L, "Ada Lovelace"),
        Row.ofKind(RowKind.DELETE, 2L, "Bea"),
        Row.ofKind(RowKind.INSERT, 3L, "Cleo"));
    tables.executeSql(
        """
        CREATE TABLE crm (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)
        WITH ('connector' = 'waybill', 'destination' = 'map:crm', 'batch-size' = '10')
        """);

    tables.executeSql("INSERT INTO crm SELECT * FROM changes").await();

    Map<String, Fields> crm = MapProvider.map("map:crm");
    assertThat(crm).containsOnlyKeys("1", "3");
    assertThat(crm.get("1")).hasToString("{id=1, name=Ada Lovelace}");
  }

  @Test
  void insertsNeedNoKey() throws Exception {
    tables.executeSql(
        """
        CREATE TABLE log (id INT, at_time TIMESTAMP(3), tags ARRAY<STRING>)
        WITH ('connector' = 'waybill', 'destination' = 'map:log', 'option.greeting' = 'hi')
        """);

    tables
        .executeSql("INSERT INTO log VALUES (7, TIMESTAMP '2026-01-02 03:04:05', ARRAY['a', 'b'])")
        .await();

    assertThat(MapProvider.map("map:log").get("7"))
        .hasToString("{id=7, at_time=2026-01-02T03:04:05, tags=[a, b]}");
  }

  @Test
  void updatesWithoutAKeyAndDeletionsThatCannotBeMadeAreRefusedBeforeTheJobStarts() {
    changelog(Row.ofKind(RowKind.INSERT, 1L, "Ada"), Row.ofKind(RowKind.DELETE, 1L, "Ada"));
    tables.executeSql(
        "CREATE TABLE nokey (id BIGINT, name STRING)"
            + " WITH ('connector' = 'waybill', 'destination' = 'map:nokey')");
    tables.executeSql(
        "CREATE TABLE sim (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
            + " WITH ('connector' = 'waybill', 'destination' = 'sim:')");

    assertThatThrownBy(() -> tables.executeSql("INSERT INTO nokey SELECT * FROM changes"))
        .hasStackTraceContaining("has no primary key to apply them by");
    assertThatThrownBy(() -> tables.executeSql("INSERT INTO sim SELECT * FROM changes"))
        .hasStackTraceContaining("its destination sim: can not delete records");
  }

  private void changelog(Row... changes) {
    tables.createTemporaryView(
        "changes",
        tables.fromChangelogStream(
            environment.fromData(
                org.apache.flink.api.common.typeinfo.Types.ROW_NAMED(
                    new String[] {"id", "name"},
                    org.apache.flink.api.common.typeinfo.Types.LONG,
                    org.apache.flink.api.common.typeinfo.Types.STRING),
                changes),
            Schema.newBuilder()
                .column("id", DataTypes.BIGINT().notNull())
                .column("name", DataTypes.STRING())
                .primaryKey("id")
                .build(),
            ChangelogMode.upsert()));
  }
}
