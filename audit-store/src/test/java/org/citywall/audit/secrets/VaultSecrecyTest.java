// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.secrets.VaultStub.Reply;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Neither the log at its finest level nor any failure says a secret. */
class VaultSecrecyTest {

  private static final String PASSWORD = "correct-horse-battery";

  private final MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");
  private final List<String> failures = new ArrayList<>();

  @Test
  void saysNoSecretWhateverHappens(@TempDir Path folder) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    List<String> secrets = new ArrayList<>();
    try (VaultStub server = VaultStub.start(clock)) {
      live(server, new VaultFiles(folder), secrets);
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }

    String said =
        log.list.stream().map(VaultSecrecyTest::text).collect(Collectors.joining("\n"))
            + String.join("\n", failures);
    assertThat(failures).hasSize(5);
    assertThat(secrets).hasSize(4).noneMatch(said::contains);
    assertThat(said).contains("AUD-0044").contains("AUD-0045");
  }

  private void live(VaultStub server, VaultFiles files, List<String> secrets) {
    VaultSettings settings = files.settings(server);
    secrets.add(server.tokens.secretId());
    server.kv.put("citywall/proxy", Map.of("password", PASSWORD));
    secrets.add(PASSWORD);
    VaultKeyVault vault =
        VaultKeyVault.open(
            settings, new VaultTransport(settings, List.of()), clock, new SecureRandom());
    secrets.addAll(server.tokens.known());
    vault.secret("citywall/proxy", "password");
    LeasedLogin login = vault.databaseLogin("readonly");
    secrets.add(login.current().password().reveal());

    String echo = "{\"errors\":[\"upstream said " + PASSWORD + "\"]}";
    server.answerNext(new Reply(500, echo));
    fail(() -> vault.secret("citywall/proxy", "password"));
    server.answerNext(new Reply(200, "{\"data\":" + PASSWORD));
    fail(() -> vault.secret("citywall/proxy", "password"));
    server.tokens.forbid("kv/data/citywall/proxy");
    fail(() -> vault.secret("citywall/proxy", "password"));
    server.tokens.changeSecretId();
    server.tokens.revokeAll();
    fail(() -> vault.secret("citywall/proxy", "password"));
    server.seal(true);
    clock.advance(Duration.ofDays(1));
    vault.renewDue();
    fail(login::current);
    vault.close();
  }

  private void fail(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    if (failure != null) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      failures.add(text.toString());
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + event.getKeyValuePairs()
        + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
