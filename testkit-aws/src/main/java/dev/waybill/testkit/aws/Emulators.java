package dev.waybill.testkit.aws;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/// Emulators of AWS services by others, each in a process of its own that is started at the first
/// ask and ends with this JVM. Where one can not be had, the test that asks is aborted with a
/// sentence that says why: skipped, not passed. Safe for use by many threads.
///
/// None of them throttles by itself: put a [WithholdingProxy] before them.
public final class Emulators {

  /// The access key of [#s3Proxy].
  public static final String S3_KEY = "AKIDEXAMPLE";

  /// The secret key of [#s3Proxy].
  public static final String S3_SECRET = "bPxRfiCYEXAMPLEKEY";

  private static final Map<String, Supplier<URI>> RUNNING = new ConcurrentHashMap<>();

  private Emulators() {}

  /// DynamoDB Local 2.6.1, from Maven Central.
  public static URI dynamoDbLocal() {
    return java("dynamodb-local");
  }

  /// ElasticMQ 1.7.1 for SQS, from Maven Central.
  public static URI elasticMq() {
    return java("elasticmq");
  }

  /// S3Proxy 4.1.0 for S3, from Maven Central, with the credentials [#S3_KEY] and [#S3_SECRET],
  /// which it checks.
  public static URI s3Proxy() {
    return java("s3proxy");
  }

  /// Kinesalite 3.3.3, by npm. Its CBOR answers break off after 16 KiB: go through a
  /// [WithholdingProxy], which speaks JSON to it.
  public static URI kinesalite() {
    return node("kinesalite");
  }

  /// Dynalite 4.0.0 for DynamoDB, by npm.
  public static URI dynalite() {
    return node("dynalite");
  }

  private static URI java(String name) {
    return once(
        name,
        () -> {
          Path directory = directory();
          Path classPath = directory.resolve(name + ".classpath");
          if (!Files.exists(classPath)) {
            return Assumptions.abort(
                name + " is fetched when the module testkit-aws is built, and is not there.");
          }
          return EmulatorProcess.start(
              name, port -> command(classPath, name, port), directory.resolve(name + ".log"));
        });
  }

  private static List<String> command(Path classPath, String name, int port) {
    try {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-cp",
          codeSource() + File.pathSeparator + Files.readString(classPath).strip(),
          LeashedMain.class.getName(),
          name,
          String.valueOf(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI node(String name) {
    return once(
        name,
        () -> {
          Path directory = directory();
          Path packages = NodePackages.installed(directory);
          return EmulatorProcess.start(
              name,
              port ->
                  List.of(
                      "node", packages.resolve("leash.cjs").toString(), name, String.valueOf(port)),
              directory.resolve(name + ".log"));
        });
  }

  /// Starts it if that was not tried before; a reason not to is kept and told to each who asks.
  private static URI once(String name, Supplier<URI> start) {
    return RUNNING
        .computeIfAbsent(
            name,
            n -> {
              try {
                URI uri = start.get();
                return () -> uri;
              } catch (org.opentest4j.TestAbortedException reason) {
                return () -> Assumptions.abort(String.valueOf(reason.getMessage()));
              }
            })
        .get();
  }

  /// The directory `emulators` beside the classes or the jar: `target/emulators` of the module.
  private static Path directory() {
    return codeSource().resolveSibling("emulators");
  }

  private static Path codeSource() {
    try {
      return Path.of(Emulators.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
