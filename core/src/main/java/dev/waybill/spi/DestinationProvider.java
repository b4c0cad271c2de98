package dev.waybill.spi;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes destinations of one kind; found by `java.util.ServiceLoader`.
public interface DestinationProvider {

  /// What may stand before the colon in `--to`: `sqlite`, `http` and `https`.
  List<String> schemes();

  /// One line for the list of destinations: what it is, and the form of its address.
  String summary();

  /// The settings that it has.
  List<Option> options();

  /// The provider as it is for this address: itself, unless its options depend on the address.
  ///
  /// @throws UserException if the address names something that is not there
  default DestinationProvider at(String address) {
    return this;
  }

  /// Opens the destination, and looks whether it is there as far as that changes nothing.
  ///
  /// @param address what the user gave after `--to`, scheme included
  /// @throws UserException if address or options are wrong, or the destination can not be reached
  Destination<Fields> open(String address, Options options, Delivery delivery);

  /// Opens the same destination for taking records away: each item that it is then given has the
  /// fields of the key alone, and is delivered once the destination has no such record. One that is
  /// not there any more counts as taken away.
  ///
  /// @param address as in [#open]
  /// @param delivery its columns are those of the key
  /// @throws UserException if it can not, or not with these options
  default Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    throw new UserException(
        "The destination "
            + schemes().getFirst()
            + ": can not delete records, so it can not be a mirror: choose mode upsert");
  }

  /// What is known of the records that are to come.
  ///
  /// @param columns the fields that every record has, after mapping; empty if records differ
  /// @param sample some of the first records, after mapping, to infer types from; may be empty
  /// @param key the fields that make up a record's key; empty if none was declared
  /// @param name what the records would be called where the user names no place for them:
  ///   `contacts` for `contacts.csv`; null if nothing suggests itself
  record Delivery(
      FieldNames columns, List<Fields> sample, List<String> key, @Nullable String name) {

    /// Records without a name of their own.
    public Delivery(FieldNames columns, List<Fields> sample, List<String> key) {
      this(columns, sample, key, null);
    }
  }
}
