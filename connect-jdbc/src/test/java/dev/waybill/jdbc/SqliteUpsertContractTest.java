package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;

/// SQLite, mode=upsert.
final class SqliteUpsertContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() throws Exception {
    return new SqliteSubject("upsert");
  }
}
