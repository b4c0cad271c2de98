package dev.waybill.jdbc;

import dev.waybill.Reply;
import java.util.List;

/// What became of a batch's records on their way to rows.
sealed interface Rows {

  /// Each became one, in the batch's order.
  record Ready(List<Row> rows) implements Rows {}

  /// Some can not become rows; the reply says which and why. The database was not asked.
  record Unfit(Reply reply) implements Rows {}
}
