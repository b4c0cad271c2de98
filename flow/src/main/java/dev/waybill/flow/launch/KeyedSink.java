package dev.waybill.flow.launch;

import dev.waybill.Fields;
import dev.waybill.Settlement;
import dev.waybill.files.RunFiles;
import dev.waybill.run.SettlementSink;
import dev.waybill.spi.WriteBack;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what became of a keyed flow's records into the run's files, and back to where they came
/// from if that is wanted.
///
/// @param back null if it is not
record KeyedSink(RunFiles files, @Nullable WriteBack back) implements SettlementSink<Fields> {

  @Override
  public void settled(Settlement<Fields> settlement) {
    files.settled(settlement);
    if (back != null) {
      back.settled(settlement);
    }
  }

  @Override
  public void flush() {
    files.flush();
    if (back != null) {
      back.flush();
    }
  }

  @Override
  public Map<String, Long> lengths() {
    return FilesSink.lengths(files);
  }

  /// Takes what became of deletions. They are in no file, for a file that is loaded would write the
  /// records again.
  SettlementSink<Fields> deletions() {
    return new SettlementSink<>() {
      @Override
      public void settled(Settlement<Fields> settlement) {
        if (back != null) {
          back.settled(settlement);
        }
      }

      @Override
      public void flush() {
        KeyedSink.this.flush();
      }

      @Override
      public Map<String, Long> lengths() {
        return KeyedSink.this.lengths();
      }
    };
  }
}
