// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rewrites the records of a log as somebody does who may write its files, knows every format and
 * has no signing key: checksums, places, tiles and derived files agree with what is written.
 */
final class RecordForger {

  private final Path data;
  private final LogFolder folder;

  RecordForger(Path data) {
    this.data = data;
    this.folder = LogFolder.ofData(data);
  }

  /** The records of all segments in order, each with its header. */
  List<byte[]> records() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (Path segment : Segments.list(folder).values()) {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(segment));
      for (int at = RecordFormat.SEGMENT_HEADER; at < in.limit(); ) {
        int length = RecordFormat.lengthAt(in, at, LogLimits.MAX_RECORD);
        byte[] record = new byte[length];
        in.get(at, record);
        records.add(record);
        at += length;
      }
    }
    return records;
  }

  /** Replaces the log's records by these, each at the leaf where it stands. */
  void write(List<byte[]> records) throws IOException {
    write(records, true);
  }

  /**
   * @param inPlace whether records get the leaf at which they stand, or keep the one they had
   */
  void write(List<byte[]> records, boolean inPlace) throws IOException {
    for (Path segment : Segments.list(folder).values()) {
      Files.delete(segment);
      Files.deleteIfExists(folder.offsets(segment));
    }
    int bytes = records.stream().mapToInt(record -> record.length).sum();
    ByteBuffer out = ByteBuffer.allocate(RecordFormat.SEGMENT_HEADER + bytes);
    out.put(RecordFormat.segmentHeader(0));
    for (int leaf = 0; leaf < records.size(); leaf++) {
      byte[] record = records.get(leaf).clone();
      if (inPlace) {
        ByteBuffer.wrap(record).putLong(8, leaf).putLong(16, leaf);
      }
      seal(record);
      out.put(record);
    }
    Files.write(folder.segment(0), out.array());
    Files.deleteIfExists(folder.state());
    try (DurableMark mark = new DurableMark(folder.durable())) {
      mark.set(records.size());
    }
    growTiles(records);
  }

  /** Makes the checksum of a record that was changed right again. */
  static void seal(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    bytes.putInt(0, RecordFormat.crc(bytes, 4, record.length - 4));
  }

  static byte[] envelope(byte[] record) {
    return RecordFormat.read(ByteBuffer.wrap(record), 0, record.length).envelope();
  }

  private void growTiles(List<byte[]> records) throws IOException {
    for (TreeHash hash : FormatFile.read(LogFolder.ofData(data)).trees()) {
      deleteFiles(folder.tiles(hash));
      LogTree tree = new LogTree(new TreeEdge(hash), new TileFiles(folder, hash, Disk.REAL));
      byte[] leaf = new byte[Hash.BYTES];
      for (byte[] record : records) {
        hash.hasher().leaf(envelope(record), leaf, 0);
        tree.edge().append(leaf, 0);
      }
      tree.storeFilled();
      tree.storePartials();
    }
  }

  private static void deleteFiles(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
