package dev.waybill.server.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.waybill.UserException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the public keys of an issuer come from.
final class JwtKeys {

  private static final Duration KEPT = Duration.ofMinutes(5);

  /// For how long keys that were fetched are good while the issuer can not be reached.
  private static final Duration KEPT_IN_NEED = Duration.ofHours(4);

  private static final Duration FETCH_TIME = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 512 << 10;

  private JwtKeys() {}

  /// Keys from an address, kept for a while. A token signed by a key that is not among them has
  /// them fetched again, but not more often than `apart`, whatever tokens strangers make up.
  static JWKSource<SecurityContext> at(URI address, Duration apart) {
    try {
      int millis = (int) FETCH_TIME.toMillis();
      return JWKSourceBuilder.create(
              address.toURL(), new DefaultResourceRetriever(millis, millis, MOST_BYTES))
          .cache(KEPT.toMillis(), 3L * millis)
          .refreshAheadCache(false)
          .rateLimited(apart.toMillis())
          .retrying(true)
          .outageTolerant(KEPT_IN_NEED.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new UserException("--jwt-keys takes an https address or a file, not " + address, e);
    }
  }

  /// Keys from a file, which is read again when it was written.
  ///
  /// @throws UserException if it has none
  static JWKSource<SecurityContext> in(Path file) {
    var keys = new InFile(file);
    try {
      keys.current();
    } catch (IOException | ParseException e) {
      throw new UserException(
          "The file " + file + " of --jwt-keys can not be read as a set of keys (RFC 7517).", e);
    }
    return keys;
  }

  private static final class InFile implements JWKSource<SecurityContext> {

    private final Path file;
    private @Nullable FileTime read;
    private JWKSet keys = new JWKSet();

    InFile(Path file) {
      this.file = file;
    }

    synchronized JWKSet current() throws IOException, ParseException {
      FileTime written = Files.getLastModifiedTime(file);
      if (!written.equals(read)) {
        keys = JWKSet.load(file.toFile());
        read = written;
      }
      return keys;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
      try {
        return selector.select(current());
      } catch (IOException | ParseException e) {
        // Half written, likely: the keys before it hold until it can be read.
        synchronized (this) {
          return selector.select(keys);
        }
      }
    }
  }
}
