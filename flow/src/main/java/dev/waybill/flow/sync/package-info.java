/// Keyed flows: what of a source is to be sent, because it is new, has changed or was not accepted
/// before, told by comparing it with the ledger's state of each key.
///
/// Knows no connectors: it is given records, and gives records.
@NullMarked
package dev.waybill.flow.sync;

import org.jspecify.annotations.NullMarked;
