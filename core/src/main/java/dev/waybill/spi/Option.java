package dev.waybill.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A setting of a source or destination, as its page of docs and `waybill help` list it.
///
/// @param name lower-case words joined by hyphens: `client-id`
/// @param defaultValue what holds if the user says nothing; null if there is no default
/// @param description one sentence
/// @param kind whether its value may be shown
/// @param choices the values that it takes; empty if it takes others than can be listed, or if the
///   connector checks them itself
public record Option(
    String name,
    @Nullable String defaultValue,
    String description,
    Kind kind,
    List<String> choices) {

  /// Whether an option's value may be shown.
  public enum Kind {
    PLAIN,
    /// Never shown, logged or stored in the clear; may be given as `env:NAME` or `file:PATH`.
    SECRET
  }

  public static Option of(String name, @Nullable String defaultValue, String description) {
    return new Option(name, defaultValue, description, Kind.PLAIN, List.of());
  }

  public static Option secret(String name, String description) {
    return new Option(name, null, description, Kind.SECRET, List.of());
  }

  /// One that takes one of these values and no other.
  public static Option choice(
      String name, @Nullable String defaultValue, String description, List<String> choices) {
    return new Option(name, defaultValue, description, Kind.PLAIN, List.copyOf(choices));
  }
}
