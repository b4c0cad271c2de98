package dev.waybill.flow.launch;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What a live source holds at the moment, as a source that ends: one partition after the other.
///
/// @param live the kind of source
record BacklogProvider(LiveSourceProvider live) implements SourceProvider {

  @Override
  public String name() {
    return live.name();
  }

  @Override
  public String summary() {
    return live.summary();
  }

  @Override
  public boolean recognizes(String location) {
    return live.recognizes(location);
  }

  @Override
  public List<Option> options() {
    return live.options();
  }

  @Override
  public Source open(List<String> locations, Options options) {
    if (locations.size() != 1) {
      throw new UserException(
          "One source of the kind " + name() + " is read at a time, not " + locations.size() + ".");
    }
    String location = locations.getFirst();
    return new Partitions(live, location, options, live.backlog(location, options));
  }

  private static final class Partitions implements Source {

    private final LiveSourceProvider live;
    private final String location;
    private final Options options;
    private final Queue<Backlog> left;
    private @Nullable Source open;
    private long bytes;

    Partitions(
        LiveSourceProvider live, String location, Options options, List<Backlog> partitions) {
      this.live = live;
      this.location = location;
      this.options = options;
      this.left = new ArrayDeque<>(partitions);
    }

    @Override
    public FieldNames columns() {
      return FieldNames.of();
    }

    @Override
    public ByteSlice preamble() {
      return ByteSlice.EMPTY;
    }

    @Override
    public String extension() {
      return "jsonl";
    }

    @Override
    public boolean next(Intake<Fields> intake) {
      while (open == null || !open.next(intake)) {
        close();
        Backlog partition = left.poll();
        if (partition == null) {
          return false;
        }
        open = live.open(location, options, partition);
      }
      return true;
    }

    @Override
    public long bytesRead() {
      return bytes + (open == null ? 0 : open.bytesRead());
    }

    @Override
    public long totalBytes() {
      return -1;
    }

    @Override
    public void close() {
      if (open != null) {
        bytes += open.bytesRead();
        open.close();
        open = null;
      }
    }
  }
}
