// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** Which language a reader gets: the one chosen before, else the browser's, else Chinese. */
final class LocalePolicy {

  static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
  static final Locale ENGLISH = Locale.ENGLISH;
  private static final Duration REMEMBERED = Duration.ofDays(365);

  private LocalePolicy() {}

  static CookieLocaleResolver resolver() {
    CookieLocaleResolver resolver = new CookieLocaleResolver("citywall-language");
    resolver.setCookieMaxAge(REMEMBERED);
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSameSite("Strict");
    resolver.setRejectInvalidCookies(false);
    resolver.setDefaultLocaleFunction(LocalePolicy::preferred);
    return resolver;
  }

  /** The language of this tag, of the two there are. */
  static Locale of(String tag) {
    return tag.equals("en") ? ENGLISH : CHINESE;
  }

  private static Locale preferred(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return CHINESE;
    }
    for (Locale wish : Collections.list(request.getLocales())) {
      if (wish.getLanguage().equals("zh")) {
        return CHINESE;
      }
      if (wish.getLanguage().equals("en")) {
        return ENGLISH;
      }
    }
    return CHINESE;
  }
}
