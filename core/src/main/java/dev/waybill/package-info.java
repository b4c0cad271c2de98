/// The words of Waybill as types: an [dev.waybill.Item] travels in a [dev.waybill.Batch], the
/// destination's [dev.waybill.Reply] gives each a [dev.waybill.Verdict], and every item ends with a
/// [dev.waybill.Disposition], told in a [dev.waybill.Receipt].
///
/// Values only; nothing here does I/O, keeps time or starts threads. Depends on the JDK alone.
@NullMarked
package dev.waybill;

import org.jspecify.annotations.NullMarked;
