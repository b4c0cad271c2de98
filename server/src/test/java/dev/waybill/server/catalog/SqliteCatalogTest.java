package dev.waybill.server.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCatalogTest extends CatalogContract {

  @TempDir Path directory;

  @Override
  String place() {
    return directory.resolve("service.db").toString();
  }

  @Test
  void fileOfSomebodyElseIsLeftAlone() throws IOException {
    Path file =
        Files.writeString(directory.resolve("letter.txt"), "Dear Sir or Madam, ".repeat(99));

    assertThatThrownBy(() -> Store.open(file.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("letter.txt can not be used");
  }
}
