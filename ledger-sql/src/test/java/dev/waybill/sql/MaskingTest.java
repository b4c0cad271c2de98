package dev.waybill.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No secret of an address gets into the ledger.
final class MaskingTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:hush@db/crm, postgresql://me:***@db/crm",
    "postgresql://db/crm?user=me&password=hush&ssl=on, postgresql://db/crm?user=me&password=***&ssl=on",
    "https://api.example.com/v1?api_key=hush, https://api.example.com/v1?api_key=***",
    "https://api.example.com/v1?access_token=hush#x, https://api.example.com/v1?access_token=***#x",
    "https://api.example.com/v1?page=2, https://api.example.com/v1?page=2",
    "sqlite:contacts.db, sqlite:contacts.db",
  })
  void secretsAreMaskedAndNothingElseIs(String address, String masked) {
    assertThat(Masking.mask(address)).isEqualTo(masked);
  }
}
