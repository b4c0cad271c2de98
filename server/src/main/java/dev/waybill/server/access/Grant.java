package dev.waybill.server.access;

import dev.waybill.UserException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a token is to be good for.
///
/// @param name who or what will use it; for people, need not be unique
/// @param organisation the one organisation that it opens
/// @param sandboxes those of the organisation that it opens, by name; empty for all
/// @param lifetime for how long; null for ever
public record Grant(
    String name,
    String organisation,
    Set<String> sandboxes,
    Role role,
    @Nullable Duration lifetime) {

  /// What names of organisations and sandboxes may consist of: they stand in headers and addresses.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._-]{0,99}");

  private static final int MOST_NAME_CHARACTERS = 100;

  /// @throws UserException if a name is empty, too long or has signs that it must not have
  public Grant {
    name = name.strip();
    sandboxes = Set.copyOf(sandboxes);
    if (name.isEmpty()
        || name.length() > MOST_NAME_CHARACTERS
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new UserException(
          "A token's name has 1 to "
              + MOST_NAME_CHARACTERS
              + " characters in one line; it says who will use the token.");
    }
    word("organisation", organisation);
    sandboxes.forEach(sandbox -> word("sandbox", sandbox));
    if (lifetime != null && !lifetime.isPositive()) {
      throw new UserException("A token must be good for some time; leave that out for no end.");
    }
  }

  private static void word(String kind, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new UserException(
          "The "
              + kind
              + " '"
              + value
              + "' takes letters, digits and @ . _ - only, up to 100, the first one a letter or"
              + " digit.");
    }
  }
}
