// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.regex.Pattern;

/** Looks for the name of a broken digest among the string constants of a class. */
final class NameNoWeakDigest extends ArchCondition<JavaClass> {

  private static final Pattern WEAK =
      Pattern.compile("(?i)(Hmac)?(MD2|MD4|MD5|SHA-?1|SHA)(with.+)?");

  NameNoWeakDigest() {
    super("name no weak digest");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      for (var constant : ClassFile.of().parse(bytes.readAllBytes()).constantPool()) {
        if (constant instanceof StringEntry text && WEAK.matcher(text.stringValue()).matches()) {
          String message = type.getName() + " names the digest " + text.stringValue();
          events.add(SimpleConditionEvent.violated(type, message));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
