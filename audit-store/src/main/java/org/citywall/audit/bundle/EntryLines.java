// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.BundleEntry.State;
import org.citywall.audit.log.StoredEntry;
import org.jspecify.annotations.Nullable;

/** The member {@code entries.jsonl}: a line of JSON for each entry, in one spelling only. */
final class EntryLines {

  private static final byte[] NONE = {};

  private EntryLines() {}

  static byte[] write(List<BundleEntry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> line(entry, text));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(BundleEntry entry, StringBuilder text) {
    StoredEntry stored = entry.entry();
    text.append("{\"leaf\":").append(entry.leaf());
    string("role", entry.selected() ? "selected" : "supporting", text);
    string("state", entry.state().name().toLowerCase(Locale.ROOT), text);
    string("envelope", base64(stored.envelope()), text);
    switch (entry.state()) {
      case DISCLOSED -> {
        string("salt", base64(stored.salt()), text);
        string("payload", base64(stored.payload()), text);
      }
      case DESTROYED -> text.append(",\"destroyedBy\":").append(stored.destroyedBy());
      case WITHHELD -> {}
    }
    text.append("}\n");
  }

  private static void string(String name, String value, StringBuilder text) {
    text.append(",\"").append(name).append("\":\"").append(value).append('"');
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Entries by rising leaf; {@code AUD-0150} for anything else, {@code AUD-0152} for too many. */
  static List<BundleEntry> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    List<BundleEntry> entries = new ArrayList<>();
    long before = -1;
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (entries.size() == EvidenceBundle.MAX_ENTRIES) {
        throw new PlatformException(AuditErrorCode.BUNDLE_TOO_LARGE, "too many entries");
      }
      BundleEntry entry = read(text.substring(from, end));
      StringBuilder again = new StringBuilder();
      line(entry, again);
      if (entry.leaf() <= before || !again.toString().equals(text.substring(from, end + 1))) {
        throw malformed(null);
      }
      entries.add(entry);
      before = entry.leaf();
      from = end + 1;
    }
    if (from != text.length() || entries.isEmpty()) {
      throw malformed(null);
    }
    return entries;
  }

  /**
   * Base64 and numbers hold neither quotes nor commas, and what is read is written and compared.
   */
  private static BundleEntry read(String line) {
    String[] words = line.split(",", 8);
    if (words.length < 4) {
      throw malformed(null);
    }
    try {
      State state = State.valueOf(value(words[2], "state").toUpperCase(Locale.ROOT));
      boolean open = state == State.DISCLOSED;
      boolean gone = state == State.DESTROYED;
      if (words.length != (open ? 6 : gone ? 5 : 4)) {
        throw malformed(null);
      }
      StoredEntry stored =
          new StoredEntry(
              number(words[0], "{\"leaf\":"),
              bytes(words[3], "envelope"),
              open ? bytes(words[4], "salt") : NONE,
              open ? bytes(words[5], "payload") : NONE,
              gone ? number(words[4], "\"destroyedBy\":") : -1);
      return new BundleEntry(stored, value(words[1], "role").equals("selected"), state);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw malformed(e);
    }
  }

  private static String value(String word, String name) {
    return word.substring(name.length() + 4, word.lastIndexOf('"'));
  }

  private static byte[] bytes(String word, String name) {
    return Base64.getDecoder().decode(value(word, name));
  }

  private static long number(String word, String before) {
    String digits = word.substring(before.length());
    return Long.parseLong(digits.endsWith("}") ? digits.substring(0, digits.length() - 1) : digits);
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.BUNDLE_FORMAT, "entries.jsonl has a line that is no entry", cause);
  }
}
