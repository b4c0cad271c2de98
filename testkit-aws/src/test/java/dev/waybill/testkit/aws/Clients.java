package dev.waybill.testkit.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/// The real SDK's clients, without its own retries.
final class Clients {

  // one for all: to make one takes longer than a test
  private static final SdkHttpClient HTTP = Apache5HttpClient.builder().maxConnections(200).build();

  private Clients() {}

  static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return client(builder, endpoint, Duration.ofSeconds(20));
  }

  /// A client that gives up after a time.
  static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, Duration patience) {
    return builder
        .httpClient(HTTP)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(
            o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(patience))
        .build();
  }
}
