// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * What a witness must never forget: the last note it cosigned of each log, in one file that is
 * replaced as a whole and made durable before anybody hears of it. Each note carries the witness's
 * own cosignature, so that a changed file is noticed. Used by one thread at a time.
 */
final class WitnessMemory implements AutoCloseable {

  private static final String FIRST_LINE = "citywall-witness-memory 1";
  private static final String NOTE = "note ";
  private static final int MAX_LOGS = 1024;
  private static final int MAX_CONTRADICTIONS = 100;

  private final Path folder;
  private final FileChannel lock;
  private final TreeMap<String, Checkpoint> latest;

  private WitnessMemory(Path folder, FileChannel lock, TreeMap<String, Checkpoint> latest) {
    this.folder = folder;
    this.lock = lock;
    this.latest = latest;
  }

  /** Makes an empty memory. */
  static void create(Path folder) throws IOException {
    AnchorFiles.createFolder(folder);
    AnchorFiles.replace(file(folder), (FIRST_LINE + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens a memory; {@code AUD-0071} where it is gone or not what the key signed, {@code AUD-0010}
   * while another process has it.
   */
  static WitnessMemory open(Path folder, WitnessKey key) {
    try {
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        requireAlone(lock);
        return new WitnessMemory(folder, lock, read(file(folder), key));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw damaged("it is gone", e);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, folder.toString(), e);
    }
  }

  private static void requireAlone(FileChannel lock) throws IOException {
    try {
      if (lock.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the answer is the same.
    }
    throw new PlatformException(AuditErrorCode.LOG_LOCKED, "another process runs this witness");
  }

  private static TreeMap<String, Checkpoint> read(Path file, WitnessKey key) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
      throw damaged("it has another format", null);
    }
    TreeMap<String, Checkpoint> latest = new TreeMap<>();
    int at = 1;
    while (at < lines.size()) {
      String head = lines.get(at);
      int end = head.matches(NOTE + "[1-9][0-9]{0,3}") ? at + 1 + count(head) : 0;
      if (end == 0 || end > lines.size()) {
        throw damaged("it is cut short", null);
      }
      String note = String.join("\n", lines.subList(at + 1, end)) + "\n";
      Checkpoint checkpoint = cosigned(note, key);
      latest.put(checkpoint.origin(), checkpoint);
      at = end;
    }
    return latest;
  }

  private static int count(String head) {
    return Integer.parseInt(head.substring(NOTE.length()));
  }

  private static Checkpoint cosigned(String note, WitnessKey key) {
    try {
      if (key.cosignedAt(SignedNote.parse(note)).isPresent()) {
        return Checkpoint.parse(note);
      }
    } catch (PlatformException e) {
      throw damaged("a note in it is not what this witness signed", e);
    }
    throw damaged("a note in it was not signed by this witness", null);
  }

  Optional<Checkpoint> latest(String origin) {
    return Optional.ofNullable(latest.get(origin));
  }

  Optional<String> note(String originHash) {
    return latest.values().stream()
        .filter(checkpoint -> hash(checkpoint.origin()).equals(originHash))
        .map(Checkpoint::note)
        .findFirst();
  }

  private static String hash(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /**
   * Returns when the checkpoint is durable; after a failure the memory is as it was.
   *
   * @param lines signatures of the log that were verified, and the cosignature
   */
  void remember(Checkpoint checkpoint, List<SignedNote.Line> lines) {
    String origin = checkpoint.origin();
    if (!latest.containsKey(origin) && latest.size() == MAX_LOGS) {
      throw new PlatformException(AuditErrorCode.WITNESS_REFUSED, "too many logs");
    }
    String text = SignedNote.parse(checkpoint.note()).text();
    String note = new SignedNote(text, lines).toString();
    Checkpoint cosigned = new Checkpoint(origin, checkpoint.size(), checkpoint.root(), note);
    TreeMap<String, Checkpoint> next = new TreeMap<>(latest);
    next.put(origin, cosigned);
    StringBuilder content = new StringBuilder(FIRST_LINE).append('\n');
    for (Checkpoint each : next.values()) {
      content.append(NOTE).append(each.note().lines().count()).append('\n').append(each.note());
    }
    try {
      AnchorFiles.replace(file(folder), content.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, "memory of the witness", e);
    }
    latest.put(origin, cosigned);
  }

  /** Keeps two notes of one size and different roots: proof that the log lies to somebody. */
  void keepContradiction(Checkpoint seen, Checkpoint offered) {
    Path proofs = folder.resolve("contradictions");
    String name =
        hash(seen.origin()).substring(0, 16) + "-" + seen.size() + "-" + hash(offered.note());
    try {
      AnchorFiles.createFolder(proofs);
      try (Stream<Path> files = Files.list(proofs)) {
        if (files.count() >= 2 * MAX_CONTRADICTIONS) {
          return;
        }
      }
      AnchorFiles.replace(
          proofs.resolve(name + ".seen"), seen.note().getBytes(StandardCharsets.UTF_8));
      AnchorFiles.replace(
          proofs.resolve(name + ".offered"), offered.note().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, proofs.toString(), e);
    }
  }

  private static Path file(Path folder) {
    return folder.resolve("memory");
  }

  private static PlatformException damaged(String what, @Nullable Exception cause) {
    return new PlatformException(
        AuditErrorCode.WITNESS_STATE_DAMAGED, "memory of the witness: " + what, cause);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, folder.toString(), e);
    }
  }
}
