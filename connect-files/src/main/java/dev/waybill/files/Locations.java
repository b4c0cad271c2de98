package dev.waybill.files;

import dev.waybill.UserException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the user named as input: files, patterns such as `data/*.csv`, and `-`.
final class Locations {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private Locations() {}

  /// The files to read, in the order given; those that a pattern finds by name.
  static List<InputFile> expand(List<String> locations) {
    var files = new ArrayList<InputFile>();
    for (String location : locations) {
      if (location.equals("-")) {
        if (files.stream().anyMatch(InputFile::isStandardInput)) {
          throw new UserException("Standard input (-) is named twice, but can be read only once.");
        }
        files.add(new InputFile("-", null));
        continue;
      }
      Path path = Path.of(location);
      if (Files.isDirectory(path)) {
        throw new UserException(
            location + " is a directory: name its files, as in '" + location + "/*.csv'.");
      } else if (Files.exists(path)) {
        files.add(new InputFile(location, path));
      } else if (WILDCARD.matcher(location).find()) {
        matches(location).forEach(match -> files.add(new InputFile(match.toString(), match)));
      } else {
        throw InputFile.missing(location);
      }
    }
    if (files.isEmpty()) {
      throw new UserException("No file is named to read from.");
    }
    return files;
  }

  private static List<Path> matches(String pattern) {
    Path whole = Path.of(pattern);
    int fixed = 0;
    while (!WILDCARD.matcher(whole.getName(fixed).toString()).find()) {
      fixed++;
    }
    Path root = whole.isAbsolute() ? whole.getRoot() : Path.of("");
    Path start = fixed == 0 ? root : root.resolve(whole.subpath(0, fixed));
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : whole.getNameCount() - fixed;
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    List<Path> found = List.of();
    if (Files.isDirectory(start)) {
      try (var paths = Files.walk(start, depth)) {
        found = paths.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
      } catch (IOException e) {
        throw new UserException(
            "The files that match " + pattern + " can not be listed: " + e.getMessage() + ".", e);
      }
    }
    if (found.isEmpty()) {
      throw new UserException(
          "No file matches "
              + pattern
              + "; the working directory is "
              + Path.of("").toAbsolutePath()
              + ".");
    }
    return found;
  }
}
