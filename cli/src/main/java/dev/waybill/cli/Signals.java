package dev.waybill.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/// Signals to the process. A shutdown hook would not do: once it runs, the machine takes no second
/// signal any more, and here the second one means something else than the first.
///
/// `sun.misc.Signal` (module jdk.unsupported) is the only way to them, and is called by reflection
/// because javac has a warning for it that can not be turned off.
final class Signals {

  /// Ctrl-C, `kill`, and a terminal that was closed.
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /// Calls this each time the process is asked to end, which it then does not do by itself.
  static void onEnding(Runnable handler) {
    ENDING.forEach(name -> on(name, handler));
  }

  /// Calls this whenever the terminal's size has changed.
  static void onResize(Runnable handler) {
    on("WINCH", handler);
  }

  private static void on(String name, Runnable handler) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (self, method, arguments) -> {
                handler.run();
                return null;
              });
      Object signal = signals.getConstructor(String.class).newInstance(name);
      var unused = signals.getMethod("handle", signals, handlers).invoke(null, signal, proxy);
    } catch (InvocationTargetException e) {
      // this system has no such signal, or keeps it for itself
    } catch (ReflectiveOperationException e) {
      // no such module: signals end the process as they do any other
    }
  }
}
