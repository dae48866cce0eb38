// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.jspecify.annotations.Nullable;

/**
 * Writes a catalogue as {@link CatalogueReader} reads it: the same content, always the same text.
 */
final class CatalogueWriter {

  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder text = new StringBuilder();

  private CatalogueWriter() {}

  static String yaml(Catalogue catalogue) {
    CatalogueWriter writer = new CatalogueWriter();
    writer.head(catalogue);
    catalogue.groups().forEach(writer::group);
    return writer.text.toString();
  }

  private void head(Catalogue catalogue) {
    line("catalogue: " + quoted(catalogue.id()));
    line("version: " + catalogue.version());
    line("title: " + wording(catalogue.title()));
    line("family: " + word(catalogue.family()));
    if (catalogue.level() != null) {
      line("level: " + catalogue.level());
    }
    line("source: " + quoted(catalogue.source()));
    if (catalogue.inheritsFrom() != null) {
      line("inherits-from: " + quoted(catalogue.inheritsFrom()));
    }
    uncertain("", catalogue.unconfirmed());
    line("groups:");
  }

  private void group(Group group) {
    line("  - id: " + quoted(group.id()));
    line("    title: " + wording(group.title()));
    if (group.side() != null) {
      line("    side: " + word(group.side()));
    }
    if (group.weight() != null) {
      line("    weight: " + group.weight().toPlainString());
    }
    uncertain("    ", group.unconfirmed());
    line("    controls:");
    group.controls().forEach(this::control);
  }

  private void control(Control control) {
    line("      - id: " + quoted(control.id()));
    line("        title: " + wording(control.title()));
    line("        items:");
    control.items().forEach(item -> line("          - {" + item(item) + "}"));
  }

  private static String item(Item item) {
    List<String> keys = new ArrayList<>();
    keys.add("id: " + quoted(item.id()));
    add(keys, "importance", item.importance());
    BigDecimal weight = item.weight();
    if (weight != null) {
      keys.add("weight: " + weight.toPlainString());
    }
    add(keys, "method", item.method());
    add(keys, "responsibility", item.responsibility());
    keys.add("text: " + wording(item.text()));
    if (!item.how().isEmpty()) {
      keys.add("how: " + quoted(item.how()));
    }
    return String.join(", ", keys);
  }

  private static void add(List<String> keys, String key, @Nullable Enum<?> value) {
    if (value != null) {
      keys.add(key + ": " + word(value));
    }
  }

  private void uncertain(String indent, Set<Uncertainty> what) {
    if (!what.isEmpty()) {
      line(
          indent
              + what.stream()
                  .sorted()
                  .map(CatalogueWriter::word)
                  .collect(Collectors.joining(", ", "to-be-confirmed: [", "]")));
    }
  }

  private static String wording(Wording wording) {
    return wording.en() == null
        ? quoted(wording.zh())
        : "{zh: " + quoted(wording.zh()) + ", en: " + quoted(wording.en()) + "}";
  }

  /** In double quotes, so that no text can be read as anything else than a text. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c == '\n') {
                quoted.append("\\n");
              } else if (plain(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean plain(int c) {
    return c >= FIRST_PRINTABLE
        && !Character.isISOControl(c)
        && c != '\u2028'
        && c != '\u2029'
        && c != '\ufeff';
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
