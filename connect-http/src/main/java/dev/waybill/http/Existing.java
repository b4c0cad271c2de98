package dev.waybill.http;

import dev.waybill.http.Outcome.Response;
import dev.waybill.json.Json;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What is done with a record that an API refuses because it has it: it is sent by another call.
///
/// @param statuses those by which the API says so, and that it did nothing
/// @param id where it tells the id of the one that it has
/// @param pattern what of the text there is the id: its first group; null for the whole text
/// @param update the call that brings it up to date
record Existing(Set<Integer> statuses, Pointer id, @Nullable Pattern pattern, Endpoint update) {

  /// Whether this answer says so, and all that the other call needs.
  boolean isSaidBy(Response answer) {
    return statuses.contains(answer.status())
        && (!update.url().needsFound() || idIn(answer) != null);
  }

  /// The id of the record that is there; null if the answer does not tell.
  @Nullable String idIn(Response answer) {
    String text;
    try {
      text = answer.body().length == 0 ? null : Wording.plain(id.find(Json.read(answer.body())));
    } catch (JacksonException e) {
      return null; // it is refused, then, in the API's words
    }
    if (text == null || pattern == null) {
      return text;
    }
    Matcher match = pattern.matcher(text);
    return match.find() ? match.group(1) : null;
  }
}
