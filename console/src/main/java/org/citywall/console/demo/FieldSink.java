// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import org.citywall.audit.event.Field;

/** Takes the fields of a record, so that its event and its raw form are told by the same words. */
interface FieldSink {

  void put(Field field, String text);

  void put(Field field, long number);

  void put(Field field, List<String> texts);
}
