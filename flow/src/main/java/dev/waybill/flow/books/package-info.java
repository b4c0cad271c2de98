/// What the commands do with the ledger: keep a run in it, take one up again, and find what was
/// left over.
///
/// Knows no terminal. Its classes are loaded only by commands that use a ledger.
@NullMarked
package dev.waybill.flow.books;

import org.jspecify.annotations.NullMarked;
