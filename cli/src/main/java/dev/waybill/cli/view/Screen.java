package dev.waybill.cli.view;

import java.util.function.IntSupplier;

/// What is known of the place that a stream is shown at.
///
/// @param kind whether a line can be redrawn there
/// @param columns its width, asked for anew each time, since people resize windows
/// @param colour whether text may be coloured
public record Screen(Kind kind, IntSupplier columns, Colour colour) {

  /// Whether a line can be redrawn.
  public enum Kind {
    TERMINAL,
    /// A file, a pipe, or a terminal without cursor movement.
    STREAM
  }

  /// Whether text may be coloured.
  public enum Colour {
    ON,
    OFF
  }

  /// No terminal.
  public static final Screen STREAM = new Screen(Kind.STREAM, () -> 80, Colour.OFF);

  public boolean isTerminal() {
    return kind == Kind.TERMINAL;
  }

  /// The text in a colour, where there are colours.
  public String paint(Ink ink, String text) {
    return colour == Colour.ON && !text.isEmpty() ? ink.code + text + "\u001b[0m" : text;
  }

  /// The colours in use, by their meaning (ECMA-48, SGR).
  public enum Ink {
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    DOUBTFUL("\u001b[33m"),
    BOLD("\u001b[1m"),
    FAINT("\u001b[2m");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }
}
