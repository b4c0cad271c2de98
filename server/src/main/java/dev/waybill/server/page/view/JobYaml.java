package dev.waybill.server.page.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// Writes jobs and their parts as YAML that people like to read.
final class JobYaml {

  private JobYaml() {}

  /// The tree as YAML; empty for an empty one.
  static String text(Map<String, @Nullable Object> tree) {
    if (tree.isEmpty()) {
      return "";
    }
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDefaultScalarStyle(ScalarStyle.PLAIN)
            .setWidth(10_000)
            .setIndent(2)
            .build();
    return new Dump(settings).dumpToString(tree);
  }

  /// Each line moved to the right, so that the text can stand inside another one.
  static List<String> indented(String text) {
    return text.lines().map(line -> line.isBlank() ? "" : "  " + line).toList();
  }
}
