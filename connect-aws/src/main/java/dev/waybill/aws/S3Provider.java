package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Template;
import dev.waybill.spi.Template.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `s3://BUCKET/FOLDER/`: files of records in a bucket.
public final class S3Provider implements DestinationProvider {

  /// "General purpose bucket naming rules", S3 user guide; underscores and capitals are found in
  /// old ones, and in other stores.
  private static final Pattern FORM =
      Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]*)(?:/(.*))?");

  private static final int LONGEST_KEY = 1_024;

  private enum Format {
    JSONL,
    CSV
  }

  @Override
  public List<String> schemes() {
    return List.of("s3");
  }

  @Override
  public String summary() {
    return "Files in a bucket of S3 or of a store like it: s3://BUCKET/FOLDER/";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "60s",
        Option.choice(
            "format",
            "jsonl",
            "What a file consists of: jsonl, or csv with a header",
            List.of("jsonl", "csv")),
        Option.choice("compression", "none", "none or gzip", List.of("none", "gzip")),
        Option.of("storage-class", null, "The storage class, such as STANDARD_IA"),
        Option.of(
            "path-style",
            null,
            "Whether the bucket's name stands in the path; unless set, it does where endpoint is"
                + " set"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    Matcher match = FORM.matcher(address);
    if (!match.matches()) {
      throw new UserException(
          "'%s' is no address of a bucket: write s3://BUCKET/FOLDER/, with settings as options"
              .formatted(address));
    }
    Template folder = folder(match.group(2), delivery);
    S3Destination.Builder<Fields> builder = S3Destination.builder();
    builder
        .bucket(match.group(1))
        .compression(options.choice("compression", S3Destination.Compression.class))
        .folder(item -> filled(folder, item));
    switch (options.choice("format", Format.class)) {
      case JSONL -> builder.line(S3Provider::line);
      case CSV -> {
        if (delivery.columns().size() == 0) {
          throw options.bad(
              "format", "can not be csv where records have no columns in common; use jsonl");
        }
        var csv = new CsvLine(delivery.columns().asList());
        builder.header(csv.header()).line(csv::of).ending(".csv");
      }
    }
    if (options.has("storage-class")) {
      builder.storageClass(options.required("storage-class"));
    }
    if (options.has("path-style")) {
      if (options.enabled("path-style")) {
        builder.bucketInPath();
      } else {
        builder.bucketInHost();
      }
    }
    return AwsOptions.apply(builder, options).open();
  }

  private static Template folder(@Nullable String given, Delivery delivery) {
    String text = given == null ? "" : given;
    Template folder = Template.of(text.isEmpty() || text.endsWith("/") ? text : text + "/");
    for (String field : folder.fields()) {
      boolean isKey = field.equals("key") && !delivery.key().isEmpty();
      boolean known = delivery.columns().size() == 0 || delivery.columns().contains(field);
      if (!known && !isKey) {
        throw new UserException(
            "the folder names the field '%s', and the records have only %s%s"
                .formatted(
                    field,
                    String.join(", ", delivery.columns().asList()),
                    field.equals("date") || field.equals("day")
                        ? "; for the day of a field, write {FIELD:day}"
                        : ""));
      }
    }
    return folder;
  }

  private static String filled(Template folder, Item<Fields> item) {
    return switch (folder.fill(item)) {
      case Filled.Text(String text) when text.getBytes(UTF_8).length >= LONGEST_KEY ->
          throw new UnfitItemException("its folder is longer than the 1,024 bytes that a key has");
      case Filled.Text(String text) -> text;
      case Filled.Unfit(String complaint) ->
          throw new UnfitItemException(complaint + ", which its folder is made of");
    };
  }

  private static byte[] line(Fields record) {
    byte[] json = Json.bytes(record);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
