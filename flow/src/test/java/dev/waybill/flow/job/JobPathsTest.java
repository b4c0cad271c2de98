package dev.waybill.flow.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPathsTest {

  @ParameterizedTest
  @CsvSource({
    "sqlite:a.db, sqlite:/jobs/a.db, a.db",
    "preset:crm.yaml, preset:/jobs/crm.yaml, crm.yaml",
    "preset:crm.yaml#//host/users, preset:/jobs/crm.yaml#//host/users, crm.yaml",
    "preset:/etc/crm.yaml#x, preset:/etc/crm.yaml#x, /etc/crm.yaml",
    "https://api.example.com//x, https://api.example.com//x,",
    "hubspot:contacts, hubspot:contacts,",
  })
  void filesInAddressesStartFromTheDirectory(String to, String there, String file) {
    assertThat(JobPaths.destination(Path.of("/jobs"), to)).isEqualTo(there);
    assertThat(JobPaths.fileOf(to).orElse(null)).isEqualTo(file);
  }
}
