/// Live flows: opens what one needs, keeps its run in the ledger, and finds again what it parked.
///
/// Stands on `launch` and `books`; knows no terminal.
@NullMarked
package dev.waybill.flow.live;

import org.jspecify.annotations.NullMarked;
