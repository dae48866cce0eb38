// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sends a browser elsewhere in the way it asked: pages by 302, htmx by its {@code HX-Redirect}
 * header, event streams and other background requests by 401 alone.
 */
final class Redirects {

  private Redirects() {}

  static void send(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", path);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else if (wantsPage(request)) {
      response.sendRedirect(path);
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept == null || accept.contains("text/html") || accept.equals("*/*");
  }
}
