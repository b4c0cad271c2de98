package dev.waybill.debezium;

import static dev.waybill.debezium.PostgresServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.debezium.Reader.Ledger;
import dev.waybill.jdbc.PostgresSourceProvider;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypesTest {

  private static final String COLUMNS =
      """
      id int primary key, i2 smallint, i8 bigint, o oid, n numeric(10,2), m numeric, nan numeric,
      r real, d double precision, inf double precision, b bool, t text, v varchar(5), c char(3),
      day date, old date, at timestamp, whole timestamp, micro timestamp(6), atz timestamptz,
      clock time, j json, jb jsonb, u uuid, y bytea, e mood, dom price, bits bit(4), one bit(1),
      span interval, back interval, ip inet, net cidr, mac macaddr, r4 int4range, x xml,
      ts tsvector, lsn pg_lsn, pair pair, lt text[], li int[], ln numeric[], lr real[], lb bool[],
      nested int[][], lu uuid[], ld date[], la timestamp[], empty text[], nul text
      """;

  private static final String VALUES =
      """
      -5, 9007199254740993, 4294967295, 1.50, 123456789012345678901234567890.5, 'NaN',
      1.1, 0.1, '-Infinity', true, 'ä "q" \\', 'abc', 'x',
      '2026-11-21', '1500-02-28', '2026-11-21 10:00:00.25', '2026-11-21 10:00:00',
      '0001-01-01 00:00:00.000001', '2026-11-21 10:00:00+05:30',
      '10:00:00.5', '{"a": [1, 2.50], "a b": null}', '{"z": 1, "a": {"b": true}}',
      '00000000-0000-0000-0000-00000000000a', '\\x00ff10', 'happy', 3.30, B'1010', B'1',
      '1 year 2 mons 3 days 04:05:06.789', '-1 mon +2 days -00:00:01', '10.0.0.1', '10.0.0.0/8',
      '08:00:2b:01:02:03', '[1,5)', '<a>1</a>',
      'fat & cat'::text::tsvector, '16/B374D848', row(1, 'x'), '{a,NULL,"b,c"}', '{1,2}',
      '{1.50,2}', '{0.5,1.1}', '{t,f}',
      '{{1,2},{3,4}}', '{00000000-0000-0000-0000-00000000000b}', '{2026-11-21}', '{2026-11-21 10:00:00.5}', '{}', null
      """;

  @AfterEach
  void drop() throws SQLException {
    PostgresServer.awaitNobodyReads();
    run(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots",
        "drop publication waybill_kinds",
        "drop table kinds");
  }

  @Test
  void valuesAreThoseOfTheSqlSourceInRowsAndInChanges() throws SQLException {
    run(
        "set time zone 'Asia/Tokyo'",
        "create type mood as enum ('sad', 'happy')",
        "create domain price as numeric(8,2)",
        "create type pair as (a int, b text)",
        "create table kinds (" + COLUMNS + ")",
        "insert into kinds values (1," + VALUES + ")");
    var ledger = new Ledger();
    try (var reader = Reader.of(ledger, "kinds").until(1)) {
      run("update kinds set id = id", "insert into kinds (id) values (2)");
      reader.until(3);
      List<Fields> expected = sqlSource();
      assertThat(columns(reader.items.get(0).payload())).isEqualTo(columns(expected.get(0)));
      assertThat(columns(reader.items.get(1).payload())).isEqualTo(columns(expected.get(0)));
      assertThat(columns(reader.items.get(2).payload())).isEqualTo(columns(expected.get(1)));
    }
  }

  /// Of these the log's decoder does not keep the form that the server gave them.
  @Test
  void valuesOfSomeTypesHaveAFormOfTheirOwnTheSameInRowsAndInChanges() throws SQLException {
    run(
        "create table kinds (id int primary key, m money, p point, z timetz, b box, vb varbit(8),"
            + " e timestamptz, f timestamp, g date)",
        "insert into kinds values (1, '1234.50', '(1,2)', '10:00:00+02', '((0,0),(1,1))', B'101',"
            + " 'infinity', '-infinity', 'infinity')");
    try (var reader = Reader.of(new Ledger(), "kinds").until(1)) {
      run("update kinds set id = id");
      assertThat(reader.until(2).texts())
          .containsOnly(
              "{\"id\":1,\"m\":\"1234.50\",\"p\":\"(1.0,2.0)\",\"z\":\"08:00:00Z\","
                  + "\"b\":\"(1.0,1.0),(0.0,0.0)\",\"vb\":\"101\","
                  + "\"e\":\"infinity\",\"f\":\"-infinity\",\"g\":\"infinity\"}");
    }
  }

  private static List<String> columns(Fields record) {
    var columns = new ArrayList<String>();
    for (int i = 0; i < record.size(); i++) {
      columns.add(record.names().name(i) + " " + Json.text(record.value(i)));
    }
    return columns;
  }

  private static List<Fields> sqlSource() {
    var provider = new PostgresSourceProvider();
    var rows = new ArrayList<Fields>();
    try (Source source =
        provider.open(
            List.of("postgresql://postgres@" + PostgresServer.place()),
            Options.of(
                provider.name(),
                provider.options(),
                Map.of("query", "select * from kinds order by id")))) {
      while (source.next(into(rows))) {}
    }
    return rows;
  }

  private static Intake<Fields> into(List<Fields> rows) {
    return new Intake<>() {
      @Override
      public void accept(Item<Fields> item) {
        rows.add(item.payload());
      }

      @Override
      public void refuse(Item<Fields> item, Reason reason) {
        throw new AssertionError(reason.toString());
      }
    };
  }
}
