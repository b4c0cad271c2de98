package dev.waybill.spi;

import java.util.List;
import java.util.Optional;

/// What a source consisted of when a run began, so that a later run can tell whether it is the
/// same.
///
/// @param parts its files in order; empty if it can not be read a second time (a pipe)
public record SourceIdentity(List<Part> parts) {

  /// One file.
  ///
  /// @param name absolute path
  /// @param size bytes, as stored
  /// @param fingerprint a digest of its content, or of enough samples of it to tell a changed file
  ///   from an unchanged one
  public record Part(String name, long size, String fingerprint) {}

  /// A source that can not be read a second time.
  public static final SourceIdentity NONE = new SourceIdentity(List.of());

  public boolean canBeReadAgain() {
    return !parts.isEmpty();
  }

  /// What differs between the source of then (this) and of now, as a sentence; empty if nothing
  /// does.
  public Optional<String> difference(SourceIdentity now) {
    if (parts.size() != now.parts.size()) {
      return Optional.of(
          "the source had %d files and has %d now".formatted(parts.size(), now.parts.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      Part then = parts.get(i);
      Part today = now.parts.get(i);
      if (!then.name().equals(today.name())) {
        return Optional.of("the source was %s and is %s now".formatted(then.name(), today.name()));
      }
      if (then.size() != today.size()) {
        return Optional.of(
            "%s had %,d bytes and has %,d now".formatted(then.name(), then.size(), today.size()));
      }
      if (!then.fingerprint().equals(today.fingerprint())) {
        return Optional.of("the content of %s has changed".formatted(then.name()));
      }
    }
    return Optional.empty();
  }
}
