// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class FramesTest {

  private static final int TRIES = 10_000;

  @Test
  void writesABatchAsSpecified() {
    Entry entry = new Entry(EntryKind.DECISION, TestEvents.at("a", 1, 2).event());
    byte[] event = entry.event().encode();

    byte[] frame = BatchFrame.encode(List.of(entry));

    assertThat(Arrays.copyOf(frame, 6)).containsExactly(1, 0, 0, 0, 1, 2);
    assertThat(ByteBuffer.wrap(frame).getInt(6)).isEqualTo(event.length);
    assertThat(Arrays.copyOfRange(frame, 10, frame.length)).isEqualTo(event);
  }

  @Test
  void readsBackABatch() throws Exception {
    List<Entry> batch = TestEvents.range("a", 1, 9);

    assertThat(BatchFrame.decode(BatchFrame.encode(batch), 9)).isEqualTo(batch);
    assertThat(BatchFrame.decode(BatchFrame.encode(List.of()), 0)).isEmpty();
    assertThatThrownBy(() -> BatchFrame.decode(BatchFrame.encode(batch), 8))
        .isInstanceOf(MalformedFrame.class);
  }

  @Test
  void refusesAnEventThatItWouldWriteInOtherBytes() {
    byte[] event = TestEvents.at("a", 1, 1).event().encode();
    byte[] frame = BatchFrame.encode(TestEvents.range("a", 1, 1));
    // One field more, with a number that no version of today knows: 60 000, a flag that is set.
    byte[] newer = withFieldOfANewerVersion(event);
    ByteBuffer changed = ByteBuffer.allocate(frame.length - event.length + newer.length);
    changed.put(frame, 0, 6).putInt(newer.length).put(newer);

    assertThat(Event.decode(newer).labels()).containsEntry("field_60000", "1");
    assertThatThrownBy(() -> BatchFrame.decode(changed.array(), 1))
        .isInstanceOf(MalformedFrame.class)
        .hasMessageContaining("newer version");
  }

  /** The event's last byte counts its labels, of which it has none. */
  private static byte[] withFieldOfANewerVersion(byte[] event) {
    byte[] tag = {(byte) 0x80, (byte) 0xD3, 0x0E};
    ByteBuffer out = ByteBuffer.allocate(event.length + tag.length + 1);
    out.put(event, 0, event.length - 1).put(tag).put((byte) 2).put((byte) 0);
    int count = 1 + 16 + 8 + 8 + 2 + 1 + 1;
    out.put(count, (byte) (out.get(count) + 1));
    return out.array();
  }

  @Test
  void readsBackStoredEntriesAndTheirProof() throws Exception {
    List<StoredEntry> entries = stored();
    TreeProof proof = proof();

    StoredFrame back = StoredFrame.decode(new StoredFrame(entries, proof).encode(), 7);

    assertThat(back.proof()).isEqualTo(proof);
    assertThat(back.entries()).hasSize(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      assertThat(back.entries().get(i)).usingRecursiveComparison().isEqualTo(entries.get(i));
      assertThat(back.entries().get(i).open().leaf()).isEqualTo(7 + i);
    }
  }

  @RandomizedTest(iterations = 2)
  void refusesAnyOtherBatchWithoutBreaking(RandomGenerator random) {
    byte[] valid = BatchFrame.encode(TestEvents.range("a", 1, 4));
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] bytes = Mutations.of(valid, random);
      try {
        assertThat(BatchFrame.encode(BatchFrame.decode(bytes, 100))).isEqualTo(bytes);
      } catch (MalformedFrame e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(TRIES / 2);
  }

  @RandomizedTest(iterations = 2)
  void refusesAnyOtherAnswerWithoutBreaking(RandomGenerator random) {
    byte[] entries = new StoredFrame(stored(), proof()).encode();
    byte[] leaves = BatchFrame.encodeLeaves(new long[] {1, -1, 3});
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      try {
        StoredFrame.decode(Mutations.of(entries, random), random.nextInt(1 << 20));
      } catch (MalformedFrame e) {
        refused++;
      }
      try {
        BatchFrame.decodeLeaves(Mutations.of(leaves, random), 3);
      } catch (MalformedFrame e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(TRIES / 2);
  }

  @RandomizedTest(iterations = 2)
  void readsNoParametersThatAreNotThere(RandomGenerator random) {
    String alphabet = "frommaxsince=&0123456789-+%. ";
    for (int i = 0; i < TRIES; i++) {
      StringBuilder query = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        query.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Parameters parameters = Parameters.of(query.toString(), Set.of("from", "max", "since"));
        assertThat(parameters.optional("from", 0)).isNotNegative();
      } catch (PlatformException e) {
        assertThat(e.code()).isEqualTo(AuditErrorCode.STORE_REQUEST_MALFORMED);
      }
      assertThat(TilePath.parse("/tile/" + query)).isEmpty();
    }
  }

  private static List<StoredEntry> stored() {
    List<StoredEntry> entries = new ArrayList<>();
    for (Entry entry : TestEvents.range("a", 1, 4)) {
      byte[] salt = new byte[Hash.BYTES];
      byte[] payload = entry.event().encode();
      byte[] envelope = Envelope.of(entry, salt, payload).encode();
      entries.add(new StoredEntry(7 + entries.size(), envelope, salt, payload));
    }
    return entries;
  }

  private static TreeProof proof() {
    Hash hash = Hash.sha256(new byte[] {1});
    return new TreeProof(99, "a note\n", List.of(hash), List.of(hash, Hash.sha256(new byte[0])));
  }
}
