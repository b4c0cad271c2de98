package dev.waybill.http.preset;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// `preset:FILE#PLACE`: a service that a file of the user's describes.
final class FileProvider implements DestinationProvider {

  private static final String SCHEME = "preset";

  @Override
  public List<String> schemes() {
    return List.of(SCHEME);
  }

  @Override
  public String summary() {
    return "An HTTP API that a file of yours describes: preset:FILE.yaml#PLACE";
  }

  /// None, before the file is known.
  @Override
  public List<Option> options() {
    return List.of();
  }

  /// The destination that the file describes. What stands behind `#` is its address.
  @Override
  public DestinationProvider at(String address) {
    if (!address.startsWith(SCHEME + ":")) {
      return this;
    }
    String location = address.substring(SCHEME.length() + 1);
    int end = location.indexOf('#');
    String file = end < 0 ? location : location.substring(0, end);
    Preset preset = PresetReader.read(file, text(file), PresetFamily::source);
    return new Described(new PresetProvider(preset.scheme(), () -> preset));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new UserException(
          "the preset "
              + file
              + " can not be read; --to preset: takes a file of YAML, followed by #"
              + " and a place if the preset wants one",
          e);
    }
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    throw new UserException("--to preset: takes a file, as in preset:crm.yaml");
  }

  /// The provider that the file describes, under the address that names the file.
  private record Described(PresetProvider preset) implements DestinationProvider {

    @Override
    public List<String> schemes() {
      return preset.schemes();
    }

    @Override
    public String summary() {
      return preset.summary().replaceFirst(": [^:]*:", ": preset:FILE#");
    }

    @Override
    public List<Option> options() {
      return preset.options();
    }

    @Override
    public Destination<Fields> open(String address, Options options, Delivery delivery) {
      return preset.open(inner(address), options, delivery);
    }

    @Override
    public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
      return preset.openDeleting(inner(address), options, delivery);
    }

    private String inner(String address) {
      int end = address.indexOf('#');
      return preset.schemes().getFirst() + ":" + (end < 0 ? "" : address.substring(end + 1));
    }
  }
}
