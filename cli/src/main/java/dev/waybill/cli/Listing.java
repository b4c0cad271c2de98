package dev.waybill.cli;

import dev.waybill.spi.Option;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Names with what they mean, for a terminal.
final class Listing {

  private static final int COLUMNS = 90;
  private static final int INDENT = 18;

  private final PrintWriter out;

  Listing(Console console) {
    this.out = console.out();
  }

  void title(String text) {
    out.println(text);
    out.println();
  }

  /// A name and its meaning.
  void entry(String name, String meaning) {
    String first = "  " + name;
    if (first.length() > INDENT - 2) {
      out.println(first);
      first = "";
    }
    var line = new StringBuilder(first);
    for (String word : meaning.split(" ", -1)) {
      if (line.length() > INDENT && line.length() + 1 + word.length() > COLUMNS) {
        out.println(line);
        line.setLength(0);
      }
      line.append(" ".repeat(Math.max(line.length() > INDENT ? 1 : 0, INDENT - line.length())));
      line.append(word);
    }
    out.println(line);
  }

  /// The options of a connector.
  ///
  /// @param flag how they are given
  void options(String flag, List<Option> options) {
    if (options.isEmpty()) {
      out.println("It has no options.");
      return;
    }
    out.println("Options, each given as " + flag + " NAME=VALUE:");
    for (Option option : options) {
      entry(option.name(), option.description() + remark(option));
    }
  }

  private static String remark(Option option) {
    if (option.kind() == Option.Kind.SECRET) {
      return " (secret: env:VARIABLE or file:PATH)";
    }
    var remarks = new ArrayList<String>();
    if (!option.choices().isEmpty()) {
      remarks.add("one of " + String.join(", ", option.choices()));
    }
    if (option.defaultValue() != null) {
      remarks.add("default: " + option.defaultValue());
    }
    return remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")";
  }
}
