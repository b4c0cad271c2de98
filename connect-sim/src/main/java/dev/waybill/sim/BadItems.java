package dev.waybill.sim;

import dev.waybill.Fields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which items the service refuses. The same item is refused in every call and in every life.
sealed interface BadItems {

  /// No item.
  BadItems NONE = new Share(0);

  /// Whether it refuses this item.
  ///
  /// @param seed the simulation's
  /// @param identity a hash of what makes the item this item
  /// @param record the item's fields; null if it has none
  boolean refuses(long seed, long identity, @Nullable Fields record);

  /// What it says of an item that it refuses.
  String message(@Nullable Fields record);

  /// Items that have nothing to do with each other, chosen by their identity.
  record Share(double share) implements BadItems {

    @Override
    public boolean refuses(long seed, long identity, @Nullable Fields record) {
      return share > 0 && Hash.share(Hash.mix(seed, identity)) < share;
    }

    @Override
    public String message(@Nullable Fields record) {
      return "the record is not acceptable";
    }
  }

  /// Items in which a field has, or lacks, a certain text.
  record Rule(String field, Test test, String text) implements BadItems {

    @Override
    public boolean refuses(long seed, long identity, @Nullable Fields record) {
      if (record == null) {
        return false;
      }
      String value = record.text(field);
      return value == null ? test == Test.IS_EMPTY : test.holds(value, text);
    }

    @Override
    public String message(@Nullable Fields record) {
      String value = record == null ? null : record.text(field);
      return value == null || value.isEmpty()
          ? field + " is missing"
          : field + " '" + value + "' is not acceptable";
    }
  }

  /// How a rule looks at a field.
  enum Test {
    ENDS_WITH("endsWith"),
    STARTS_WITH("startsWith"),
    CONTAINS("contains"),
    EQUALS("="),
    IS_EMPTY("isEmpty");

    private final String word;

    Test(String word) {
      this.word = word;
    }

    boolean holds(String value, String text) {
      return switch (this) {
        case ENDS_WITH -> value.endsWith(text);
        case STARTS_WITH -> value.startsWith(text);
        case CONTAINS -> value.contains(text);
        case EQUALS -> value.equals(text);
        case IS_EMPTY -> value.isEmpty();
      };
    }
  }

  /// A share (`0.01`) or a rule (`email endsWith @invalid.example`); null if the text is neither.
  static @Nullable BadItems parse(String text) {
    try {
      double share = Double.parseDouble(text);
      return share >= 0 && share <= 1 ? new Share(share) : null;
    } catch (NumberFormatException e) {
      return rule(text);
    }
  }

  private static @Nullable BadItems rule(String text) {
    Matcher parts =
        Pattern.compile("(\\S+)\\s+(endsWith|startsWith|contains|=|isEmpty)(?:\\s+(.*))?")
            .matcher(text.strip());
    if (!parts.matches()) {
      return null;
    }
    String operand = parts.group(3);
    for (Test test : Test.values()) {
      if (test.word.equals(parts.group(2)) && (test == Test.IS_EMPTY) == (operand == null)) {
        return new Rule(parts.group(1), test, operand == null ? "" : operand);
      }
    }
    return null;
  }
}
