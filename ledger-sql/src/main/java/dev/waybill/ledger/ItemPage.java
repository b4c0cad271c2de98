package dev.waybill.ledger;

import java.util.List;

/// Some of the items that were asked for. There may be fewer than asked for, even none, and more
/// behind: what takes long to find is looked for in pieces.
///
/// @param next the ordinal behind which to go on; 0 if there is nothing more
public record ItemPage(List<ItemRecord> items, long next) {

  public ItemPage {
    items = List.copyOf(items);
  }
}
