"""Gathering: which records each row is to be held against, in SQL that every engine reads alike.

in -> out: nothing is computed here; the text of the steps, in their order. Tables: `q_keys` (row, key, kind, year) and
`cases` (row, body) of the rows, `w_keys`, `w_records` and `dropped` of the index (`bulk/layout.py`). Portable: `on`
instead of `using`, a searched `case`, no lists, no aggregate over bodies, which would hold them all in memory.
"""

from typing import NamedTuple

from pipeline.text.blocking import IDENTIFIER, SECTION, WHOLE

CROWD = 100
"""A key that more works share is not followed: it tells nothing. A row whose whole title is such a key stays open."""
BEST = 8
"""Records of one source that a row is held against; a service's search gives five. Measured on 800 labelled rows with
look-alikes, the right one was never behind the fourth."""
CASE, CROWDED, ASKED = -1, -2, -3
"""Places of rows that hold no record: the case itself, the mark of a crowded title, keys asked in a second round."""


class Step(NamedTuple):
    """A table that the next steps read."""

    name: str
    sql: str


_NOT_DROPPED = """left join dropped d on d.source = {0}.source and d.work = {0}.work
    and (d.part = {0}.part or d.part = -1)"""

STEPS = (
    Step("found", f"""
        select w.key, w.kind, w.source, w.part, w.work, w.year
        from w_keys w join (select distinct key from q_keys) n on w.key = n.key {_NOT_DROPPED.format("w")}
        where d.work is null"""),
    Step("crowds", f"""
        select key from found group by key having count(*) > {CROWD}"""),
    Step("pairs", f"""
        with hit as (
            select q.row, f.source, f.part, f.work, min(abs(f.year - q.year)) as apart,
                sum(case when f.kind = {IDENTIFIER} then 100 when f.kind <= {SECTION} and q.kind <= {SECTION} then 4 else 1 end)
                    as weight
            from q_keys q join found f on f.key = q.key left join crowds c on c.key = q.key
            where c.key is null group by q.row, f.source, f.part, f.work),
        placed as (
            select row, source, part, work, row_number() over (
                partition by row, source order by weight desc, apart nulls last, work) as place
            from hit)
        select row, source, part, work, place from placed where place <= {BEST}"""),
    # Records that share an identifier with a gathered one: Crossref's record of a DOI that OpenAlex's work names.
    Step("hops", f"""
        with told as (
            select p.row, r.doi, r.arxiv from pairs p
            join w_records r on r.source = p.source and r.part = p.part and r.work = p.work),
        named as (
            select row, doi as key from told where doi is not null
            union select row, arxiv as key from told where arxiv is not null),
        met as (
            select n.row, w.source, w.part, w.work from named n join w_keys w on w.key = n.key
            {_NOT_DROPPED.format("w")} where w.kind = {IDENTIFIER} and d.work is null)
        select m.row, m.source, m.part, m.work, min({BEST} + 1) as place from met m
        left join pairs p on p.row = m.row and p.source = m.source and p.part = m.part and p.work = m.work
        where p.row is null group by m.row, m.source, m.part, m.work"""),
)  # fmt: skip
"""Each is made a table of its own, since several of the later ones read it."""

GATHERED = f"""
    select c.row, cast(-1 as tinyint) as source, cast(0 as bigint) as work, cast(c.place as int) as place, c.body
    from cases c
    union all
    select distinct q.row, cast(-1 as tinyint), cast(0 as bigint), cast({CROWDED} as int), cast(null as {{binary}})
    from q_keys q join crowds c on c.key = q.key where q.kind = {WHOLE}
    union all
    select p.row, r.source, r.work, cast(p.place as int), r.body
    from (select * from pairs union all select * from hops) p
    join w_records r on r.source = p.source and r.part = p.part and r.work = p.work"""
"""Everything that is decided from: a row's case, then its records. `{{binary}}` is the engine's name of that type."""
