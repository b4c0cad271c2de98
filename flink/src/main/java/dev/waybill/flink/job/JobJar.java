package dev.waybill.flink.job;

import dev.waybill.UserException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The jar that goes to a cluster: Waybill with its connectors, and nothing that a cluster has.
final class JobJar {

  private static final String PROPERTY = "waybill.flink.job";
  private static final String NAME = "waybill-flink-job.jar";

  private JobJar() {}

  /// Where it lies: beside the jar of this class, unless a system property says otherwise.
  static Path path() {
    String said = System.getProperty(PROPERTY);
    Path path = said == null ? beside() : Path.of(said);
    if (!Files.isRegularFile(path)) {
      throw new UserException(
          path
              + " is not there: build it with ./mvnw -pl flink -am package, or name it by -D"
              + PROPERTY
              + "=PATH.");
    }
    return path;
  }

  private static Path beside() {
    try {
      Path here = Path.of(JobJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return here.resolveSibling(NAME);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
