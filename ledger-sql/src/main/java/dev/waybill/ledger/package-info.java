/// The ledger on SQLite and PostgreSQL: which runs there were, and what became of every record of
/// theirs, so that a run survives a crash and what was left over can be sent again.
///
/// May use core and plain JDBC; knows no connector and no face. [Ledgers] is where to begin.
@NullMarked
package dev.waybill.ledger;

import org.jspecify.annotations.NullMarked;
