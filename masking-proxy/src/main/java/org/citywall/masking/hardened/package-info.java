// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Hardened mode: the third guard. The proxy's login may read no table that somebody may not see all
 * of; it reads views that mask and filter, one for each different sight of a relation, so that the
 * database itself refuses what everything before missed. A DBA plans, applies, verifies and removes
 * this with a login of theirs; the proxy never changes rights.
 *
 * <p>In the database: a schema {@code citywall_view_DIGEST}, where DIGEST is of the login's name;
 * in it views {@code RELATION DIGEST}, one for each sight of a closed relation, whose DIGEST is of
 * what the policy says of it, {@code RELATION only DIGEST} for its own rows alone where it has
 * descendants (a digest in the place of a RELATION too long), and for each profile a view {@code
 * citywall profile DIGEST} that says that its views were made; and the schema {@code
 * citywall_hardened} with three tables that the login cannot read: {@code before} (statements that
 * give back what was taken), {@code writable} (what the login might write before) and {@code
 * secret} (keys of hashes, which a view's definition would show to everybody).
 */
@NullMarked
package org.citywall.masking.hardened;

import org.jspecify.annotations.NullMarked;
