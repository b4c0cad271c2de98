package dev.waybill.spi;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where items come from without an end, as they come about: a topic, the changes of a database.
///
/// Each item has an [dev.waybill.Origin] that is its [Position], whose bytes are the text of a JSON
/// object which gives the item's fields again; or, of a record that can not be read and is refused,
/// its bytes as they are. So a record that was not delivered can be sent again long after it has
/// left the source. Ordinals are given by the run; a source may put 1 everywhere.
///
/// Used by one thread, but for [#lag].
public interface LiveSource extends AutoCloseable {

  /// A field that makes an item a deletion, if it is `true` (as a boolean or a text): the record
  /// with the key that its other fields hold is gone. It is taken out before the mapping.
  String DELETED = "__deleted";

  /// The columns that every record of this source has; empty if records differ.
  FieldNames columns();

  /// What the records are called where the user names no place for them: the topic, the table; null
  /// if nothing suggests itself.
  @Nullable String name();

  /// Shows some records of those that came lately, for a destination to see what is to come. They
  /// are not delivered by that, and ordinals and positions say nothing. Called before [#start].
  ///
  /// @param most so many are enough
  default void sample(Intake<Fields> intake, int most) {}

  /// Begins. To be called once, before the first [#poll].
  ///
  /// @param host kept, and asked and told from within [#poll], [#settled] and [#close]
  /// @throws dev.waybill.UserException if it can not
  void start(Host host);

  /// Hands over what has come, in each partition in its order; waits for the first record no longer
  /// than `wait`. Called again and again, at least every second, also while no records are wanted:
  /// whatever keeps the source's connections alive is to be done here.
  ///
  /// What passes (a server that is not there at the moment) is waited for, and not told.
  ///
  /// @param most records that are wanted; 0 for none, and then the source must not gather more than
  ///   it can bear
  /// @throws dev.waybill.UserException if there is no reading on; says where and what to do
  void poll(Intake<Fields> intake, int most, Duration wait);

  /// Every record of a partition up to and including this position has come to its end, and that is
  /// written down. Called between polls, about once a second if anything changed; need not wait
  /// until the far side knows.
  ///
  /// @param upTo by partition; only those that changed
  void settled(Map<String, Position> upTo);

  /// How much there is to be read; any thread may ask.
  Lag lag();

  /// Tells the far side what was settled, waiting for it a few seconds at the most, and lets go.
  @Override
  void close();

  /// Who reads a live source.
  interface Host {

    /// What the source kept here last; null if it kept nothing.
    @Nullable String bookmark();

    /// Keeps a text for the flow, durably, for sources whose far side does not remember how far
    /// they were read. What was kept before is gone.
    void bookmark(String text);

    /// These partitions are to be read by somebody else from now on. Waits until no call with a
    /// record of them is under way, and drops what was not sent.
    ///
    /// @return up to where all their records have come to their end, for those of which that is
    ///   known; to be told to the far side before the partitions are given away
    Map<String, Position> release(Set<String> partitions);

    /// The far side knows that all is settled up to these positions, and will not hand it over
    /// again, unless somebody sets it back.
    void committed(Map<String, Position> upTo);
  }
}
