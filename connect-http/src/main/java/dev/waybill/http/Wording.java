package dev.waybill.http;

import dev.waybill.Fields;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an API puts the code and the message of an error.
///
/// @param codes the places to look for a code, the likeliest first
/// @param messages the places to look for a message, the likeliest first
record Wording(List<Pointer> codes, List<Pointer> messages) {

  /// Where most put them; `type`, `title` and `detail` are those of problem details (RFC 9457).
  private static final List<Pointer> CUSTOMARY_CODES =
      Pointer.all(
          "/code",
          "/error/code",
          "/errors/0/code",
          "/errorCode",
          "/error_code",
          "/error/type",
          "/error",
          "/status",
          "/type");

  private static final List<Pointer> CUSTOMARY_MESSAGES =
      Pointer.all(
          "/message",
          "/error/message",
          "/errors/0/message",
          "/errors/0",
          "/error_description",
          "/detail",
          "/errorMessage",
          "/error/reason",
          "/reason",
          "/title",
          "/error",
          "/msg");

  /// The places that the user named, separated by commas, or else the customary ones.
  static Wording of(@Nullable String code, @Nullable String message) {
    return new Wording(
        code == null ? CUSTOMARY_CODES : Pointer.list(code),
        message == null ? CUSTOMARY_MESSAGES : Pointer.list(message));
  }

  List<Pointer> pointers() {
    return Stream.concat(codes.stream(), messages.stream()).toList();
  }

  /// The code; null if there is none.
  @Nullable String code(Function<Pointer, @Nullable Object> answer) {
    return first(codes, answer);
  }

  /// The message, cut to a length that a person reads; null if there is none.
  @Nullable String message(Function<Pointer, @Nullable Object> answer) {
    String message = first(messages, answer);
    return message == null ? null : Text.cut(message);
  }

  private static @Nullable String first(
      List<Pointer> places, Function<Pointer, @Nullable Object> answer) {
    for (Pointer place : places) {
      String text = plain(answer.apply(place));
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  /// A plain value as text; null for none, and for objects and arrays.
  static @Nullable String plain(@Nullable Object value) {
    return value == null || value instanceof Fields || value instanceof List<?>
        ? null
        : value.toString();
  }
}
