// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Backups of a data folder: one file, made while the log grows, that says what it holds and cannot
 * be altered unseen.
 *
 * <h2>Format, version 1</h2>
 *
 * A POSIX ustar archive (IEEE Std 1003.1, pax interchange format) of regular files only, so that
 * {@code tar xf} and {@code sha256sum -c SHA256SUMS} read it without this program:
 *
 * <pre>
 * archive  := manifest.json member* SHA256SUMS [SHA256SUMS.note] end
 * end      := 1024 zero bytes, and nothing behind them
 * header   := ustar header with mode 0000600, owner, group and time 0, type '0', no other fields;
 *             sizes from 8 GiB on in base 256 as GNU tar writes them
 * </pre>
 *
 * <ul>
 *   <li>{@code manifest.json} comes first, so that a reader knows what will come: see {@link
 *       org.citywall.audit.backup.BackupManifest}. Members follow in its order, of its lengths.
 *   <li>Names are paths below the data folder with slashes: no empty component, none of {@code .}
 *       and {@code ..}, no control character, backslash or colon; 255 bytes at most.
 *   <li>{@code SHA256SUMS} has a line for the manifest and for each member, in their order, as
 *       {@code sha256sum} prints it.
 *   <li>{@code SHA256SUMS.note} is a C2SP signed-note under the key that signs the log's
 *       checkpoints. Its text is {@code citywall-backup/1}, the log's origin, and base64 of the
 *       SHA-256 of {@code SHA256SUMS}, a line each. It is what protects what no checkpoint covers:
 *       accounts and incidents, which somebody with access to a store of backups could exchange.
 * </ul>
 *
 * A reader accepts these bytes and no others: a header that it would have written otherwise, a byte
 * that is not zero in padding, a member that the manifest does not name are refused.
 *
 * <h2>Encryption, version 1</h2>
 *
 * <pre>
 * sealed   := header chunk*
 * header   := magic 43 57 53 45 41 4C 0D 0A, u8 version 1, u8 cipher 1 (AES-256-GCM),
 *             u8 key derivation 1 (scrypt), u8 binary logarithm of N (10..18), salt (32 bytes)
 * chunk    := up to 1 MiB of the archive, sealed with its 16-byte tag
 * nonce    := 7 zero bytes, u32 number of the chunk from 0, u8 1 in the last chunk and 0 before
 * key      := scrypt(passphrase in UTF-8, salt, N, r = 8, p = 1), 32 bytes (RFC 7914)
 * </pre>
 *
 * Every chunk but the last is full; the header is the additional data of each. The salt makes the
 * key unique to the file, so that counting nonces never repeats one; the mark of the last chunk
 * makes a cut-off tail an error (STREAM of Hoang, Reyhanitabar, Rogaway and Vizár 2015).
 *
 * <h2>What is in a backup of the log</h2>
 *
 * What {@link org.citywall.audit.log.LogSnapshot} calls durable. The tree, offsets and published
 * copies are made again from the records, which is also the first check of them.
 */
@NullMarked
package org.citywall.audit.backup;

import org.jspecify.annotations.NullMarked;
