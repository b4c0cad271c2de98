package dev.waybill.aws;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is to be written to a DynamoDB table.
public sealed interface DynamoDbWrite {

  /// Puts an item in the place of the one with its key, if there is one.
  ///
  /// @param item all attributes, the key's among them
  record Put(Map<String, AttributeValue> item) implements DynamoDbWrite {}

  /// Deletes the item with this key, if there is one.
  ///
  /// @param key the key's attributes and no others
  record Delete(Map<String, AttributeValue> key) implements DynamoDbWrite {}
}
