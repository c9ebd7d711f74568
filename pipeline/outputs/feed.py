"""`feed.xml`: an Atom feed of the papers, so that readers hear of new ones and of retractions.

in -> out: papers and the list's name -> XML (RFC 4287). There is no clock: `published` is the paper's own date,
`updated` the day on which we learned the last news about it, which the catalog keeps (`news`); whatever else changes
moves nothing, so that a reader sees each piece of news once. A paper of which the catalog has no such day, from before
it was kept, is dated by itself. A date known only to the year or month stands for its first day, because Atom knows
whole times only. Left out are papers without any date, and those whose key is provisional: they would be announced
twice. Ids are UUIDs of list path and key.
"""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pipeline.model import ListInfo, Paper
from pipeline.outputs.display import clean_line, doi_url, find_url, first_rows, render_author, render_authors, safe_url

MAX_ENTRIES = 100
"""The newest this many; a guess at what readers poll without complaint, about 100 kB."""
AUTHORS_NAMED = 10
"""Names in one feed entry; a collaboration of thousands is cut."""
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"


def render(papers: Sequence[Paper], info: ListInfo) -> str:
    """Render the feed, newest first; the same papers give the same bytes."""
    dated = [
        (updated, paper)
        for paper in first_rows(papers)
        if not paper.key_provisional and (updated := _find_updated(paper))
    ]
    # A stable sort: papers of one day stay in list order.
    newest = sorted(dated, key=lambda pair: pair[0], reverse=True)[:MAX_ENTRIES]
    own_id = uuid.uuid5(uuid.NAMESPACE_URL, f"awesome-enrich:{info.path}")
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", own_id.urn)
    _add(feed, "title", clean_line(info.title or info.path))
    _add(feed, "updated", newest[0][0] if newest else _NEVER)
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = clean_line(info.title or info.path)
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": "index.html"})
    for updated, paper in newest:
        _add_entry(feed, paper, entry_id=uuid.uuid5(own_id, paper.key).urn, updated=updated)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add_entry(feed: ET.Element, paper: Paper, *, entry_id: str, updated: str) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", entry_id)
    _add(entry, "title", ("RETRACTED: " if paper.retracted else "") + clean_line(paper.title))
    _add(entry, "updated", updated)
    if paper.date is not None or paper.year is not None:
        _add(entry, "published", _full_time(paper.date or str(paper.year)))
    for author in paper.authors[:AUTHORS_NAMED]:
        _add(ET.SubElement(entry, "author"), "name", render_author(author))
    _add(entry, "summary", _render_summary(paper))
    if url := find_url(paper):
        ET.SubElement(entry, "link", {"rel": "alternate", "href": url})
    if free := safe_url(paper.open_access.url):
        ET.SubElement(entry, "link", {"rel": "related", "title": "free copy", "href": free})
    if paper.listed.category:
        ET.SubElement(entry, "category", {"term": clean_line(paper.listed.category)})


def _render_summary(paper: Paper) -> str:
    where = ", ".join(str(part) for part in (paper.venue, paper.year) if part)
    lines = [f"{render_authors(paper, AUTHORS_NAMED)}. {where}".strip(" .") + "."]
    for notice in paper.notices:
        about = doi_url(notice.doi) if notice.doi else None
        lines.append(f"{notice.kind.capitalize()} {notice.date or ''} {about or ''}".strip() + ".")
    return clean_line(" ".join(lines))


def _find_updated(paper: Paper) -> str | None:
    day = paper.news or paper.date or (str(paper.year) if paper.year else None)
    return _full_time(day) if day else None


def _full_time(day: str) -> str:
    """Complete an ISO date of any precision to the first moment of it."""
    return f"{day}{'-01-01'[len(day) - 4 :] if len(day) < 10 else ''}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
