package dev.waybill.aws;

import dev.waybill.FieldNames;
import dev.waybill.UserException;
import dev.waybill.spi.AddressRule;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// The options that all the AWS destinations have.
final class AwsOptions {

  private static final Option REGION =
      Option.of(
          "region", null, "The region, such as eu-central-1; unless set, as the AWS SDK finds it");
  private static final Option ENDPOINT =
      Option.of("endpoint", null, "The address to call in place of the service's, for emulators");
  private static final Option PROFILE =
      Option.of("profile", null, "The profile of the shared AWS configuration files");
  private static final Option MAX_ITEMS =
      Option.of("max-items", null, "Most items in a call; unless set, the service's limit");
  private static final Option MAX_ITEM_BYTES =
      Option.of("max-item-bytes", null, "Most bytes in an item; unless set, the service's limit");
  private static final Option MAX_BYTES =
      Option.of("max-bytes", null, "Most bytes in a call; unless set, the service's limit");
  private static final Option WHEN_IN_DOUBT =
      Option.of(
          "when-in-doubt",
          "tell",
          "What becomes of items that may have arrived or not: tell (they end as unknown) or repeat"
              + " (they may arrive twice)");

  private AwsOptions() {}

  /// A service's own options, and those of all.
  ///
  /// @param timeout how long an answer is waited for where the user does not say
  static List<Option> with(String timeout, Option... own) {
    var all = new ArrayList<>(List.of(own));
    all.add(REGION);
    all.add(ENDPOINT);
    all.add(PROFILE);
    all.add(Option.of("timeout", timeout, "How long an answer is waited for"));
    all.add(MAX_ITEMS);
    all.add(MAX_ITEM_BYTES);
    all.add(MAX_BYTES);
    all.add(WHEN_IN_DOUBT);
    return List.copyOf(all);
  }

  /// Hands the options of all to a builder.
  static <B extends DestinationBuilder<B>> B apply(B builder, Options options) {
    AwsConnection connection = AwsConnection.ordinary().timeout(options.duration("timeout"));
    if (options.has("region")) {
      connection = connection.region(options.required("region"));
    }
    if (options.has("endpoint")) {
      connection = connection.endpoint(endpoint(options));
    }
    if (options.has("profile")) {
      connection = connection.profile(options.required("profile"));
    }
    builder.connection(connection);
    builder.whenInDoubt(options.choice("when-in-doubt", WhenInDoubt.class));
    if (options.has("max-items")) {
      int items = options.integer("max-items", 1, Integer.MAX_VALUE);
      builder.limits(limits -> limits.maxItems(items));
    }
    if (options.has("max-item-bytes")) {
      int bytes = options.integer("max-item-bytes", 1, Integer.MAX_VALUE);
      builder.limits(limits -> limits.maxItemBytes(bytes));
    }
    if (options.has("max-bytes")) {
      int bytes = options.integer("max-bytes", 1, Integer.MAX_VALUE);
      builder.limits(limits -> limits.maxCallBytes(bytes));
    }
    return builder;
  }

  private static URI endpoint(Options options) {
    try {
      URI endpoint = URI.create(options.required("endpoint"));
      if (endpoint.getHost() != null && endpoint.getScheme() != null) {
        options.permits().addresses().resolve(endpoint.getHost());
        return endpoint;
      }
    } catch (AddressRule.RefusedException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    } catch (UnknownHostException e) {
      throw new UserException(
          "the host of the option endpoint is not known; check " + options.required("endpoint"), e);
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw options.bad("endpoint", "takes an address such as http://localhost:4566");
  }

  /// What stands behind the scheme in an address: `orders` of `kinesis:orders`.
  static String name(String address, String form) {
    String name = address.substring(address.indexOf(':') + 1);
    if (name.isBlank()) {
      throw new UserException("the address '" + address + "' names nothing: write " + form);
    }
    return name;
  }

  /// Sees to it that the fields which these options name are among the records' columns, where
  /// those are known.
  static void check(Options options, Delivery delivery, String... names) {
    FieldNames columns = delivery.columns();
    if (columns.size() == 0) {
      return;
    }
    for (String name : names) {
      for (String field : options.list(name)) {
        if (!columns.contains(field)) {
          throw new UserException(
              "the option '%s' names the field '%s', and the records have only %s"
                  .formatted(name, field, String.join(", ", columns.asList())));
        }
      }
    }
  }
}
