// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.collect.FileState;

/**
 * What the script found.
 *
 * @param states what is at a path, and in a folder, and what a file says
 */
record BundleManifest(
    Instant taken,
    boolean live,
    Map<String, FileState> states,
    Map<String, List<String>> folders,
    Map<String, String> texts,
    Set<String> absent,
    Set<String> shut) {

  private static final Pattern HEAD =
      Pattern.compile(
          "citywall-bundle 1\ntaken ([0-9TZ:-]{20})\nlive (yes|no)\n(.*)end\n", Pattern.DOTALL);
  private static final Pattern STATE =
      Pattern.compile("stat ([fdo]) ([0-7]{1,4}) ([0-9]{1,10}) ([0-9]{1,10}) ([0-9]{1,18}) (/.*)");
  private static final Pattern FILE =
      Pattern.compile("file ([1-9][0-9]{0,3}) ([0-9a-f]{64}) (/.*)");
  private static final Pattern PATH = Pattern.compile("/|(/[^/\\p{Cntrl}]+)+");
  private static final int OCTAL = 8;

  /** The members' manifest; {@code IOException} where it is none, or does not fit the members. */
  static BundleManifest read(Map<String, byte[]> members) throws IOException {
    byte[] bytes = members.get(BundleTar.MANIFEST);
    if (bytes == null) {
      throw new IOException("it has no manifest");
    }
    Matcher head = HEAD.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!head.matches()) {
      throw new IOException("its manifest has no beginning or no end");
    }
    Reading reading = new Reading(members);
    for (String line : head.group(3).lines().toList()) {
      reading.line(line);
    }
    if (reading.used.size() != members.size() - 1) {
      throw new IOException("its manifest does not name all that is in it");
    }
    return new BundleManifest(
        time(head.group(1)),
        head.group(2).equals("yes"),
        reading.states,
        reading.folders,
        reading.texts,
        reading.absent,
        reading.shut);
  }

  private static Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("its manifest has no time", e);
    }
  }

  /** What was read so far. */
  private static final class Reading {
    private final Map<String, byte[]> members;
    private final Map<String, FileState> states = new HashMap<>();
    private final Map<String, List<String>> folders = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<String> shut = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private String folder = "";

    Reading(Map<String, byte[]> members) {
      this.members = members;
    }

    void line(String line) throws IOException {
      Matcher state = STATE.matcher(line);
      Matcher file = FILE.matcher(line);
      if (state.matches()) {
        states.put(path(state.group(6)), state(state));
      } else if (file.matches()) {
        texts.put(path(file.group(3)), text("data/" + file.group(1), file.group(2)));
      } else if (line.startsWith("none ")) {
        absent.add(path(line.substring(5)));
      } else if (line.startsWith("shut ")) {
        shut.add(path(line.substring(5)));
      } else if (line.startsWith("folder ")) {
        folder = path(line.substring(7));
        folders.put(folder, new ArrayList<>());
      } else if (line.startsWith("name ") && folders.containsKey(folder)) {
        path("/" + line.substring(5));
        folders.get(folder).add(line.substring(5));
      } else if (line.equals("odd") && folders.containsKey(folder)) {
        // what is not told of a folder may be what a check looks for
        shut.add(folder);
      } else {
        throw new IOException("its manifest has a line that is not understood");
      }
    }

    private String text(String member, String digest) throws IOException {
      byte[] bytes = members.get(member);
      if (bytes == null || !used.add(member)) {
        throw new IOException("its manifest names " + member + ", which is not there, or twice");
      }
      if (!Hash.sha256(bytes).hex().equals(digest)) {
        throw new IOException(member + " is not what its manifest says");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private static FileState state(Matcher found) {
      return new FileState(
          switch (found.group(1)) {
            case "f" -> FileState.Type.FILE;
            case "d" -> FileState.Type.FOLDER;
            default -> FileState.Type.OTHER;
          },
          Integer.parseInt(found.group(2), OCTAL),
          Long.parseLong(found.group(3)),
          Long.parseLong(found.group(4)),
          Long.parseLong(found.group(5)));
    }

    private static String path(String path) throws IOException {
      if (!PATH.matcher(path).matches() || List.of(path.split("/")).contains("..")) {
        throw new IOException("its manifest has a path that is none");
      }
      return path;
    }
  }
}
