package dev.waybill.ledger;

import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An item that was not delivered, as the ledger keeps it.
///
/// @param ordinal its number in the source
/// @param key its key, if it has one
/// @param disposition how it ended
/// @param reason why
/// @param attempts in how many calls it was sent; 0 if in none
/// @param batch the number of the last batch that carried it; 0 if none did
/// @param place where it stands in the source; null if the source has no bytes
/// @param settledAt when that became known, which is when its last call came back
/// @param bytes its source bytes, kept only where the source can not be read again; null otherwise
public record ItemRecord(
    long ordinal,
    @Nullable String key,
    Disposition disposition,
    Reason reason,
    int attempts,
    long batch,
    @Nullable Place place,
    Instant settledAt,
    @Nullable ByteSlice bytes) {

  /// Where a record stands.
  ///
  /// @param file the file as [dev.waybill.Origin#file()] names it
  /// @param line the line on which it begins
  /// @param offset its first byte in the (decompressed) file
  /// @param length its bytes, line terminator included
  public record Place(String file, long line, long offset, int length) {}
}
