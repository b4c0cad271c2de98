package dev.waybill.flow.launch;

import dev.waybill.UserException;
import dev.waybill.mapping.Nearest;
import dev.waybill.spi.DestinationFamily;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The sources and destinations on the class path.
public final class Connectors {

  private final List<SourceProvider> sources;
  private final List<LiveSourceProvider> liveSources;
  private final List<DestinationProvider> destinations;

  private final UnaryOperator<String> place;

  private Connectors(
      List<SourceProvider> sources,
      List<LiveSourceProvider> liveSources,
      List<DestinationProvider> destinations,
      UnaryOperator<String> place) {
    this.sources = sources;
    this.liveSources = liveSources;
    this.destinations = destinations;
    this.place = place;
  }

  /// Finds them.
  public static Connectors found() {
    var destinations = new ArrayList<>(all(DestinationProvider.class));
    all(DestinationFamily.class).forEach(family -> destinations.addAll(family.members()));
    return new Connectors(
        all(SourceProvider.class),
        all(LiveSourceProvider.class),
        List.copyOf(destinations),
        UnaryOperator.identity());
  }

  /// The same for those who may not use all files of this machine.
  ///
  /// @param rule the address as it is to be understood, before a file that it names is read; throws
  ///   [UserException] if that file may not be used
  public Connectors guardedBy(UnaryOperator<String> rule) {
    return new Connectors(sources, liveSources, destinations, rule);
  }

  private static <P> List<P> all(Class<P> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }

  public List<SourceProvider> sources() {
    return sources;
  }

  public List<LiveSourceProvider> liveSources() {
    return liveSources;
  }

  /// The same with one source more.
  public Connectors with(SourceProvider source) {
    var more = new ArrayList<SourceProvider>();
    more.add(source);
    more.addAll(sources);
    return new Connectors(List.copyOf(more), liveSources, destinations, place);
  }

  /// The same for jobs that end: of a live source what it holds at the moment is read.
  public Connectors untilNow() {
    var more = new ArrayList<SourceProvider>(sources);
    liveSources.forEach(live -> more.add(new BacklogProvider(live)));
    return new Connectors(List.copyOf(more), liveSources, destinations, place);
  }

  /// The live source at a location; empty if it is none.
  public Optional<LiveSourceProvider> liveSource(String location) {
    return liveSources.stream().filter(source -> source.recognizes(location)).findFirst();
  }

  public List<DestinationProvider> destinations() {
    return destinations;
  }

  /// The source for these locations, by the format that the user chose or else by their names.
  ///
  /// @throws UserException if there is none
  public SourceProvider source(@Nullable String format, List<String> locations) {
    List<String> names = sources.stream().map(SourceProvider::name).toList();
    if (format != null) {
      return sources.stream()
          .filter(source -> source.name().equals(format))
          .findFirst()
          .orElseThrow(
              () ->
                  new UserException(
                      "There is no format '"
                          + format
                          + "'"
                          + Nearest.suggestion(format, names)
                          + "; there are "
                          + String.join(", ", names)
                          + "."));
    }
    String first = locations.getFirst();
    return sources.stream()
        .filter(source -> source.recognizes(first))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    (first.equals("-") ? "Standard input" : "The name " + first)
                        + " does not tell its format: give --format, one of "
                        + String.join(", ", names)
                        + "."));
  }

  /// The options of the source for these locations, live or not.
  ///
  /// @throws UserException if there is none
  public List<Option> sourceOptions(@Nullable String format, List<String> locations) {
    return liveSource(locations.getFirst())
        .map(LiveSourceProvider::options)
        .orElseGet(() -> source(format, locations).options());
  }

  /// The destination for an address, by what stands before its first colon.
  ///
  /// @throws UserException if there is none
  public DestinationProvider destination(String address) {
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? address : address.substring(0, colon);
    for (DestinationProvider destination : destinations) {
      if (destination.schemes().contains(scheme)) {
        return destination.at(place.apply(address));
      }
    }
    var schemes = new TreeSet<String>();
    destinations.forEach(destination -> schemes.addAll(destination.schemes()));
    throw new UserException(
        (colon < 0
                ? "--to takes SCHEME:ADDRESS, as in sqlite:contacts.db, not '" + scheme + "'"
                : "There is no destination '" + scheme + "'")
            + Nearest.suggestion(scheme, schemes)
            + "; there are "
            + String.join(", ", schemes)
            + ".");
  }
}
