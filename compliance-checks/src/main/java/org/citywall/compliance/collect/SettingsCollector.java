// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file of settings says: {@code {file: /etc/login.defs, form: words}}; the form is {@code
 * words} (name, blanks, value), {@code assignments} (name = value, names in lower case) or {@code
 * shell} (NAME="value"). Facts: {@code exists} and {@code settings} by name.
 */
final class SettingsCollector extends HostCollector {

  static final String NAME = "settings";

  private enum Form {
    WORDS,
    ASSIGNMENTS,
    SHELL
  }

  private final String file;
  private final Form form;

  private SettingsCollector(String file, Form form) {
    super(NAME);
    this.file = file;
    this.form = form;
  }

  static SettingsCollector of(@Nullable JsonNode arguments) {
    Arguments.only(arguments, Set.of("file", "form"));
    String file = Arguments.path(arguments, "file");
    JsonNode form = arguments == null ? null : arguments.get("form");
    for (Form one : Form.values()) {
      if (form != null && form.asString().equals(one.name().toLowerCase(Locale.ROOT))) {
        return new SettingsCollector(file, one);
      }
    }
    throw new IllegalArgumentException("form is words, assignments or shell");
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    Optional<String> text = host.read(file);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("exists", text.isPresent());
    ObjectNode settings = facts.putObject("settings");
    read(text.orElse("")).forEach(settings::put);
    return facts;
  }

  private Map<String, String> read(String text) {
    return switch (form) {
      case WORDS -> KeyValues.words(text);
      case ASSIGNMENTS -> KeyValues.assignments(text);
      case SHELL -> KeyValues.shell(text);
    };
  }
}
