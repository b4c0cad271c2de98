package dev.waybill.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Live flows on SQLite.
final class SqliteLiveStateTest extends LiveStateContract {

  @TempDir Path directory;

  @Override
  String place() {
    return directory.resolve("ledger.db").toString();
  }
}
