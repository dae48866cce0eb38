// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What a log asks a witness (C2SP tlog-witness, body of {@code add-checkpoint}); as a file it is
 * the request of an exchange by hand.
 *
 * @param oldSize size of the checkpoint that the witness cosigned last, 0 for none
 * @param proof consistency proof from there to the checkpoint, at most 63 hashes
 * @param checkpoint the checkpoint to cosign
 */
record WitnessRequest(long oldSize, List<Hash> proof, Checkpoint checkpoint) {

  /** Longest request that is read, in characters. */
  static final int MAX_LENGTH = 1 << 17;

  private static final int MAX_PROOF = 63;
  private static final String OLD = "old ";

  WitnessRequest {
    proof = List.copyOf(proof);
  }

  /** Reads a request without trusting it; {@code AUD-0070} where it is none. */
  static WitnessRequest parse(String body) {
    int gap = body.indexOf("\n\n");
    if (gap < 0 || body.length() > MAX_LENGTH || !body.startsWith(OLD)) {
      throw malformed("no old size, proof and checkpoint", null);
    }
    String[] lines = body.substring(0, gap).split("\n", -1);
    if (lines.length > 1 + MAX_PROOF) {
      throw malformed("more than " + MAX_PROOF + " proof lines", null);
    }
    Checkpoint checkpoint = checkpoint(body.substring(gap + 2));
    WitnessRequest request;
    try {
      List<Hash> proof = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        proof.add(Hash.of(Base64.getDecoder().decode(lines[i])));
      }
      long oldSize = Long.parseLong(lines[0].substring(OLD.length()));
      request = new WitnessRequest(oldSize, proof, checkpoint);
    } catch (IllegalArgumentException e) {
      throw malformed("a size or a hash cannot be read", e);
    }
    // What is not spelled as we would spell it is not canonical.
    if (request.oldSize < 0 || !request.toString().equals(body)) {
      throw malformed("not canonical", null);
    }
    return request;
  }

  private static Checkpoint checkpoint(String note) {
    try {
      return Checkpoint.parse(note);
    } catch (PlatformException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
  }

  /** The request as it is sent. */
  @Override
  public String toString() {
    StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> body.append(hash.base64()).append('\n'));
    return body.append('\n').append(checkpoint.note()).toString();
  }

  private static PlatformException malformed(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.WITNESS_REQUEST_MALFORMED, what, cause);
  }
}
