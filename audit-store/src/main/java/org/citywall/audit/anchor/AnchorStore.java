// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeysBySize;

/**
 * What others said about this log's checkpoints, in files (see the package documentation). Files
 * are added and never changed; several processes may add at a time. Failures: {@code AUD-0066}.
 */
final class AnchorStore {

  static final String CHECKPOINT = "checkpoint";

  private static final String RECORDED = "recorded";
  private static final String FORMAT = "citywall-anchors 1\n";
  private static final Pattern NAME = Pattern.compile("0[0-8][0-9]{18}-[0-9a-f]{16}");
  private static final Pattern FILE =
      Pattern.compile("tsa-[a-z0-9.-]{1,64}\\.tsr|witness-[0-9a-f]{16}\\.cosignature");
  private static final Pattern QUERY = Pattern.compile("tsa-[a-z0-9.-]{1,64}\\.tsq");
  private static final long MAX_FILE = 1 << 20;

  private final Path folder;

  /** The store of a data folder; nothing is created before something is added. */
  AnchorStore(Path dataDir) {
    this.folder = dataDir.resolve("anchors");
  }

  static String queryFile(String authority) {
    return "tsa-" + authority + ".tsq";
  }

  static String responseFile(String authority) {
    return "tsa-" + authority + ".tsr";
  }

  static String cosignatureFile(WitnessKey witness) {
    return "witness-" + witness.fingerprint() + ".cosignature";
  }

  /** Name under which what is said about this note is kept: its size and its hash. */
  static String name(Checkpoint checkpoint) {
    byte[] note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
    return String.format(Locale.ROOT, "%020d-", checkpoint.size())
        + Hash.sha256(note).hex().substring(0, 16);
  }

  /** Whether a file of this name can stand beside a note of this name. */
  static boolean isName(String name, String file) {
    return NAME.matcher(name).matches() && FILE.matcher(file).matches();
  }

  /** Keeps the note that others are asked about, and gives its name. */
  String begin(Checkpoint checkpoint) {
    String name = name(checkpoint);
    try {
      requireFormat();
      AnchorFiles.createFolder(folder.resolve(name));
    } catch (IOException e) {
      throw failed(name, e);
    }
    add(name, CHECKPOINT, checkpoint.note().getBytes(StandardCharsets.UTF_8));
    return name;
  }

  private void requireFormat() throws IOException {
    Path file = folder.resolve("format");
    if (!Files.exists(file)) {
      AnchorFiles.createFolder(folder);
      try {
        AnchorFiles.create(file, FORMAT.getBytes(StandardCharsets.US_ASCII));
      } catch (FileAlreadyExistsException e) {
        // Another process began it at the same time; what it wrote is looked at below.
      }
    }
    if (!Files.readString(file).equals(FORMAT)) {
      throw new PlatformException(
          AuditErrorCode.LOG_FORMAT, "the anchors are of a format that this version does not know");
    }
  }

  /** Adds a file; where there is one already it stays, and false is the answer. */
  boolean add(String name, String file, byte[] bytes) {
    try {
      AnchorFiles.create(folder.resolve(name).resolve(file), bytes);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failed(name + "/" + file, e);
    }
  }

  boolean has(String name, String file) {
    return Files.exists(folder.resolve(name).resolve(file));
  }

  Optional<byte[]> read(String name, String file) {
    Path path = folder.resolve(name).resolve(file);
    try {
      // A pipe would be read for ever.
      if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > MAX_FILE)) {
        throw new PlatformException(
            AuditErrorCode.NOTE_MALFORMED, name + "/" + file + " is no file, or too long");
      }
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(name + "/" + file, e);
    }
  }

  /** Names of all notes, by rising size. */
  List<String> names() {
    return list(folder, NAME);
  }

  /**
   * The largest checkpoint that others were asked about; {@code AUD-0021} if its key did not sign.
   */
  Optional<Checkpoint> newest(KeysBySize keys) {
    List<String> names = names();
    return names.isEmpty() ? Optional.empty() : checkpoint(names.getLast(), keys);
  }

  /** The note of this name; {@code AUD-0020} or {@code AUD-0021} where its key did not sign. */
  Optional<Checkpoint> checkpoint(String name, KeysBySize keys) {
    return read(name, CHECKPOINT)
        .map(note -> keys.verified(new String(note, StandardCharsets.UTF_8)));
  }

  /** Names of the files in which others speak about this note. */
  List<String> files(String name) {
    return list(folder.resolve(name), FILE);
  }

  /** Names of the requests that were sent about this note. */
  List<String> queries(String name) {
    return list(folder.resolve(name), QUERY);
  }

  private static List<String> list(Path folder, Pattern pattern) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> pattern.matcher(file).matches())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(folder.toString(), e);
    }
  }

  /** Size of the largest checkpoint that this witness is known to have cosigned, or 0. */
  long cosignedSize(WitnessKey witness) {
    String file = cosignatureFile(witness);
    return names().reversed().stream()
        .filter(name -> has(name, file))
        .mapToLong(AnchorStore::size)
        .findFirst()
        .orElse(0);
  }

  static long size(String name) {
    return Long.parseLong(name.substring(0, 20));
  }

  /** By file the leaf of the entry that tells of it; derived from the log, and no evidence. */
  TreeMap<String, Long> recorded(String name) {
    TreeMap<String, Long> leaves = new TreeMap<>();
    String text;
    try {
      text = read(name, RECORDED).map(b -> new String(b, StandardCharsets.US_ASCII)).orElse("");
    } catch (PlatformException e) {
      if (e.code() == AuditErrorCode.NOTE_MALFORMED) {
        return leaves;
      }
      throw e;
    }
    text.lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 2 && words[0].matches("[0-9]{1,18}"))
        .forEach(words -> leaves.put(words[1], Long.valueOf(words[0])));
    return leaves;
  }

  void setRecorded(String name, TreeMap<String, Long> leaves) {
    StringBuilder text = new StringBuilder();
    leaves.forEach((file, leaf) -> text.append(leaf).append(' ').append(file).append('\n'));
    try {
      AnchorFiles.replace(
          folder.resolve(name).resolve(RECORDED),
          text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw failed(name + "/" + RECORDED, e);
    }
  }

  private static PlatformException failed(String what, IOException cause) {
    return new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, "anchors/" + what, cause);
  }
}
