package dev.waybill.files;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Opens CSV files.
public final class CsvProvider implements SourceProvider {

  private static final Pattern NAME = Pattern.compile(".*\\.(csv|tsv|tab)(\\.gz)?");
  private static final Pattern TAB_SEPARATED = Pattern.compile(".*\\.(tsv|tab)(\\.gz)?");

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String summary() {
    return "CSV files with a header row, plain or gzip: FILE, 'data/*.csv', or - for standard input";
  }

  @Override
  public boolean recognizes(String location) {
    return NAME.matcher(location.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public List<Option> options() {
    return CsvDialect.OPTIONS;
  }

  @Override
  public Source open(List<String> locations, Options options) {
    List<InputFile> files = Locations.expand(locations);
    boolean tabSeparated =
        TAB_SEPARATED.matcher(files.getFirst().name().toLowerCase(Locale.ROOT)).matches();
    return CsvSource.open(files, CsvDialect.of(options, tabSeparated), FileCursor.CHUNK_SIZE);
  }
}
