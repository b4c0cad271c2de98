package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;

/// Compressed CSV in two folders, held against S3Proxy.
class S3ContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() {
    return new BucketSubject(S3Destination.Compression.GZIP);
  }
}
