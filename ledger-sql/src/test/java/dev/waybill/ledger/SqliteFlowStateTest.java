package dev.waybill.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The keys of flows on SQLite.
final class SqliteFlowStateTest extends FlowStateContract {

  @TempDir Path directory;

  @Override
  String place() {
    return directory.resolve("ledger.db").toString();
  }
}
