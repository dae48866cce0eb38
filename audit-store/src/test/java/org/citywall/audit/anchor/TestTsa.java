// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/** A time-stamping authority (RFC 3161) on a port of its own, which can be told to misbehave. */
final class TestTsa implements AutoCloseable {

  static final String POLICY = "1.3.6.1.4.1.99999.1";

  private final TestPki.Identity identity;
  private final TestPki.Algorithm algorithm;
  private final List<X509CertificateHolder> chain;
  private final Clock clock;
  private final HttpServer server;
  private final AtomicLong serial = new AtomicLong(1);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = 200;
  private volatile UnaryOperator<byte[]> query = bytes -> bytes;
  private volatile UnaryOperator<byte[]> response = bytes -> bytes;

  TestTsa(TestPki pki, TestPki.Identity identity, Clock clock) {
    this(pki, identity, List.of(identity.certificate()), clock);
  }

  TestTsa(TestPki pki, TestPki.Identity identity, List<X509CertificateHolder> chain, Clock clock) {
    this.identity = identity;
    this.algorithm = pki.algorithm();
    this.chain = chain;
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
  }

  TestPki.Identity identity() {
    return identity;
  }

  int requests() {
    return requests.get();
  }

  /** Answers with this status of HTTP from now on. */
  void answerWith(int httpStatus) {
    status = httpStatus;
  }

  /** Sees another request than the one that was sent. */
  void changeQueries(UnaryOperator<byte[]> change) {
    query = change;
  }

  /** Sends another response than the one that was made. */
  void changeResponses(UnaryOperator<byte[]> change) {
    response = change;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      byte[] request = query.apply(exchange.getRequestBody().readAllBytes());
      byte[] answer = status == 200 ? response.apply(stamp(request)) : new byte[0];
      exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** The answer to a request. */
  byte[] stamp(byte[] request) {
    try {
      ASN1ObjectIdentifier digest =
          algorithm == TestPki.Algorithm.SM2 ? TSPAlgorithms.SM3 : TSPAlgorithms.SHA256;
      DigestCalculatorProvider digests =
          new JcaDigestCalculatorProviderBuilder().setProvider(Providers.BOUNCY_CASTLE).build();
      ContentSigner signer =
          new JcaContentSignerBuilder(algorithm.signature())
              .setProvider(Providers.BOUNCY_CASTLE)
              .build(identity.keys().getPrivate());
      SignerInfoGenerator info =
          new JcaSignerInfoGeneratorBuilder(digests).build(signer, identity.certificate());
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              info, digests.get(new AlgorithmIdentifier(digest)), new ASN1ObjectIdentifier(POLICY));
      tokens.addCertificates(new CollectionStore<>(chain));
      return new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256, TSPAlgorithms.SM3))
          .generate(
              new TimeStampRequest(request),
              BigInteger.valueOf(serial.getAndIncrement()),
              Date.from(clock.instant()))
          .getEncoded();
    } catch (IOException | TSPException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
