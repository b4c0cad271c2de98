package dev.waybill.cli.launch;

import dev.waybill.Fields;
import dev.waybill.Settlement;
import dev.waybill.files.RunFiles;
import dev.waybill.run.SettlementSink;

/// Writes what became of the records into the run's files.
record FilesSink(RunFiles files) implements SettlementSink<Fields> {

  @Override
  public void settled(Settlement<Fields> settlement) {
    files.settled(settlement);
  }

  @Override
  public void flush() {
    files.flush();
  }
}
