// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What files are: {@code {paths: [/etc/shadow, /etc/cron.d/*]}}, a star for a part of the last
 * name. Facts: {@code files}, a list of those that there are with {@code name} (the path), {@code
 * type}, {@code mode} in octal, {@code owner} and {@code group} as numbers, {@code size}.
 */
final class FilesCollector extends HostCollector {

  static final String NAME = "files";

  private static final int MOST_FILES = 5_000;

  private final List<String> paths;

  private FilesCollector(List<String> paths) {
    super(NAME);
    this.paths = paths;
  }

  static FilesCollector of(@Nullable JsonNode arguments) {
    Arguments.only(arguments, Set.of("paths"));
    List<String> paths = Arguments.texts(arguments, "paths");
    for (String path : paths) {
      int star = path.indexOf('*');
      if (!Arguments.isPath(path) || star >= 0 && star < path.lastIndexOf('/')) {
        throw new IllegalArgumentException(
            path + " is no absolute path with a star at most at its end");
      }
    }
    return new FilesCollector(paths);
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ArrayNode files = facts.putArray("files");
    for (String path : paths) {
      for (String one : expanded(host, path)) {
        Optional<FileState> state = host.stat(one);
        if (state.isPresent()) {
          if (files.size() >= MOST_FILES) {
            throw new Uncollectable("more than " + MOST_FILES + " files");
          }
          add(files.addObject(), one, state.get());
        }
      }
    }
    return facts;
  }

  private static List<String> expanded(Host host, String path) throws Uncollectable {
    if (path.indexOf('*') < 0) {
      return List.of(path);
    }
    int slash = path.lastIndexOf('/');
    String folder = slash == 0 ? "/" : path.substring(0, slash);
    String[] parts = path.substring(slash + 1).split("\\*", -1);
    List<String> quoted = new ArrayList<>();
    for (String part : parts) {
      quoted.add(Pattern.quote(part));
    }
    Pattern pattern = Pattern.compile(String.join(".*", quoted));
    return host.list(folder).stream()
        .filter(name -> pattern.matcher(name).matches())
        .map(name -> (slash == 0 ? "" : folder) + "/" + name)
        .toList();
  }

  private static void add(ObjectNode file, String path, FileState state) {
    file.put("name", path)
        .put("type", state.type().name().toLowerCase(java.util.Locale.ROOT))
        .put("mode", state.octal())
        .put("owner", state.owner())
        .put("group", state.group())
        .put("size", state.size());
  }
}
