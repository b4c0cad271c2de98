package dev.waybill.flink.table;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flink.Opener;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits.Idempotence;
import java.util.List;
import java.util.Map;

/// Opens the destination of a table on the machine that delivers.
///
/// @param table its name
/// @param changes what may come
record TableDestination(
    String address,
    Map<String, String> options,
    List<String> columns,
    List<String> key,
    String table,
    Changes changes)
    implements Opener<Fields> {

  /// What sorts of changes a query makes.
  enum Changes {
    INSERTS,
    UPSERTS,
    UPSERTS_AND_DELETES
  }

  @Override
  public Destination<Fields> open() {
    DestinationProvider provider = Connectors.found().destination(address);
    Options given = Options.of(provider.schemes().getFirst(), provider.options(), options);
    var delivery = new Delivery(FieldNames.of(columns), List.of(), key, table);
    Destination<Fields> writing = provider.open(address, given, delivery);
    try {
      if (changes != Changes.INSERTS
          && writing.traits().idempotence() == Idempotence.NOT_IDEMPOTENT) {
        throw new UserException(
            "The table "
                + table
                + " takes updates, but with these options its destination makes a second record of"
                + " each: choose those by which it replaces records.");
      }
      return changes == Changes.UPSERTS_AND_DELETES
          ? new ChangesDestination(
              writing,
              provider.openDeleting(
                  address, given, new Delivery(FieldNames.of(key), List.of(), key, table)))
          : writing;
    } catch (RuntimeException | Error e) {
      writing.close();
      throw e;
    }
  }
}
