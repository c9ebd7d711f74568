-- Which records each row is held against, in SQL that every engine reads alike: `on` instead of `using`, a searched
-- `case`, no bare `union`, no lists, no aggregate over bodies (it would hold them all in memory).
--
-- Tables: q_keys (row, key, kind, year) and cases (row, place, body) of the rows; w_keys, w_records and dropped of the
-- index. Each step up to `gathered` is made a table of its own, since several of the later ones read it.

-- step: found
-- The works that share a key with any row.
select w.key, w.kind, w.source, w.part, w.work, w.year
from w_keys w
join (select distinct key from q_keys) n on w.key = n.key
left join dropped d on d.source = w.source and d.work = w.work and (d.part = w.part or d.part = {any_part})
where d.work is null

-- step: crowds
-- Keys that too many works share.
select key from found group by key having count(*) > {crowd}

-- step: pairs
-- The best works of each source for each row: identifiers first, then whole titles, then the nearer year.
with hit as (
    select q.row, f.source, f.part, f.work, min(abs(f.year - q.year)) as apart,
        sum(case when f.kind = {identifier} then 100
                 when f.kind <= {section} and q.kind <= {section} then 4
                 else 1 end) as weight
    from q_keys q
    join found f on f.key = q.key
    left join crowds c on c.key = q.key
    where c.key is null
    group by q.row, f.source, f.part, f.work),
placed as (
    select row, source, part, work,
        row_number() over (partition by row, source order by weight desc, apart nulls last, work) as place
    from hit)
select row, source, part, work, place from placed where place <= {best}

-- step: hops
-- Records that share an identifier with a gathered one: Crossref's record of a DOI that OpenAlex's work names.
with told as (
    select p.row, r.doi, r.arxiv
    from pairs p
    join w_records r on r.source = p.source and r.part = p.part and r.work = p.work),
named as (
    select distinct row, key
    from (select row, doi as key from told union all select row, arxiv as key from told) t
    where key is not null),
met as (
    select n.row, w.source, w.part, w.work
    from named n
    join w_keys w on w.key = n.key
    left join dropped d on d.source = w.source and d.work = w.work and (d.part = w.part or d.part = {any_part})
    where w.kind = {identifier} and d.work is null)
select m.row, m.source, m.part, m.work, min({best} + 1) as place
from met m
left join pairs p on p.row = m.row and p.source = m.source and p.part = m.part and p.work = m.work
where p.row is null
group by m.row, m.source, m.part, m.work

-- step: gathered
-- Everything that is decided from: each row's case, the mark of a crowded title, its records.
select c.row, cast(-1 as tinyint) as source, cast(0 as bigint) as work, cast(c.place as int) as place, c.body
from cases c
union all
select distinct q.row, cast(-1 as tinyint), cast(0 as bigint), cast({crowded} as int), cast(null as {binary})
from q_keys q
join crowds c on c.key = q.key
where q.kind = {whole}
union all
select p.row, r.source, r.work, cast(p.place as int), r.body
from (select row, source, part, work, place from pairs union all select row, source, part, work, place from hops) p
join w_records r on r.source = p.source and r.part = p.part and r.work = p.work
