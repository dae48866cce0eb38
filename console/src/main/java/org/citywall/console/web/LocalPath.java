// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.regex.Pattern;

/** Paths within this console that a request may name as the place to return to. */
final class LocalPath {

  // A second slash or a backslash at the start would lead a browser to another host.
  private static final Pattern SAFE = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,2000}");

  private LocalPath() {}

  /** The path itself where it stays here, else the home page. */
  static String orHome(String path) {
    return path.equals("/") || SAFE.matcher(path).matches() ? path : "/";
  }
}
