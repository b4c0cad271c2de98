package dev.waybill.server.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.store.Store;
import org.junit.jupiter.api.Test;

final class PostgresCatalogTest extends CatalogContract {

  @Override
  String place() {
    return Databases.emptyPostgres();
  }

  @Test
  void serverThatIsNotThereIsNamedWithoutThePassword() {
    assertThatThrownBy(() -> Store.open("postgresql://me:hush@localhost:1/crm"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the service's database postgresql://localhost:1/crm can not")
        .hasMessageNotContaining("hush");
  }
}
