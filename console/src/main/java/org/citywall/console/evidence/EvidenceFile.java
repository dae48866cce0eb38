// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.BundleManifest;
import org.citywall.audit.bundle.EvidenceBundle;

/** A bundle in a new file that only its owner can read. */
public final class EvidenceFile {

  private EvidenceFile() {}

  /**
   * Makes sure that the file is not there yet, before anything is recorded; {@code CLI-0040} where
   * it is.
   */
  public static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw failed(file + " is there already", new FileAlreadyExistsException(file.toString()));
    }
  }

  /** Writes the file and tells what is in it; {@code CLI-0040} where that is not possible. */
  public static Map<String, Object> write(EvidenceBundle bundle, Path file) {
    byte[] bytes = bundle.toBytes();
    try (OutputStream out = create(file)) {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(file.toString(), e);
    }
    BundleManifest manifest = bundle.manifest();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", file.toString());
    facts.put("bytes", bytes.length);
    facts.put("record", manifest.record());
    facts.put("size", manifest.size());
    facts.put("disclosed", manifest.counts().disclosed());
    facts.put("withheld", manifest.counts().withheld());
    facts.put("destroyed", manifest.counts().destroyed());
    return facts;
  }

  private static OutputStream create(Path file) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  private static PlatformException failed(String what, IOException cause) {
    return new PlatformException(EvidenceErrorCode.FILE_FAILED, what, cause);
  }
}
