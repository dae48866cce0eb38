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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.PlatformException;

/**
 * A signed snapshot of what opening a log would otherwise derive from every record. It is signed
 * because a forged mark would make the log take new events for repetitions and drop them.
 */
final class StateFile {

  private static final String HEADER = "citywall-log-state-2/";

  /**
   * What a snapshot holds.
   *
   * @param edges one for each tree of the log
   * @param forced size of the trees whose full tiles are durable
   */
  record State(List<TreeEdge> edges, long forced, ByteBuffer recorded) {}

  private StateFile() {}

  static byte[] encode(List<TreeEdge> edges, long forced, ByteBuffer recorded, NoteSigner signer) {
    List<byte[]> trees = edges.stream().map(TreeEdge::encode).toList();
    int bytes = trees.stream().mapToInt(tree -> tree.length).sum();
    ByteBuffer body = ByteBuffer.allocate(bytes + 8 + recorded.remaining());
    trees.forEach(body::put);
    body.putLong(forced);
    body.put(recorded);
    byte[] note =
        signer
            .sign(text(signer.name(), edges.size(), body.array()))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(4 + note.length + body.capacity());
    return out.putInt(note.length).put(note).put(body.array()).array();
  }

  /** The snapshot of these trees, or nothing where there is none that the log's key signed. */
  static Optional<State> read(Path file, LogFormat format, List<TreeHash> trees)
      throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] note = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
      in.get(note);
      byte[] body = new byte[in.remaining()];
      in.get(body);
      SignedNote signed = SignedNote.parse(new String(note, StandardCharsets.UTF_8));
      VerifierKey key = format.key(TreeHash.SHA_256);
      if (!signed.text().equals(text(key.name(), trees.size(), body))) {
        return Optional.empty();
      }
      // A crash may have come between a change of keys and the snapshot that follows it.
      long size = ByteBuffer.wrap(body).getLong();
      if (!signed.isSignedBy(key)) {
        signed.requireSignedBy(format.keyAt(TreeHash.SHA_256, size));
      }
      ByteBuffer content = ByteBuffer.wrap(body);
      List<TreeEdge> edges = new ArrayList<>();
      for (TreeHash tree : trees) {
        edges.add(TreeEdge.decode(tree, content));
      }
      return Optional.of(new State(edges, content.getLong(), content));
    } catch (NoSuchFileException | BufferUnderflowException | PlatformException e) {
      return Optional.empty();
    }
  }

  /** The version is the number of trees: a snapshot of one tree is of no use to a log of two. */
  private static String text(String origin, int version, byte[] body) {
    MessageDigest digest = Sha256.digest();
    String hash = Hash.of(digest.digest(body)).base64();
    return HEADER + version + '\n' + origin + '\n' + hash + '\n';
  }
}
