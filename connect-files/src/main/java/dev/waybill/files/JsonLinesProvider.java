package dev.waybill.files;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Opens JSON Lines files.
public final class JsonLinesProvider implements SourceProvider {

  private static final Pattern NAME = Pattern.compile(".*\\.(jsonl|ndjson)(\\.gz)?");

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String summary() {
    return "JSON Lines files, one object a line, plain or gzip: FILE, 'data/*.jsonl', or - for"
        + " standard input";
  }

  @Override
  public boolean recognizes(String location) {
    return NAME.matcher(location.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public List<Option> options() {
    return List.of(MaxRowBytes.OPTION);
  }

  @Override
  public Source open(List<String> locations, Options options) {
    return JsonLinesSource.open(
        Locations.expand(locations), MaxRowBytes.of(options), FileCursor.CHUNK_SIZE);
  }
}
