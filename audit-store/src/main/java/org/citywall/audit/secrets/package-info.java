// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keys, credentials and TLS material, and the wrapper that keeps them out of logs.
 *
 * <h2>The key file</h2>
 *
 * {@code DIR/keys/vault.p12} is PKCS#12 (RFC 7292) as the JDK writes it: AES-256-CBC under keys
 * that PBKDF2-HMAC-SHA256 makes of the passphrase, with an HMAC-SHA256 over the whole. Its entries:
 *
 * <table>
 * <caption>Entries of the key file</caption>
 * <tr><td>{@code sign-NAME}</td><td>Ed25519 private key, in a certificate signed by itself</td></tr>
 * <tr><td>{@code sm2-NAME}</td><td>secret key of algorithm 1.2.156.10197.1.301: the SM2 scalar, 32
 *     bytes, big-endian</td></tr>
 * <tr><td>{@code wrap-NAME}</td><td>secret key of algorithm AES, 32 bytes</td></tr>
 * <tr><td>{@code authority}</td><td>P-256 private key and certificate of our authority</td></tr>
 * <tr><td>{@code tls-NAME}</td><td>P-256 private key of a server, its certificate, the
 *     authority's</td></tr>
 * </table>
 *
 * Version 1 of a key has these names; version N has {@code .vN} after them. A file of the first
 * release, which has version 1 of Ed25519 keys and TLS keys only, is read as it is.
 *
 * <p>SM2 keys are stored as secret keys because the JDK's store checks private keys against the
 * algorithms it knows, and it knows neither the curve nor the signature.
 */
@NullMarked
package org.citywall.audit.secrets;

import org.jspecify.annotations.NullMarked;
