// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// Checks and writes transparency logs with golang.org/x/mod/sumdb, which knows nothing of Citywall.
//
//	tlogtool verify FOLDER LOG-VKEY WITNESS-VKEY NOTE...   notes by rising size
//	tlogtool proof LOG-VKEY FILE                           a C2SP tlog-proof
//	tlogtool bundle LOG-VKEY FILE                          an evidence bundle
//	tlogtool write FOLDER NAME SIZE...                     prints the vkey
package main

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	var err error
	switch os.Args[1] {
	case "verify":
		err = verify(os.Args[2], os.Args[3], os.Args[4], os.Args[5:])
	case "proof":
		err = proof(os.Args[2], os.Args[3])
	case "bundle":
		err = bundle(os.Args[2], os.Args[3])
	case "write":
		err = write(os.Args[2], os.Args[3], os.Args[4:])
	default:
		err = fmt.Errorf("unknown command")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// cosigner verifies C2SP tlog-cosignature, Ed25519.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("no vkey: %s", vkey)
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(typed) != 33 || typed[0] != 4 {
		return nil, fmt.Errorf("no cosigner's vkey: %s", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	hash := binary.BigEndian.Uint32(sum[:])
	if parts[1] != fmt.Sprintf("%08x", hash) {
		return nil, fmt.Errorf("key id of %s is %08x", vkey, hash)
	}
	return &cosigner{parts[0], hash, ed25519.PublicKey(typed[1:])}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	header := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(header), msg...), sig[8:])
}

type tiles struct{ folder string }

func (t tiles) Height() int { return height }

func (t tiles) path(tile tlog.Tile) string {
	// C2SP leaves the height out, which is always 8.
	return filepath.Join(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		b, err := os.ReadFile(t.path(tile))
		if err != nil && tile.W < 1<<height {
			full := tile
			full.W = 1 << height
			b, err = os.ReadFile(t.path(full))
			if err == nil {
				b = b[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		data = append(data, b)
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func parse(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, fmt.Errorf("no checkpoint: %q", text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func verify(folder, logKey, witnessKey string, files []string) error {
	log, err := note.NewVerifier(logKey)
	if err != nil {
		return err
	}
	witness, err := newCosigner(witnessKey)
	if err != nil {
		return err
	}
	var before tlog.Tree
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		opened, err := note.Open(bytes, note.VerifierList(log, witness))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if len(opened.Sigs) != 2 {
			return fmt.Errorf("%s: %d signatures of 2", file, len(opened.Sigs))
		}
		tree, err := parse(opened.Text)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := check(folder, before, tree); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		before = tree
	}
	fmt.Println("ok", before.N)
	return nil
}

// check proves every leaf, and that the tree before is a prefix.
func check(folder string, before, tree tlog.Tree) error {
	reader := tlog.TileHashReader(tree, tiles{folder})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("root %v, signed %v", root, tree.Hash)
	}
	for leaf := int64(0); leaf < tree.N; leaf++ {
		proof, err := tlog.ProveRecord(tree.N, leaf, reader)
		if err != nil {
			return err
		}
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, leaf)})
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, leaf, hashes[0]); err != nil {
			return err
		}
	}
	if before.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, before.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// proof follows the text of C2SP tlog-proof; the leaf is the application's, out of the extra line.
func proof(logKey, file string) error {
	log, err := note.NewVerifier(logKey)
	if err != nil {
		return err
	}
	bytes, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(bytes), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("no tlog-proof")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	leaf := extra[3 : 3+binary.BigEndian.Uint16(extra[1:])]
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(log))
	if err != nil {
		return err
	}
	tree, err := parse(opened.Text)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		return err
	}
	fmt.Println("ok", index, "of", tree.N)
	return nil
}

type entry struct {
	Leaf                    int64
	State                   string
	Envelope, Salt, Payload []byte
}

// bundle checks the tree over SHA-256 of an evidence bundle, after its description in the manual.
func bundle(logKey, file string) error {
	log, err := note.NewVerifier(logKey)
	if err != nil {
		return err
	}
	archive, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	members := map[string][]byte{}
	for _, member := range archive.File {
		content, err := member.Open()
		if err != nil {
			return err
		}
		if members[member.Name], err = io.ReadAll(content); err != nil {
			return err
		}
	}
	opened, err := note.Open(members["checkpoint.sha256"], note.VerifierList(log))
	if err != nil {
		return err
	}
	tree, err := parse(opened.Text)
	if err != nil {
		return err
	}
	leaves := map[int64]tlog.Hash{}
	disclosed := 0
	for _, line := range bytes.Split(bytes.TrimSpace(members["entries.jsonl"]), []byte("\n")) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		leaves[e.Leaf] = tlog.RecordHash(e.Envelope)
		if e.State != "disclosed" {
			continue
		}
		disclosed++
		// Version 2 of the envelope ends with the commitments by SHA-256 and by SM3.
		sum := sha256.Sum256(append(append([]byte{}, e.Salt...), e.Payload...))
		if e.Envelope[0] != 2 || !bytes.Equal(sum[:], e.Envelope[len(e.Envelope)-64:len(e.Envelope)-32]) {
			return fmt.Errorf("leaf %d does not commit to its payload", e.Leaf)
		}
	}
	hashes := strings.Fields(string(members["hashes.sha256"]))
	root, err := fold(0, tree.N, leaves, &hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash || len(hashes) > 0 {
		return fmt.Errorf("root %v, signed %v", root, tree.Hash)
	}
	fmt.Println("ok", len(leaves), "of", tree.N, "disclosed", disclosed)
	return nil
}

func fold(from, to int64, leaves map[int64]tlog.Hash, hashes *[]string) (tlog.Hash, error) {
	any := false
	for leaf := range leaves {
		any = any || from <= leaf && leaf < to
	}
	if !any {
		if len(*hashes) == 0 {
			return tlog.Hash{}, fmt.Errorf("too few hashes")
		}
		next := (*hashes)[0]
		*hashes = (*hashes)[1:]
		return tlog.ParseHash(next)
	}
	if to-from == 1 {
		return leaves[from], nil
	}
	width := int64(1)
	for width*2 < to-from {
		width *= 2
	}
	left, err := fold(from, from+width, leaves, hashes)
	if err != nil {
		return left, err
	}
	right, err := fold(from+width, to, leaves, hashes)
	return tlog.NodeHash(left, right), err
}

func write(folder, name string, sizes []string) error {
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	var size int64
	for _, word := range sizes {
		next, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return err
		}
		old := size
		for ; size < next; size++ {
			hashes, err := tlog.StoredHashes(size, []byte(fmt.Sprintf("record %d", size)), reader)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
		}
		for _, tile := range tlog.NewTiles(height, old, next) {
			data, err := tlog.ReadTileData(tile, reader)
			if err != nil {
				return err
			}
			if err := save(tiles{folder}.path(tile), data); err != nil {
				return err
			}
		}
		root, err := tlog.TreeHash(next, reader)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("%s\n%d\n%s\n", name, next, root)
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			return err
		}
		if err := save(filepath.Join(folder, "checkpoint"), signed); err != nil {
			return err
		}
		if err := save(filepath.Join(folder, "checkpoint-"+word), signed); err != nil {
			return err
		}
	}
	fmt.Println(vkey)
	return nil
}

func save(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
