// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The command {@code verify}, and the program of a jar that holds it and nothing of a server: an
 * auditor runs it on a copy of a data folder. What the command needs of a server's build comes in
 * through {@link org.citywall.verifier.VerifyCommand.IndexCheck}.
 */
@NullMarked
package org.citywall.verifier;

import org.jspecify.annotations.NullMarked;
