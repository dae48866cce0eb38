// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.citywall.audit.log.TestLogs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored notes that carry more signatures than the log made. */
class CosignedCheckpointsTest {

  /** The cosignature that C2SP tlog-cosignature shows; nobody here knows its key. */
  private static final String COSIGNATURE =
      "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJs"
          + "X3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

  @TempDir private Path dataDir;

  @BeforeEach
  void writeLog() {
    TestLogs.write(dataDir);
  }

  private VerificationReport verify() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  /** Changes each stored note and the published one, as somebody would who knows the format. */
  private void change(UnaryOperator<String> change) throws IOException {
    Path published = dataDir.resolve("log/tlog/checkpoint");
    Files.writeString(published, change.apply(Files.readString(published)));
    Path history = dataDir.resolve("log/checkpoints/00000000.notes");
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(history));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      in.getInt();
      byte[] note = new byte[in.getInt()];
      in.get(note);
      byte[] changed = changed(note, change);
      ByteBuffer frame = ByteBuffer.allocate(8 + changed.length).putInt(0).putInt(changed.length);
      frame.put(changed);
      CRC32C crc = new CRC32C();
      crc.update(frame.array(), 4, frame.limit() - 4);
      out.writeBytes(frame.putInt(0, (int) crc.getValue()).array());
    }
    Files.write(history, out.toByteArray());
  }

  /** The two notes of a moment, that over SHA-256 changed. */
  private static byte[] changed(byte[] content, UnaryOperator<String> change) {
    ByteBuffer in = ByteBuffer.wrap(content).position(2);
    byte[] note = new byte[in.getInt()];
    in.get(note);
    byte[] changed = change.apply(new String(note, UTF_8)).getBytes(UTF_8);
    return ByteBuffer.allocate(content.length - note.length + changed.length)
        .put(content, 0, 2)
        .putInt(changed.length)
        .put(changed)
        .put(in)
        .array();
  }

  @Test
  void areNoCauseForAlarm() throws IOException {
    change(note -> note + COSIGNATURE);

    assertThat(verify().findings()).isEmpty();
    assertThat(verify().verdict()).isEqualTo(Verdict.INTACT);
    assertThat(TestLogs.reopen(dataDir)).isEqualTo(351);
  }

  @Test
  void doNotStandInForTheSignatureOfTheLog() throws IOException {
    change(note -> note.substring(0, note.indexOf("\n\n") + 2) + COSIGNATURE);

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }
}
