package dev.waybill.spi;

import dev.waybill.UserException;
import java.util.List;

/// Makes sources of one kind; found by `java.util.ServiceLoader`.
public interface SourceProvider {

  /// The name by which `--format` chooses it: `csv`, `jsonl`.
  String name();

  /// One line for the list of sources.
  String summary();

  /// Whether a location looks like this kind, by its name alone: `contacts.csv.gz`.
  boolean recognizes(String location);

  /// A location as it is named from any directory of any machine that can see it.
  default String anywhere(String location) {
    return location;
  }

  /// The settings that it has.
  List<Option> options();

  /// Opens the locations as one source, in the order given.
  ///
  /// @param locations files or patterns as the user gave them; `-` for standard input
  /// @throws UserException if one is missing or unreadable, or their columns differ
  Source open(List<String> locations, Options options);
}
