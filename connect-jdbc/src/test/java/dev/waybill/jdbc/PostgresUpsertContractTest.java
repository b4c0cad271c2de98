package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;

/// PostgreSQL, mode=upsert.
final class PostgresUpsertContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() throws Exception {
    return new PostgresSubject("upsert");
  }
}
