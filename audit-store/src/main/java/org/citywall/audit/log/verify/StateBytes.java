// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a state: the line {@code citywall-verification-state/1}, the fields of {@link
 * Carried} in their order, SHA-256 of everything before. Integers are big-endian; text and bytes
 * have a u32 length before them, lists and maps a u32 count; what may be absent is a list of none
 * or one; an edge is the list of its levels. The hash finds damage and no forgery.
 */
final class StateBytes {

  private static final byte[] HEADER =
      "citywall-verification-state/1\n".getBytes(StandardCharsets.US_ASCII);

  private interface Writing<T> {
    void write(T value) throws IOException;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private StateBytes() {}

  static byte[] bytes(Carried carried) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HEADER);
    new Writer(new DataOutputStream(bytes)).write(carried);
    bytes.writeBytes(Hash.sha256(bytes.toByteArray()).bytes());
    return bytes.toByteArray();
  }

  /** {@code AUD-0130} where these are not the bytes of a state. */
  static Carried read(byte[] bytes) {
    int end = bytes.length - Hash.BYTES;
    if (end < HEADER.length
        || Arrays.mismatch(HEADER, Arrays.copyOf(bytes, HEADER.length)) >= 0
        || !Hash.sha256(Arrays.copyOf(bytes, end))
            .equals(Hash.of(Arrays.copyOfRange(bytes, end, bytes.length)))) {
      throw damaged(null);
    }
    try {
      DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(bytes, HEADER.length, end - HEADER.length));
      Carried carried = new Reader(in).carried();
      if (in.available() > 0) {
        throw damaged(null);
      }
      return carried;
    } catch (IOException | PlatformException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static PlatformException damaged(@Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.VERIFICATION_STATE_INVALID,
        "not a state of a verification, or damaged",
        cause);
  }

  private record Writer(DataOutputStream out) {

    void write(Carried carried) throws IOException {
      list(carried.keys(), this::text);
      out.writeBoolean(carried.finished());
      list(carried.basis() == null ? List.of() : List.of(carried.basis()), this::basis);
      walked(carried.walked());
    }

    private void basis(Carried.Basis basis) throws IOException {
      text(basis.verdict().name());
      out.writeLong(basis.entries());
      Mark mark = basis.mark();
      text(mark.file());
      out.writeLong(mark.position());
      out.writeLong(mark.number());
      out.writeLong(mark.sizeBefore());
      text(mark.sha256());
      list(mark.sm3() == null ? List.of() : List.of(mark.sm3()), this::text);
    }

    private void walked(Carried.Walked walked) throws IOException {
      out.writeLong(walked.leaf());
      out.writeLong(walked.segment());
      out.writeLong(walked.position());
      out.writeLong(walked.checked());
      out.writeLong(walked.trees().size());
      list(walked.trees().edges(), edge -> list(edge.levels(), this::bytes));
      list(walked.trees().differing().stream().sorted().toList(), tree -> text(tree.name()));
      out.writeInt(walked.offsets().chained());
      out.write(walked.offsets().chain().bytes());
      list(walked.offsets().rest(), out::writeInt);
      sources(walked.sources());
      payloads(walked.payloads());
      list(walked.changes(), this::change);
      findings(walked.findings());
    }

    private void sources(SourceOrder.Seen seen) throws IOException {
      list(List.copyOf(seen.marks().entrySet()), this::mark);
      list(seen.gaps(), this::gap);
      out.writeLong(seen.missing());
      out.writeLong(seen.moreGaps());
    }

    private void gap(Completeness.Gap gap) throws IOException {
      text(gap.source());
      out.writeLong(gap.epoch());
      out.writeLong(gap.first());
      out.writeLong(gap.last());
      out.writeLong(gap.leaf());
    }

    private void mark(Map.Entry<SourceOrder.Stream, Long> mark) throws IOException {
      text(mark.getKey().source());
      out.writeLong(mark.getKey().epoch());
      out.writeLong(mark.getValue());
    }

    private void payloads(PayloadTally.Counted counted) throws IOException {
      out.writeLong(counted.checked());
      out.writeLong(counted.closed());
      for (Map<Integer, Long> counts :
          List.of(counted.sealed(), counted.shredded(), counted.keyless(), counted.before())) {
        list(List.copyOf(counts.entrySet()), this::count);
      }
      list(counted.statements(), this::stated);
    }

    private void count(Map.Entry<Integer, Long> count) throws IOException {
      out.writeInt(count.getKey());
      out.writeLong(count.getValue());
    }

    private void stated(PayloadTally.Stated stated) throws IOException {
      out.writeLong(stated.leaf());
      out.writeLong(stated.receivedMicros());
      bytes(stated.text());
    }

    private void change(KeyChange change) throws IOException {
      text(change.before().toString());
      text(change.after().toString());
      out.writeLong(change.leaf());
    }

    private void findings(Findings.OfRecords findings) throws IOException {
      list(findings.kept(), this::finding);
      out.writeLong(findings.left());
      out.writeBoolean(findings.altered());
      out.writeBoolean(findings.missing());
      out.writeBoolean(findings.reduced());
    }

    private void finding(Finding finding) throws IOException {
      out.writeByte(
          switch (finding) {
            case Finding.Altered _ -> 0;
            case Finding.Missing _ -> 1;
            case Finding.Lawful _ -> 2;
            case Finding.Remark _ -> 3;
          });
      text(finding.file());
      out.writeLong(finding.leaf());
      out.writeLong(finding.position());
      text(finding.explanation());
    }

    private <T> void list(List<? extends T> values, Writing<T> each) throws IOException {
      out.writeInt(values.size());
      for (T value : values) {
        each.write(value);
      }
    }

    private void text(String text) throws IOException {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] bytes) throws IOException {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private record Reader(DataInputStream in) {

    Carried carried() throws IOException {
      List<String> keys = list(this::text);
      boolean finished = in.readBoolean();
      List<Carried.Basis> basis = list(this::basis);
      Carried.Walked walked = walked();
      boolean fits =
          walked.trees().edges().size() == keys.size()
              && walked.trees().size() == walked.leaf()
              && walked.trees().edges().stream().allMatch(edge -> edge.fits(walked.leaf()));
      if (!fits || basis.size() > 1 || finished && basis.isEmpty()) {
        throw damaged(null);
      }
      return new Carried(keys, finished, basis.isEmpty() ? null : basis.getFirst(), walked);
    }

    private Carried.Basis basis() throws IOException {
      Verdict verdict = Verdict.valueOf(text());
      long entries = in.readLong();
      String file = text();
      long position = in.readLong();
      long number = in.readLong();
      long sizeBefore = in.readLong();
      String sha256 = text();
      List<String> sm3 = list(this::text);
      return new Carried.Basis(
          verdict,
          entries,
          new Mark(
              file, position, number, sizeBefore, sha256, sm3.isEmpty() ? null : sm3.getFirst()));
    }

    private Carried.Walked walked() throws IOException {
      return new Carried.Walked(
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          new Forest.Grown(
              in.readLong(),
              list(() -> new TileCheck.Edge(list(this::bytes))),
              Set.copyOf(trees(list(this::text)))),
          new OffsetCheck.Known(in.readInt(), Hash.of(exactly(Hash.BYTES)), list(in::readInt)),
          new SourceOrder.Seen(marks(), list(this::gap), in.readLong(), in.readLong()),
          payloads(),
          list(this::change),
          findings());
    }

    private static Set<TreeHash> trees(List<String> names) {
      Set<TreeHash> trees = EnumSet.noneOf(TreeHash.class);
      names.forEach(name -> trees.add(TreeHash.valueOf(name)));
      return trees;
    }

    private Map<SourceOrder.Stream, Long> marks() throws IOException {
      Map<SourceOrder.Stream, Long> marks = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        marks.put(new SourceOrder.Stream(text(), in.readLong()), in.readLong());
      }
      return marks;
    }

    private Completeness.Gap gap() throws IOException {
      return new Completeness.Gap(
          text(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private PayloadTally.Counted payloads() throws IOException {
      return new PayloadTally.Counted(
          in.readLong(), in.readLong(), counts(), counts(), counts(), counts(), list(this::stated));
    }

    private Map<Integer, Long> counts() throws IOException {
      Map<Integer, Long> counts = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        counts.put(in.readInt(), in.readLong());
      }
      return counts;
    }

    private PayloadTally.Stated stated() throws IOException {
      PayloadTally.Stated stated = new PayloadTally.Stated(in.readLong(), in.readLong(), bytes());
      if (RetentionStatement.parse(stated.text()).isEmpty()) {
        throw damaged(null);
      }
      return stated;
    }

    private KeyChange change() throws IOException {
      return new KeyChange(VerifierKey.parse(text()), VerifierKey.parse(text()), in.readLong());
    }

    private Findings.OfRecords findings() throws IOException {
      return new Findings.OfRecords(
          list(this::finding), in.readLong(), in.readBoolean(), in.readBoolean(), in.readBoolean());
    }

    private Finding finding() throws IOException {
      int kind = in.readUnsignedByte();
      String file = text();
      long leaf = in.readLong();
      long position = in.readLong();
      String said = text();
      return switch (kind) {
        case 0 -> new Finding.Altered(file, leaf, position, said);
        case 1 -> new Finding.Missing(file, leaf, position, said);
        case 2 -> new Finding.Lawful(file, leaf, position, said);
        case 3 -> new Finding.Remark(file, leaf, position, said);
        default -> throw damaged(null);
      };
    }

    private <T> List<T> list(Reading<T> each) throws IOException {
      List<T> values = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        values.add(each.read());
      }
      return values;
    }

    private String text() throws IOException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    private byte[] bytes() throws IOException {
      return exactly(in.readInt());
    }

    private byte[] exactly(int count) throws IOException {
      if (count < 0 || count > in.available()) {
        throw damaged(null);
      }
      return in.readNBytes(count);
    }
  }
}
