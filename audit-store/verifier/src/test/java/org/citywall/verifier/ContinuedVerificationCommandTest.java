// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.StateSaving;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContinuedVerificationCommandTest {

  private static final Path REFERENCE = Path.of("..", "..", "docs", "reference", "verify");

  @TempDir private Path folder;
  private Path data;
  private WrittenLog log;
  private String printed = "";
  private String told = "";

  @BeforeEach
  void write() {
    data = folder.resolve("data");
    log = new WrittenLog(data);
  }

  private String state() {
    return folder.resolve("state").toString();
  }

  private int verify(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        CommandFailures.reportedBy(new CommandLine(new VerifyCommand()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    all[0] = "--data";
    all[1] = data.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int exit = command.execute(all);
    printed = out.toString();
    told = err.toString();
    return exit;
  }

  private static void assertFitsTheSchema(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(REFERENCE.resolve("report.schema.json")), InputFormat.JSON);
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  /** Stops a verification behind some entries, as a kill would. */
  private void interrupt() {
    LogVerifier verifier =
        new LogVerifier(data, Optional.empty())
            .saving(
                new StateSaving(
                    state -> {
                      state.write(Path.of(state()));
                      throw new IllegalStateException("stopped");
                    },
                    100,
                    Duration.ofHours(1),
                    Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    assertThatThrownBy(() -> verifier.full(Progress.SILENT)).hasMessageContaining("stopped");
  }

  @Test
  void readsOnlyWhatCameAfterTheStateAndSaysSo() {
    assertThat(verify("full", "--state", state())).isZero();
    log.append(301, 305);

    assertThat(verify("full", "--since", state(), "--state", state())).as(printed).isZero();
    assertThat(printed)
        .contains("earlier      300 entries rest on an earlier verification (intact)")
        .contains("checked      5 entries")
        .contains("signed size  305");
    assertThat(verify("full", "--since", state())).isZero();
    assertThat(printed).contains("earlier      305 entries").contains("checked      0 entries");
  }

  @Test
  void goesOnWhereItWasInterrupted() {
    verify();
    String uninterrupted = printed;
    interrupt();

    assertThat(verify("full", "--state", state())).isZero();
    assertThat(told).contains("interrupted behind 100 entries");
    assertThat(printed).isEqualTo(uninterrupted);
    verify("full", "--state", state());
    assertThat(told).isEmpty();
    assertThat(printed).isEqualTo(uninterrupted);
  }

  @Test
  void doesNotRestOnAVerificationThatWasInterrupted() {
    interrupt();

    assertThat(verify("full", "--since", state())).isEqualTo(1);
    assertThat(told).contains("AUD-0130");
  }

  @Test
  void leavesNoStateWhereTheRecordsEndTooEarly() throws Exception {
    log.truncate();

    assertThat(verify("full", "--state", state())).isEqualTo(11);
    assertThat(told).contains("no state was written");
    assertThat(Path.of(state())).doesNotExist();
  }

  @Test
  void wantsAStateForFullOnly() {
    assertThat(verify("consistency", "--state", state())).isEqualTo(1);
    assertThat(verify("consistency", "--since", state())).isEqualTo(1);
  }

  @Test
  void printsJsonAsTheReferenceSays() throws Exception {
    assertFitsTheSchema(Files.readString(REFERENCE.resolve("report.example.json")));
    verify("--json", "--state", state());
    assertFitsTheSchema(printed);
    verify("--json", "--since", state());
    assertFitsTheSchema(printed);
    assertThat(printed).contains("\"earlier\":{\"entries\":300");
    log.destroy();
    verify("--json", "--since", state());
    assertFitsTheSchema(printed);
    assertThat(printed).contains("\"verdict\":\"lawfully-reduced\"", "\"shreddedPayloads\":300");
    log.tamper();
    verify("--json");
    assertFitsTheSchema(printed);
    verify("inclusion", "--entry", "3", "--json");
    assertFitsTheSchema(printed);
    verify("consistency", "--json");
    assertFitsTheSchema(printed);
  }
}
