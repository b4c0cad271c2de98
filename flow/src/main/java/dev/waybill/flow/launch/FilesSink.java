package dev.waybill.flow.launch;

import dev.waybill.Fields;
import dev.waybill.Settlement;
import dev.waybill.files.RunFiles;
import dev.waybill.run.SettlementSink;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what became of the records into the run's files.
record FilesSink(RunFiles files) implements SettlementSink<Fields> {

  @Override
  public void settled(Settlement<Fields> settlement) {
    files.settled(settlement);
  }

  @Override
  public void flush() {
    files.flush();
  }

  @Override
  public Map<String, Long> lengths() {
    return lengths(files);
  }

  static Map<String, Long> lengths(RunFiles files) {
    RunFiles.Mark mark = files.mark();
    var lengths = new LinkedHashMap<String, Long>();
    for (RunFiles.Extent extent : List.of(mark.success(), mark.fail(), mark.retry())) {
      lengths.put(extent.path().toAbsolutePath().normalize().toString(), extent.length());
    }
    return lengths;
  }

  /// The mark that lengths were made from; null if they are not those of a run's files.
  static RunFiles.@Nullable Mark mark(Map<String, Long> lengths) {
    RunFiles.Extent success = extent(lengths, "success_");
    RunFiles.Extent fail = extent(lengths, "fail_");
    RunFiles.Extent retry = extent(lengths, "retry_");
    return success == null || fail == null || retry == null
        ? null
        : new RunFiles.Mark(success, fail, retry);
  }

  private static RunFiles.@Nullable Extent extent(Map<String, Long> lengths, String kind) {
    for (var length : lengths.entrySet()) {
      Path path = Path.of(length.getKey());
      Path name = path.getFileName();
      if (name != null && name.toString().startsWith(kind)) {
        return new RunFiles.Extent(path, length.getValue());
      }
    }
    return null;
  }
}
