package dev.waybill.run;

import dev.waybill.Fields;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSource;
import java.util.function.Function;

/// Where a live run gets its items.
///
/// @param source is closed by the run
/// @param mapping what stands between the source and the intake of the run; asked once
/// @param bookmark where the source may keep a text
public record LiveSupply<T>(
    LiveSource source, Function<Intake<T>, Intake<Fields>> mapping, Bookmark bookmark) {}
