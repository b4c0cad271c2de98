package dev.waybill.server.work;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.files.JsonLinesProvider;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceIdentity;
import dev.waybill.spi.SourceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// JSON Lines on a disk that can not be read from some record on: `FILE.breaking`. A file
/// `FILE.breaking.at` holds how many records can be read; without it all of them can.
public final class BreakingSourceProvider implements SourceProvider {

  @Override
  public String name() {
    return "breaking";
  }

  @Override
  public String summary() {
    return "files on a bad disk";
  }

  @Override
  public boolean recognizes(String location) {
    return location.endsWith(".breaking");
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Source open(List<String> locations, Options options) {
    var lines = new JsonLinesProvider();
    Path at = Path.of(locations.getFirst() + ".at");
    try {
      long last = Files.exists(at) ? Long.parseLong(Files.readString(at)) : Long.MAX_VALUE;
      return new Breaking(
          lines.open(locations, Options.of("source", lines.options(), Map.of())), last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Breaking implements Source {

    private final Source source;
    private final long last;
    private long read;

    Breaking(Source source, long last) {
      this.source = source;
      this.last = last;
    }

    @Override
    public FieldNames columns() {
      return source.columns();
    }

    @Override
    public ByteSlice preamble() {
      return source.preamble();
    }

    @Override
    public String extension() {
      return source.extension();
    }

    @Override
    public boolean next(Intake<Fields> intake) {
      if (read == last) {
        throw new UserException("The disk can not be read behind record " + last + ".");
      }
      read++;
      return source.next(intake);
    }

    @Override
    public SourceIdentity identity() {
      return source.identity();
    }

    @Override
    public long bytesRead() {
      return source.bytesRead();
    }

    @Override
    public long totalBytes() {
      return source.totalBytes();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
