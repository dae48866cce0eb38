// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// What programs in Go do through the proxy by pgx, Debian's golang-github-jackc-pgx-v4-dev. Arguments: the port, the user, the
// password. Prints "ok" where all came out as it should.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgconn/stmtcache"
	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

var phones = []string{"138****5678", "139****6789", "136****7890"}

const people = "SELECT phone FROM person WHERE id > $1 ORDER BY id"

type querier interface {
	Query(ctx context.Context, sql string, args ...interface{}) (pgx.Rows, error)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func require(found, expected interface{}) {
	if !reflect.DeepEqual(found, expected) {
		panic(fmt.Sprintf("%v and not %v", found, expected))
	}
}

func texts(ctx context.Context, conn querier, sql string, args ...interface{}) []string {
	rows, err := conn.Query(ctx, sql, args...)
	must(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		must(rows.Scan(&one))
		all = append(all, one)
	}
	must(rows.Err())
	return all
}

// reads asks the same again and again, so that the driver's cache of statements is used.
func reads(ctx context.Context, config *pgx.ConnConfig) {
	conn, err := pgx.ConnectConfig(ctx, config)
	must(err)
	defer conn.Close(ctx)
	for i := 0; i < 5; i++ {
		require(texts(ctx, conn, people, 0), phones)
	}
	_, err = conn.Exec(ctx, "DROP TABLE person")
	var refused *pgconn.PgError
	require(errors.As(err, &refused) && strings.Contains(refused.Message, "MSK-00"), true)
	require(texts(ctx, conn, people, 2), phones[2:])
}

func batches(ctx context.Context, conn *pgx.Conn) {
	batch := &pgx.Batch{}
	for i := 0; i < 20; i++ {
		batch.Queue(people, i%3)
		batch.Queue("INSERT INTO sale(shop_id, at, amount) VALUES ($1, $2, $3)", 1, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC), i)
	}
	results := conn.SendBatch(ctx, batch)
	for i := 0; i < 20; i++ {
		rows, err := results.Query()
		must(err)
		var found []string
		for rows.Next() {
			var one string
			must(rows.Scan(&one))
			found = append(found, one)
		}
		require(found, phones[i%3:])
		tag, err := results.Exec()
		must(err)
		require(tag.RowsAffected(), int64(1))
	}
	must(results.Close())
	failing := &pgx.Batch{}
	failing.Queue("SELECT 1")
	failing.Queue("SELECT phone FROM no_such_table")
	failing.Queue("SELECT 2")
	require(conn.SendBatch(ctx, failing).Close() != nil, true)
}

func copies(ctx context.Context, conn *pgx.Conn) {
	rows := [][]interface{}{}
	for i := 0; i < 500; i++ {
		rows = append(rows, []interface{}{fmt.Sprintf("copied %d", i), []string{"c"}, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
	}
	count, err := conn.CopyFrom(ctx, pgx.Identifier{"shop"}, []string{"name", "tags", "opened"}, pgx.CopyFromRows(rows))
	must(err)
	require(count, int64(500))
	var out bytes.Buffer
	_, err = conn.PgConn().CopyTo(ctx, &out, "COPY (SELECT phone FROM person ORDER BY id) TO STDOUT")
	must(err)
	require(out.String(), strings.Join(phones, "\n")+"\n")
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"person"}, []string{"id", "phone"}, pgx.CopyFromRows([][]interface{}{{int32(9), "1"}}))
	require(err != nil, true)
}

func types(ctx context.Context, conn *pgx.Conn) {
	var name, colour, code string
	var price float64
	var tags []string
	var opened time.Time
	must(conn.QueryRow(ctx, "SELECT name, colour::text, code, price::float8, tags, opened FROM shop ORDER BY id LIMIT 1").
		Scan(&name, &colour, &code, &price, &tags, &opened))
	require([]interface{}{name, colour, code, price, tags, opened.IsZero()},
		[]interface{}{"shop 1", "green", "100001", 1.0, []string{"a", "b"}, false})
	ids := []int64{1, 2, 3}
	require(texts(ctx, conn, "SELECT name FROM shop WHERE id = ANY($1) ORDER BY id", ids), []string{"shop 1", "shop 2", "shop 3"})
}

func transactions(ctx context.Context, conn *pgx.Conn) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	must(err)
	inner, err := tx.Begin(ctx)
	must(err)
	_, err = inner.Exec(ctx, "SELECT 1 / 0")
	require(err != nil, true)
	must(inner.Rollback(ctx))
	require(texts(ctx, tx, people, 1), phones[1:])
	must(tx.Rollback(ctx))
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Second)
	defer cancel()
	url := fmt.Sprintf("postgres://%s:%s@127.0.0.1:%s/demo", os.Args[2], os.Args[3], os.Args[1])
	for _, mode := range []int{stmtcache.ModePrepare, stmtcache.ModeDescribe} {
		config, err := pgx.ParseConfig(url)
		must(err)
		chosen := mode
		config.BuildStatementCache = func(conn *pgconn.PgConn) stmtcache.Cache { return stmtcache.New(conn, chosen, 32) }
		reads(ctx, config)
	}
	simple, err := pgx.ParseConfig(url)
	must(err)
	simple.PreferSimpleProtocol = true
	reads(ctx, simple)

	conn, err := pgx.Connect(ctx, url)
	must(err)
	batches(ctx, conn)
	copies(ctx, conn)
	types(ctx, conn)
	transactions(ctx, conn)
	must(conn.Close(ctx))

	pool, err := pgxpool.Connect(ctx, url+"?pool_max_conns=3")
	must(err)
	done := make(chan []string)
	for i := 0; i < 12; i++ {
		go func() { done <- texts(ctx, pool, people, 0) }()
	}
	for i := 0; i < 12; i++ {
		require(<-done, phones)
	}
	pool.Close()
	fmt.Println("ok")
}
