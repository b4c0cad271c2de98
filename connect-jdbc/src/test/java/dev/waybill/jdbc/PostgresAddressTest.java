package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import org.junit.jupiter.api.Test;

/// Addresses as users write them.
final class PostgresAddressTest {

  @Test
  void userAndPasswordAreTakenOutOfTheAddress() {
    var address =
        PostgresAddress.parse("postgresql://ann:p%40ss%2B+1@db:5433/shop?sslmode=require");

    assertThat(address.url()).isEqualTo("jdbc:postgresql://db:5433/shop?sslmode=require");
    assertThat(address.user()).isEqualTo("ann");
    assertThat(address.password()).isEqualTo("p@ss++1");
    assertThat(address).hasToString("shop at db:5433");
  }

  @Test
  void jdbcAddressIsTakenToo() {
    var address = PostgresAddress.parse("jdbc:postgresql://one:5432,two:5432/shop");

    assertThat(address.url()).isEqualTo("jdbc:postgresql://one:5432,two:5432/shop");
    assertThat(address.user()).isNull();
  }

  @Test
  void addressWithoutDatabaseIsRefused() {
    assertThatThrownBy(() -> PostgresAddress.parse("postgresql://db:5432"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names no database");
  }
}
