// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our tokens under the eyes of OpenSSL, and tokens that OpenSSL makes under ours. */
class OpensslTimestampIT {

  @TempDir private Path folder;

  @BeforeAll
  static void need() {
    assumeTrue(ForeignTool.exists("openssl", "version"), "needs openssl");
  }

  private ForeignTool.Result openssl(Path in, String... words) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words));
    return ForeignTool.run(in, Map.of(), command);
  }

  @Test
  void opensslBelievesAStoredToken() throws IOException {
    try (AnchorRig rig = new AnchorRig(folder.resolve("rig"))) {
      rig.log().append(10);
      rig.hour();
      Path note = rig.log().dataDir().resolve("anchors").resolve(rig.store().names().getFirst());
      String root = rig.folder().resolve("root.pem").toString();
      String time = Long.toString(rig.clock().instant().getEpochSecond());

      assertThat(
              openssl(
                      note,
                      "ts",
                      "-verify",
                      "-data",
                      "checkpoint",
                      "-in",
                      "tsa-city.tsr",
                      "-CAfile",
                      root,
                      "-attime",
                      time)
                  .output())
          .contains("Verification: OK");
      assertThat(
              openssl(
                      note,
                      "ts",
                      "-verify",
                      "-queryfile",
                      "tsa-city.tsq",
                      "-in",
                      "tsa-city.tsr",
                      "-CAfile",
                      root,
                      "-attime",
                      time)
                  .output())
          .contains("Verification: OK");

      Files.writeString(note.resolve("checkpoint"), "another");
      assertThat(
              openssl(
                      note,
                      "ts",
                      "-verify",
                      "-data",
                      "checkpoint",
                      "-in",
                      "tsa-city.tsr",
                      "-CAfile",
                      root,
                      "-attime",
                      time)
                  .exitCode())
          .isNotZero();
    }
  }

  @Test
  void weBelieveATokenThatOpensslMade() throws IOException {
    Instant now = Instant.now();
    TestPki pki = new TestPki(TestPki.Algorithm.RSA, now);
    TestPki.Identity identity =
        pki.tsa(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    pki.writeRoot(folder.resolve("root.pem"));
    Files.writeString(folder.resolve("tsa.pem"), TestPki.pem(identity.certificate()));
    Files.writeString(folder.resolve("key.pem"), TestPki.pem(identity.keys().getPrivate()));
    Files.writeString(folder.resolve("serial"), "01\n");
    Files.writeString(
        folder.resolve("tsa.cnf"),
        """
        [ tsa ]
        default_tsa = here
        [ here ]
        serial = serial
        crypto_device = builtin
        signer_cert = tsa.pem
        signer_key = key.pem
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256, sha512
        accuracy = secs:1
        ess_cert_id_alg = sha256
        """);
    byte[] message = "city.example/audit\n1\nroot\n".getBytes(StandardCharsets.UTF_8);
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    byte[] query =
        generator
            .generate(Imprint.SHA256.oid(), Imprint.SHA256.of(message), BigInteger.valueOf(4711))
            .getEncoded();
    Files.write(folder.resolve("query"), query);

    ForeignTool.Result made =
        openssl(
            folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply");

    assertThat(made.exitCode()).as(made.output()).isZero();
    TimestampTrust trust =
        new TimestampTrust(
            TimestampTrust.certificates(folder.resolve("root.pem")), List.of(), null);
    assertThat(
            new TokenCheck(trust)
                .check(Files.readAllBytes(folder.resolve("reply")), query, message))
        .isInstanceOfSatisfying(
            TokenResult.Trusted.class,
            trusted -> assertThat(trusted.time()).isBetween(now.minusSeconds(2), Instant.now()));
  }
}
