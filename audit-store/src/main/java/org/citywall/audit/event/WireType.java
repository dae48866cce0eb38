// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

/** How a value is framed in canonical bytes; the low two bits of a field's tag. */
enum WireType {
  VARINT,
  BYTES,
  LIST
}
