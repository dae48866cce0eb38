// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.citywall.audit.PlatformException;

/**
 * A signed snapshot of what opening a log would otherwise derive from every record. It is signed
 * because a forged mark would make the log take new events for repetitions and drop them.
 */
final class StateFile {

  private static final String HEADER = "citywall-log-state/1";

  /** What a snapshot holds. */
  record State(TreeEdge edge, ByteBuffer recorded) {}

  private StateFile() {}

  static byte[] encode(TreeEdge edge, ByteBuffer recorded, NoteSigner signer) {
    byte[] tree = edge.encode();
    ByteBuffer body = ByteBuffer.allocate(tree.length + recorded.remaining());
    body.put(tree).put(recorded);
    byte[] note =
        signer.sign(text(signer.name(), body.array())).toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(4 + note.length + body.capacity());
    return out.putInt(note.length).put(note).put(body.array()).array();
  }

  /** The snapshot, or nothing where there is none that the key signed. */
  static Optional<State> read(Path file, VerifierKey key) throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] note = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
      in.get(note);
      byte[] body = new byte[in.remaining()];
      in.get(body);
      SignedNote signed = SignedNote.parse(new String(note, StandardCharsets.UTF_8));
      signed.requireSignedBy(key);
      if (!signed.text().equals(text(key.name(), body))) {
        return Optional.empty();
      }
      ByteBuffer content = ByteBuffer.wrap(body);
      TreeEdge edge = TreeEdge.decode(content);
      return Optional.of(new State(edge, content));
    } catch (NoSuchFileException | BufferUnderflowException | PlatformException e) {
      return Optional.empty();
    }
  }

  private static String text(String origin, byte[] body) {
    MessageDigest digest = Sha256.digest();
    return HEADER + '\n' + origin + '\n' + Hash.of(digest.digest(body)).base64() + '\n';
  }
}
