# SPDX-FileCopyrightText: The Citywall authors
# SPDX-License-Identifier: Apache-2.0
#
# What programs in Python do through the proxy, by the drivers of Debian: python3-psycopg, python3-psycopg2, python3-asyncpg and
# python3-sqlalchemy. Arguments: a part, the port, the user, the password. Prints "ok" where all came out as it should.

import sys

PART, PORT, USER, PASSWORD = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
PHONES = ["138****5678", "139****6789", "136****7890"]


def require(found, expected):
    if found != expected:
        raise AssertionError(f"{found!r} and not {expected!r}")


def psycopg3():
    import psycopg

    with psycopg.connect(host="127.0.0.1", port=PORT, user=USER, password=PASSWORD, dbname="demo") as conn:
        query = "SELECT phone FROM person WHERE id > %s ORDER BY id"
        for _ in range(7):  # the driver prepares at the fifth
            require([r[0] for r in conn.execute(query, (0,))], PHONES)
        require([r[0] for r in conn.execute(query, (0,), binary=True)], PHONES)
        with conn.cursor(name="on_the_server") as cursor:
            cursor.execute("SELECT phone FROM person ORDER BY id")
            require([r[0] for r in cursor.fetchmany(2)], PHONES[:2])
        with conn.cursor() as cursor:
            cursor.executemany("INSERT INTO sale(shop_id, at, amount) VALUES (%s, %s, %s)", [(1, "2026-05-01", i) for i in range(20)])
            require(cursor.rowcount, 20)
            with cursor.copy("COPY (SELECT phone FROM person ORDER BY id) TO STDOUT") as copy:
                require([row[0] for row in copy.rows()], PHONES)
            with cursor.copy("COPY shop(name, price) FROM STDIN") as copy:
                copy.write_row(("copied", 3))
            cursor.execute("SELECT tags, colour, opened FROM shop ORDER BY id LIMIT 1")
            require(cursor.fetchone()[0], ["a", "b"])
        with conn.pipeline():
            first = conn.execute("SELECT phone FROM person ORDER BY id LIMIT 1")
            second = conn.execute("SELECT count(*) FROM sale WHERE at = '2026-05-01'")
            require(first.fetchone()[0], PHONES[0])
            require(second.fetchone()[0], 20)
        try:
            with conn.transaction():
                conn.execute("SELECT 1 / 0")
        except psycopg.errors.DivisionByZero:
            pass
        require(conn.execute("SELECT 1").fetchone()[0], 1)
        conn.rollback()


def psycopg2():
    import psycopg2
    import psycopg2.extras

    with psycopg2.connect(host="127.0.0.1", port=PORT, user=USER, password=PASSWORD, dbname="demo") as conn:
        conn.set_session(isolation_level="REPEATABLE READ", readonly=False)
        with conn.cursor() as cursor:
            cursor.execute("SELECT phone FROM person ORDER BY id")
            require([r[0] for r in cursor.fetchall()], PHONES)
            psycopg2.extras.execute_values(cursor, "INSERT INTO sale(shop_id, at, amount) VALUES %s RETURNING amount",
                                           [(1, "2026-05-02", i) for i in range(3)])
            require([r[0] for r in cursor.fetchall()], [0, 1, 2])
        with conn.cursor("named", cursor_factory=psycopg2.extras.DictCursor) as cursor:
            cursor.itersize = 2
            cursor.execute("SELECT id, phone FROM person ORDER BY id")
            require([r["phone"] for r in cursor], PHONES)
        conn.rollback()


