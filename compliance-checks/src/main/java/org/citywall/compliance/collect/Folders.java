// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Folders of fragments, of which a fragment in an earlier folder stands for one in a later one. */
final class Folders {

  private Folders() {}

  /**
   * The texts by name, in the order of the names.
   *
   * @param suffix that names must have, such as {@code .conf}
   * @param folders the one that overrides the others first
   */
  static Map<String, String> fragments(Host host, String suffix, String... folders)
      throws Uncollectable {
    TreeMap<String, String> paths = new TreeMap<>();
    for (String folder : folders) {
      for (String name : host.list(folder)) {
        if (name.endsWith(suffix)) {
          paths.putIfAbsent(name, folder + "/" + name);
        }
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String path : paths.values()) {
      host.read(path).ifPresent(text -> texts.put(path, text));
    }
    return texts;
  }
}
