package dev.waybill.testkit.aws;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/// The main class of emulators that run in a Java process of their own: ends with its parent, which
/// shows as the end of the standard input. Needs nothing but the emulator beside it.
final class LeashedMain {

  private LeashedMain() {}

  /// Starts the emulator that is named, on the port that is named.
  ///
  /// @param arguments the emulator and the port
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("leash").start(LeashedMain::endWithParent);
    String port = arguments[1];
    switch (arguments[0]) {
      case "dynamodb-local" -> dynamoDbLocal(port);
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

  private static Object called(Object on, String method, Class<?> type, Object argument)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return on.getClass().getMethod(method, type).invoke(on, argument);
  }
}
