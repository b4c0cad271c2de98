package dev.waybill.testkit.aws;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The main class of emulators that run in a Java process of their own: ends with its parent, which
/// shows as the end of the standard input. Needs nothing but the emulator beside it.
final class LeashedMain {

  private LeashedMain() {}

  /// Starts the emulator that is named, on the port that is named.
  ///
  /// @param arguments the emulator and the port
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Thread.ofPlatform().daemon().name("leash").start(LeashedMain::endWithParent);
    String port = arguments[1];
    switch (arguments[0]) {
      case "dynamodb-local" -> dynamoDbLocal(port);
      case "s3proxy" -> s3Proxy(port);
      case "elasticmq" -> elasticMq(Integer.parseInt(port));
      default -> throw new IllegalArgumentException("no emulator: " + arguments[0]);
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said
      }
    } catch (IOException e) {
      // the same as the end
    }
    Runtime.getRuntime().halt(0);
  }

  private static void dynamoDbLocal(String port) throws ReflectiveOperationException {
    String[] arguments = {"-inMemory", "-disableTelemetry", "-port", port};
    Class.forName("com.amazonaws.services.dynamodbv2.local.main.ServerRunner")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  private static void elasticMq(int port) throws ReflectiveOperationException {
    Object builder =
        Class.forName("org.elasticmq.rest.sqs.SQSRestServerBuilder")
            .getMethod("withInterface", String.class)
            .invoke(null, "127.0.0.1");
    builder = called(builder, "withPort", int.class, port);
    builder.getClass().getMethod("start").invoke(builder);
  }

  /// It takes its settings from a file, and writes each request to standard output unless told not
  /// to.
  private static void s3Proxy(String port) throws ReflectiveOperationException, IOException {
    System.setProperty("LOG_LEVEL", "warn");
    Path settings = Files.createTempFile("s3proxy", ".properties");
    settings.toFile().deleteOnExit();
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=transient-nio2
        jclouds.identity=none
        jclouds.credential=none
        """
            .formatted(port, Emulators.S3_KEY, Emulators.S3_SECRET));
    String[] arguments = {"--properties", settings.toString()};
    Class.forName("org.gaul.s3proxy.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  private static Object called(Object on, String method, Class<?> type, Object argument)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return on.getClass().getMethod(method, type).invoke(on, argument);
  }
}
