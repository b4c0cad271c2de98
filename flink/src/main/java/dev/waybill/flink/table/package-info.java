/// Destinations as tables of Flink SQL: `'connector' = 'waybill'`.
///
/// Knows [dev.waybill.flink], the connectors' providers and Flink's table API.
@NullMarked
package dev.waybill.flink.table;

import org.jspecify.annotations.NullMarked;
