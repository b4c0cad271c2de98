package dev.waybill.http;

import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How to read the results of single records from an answer.
///
/// @param results where they stand; several places where an API lists successes and failures apart
/// @param match how a result finds its record
/// @param resultKeys in a result, the places of the key or the position that it is matched by; the
///   first counts that is there. One that names several records speaks for each of them
/// @param recordKey in a record, the key that it is matched by
/// @param firstIndex the position that the API gives the first record: 0 or 1
/// @param missing what becomes of a record without a result
/// @param success what marks a result as a success
/// @param id where a result tells the id that the record was given
/// @param wording where a result tells what was wrong
/// @param deferred codes that mean: send this one again
/// @param permanent codes that mean: never send this one again
/// @param duplicate codes that mean: it is there already
/// @param unknown codes that mean: it may have been applied
record ResultRules(
    List<Pointer> results,
    Match match,
    List<Pointer> resultKeys,
    Pointer recordKey,
    int firstIndex,
    Missing missing,
    Condition success,
    Pointer id,
    Wording wording,
    Codes deferred,
    Codes permanent,
    Codes duplicate,
    Codes unknown) {

  /// How a result finds its record.
  enum Match {
    POSITION,
    INDEX,
    KEY
  }

  /// What becomes of a record without a result.
  enum Missing {
    IN_DOUBT,
    ACCEPTED
  }

  /// What one result says, for people.
  String verdictInWords(Members.Found result) {
    String message = wording.message(result::at);
    return message == null ? "it has no message either" : message;
  }

  /// What one result says.
  Verdict verdict(Members.Found result) {
    Object plain = result.plain();
    if (plain instanceof String || plain instanceof Number) {
      return new Verdict.Accepted(plain.toString());
    }
    if (success.holds(result) && !Boolean.FALSE.equals(plain)) {
      String given = Wording.plain(result.at(id));
      return given == null ? Verdict.Accepted.WITHOUT_ID : new Verdict.Accepted(given);
    }
    String code = wording.code(result::at);
    String message = wording.message(result::at);
    var reason =
        new Reason(code, message == null ? "the API refused it without a message" : message);
    if (duplicate.contains(code)) {
      return new Verdict.Rejected(reason, Kind.DUPLICATE);
    }
    if (deferred.contains(code)) {
      return new Verdict.Deferred(reason);
    }
    if (unknown.contains(code)) {
      return new Verdict.InDoubt(reason);
    }
    return new Verdict.Rejected(reason, permanent.contains(code) ? Kind.PERMANENT : Kind.PASSING);
  }

  /// The records that a result names, by key or position; empty if it names none.
  List<String> named(Members.Found result) {
    for (Pointer place : resultKeys) {
      List<String> names =
          result.allAt(place).stream().map(Wording::plain).filter(Objects::nonNull).toList();
      if (!names.isEmpty()) {
        return names;
      }
    }
    return List.of();
  }

  /// The members of a result that matter.
  Members members() {
    List<Pointer> pointers = new ArrayList<>(success.pointers());
    pointers.addAll(wording.pointers());
    pointers.add(id);
    pointers.addAll(resultKeys);
    return new Members(pointers);
  }
}
