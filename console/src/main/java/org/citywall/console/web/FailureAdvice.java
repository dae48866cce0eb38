// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.Locale;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Turns failures of controllers into the error page with their code. */
@ControllerAdvice(basePackageClasses = FailureAdvice.class)
final class FailureAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(FailureAdvice.class);

  private final ErrorPages pages;

  FailureAdvice(ErrorPages pages) {
    this.pages = pages;
  }

  @ExceptionHandler
  ModelAndView failed(PlatformException failure, Locale locale) {
    if (failure.code().category() != ErrorCategory.CALLER) {
      LOG.atWarn()
          .addKeyValue("error.code", failure.code().id())
          .setCause(failure)
          .log("A page failed");
    }
    return pages.page(failure, locale);
  }

  /** A parameter that is no incident number, leaf or time. */
  @ExceptionHandler
  ModelAndView malformed(IllegalArgumentException failure, Locale locale) {
    LOG.atDebug().setCause(failure).log("A request made no sense");
    return pages.page(400, null, locale);
  }
}
