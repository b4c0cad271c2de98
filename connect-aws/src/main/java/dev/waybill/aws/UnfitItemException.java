package dev.waybill.aws;

/// An item that the service would refuse in any case. The message is a sentence that says why, for
/// the item's receipt.
final class UnfitItemException extends RuntimeException {

  UnfitItemException(String sentence) {
    super(sentence);
  }
}
