"""Queries that mean harm, and words of the sentence that each is refused with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """``{file}``, ``{folder}`` and ``{url}`` stand for a file and a folder that are there and a server that answers."""

    query: str
    said: str


READ_ONLY = "is not answered: the published copy is read-only, and its settings stay as they are. Ask one SELECT."
NO_VIEW = "is not a public view."
NO_MACRO = "cannot stand in a FROM here: a query reads no file, no address and no setting."

REFUSED_UNREAD = (
    # write
    Attempt("insert into core.article select * from core.article", f"INSERT {READ_ONLY}"),
    Attempt("update core.article set title = ''", f"UPDATE {READ_ONLY}"),
    Attempt("delete from article", f"DELETE {READ_ONLY}"),
    Attempt(
        "merge into core.article using article using (article_id) when matched then delete", f"MERGE_INTO {READ_ONLY}"
    ),
    Attempt(
        "with gone as (delete from core.article returning *) select * from gone", "DELETE is not answered, in a WITH"
    ),
    Attempt("drop view article", f"DROP {READ_ONLY}"),
    Attempt("alter table core.article drop column title", f"ALTER {READ_ONLY}"),
    Attempt("create table mine as select * from article", f"CREATE {READ_ONLY}"),
    Attempt("create or replace temp view article as select 1", f"CREATE {READ_ONLY}"),
    Attempt("create macro main.share_low(k, n) as 1", f"CREATE {READ_ONLY}"),
    Attempt("begin transaction", f"TRANSACTION {READ_ONLY}"),
    Attempt("vacuum analyze", f"VACUUM {READ_ONLY}"),
    Attempt("select 1; drop view article", "These are 2 statements. Ask one SELECT at a time."),
    # attach, copy
    Attempt("attach '{folder}/other.duckdb' as other", f"ATTACH {READ_ONLY}"),
    Attempt("copy article to '{folder}/out.csv'", f"COPY {READ_ONLY}"),
    Attempt("copy (select * from read_text('{file}')) to '{folder}/out.csv'", f"COPY {READ_ONLY}"),
    Attempt("export database '{folder}/out'", f"EXPORT {READ_ONLY}"),
    Attempt("checkpoint", "is not answered"),
    # files
    Attempt("select * from read_text('{file}')", f"read_text() {NO_MACRO}"),
    Attempt("select * from read_csv('{file}')", f"read_csv() {NO_MACRO}"),
    Attempt("from read_blob('{folder}/*')", f"read_blob() {NO_MACRO}"),
    Attempt("from glob('{folder}/*')", f"glob() {NO_MACRO}"),
    Attempt("from '{file}'", NO_VIEW),
    Attempt("select (select count(*) from '{folder}/*.parquet')", NO_VIEW),
    Attempt("select * from query('from read_text(''{file}'')')", f"query() {NO_MACRO}"),
    Attempt("from query_table('{file}')", f"query_table() {NO_MACRO}"),
    Attempt("from json_execute_serialized_sql(json_serialize_sql('from core.article'))", NO_MACRO),
    # the catalogue, behind the name of a step
    Attempt(
        "select path from duckdb_databases, (with duckdb_databases as (select 1) from duckdb_databases)",
        "duckdb_databases is the name of an internal table.",
    ),
    Attempt(
        "select sql from sqlite_master, (with sqlite_master as (select 1 as z) select z from sqlite_master)",
        "sqlite_master is the name of an internal table.",
    ),
    Attempt("select json_serialize_plan('select * from core.poll')", "json_serialize_plan() is not answered"),
    # extensions, settings
    Attempt("select current_setting('secret_directory')", "current_setting() is not answered"),
    Attempt("select write_log('x')", "write_log() is not answered"),
    Attempt("install httpfs", f"LOAD {READ_ONLY}"),
    Attempt("load '{folder}/evil.duckdb_extension'", f"LOAD {READ_ONLY}"),
    Attempt("set enable_external_access = true", f"SET {READ_ONLY}"),
    Attempt("set lock_configuration = false", f"SET {READ_ONLY}"),
    Attempt("reset memory_limit", "is not answered"),
    Attempt("pragma memory_limit = '100GB'", "is not answered"),
    Attempt("call pragma_database_size()", f"CALL {READ_ONLY}"),
    Attempt("from duckdb_settings()", f"duckdb_settings() {NO_MACRO}"),
    Attempt("create secret s (type http, bearer_token 'x')", "is not answered"),
    # network
    Attempt("from '{url}/rows.csv'", NO_VIEW),
    Attempt("from read_json('{url}/rows.json')", f"read_json() {NO_MACRO}"),
    Attempt("attach '{url}/other.duckdb' as other (read_only)", f"ATTACH {READ_ONLY}"),
    # what is not public
    Attempt("from core.article", f"core.article {NO_VIEW} Did you mean article?"),
    Attempt(
        "select title from article where article_id in (select article_id from core.revision)",
        f"core.revision {NO_VIEW}",
    ),
    Attempt("from information_schema.tables", f"information_schema.tables {NO_VIEW}"),
    Attempt("with here as (from sqlite_master) from here", f"sqlite_master {NO_VIEW}"),
)
"""Refused by what they are, before anything runs."""

TOO_MUCH = "The query needs more than the 512 MB of memory it may have."
TOO_LONG = "The query took longer than 2 s and was stopped."

REFUSED_RUNNING = (
    Attempt("select repeat('x', 400000000)", TOO_MUCH),
    Attempt("select list(i) from range(1000000000) as t(i)", TOO_MUCH),
    Attempt("from range(100000) as a, range(100000) as b order by hash(a.range + b.range)", TOO_MUCH),
    Attempt("with recursive r as (select 'x' as s union all select s || s from r) select max(s) from r", TOO_MUCH),
    Attempt("select repeat('x', 100000) from range(1000)", "The answer is larger than 32 MB."),
    Attempt("select count(*) from range(1000000000000)", TOO_LONG),
    Attempt("select count(*) from range(1000000) as a, range(1000000) as b, range(1000000) as c", TOO_LONG),
    Attempt("with recursive r as (select 1 as i union all select i + 1 from r) select max(i) from r", TOO_LONG),
    Attempt("select sleep_ms(600000)", TOO_LONG),
    Attempt("select levenshtein(repeat('a', 1000000), repeat('b', 1000000))", TOO_LONG),
    Attempt("select " + "(" * 50_000 + "1" + ")" * 50_000, "expression depth"),
)
"""Refused by what they need: memory, time, room."""
