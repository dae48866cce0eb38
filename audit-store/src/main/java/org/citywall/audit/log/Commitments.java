// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commitments to many payloads at once. Used by one thread. */
public final class Commitments {

  private final MessageDigest sha256 = Sha256.digest();
  private final Sm3 sm3 = new Sm3();
  private @Nullable Sm3Lanes manyAtOnce;

  /**
   * Which of these envelopes commit to the salt and payload at the same place, by each hash that
   * they have.
   *
   * @param plains salt and payload, one after the other
   */
  public BitSet matching(List<Envelope> envelopes, List<byte[]> plains) {
    BitSet matching = new BitSet(plains.size());
    List<Integer> ofTwo = new ArrayList<>(plains.size());
    List<byte[]> plainsOfTwo = new ArrayList<>(plains.size());
    List<Hash> sha256 = sha256(plains);
    for (int i = 0; i < plains.size(); i++) {
      if (sha256.get(i).equals(envelopes.get(i).commitment())) {
        matching.set(i);
      }
      if (envelopes.get(i).sm3Commitment() != null) {
        ofTwo.add(i);
        plainsOfTwo.add(plains.get(i));
      }
    }
    List<Hash> sm3 = sm3(plainsOfTwo);
    for (int i = 0; i < ofTwo.size(); i++) {
      int place = ofTwo.get(i);
      if (!sm3.get(i).equals(envelopes.get(place).sm3Commitment())) {
        matching.clear(place);
      }
    }
    return matching;
  }

  /**
   * SHA-256 of each.
   *
   * @param plains salt and payload, one after the other
   */
  List<Hash> sha256(List<byte[]> plains) {
    List<Hash> hashes = new ArrayList<>(plains.size());
    for (byte[] plain : plains) {
      hashes.add(Hash.of(sha256.digest(plain)));
    }
    return hashes;
  }

  /**
   * SM3 of each.
   *
   * @param plains salt and payload, one after the other
   */
  List<Hash> sm3(List<byte[]> plains) {
    byte[] hashes = new byte[plains.size() * Hash.BYTES];
    int done = 0;
    while (done < plains.size()) {
      int step = Math.min(Sm3Lanes.LANES, plains.size() - done);
      hash(plains.subList(done, done + step), hashes, done * Hash.BYTES);
      done += step;
    }
    List<Hash> split = new ArrayList<>(plains.size());
    for (int at = 0; at < hashes.length; at += Hash.BYTES) {
      split.add(Hash.of(Arrays.copyOfRange(hashes, at, at + Hash.BYTES)));
    }
    return split;
  }

  private void hash(List<byte[]> plains, byte[] to, int at) {
    if (plains.size() >= Sm3Lanes.WORTHWHILE) {
      Sm3Lanes lanes = manyAtOnce == null ? new Sm3Lanes() : manyAtOnce;
      manyAtOnce = lanes;
      plains.forEach(plain -> lanes.add(plain, 0, plain.length));
      lanes.digest(to, at, Hash.BYTES);
      return;
    }
    int next = at;
    for (byte[] plain : plains) {
      sm3.update(plain, 0, plain.length);
      sm3.digest(to, next);
      next += Hash.BYTES;
    }
  }
}
