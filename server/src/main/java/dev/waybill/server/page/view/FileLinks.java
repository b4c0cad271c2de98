package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.work.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The files that a run left.
final class FileLinks {

  private FileLinks() {}

  static List<RunView.FileLink> of(Works works, FlowRun run) {
    var links = new ArrayList<RunView.FileLink>();
    for (Works.Artifact kind : Works.Artifact.values()) {
      works
          .artifact(run, kind)
          .ifPresent(
              path -> {
                String name = kind.name().toLowerCase(Locale.ROOT);
                links.add(new RunView.FileLink(name, name + " file", meaning(kind), size(path)));
              });
    }
    return links;
  }

  private static String meaning(Works.Artifact kind) {
    return switch (kind) {
      case SUCCESS -> "what was delivered, and the ids that the destination gave";
      case FAIL ->
          "what was rejected, whole rows with the reason; correct them and load them again";
      case RETRY -> "what may be sent again as it is, in the form of the input";
    };
  }

  private static String size(Path path) {
    try {
      return Wording.size(Files.size(path));
    } catch (IOException e) {
      return "";
    }
  }
}
