package dev.waybill.http;

import dev.waybill.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// By what a request shows who sends it. Safe for use by many threads.
sealed interface Auth permits Auth.Nobody, Auth.Fixed, OAuth {

  /// What the next request is to carry.
  Pass pass() throws InterruptedException;

  /// The API answered 401 to a request with this header. Says what that means for the run, or null
  /// if it means what the status table says.
  @Nullable Reply unauthorized(@Nullable Header shown);

  /// The API let a request with this header pass.
  void passed(@Nullable Header shown);

  /// The header with its secret masked; null if there is none.
  @Nullable Header masked();

  /// The value of `Authorization` by the scheme `Basic` (RFC 7617, in UTF-8).
  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /// What a request is to carry.
  sealed interface Pass {

    /// This header, or none.
    record Show(@Nullable Header header) implements Pass {}

    /// There is none to be had now, and so no request.
    record Wait(Reply reply) implements Pass {}
  }

  /// Shows nothing.
  record Nobody() implements Auth {

    @Override
    public Pass pass() {
      return new Pass.Show(null);
    }

    @Override
    public @Nullable Reply unauthorized(@Nullable Header shown) {
      return null;
    }

    @Override
    public void passed(@Nullable Header shown) {}

    @Override
    public @Nullable Header masked() {
      return null;
    }
  }

  /// Shows the same header every time.
  ///
  /// @param scheme what stands before the secret, and may be seen: `Bearer`; empty if nothing does
  record Fixed(Header header, String scheme) implements Auth {

    @Override
    public Pass pass() {
      return new Pass.Show(header);
    }

    @Override
    public @Nullable Reply unauthorized(@Nullable Header shown) {
      return null;
    }

    @Override
    public void passed(@Nullable Header shown) {}

    @Override
    public Header masked() {
      return new Header(header.name(), (scheme + " ***").strip());
    }

    /// Without the secret.
    @Override
    public String toString() {
      return masked().toString();
    }
  }
}
