package dev.waybill.cli;

import dev.waybill.flow.job.JobSettings;
import dev.waybill.mapping.MappingArguments;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What the destination is given of a record.
final class MappingFlags {

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN",
      description = "Take the field from this column. Dots nest: address.city=City. Repeatable.")
  private List<String> maps = new ArrayList<>();

  @Option(
      names = "--type",
      paramLabel = "FIELD=TYPE",
      description = "Make the field's text a number, date …: birthday=date:MM/dd/yyyy. Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "FIELD=TEXT",
      description = "Give the field the same text in every record. Repeatable.")
  private List<String> constants = new ArrayList<>();

  @Option(
      names = "--expression",
      paramLabel = "FIELD=JSONATA",
      description = "Compute the field from the record's columns. Repeatable.")
  private List<String> expressions = new ArrayList<>();

  @Option(
      names = "--require",
      paramLabel = "FIELD,…",
      description = "Refuse records without a value in these fields.")
  private List<String> required = new ArrayList<>();

  @Option(names = "--exclude", paramLabel = "COLUMN,…", description = "Leave these columns out.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "FIELD,…",
      description = "What names a record, in reports and for --order per-key.")
  private List<String> keys = new ArrayList<>();

  void into(JobSettings settings) {
    if (maps.isEmpty()
        && types.isEmpty()
        && constants.isEmpty()
        && expressions.isEmpty()
        && required.isEmpty()
        && excluded.isEmpty()
        && keys.isEmpty()) {
      return;
    }
    settings.mapping(this::into);
  }

  private void into(MappingArguments mapping) {
    maps.forEach(mapping::map);
    constants.forEach(mapping::set);
    expressions.forEach(mapping::expression);
    types.forEach(mapping::type);
    required.forEach(mapping::require);
    excluded.forEach(mapping::exclude);
    if (!keys.isEmpty()) {
      mapping.key(String.join(",", keys));
    }
  }
}