def asyncpg_():
    import asyncio

    import asyncpg

    async def run():
        pool = await asyncpg.create_pool(host="127.0.0.1", port=PORT, user=USER, password=PASSWORD, database="demo", min_size=2, max_size=2)
        for _ in range(6):  # the pool resets its connections in between
            async with pool.acquire() as conn:
                require([r["phone"] for r in await conn.fetch("SELECT phone FROM person WHERE id > $1 ORDER BY id", 0)], PHONES)
        async with pool.acquire() as conn:
            # the types of shop are asked of the catalogue
            row = await conn.fetchrow("SELECT colour, code, tags, ROW(1, 'x')::pair AS both FROM shop ORDER BY id LIMIT 1")
            require((row["colour"], row["tags"], tuple(row["both"])), ("green", ["a", "b"], (1, "x")))
            transaction = conn.transaction()
            await transaction.start()
            await conn.executemany("INSERT INTO sale(shop_id, amount) VALUES ($1, $2)", [(1, 2), (1, 3)])
            await conn.copy_records_to_table("shop", records=[("copied", 3)], columns=["name", "price"])
            async for record in conn.cursor("SELECT phone FROM person ORDER BY id", prefetch=2):
                require(record["phone"] in PHONES, True)
            await transaction.rollback()
        await pool.close()

    asyncio.run(run())


def sqlalchemy():
    from sqlalchemy import Column, ForeignKey, Integer, MetaData, Numeric, String, create_engine, func, inspect, select, text
    from sqlalchemy.orm import Session, declarative_base, relationship, selectinload
    from sqlalchemy.orm.exc import StaleDataError

    Base = declarative_base()

    class Person(Base):
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)
        name = Column(String)
        phone = Column(String)
        dept = Column(String)
        orders = relationship("Order", order_by="Order.id")

    class Order(Base):
        __tablename__ = "orders"
        id = Column(Integer, primary_key=True)
        person_id = Column(Integer, ForeignKey("person.id"))
        amount = Column(Numeric)

    class Account(Base):
        __tablename__ = "account"
        id = Column(Integer, primary_key=True)
        owner = Column(String)
        version = Column("ssn_assist", String, nullable=False)
        __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda v: "x" + (v or "")}

    engine = create_engine(f"postgresql+psycopg2://{USER}:{PASSWORD}@127.0.0.1:{PORT}/demo", pool_size=2, pool_pre_ping=True)
    inspector = inspect(engine)
    require("person" in inspector.get_table_names(), True)
    require([c["name"] for c in inspector.get_columns("person")][:4], ["id", "name", "id_card", "phone"])
    require(inspector.get_pk_constraint("person")["constrained_columns"], ["id"])
    require(inspector.get_foreign_keys("sale")[0]["referred_table"], "shop")
    require(len(inspector.get_indexes("sale")), 1)
    require("busy" in inspector.get_view_names(), True)
    reflected = MetaData()
    reflected.reflect(engine, only=["shop", "sale", "person"])
    require(len(reflected.tables["shop"].columns), 8)
    with Session(engine) as session:
        people = session.scalars(select(Person).options(selectinload(Person.orders)).order_by(Person.id)).all()
        require([p.phone for p in people], PHONES)
        require([len(p.orders) for p in people], [1, 1, 0])
        session.expire_all()
        require(people[0].orders[0].amount, 5)  # one by one, when they are asked for
        page = session.scalars(select(Person).order_by(Person.dept.desc(), Person.id).offset(1).limit(1)).one()
        require(page.id, 1)
        require(session.execute(select(Person.dept, func.count()).group_by(Person.dept).order_by(Person.dept)).all(), [("finance", 2), ("hr", 1)])
        require(session.execute(text("SELECT count(*) FROM person WHERE phone LIKE '138****%'")).scalar(), 1)
        accounts = [Account(id=i, owner="o") for i in range(100, 130)]
        session.add_all(accounts)
        session.flush()
        session.execute(text("UPDATE account SET ssn_assist = 'other' WHERE id = 100"))
        accounts[0].owner = "later"
        try:
            session.flush()
            raise AssertionError("a change of another was overwritten")
        except StaleDataError:
            session.rollback()


{"psycopg": psycopg3, "psycopg2": psycopg2, "asyncpg": asyncpg_, "sqlalchemy": sqlalchemy}[PART]()
print("ok")
