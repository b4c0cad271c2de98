package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MysqlAddressTest {

  @Test
  void userAndPasswordAreTakenOutOfTheAddress() {
    var address = MysqlAddress.parse("mysql://ann:p%40ss%2B+1@db:3307/shop?sslMode=verify-full");

    assertThat(address.url()).isEqualTo("jdbc:mariadb://db:3307/shop");
    assertThat(address.user()).isEqualTo("ann");
    assertThat(address.password()).isEqualTo("p@ss++1");
    assertThat(address.parameters()).isEqualTo(Map.of("sslMode", "verify-full"));
    assertThat(address).hasToString("shop at db:3307");
  }

  @Test
  void otherSpellingsAreTakenToo() {
    assertThat(MysqlAddress.parse("mariadb://db/shop").url())
        .isEqualTo(MysqlAddress.parse("jdbc:mysql://db/shop").url())
        .isEqualTo("jdbc:mariadb://db/shop");
  }

  @Test
  void parametersThatWouldLetTheDriverDoMoreAreRefused() {
    assertThatThrownBy(() -> MysqlAddress.parse("mysql://db/shop?socketFactory=x.Y"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The address of a MySQL database takes the parameters sslMode, serverSslCert,"
                + " allowPublicKeyRetrieval, not 'socketFactory'");
  }

  @Test
  void addressWithoutDatabaseIsRefused() {
    assertThatThrownBy(() -> MysqlAddress.parse("mysql://db:3306"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names no database");
  }
}
