// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a host looks like, gathered on the host by {@code citywall-bundle.sh} and carried here.
 *
 * <p>A bundle is a tar file (ustar, nothing but regular files) with {@code manifest} first and then
 * {@code data/1}, {@code data/2} and so on. The manifest has a line for each thing that the script
 * looked at:
 *
 * <pre>
 * citywall-bundle 1
 * taken 2026-11-28T01:20:00Z
 * live yes                            or no: files alone
 * stat f 644 0 0 1234 /etc/passwd     f file, d folder, o other; mode, owner, group, size
 * file 1 SHA-256 /etc/passwd          its text is data/1
 * none /etc/gshadow                   there is none
 * shut /etc/shadow                    it may be there and could not be read
 * folder /etc/pam.d                   these are its names
 * name common-auth
 * odd                                 and one that fits in no line
 * end
 * </pre>
 *
 * <p>What the script did not look at is not known, which is no absence. Digests show that a bundle
 * is whole; that it is true is shown by nothing, as of every answer that a host gives of itself.
 */
@NullMarked
package org.citywall.compliance.collect.bundle;

import org.jspecify.annotations.NullMarked;
