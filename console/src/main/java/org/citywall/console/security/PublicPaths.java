// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

/** What anybody may fetch: what the log-in page is made of. */
final class PublicPaths {

  static final String[] STATIC = {"/assets/**", "/webjars/**", "/favicon.ico"};
  static final String[] PAGES = {"/login", "/language", "/error"};

  private PublicPaths() {}

  static boolean isStatic(String path) {
    return path.startsWith("/assets/") || path.startsWith("/webjars/");
  }
}
