package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// What marks success in an answer: tests joined by commas, all of which must hold.
/// `/status=ok|done` (one of these; `2*` for a beginning), `/status!=failed`, `/id` (there is one),
/// `!/error` (there is none: missing, null, false or empty).
record Condition(List<Test> tests) {

  private static final Pattern FORM =
      Pattern.compile("(!?)(/?[^=!]*?)(?:(!?=)(.*))?", Pattern.DOTALL);

  /// @throws IllegalArgumentException if the text is none
  static Condition parse(String text) {
    return new Condition(
        Arrays.stream(text.split(",", -1)).map(part -> test(part.strip())).toList());
  }

  private static Test test(String text) {
    Matcher match = FORM.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      throw new IllegalArgumentException(text);
    }
    Pointer pointer = Pointer.parse(match.group(2));
    String operator = match.group(3);
    if (operator == null) {
      return match.group(1).isEmpty() ? new Present(pointer) : new Absent(pointer);
    }
    if (!match.group(1).isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    var codes = new Codes(List.of(match.group(4).split("\\|", -1)));
    return operator.equals("=") ? new OneOf(pointer, codes) : new NoneOf(pointer, codes);
  }

  List<Pointer> pointers() {
    return tests.stream().map(Test::pointer).toList();
  }

  /// Whether all of them hold in a body.
  ///
  /// @throws tools.jackson.core.JacksonException if it is no JSON
  boolean holds(byte[] body) {
    try (JsonParser in = Json.parser(body)) {
      return in.nextToken() != null && holds(new Members(pointers()).read(in));
    }
  }

  boolean holds(Members.Found found) {
    for (Test test : tests) {
      if (!test.holds(found.at(test.pointer()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNothing(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean truth -> !truth;
      case String text -> text.isEmpty();
      case List<?> list -> list.isEmpty();
      case Fields fields -> fields.size() == 0;
      default -> false;
    };
  }

  /// One of the tests.
  sealed interface Test {
    Pointer pointer();

    boolean holds(@Nullable Object value);
  }

  record Present(Pointer pointer) implements Test {
    @Override
    public boolean holds(@Nullable Object value) {
      return !isNothing(value);
    }
  }

  record Absent(Pointer pointer) implements Test {
    @Override
    public boolean holds(@Nullable Object value) {
      return isNothing(value);
    }
  }

  record OneOf(Pointer pointer, Codes codes) implements Test {
    @Override
    public boolean holds(@Nullable Object value) {
      return codes.contains(Wording.plain(value));
    }
  }

  record NoneOf(Pointer pointer, Codes codes) implements Test {
    @Override
    public boolean holds(@Nullable Object value) {
      return !codes.contains(Wording.plain(value));
    }
  }
}
