// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import java.util.Set;

/** Calls whose result depends on the machine they run on. */
final class MachineCalls {

  static final DescribedPredicate<JavaCall<?>> READ_THE_TIME =
      describe("read the machine's time", MachineCalls::readsTheTime);

  static final DescribedPredicate<JavaCall<?>> USE_DEFAULT_CHARSET_LOCALE_OR_ZONE =
      describe("use a default charset, locale or zone", MachineCalls::usesADefault);

  private static final Set<String> TIME =
      Set.of(
          "java.lang.System.currentTimeMillis()",
          "java.util.Date.<init>()",
          "java.util.Calendar.getInstance()");

  private static final Set<String> DEFAULTS =
      Set.of(
          "java.io.ByteArrayOutputStream.toString()",
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
          "java.lang.String.<init>([B)",
          "java.lang.String.<init>([B, int, int)",
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.formatted([Ljava.lang.Object;)",
          "java.lang.String.getBytes()",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.nio.charset.Charset.defaultCharset()",
          "java.text.NumberFormat.getInstance()",
          "java.text.SimpleDateFormat.<init>(java.lang.String)",
          "java.time.ZoneId.systemDefault()",
          "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
          "java.util.Locale.getDefault()",
          "java.util.Scanner.<init>(java.io.InputStream)");

  private MachineCalls() {}

  private static boolean readsTheTime(JavaCall<?> call) {
    String method = call.getTarget().getFullName();
    if (method.startsWith("java.time.")) {
      boolean givenAClock = method.contains("java.time.Clock)");
      return method.startsWith("java.time.Clock.system")
          || call.getName().equals("now") && !givenAClock;
    }
    return TIME.contains(method);
  }

  private static boolean usesADefault(JavaCall<?> call) {
    return DEFAULTS.contains(call.getTarget().getFullName());
  }
}
