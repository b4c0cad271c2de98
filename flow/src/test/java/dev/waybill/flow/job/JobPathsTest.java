package dev.waybill.flow.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @ParameterizedTest
  @CsvSource({
    "shop.db, /jobs/shop.db, /jobs/shop.db",
    "sqlite:shop.db, sqlite:/jobs/shop.db, /jobs/shop.db",
    "duckdb:shop.db, duckdb:/jobs/shop.db, /jobs/shop.db",
    "duckdb:, duckdb:,",
    "orders/*.parquet, /jobs/orders/*.parquet, /jobs/orders/*.parquet",
    "s3://bucket/o.parquet, s3://bucket/o.parquet,",
    "mysql://db/shop, mysql://db/shop,",
  })
  void filesOfSourcesStartFromTheDirectoryToo(String from, String there, @Nullable String file) {
    var settings = new JobSettings();
    settings.files(List.of(from));
    settings.flag(JobKey.TO, "sim:");
    Job job = JobPaths.from(Path.of("/jobs"), settings.job());

    assertThat(job.files()).containsExactly(there);
    assertThat(JobPaths.data(job)).isEqualTo(file == null ? List.of() : List.of(file));
  }
}
