package dev.waybill.aws;

import dev.waybill.UserException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Where AWS is and who is calling. What is not set comes from the SDK's ordinary chain: system
/// properties, environment variables, the shared configuration files, the machine's role.
///
/// @param region the region's name, such as `eu-central-1`; null for the chain's
/// @param endpoint the address to call in place of the service's own, for emulators and private
///   endpoints; null for the service's own
/// @param profile the profile of the shared configuration files; null for the chain's
/// @param credentials what gives the credentials; null for the chain
/// @param timeout how long an answer is waited for; a call that gets none is in doubt
public record AwsConnection(
    @Nullable String region,
    @Nullable URI endpoint,
    @Nullable String profile,
    @Nullable AwsCredentialsProvider credentials,
    Duration timeout) {

  /// Connections of a destination, and so calls at the same time, at the most.
  static final int MAX_CALLS = 50;

  /// Calls at the same time where the user sets no concurrency.
  static final int SUGGESTED_CALLS = 10;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Emulators sign and check nothing, but the SDK wants a region.
  private static final String ANY_REGION = "us-east-1";

  /// All as the SDK's ordinary chain has it; answers are waited for 30 seconds.
  public static AwsConnection ordinary() {
    return new AwsConnection(null, null, null, null, Duration.ofSeconds(30));
  }

  /// The same in another region.
  public AwsConnection region(String name) {
    return new AwsConnection(name, endpoint, profile, credentials, timeout);
  }

  /// The same at another address.
  public AwsConnection endpoint(URI address) {
    return new AwsConnection(region, address, profile, credentials, timeout);
  }

  /// The same with a profile of the shared configuration files.
  public AwsConnection profile(String name) {
    return new AwsConnection(region, endpoint, name, credentials, timeout);
  }

  /// The same with credentials of its own.
  public AwsConnection credentials(AwsCredentialsProvider provider) {
    return new AwsConnection(region, endpoint, profile, provider, timeout);
  }

  /// The same with another wait for an answer.
  public AwsConnection timeout(Duration time) {
    return new AwsConnection(region, endpoint, profile, credentials, time);
  }

  /// Builds a client that makes each call once.
  ///
  /// @throws UserException if there are no credentials or there is no region
  <B extends AwsClientBuilder<B, C> & SdkAsyncClientBuilder<B, C>, C> C client(B builder) {
    AwsCredentialsProvider provider = new Checked(provider());
    Region where = Region.of(regionName());
    try {
      provider.resolveCredentials();
    } catch (NoCredentialsException e) {
      throw new UserException(
          "there are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose"
              + " a profile (any values will do for an emulator)"
              + whatTheSdkSays(e),
          e);
    }
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    builder
        .region(where)
        .credentialsProvider(provider)
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    // For an answer that begins and does not end; the connection's own limits come
                    // first everywhere else.
                    .apiCallAttemptTimeout(timeout.plus(CONNECT_TIMEOUT.multipliedBy(2))))
        // An answer does nothing but wake the virtual thread that waits for it: the SDK's own
        // executor would be one more thread on the way.
        .asyncConfiguration(
            async ->
                async.advancedOption(
                    SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                // One request a connection: a broken one leaves one call in doubt, not many. And
                // emulators speak nothing else.
                .protocol(Protocol.HTTP1_1)
                .eventLoopGroup(EventLoops.take())
                .maxConcurrency(MAX_CALLS)
                // A function may keep us waiting for minutes, on a line that looks idle.
                .tcpKeepAlive(true)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(CONNECT_TIMEOUT.multipliedBy(2))
                .tlsNegotiationTimeout(CONNECT_TIMEOUT)
                .writeTimeout(timeout)
                .readTimeout(timeout));
    try {
      return builder.build();
    } catch (RuntimeException e) {
      EventLoops.giveBack();
      throw e;
    }
  }

  /// Nothing, where it only lists all the places in which it found none.
  private static String whatTheSdkSays(NoCredentialsException e) {
    String message = Text.oneLine(e.getMessage());
    return message.contains("any of the providers in the chain")
        ? ""
        : "; the SDK says: " + message;
  }

  /// Closes a client that [#client] built. To be called once for each.
  static void close(SdkAutoCloseable client) {
    client.close();
    EventLoops.giveBack();
  }

  /// Where the calls go, for messages: `eu-central-1`, or the endpoint.
  String where() {
    return endpoint != null ? endpoint.toString() : regionName();
  }

  private AwsCredentialsProvider provider() {
    if (credentials != null) {
      return credentials;
    }
    var chain = DefaultCredentialsProvider.builder();
    if (profile != null) {
      chain.profileName(profile);
    }
    return chain.build();
  }

  private String regionName() {
    if (region != null) {
      return region;
    }
    try {
      return regions().getRegion().id();
    } catch (SdkException e) {
      if (endpoint != null) {
        return ANY_REGION;
      }
      throw new UserException(
          "there is no AWS region: set the option region, or the environment variable AWS_REGION",
          e);
    }
  }

  /// With an endpoint of its own, a machine in EC2 is not asked: elsewhere that takes seconds.
  private AwsRegionProvider regions() {
    if (endpoint != null) {
      return new AwsRegionProviderChain(
          new SystemSettingsRegionProvider(),
          profile == null
              ? new AwsProfileRegionProvider()
              : new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile));
    }
    var chain = DefaultAwsRegionProviderChain.builder();
    if (profile != null) {
      chain.profileName(profile);
    }
    return chain.build();
  }

  /// Marks a failure to get credentials, so that it is not taken for a failed call.
  private record Checked(AwsCredentialsProvider provider) implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      try {
        return provider.resolveCredentials();
      } catch (RuntimeException e) {
        throw new NoCredentialsException(e);
      }
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      CompletableFuture<? extends AwsCredentialsIdentity> identity;
      try {
        identity = provider.resolveIdentity(request);
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(new NoCredentialsException(e));
      }
      return identity
          .<AwsCredentialsIdentity>thenApply(found -> found)
          .exceptionallyCompose(e -> CompletableFuture.failedFuture(new NoCredentialsException(e)));
    }
  }
}
