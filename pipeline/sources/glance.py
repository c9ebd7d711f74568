"""A work at a glance: its titles, before it is worth reading the rest.

in -> out: a work's JSON as an index keeps it (`sources/slim.py`) -> a `Record` of its titles, DOI and W-id, which says
of these what the source's own adapter says. Most works that share a key with a row are others by their titles already,
and reading one whole takes ten times as long.
"""

from pipeline.model import Ids, Record
from pipeline.sources import UnreadableBody, body, crossref_shape, crossref_work, openalex_shape, openalex_work
from pipeline.sources.slim import SnapshotSource


def glance(source: SnapshotSource, sent: bytes) -> Record | None:
    """Return a record of a work's titles; None where more than these has to be seen.

    >>> glance("openalex", b'{"id": "https://openalex.org/W1", "title": "Deep <i>nets</i>", "cited_by_count": 2}').title
    'Deep nets'
    """
    try:
        return _openalex(sent) if source == "openalex" else _crossref(sent)
    except UnreadableBody:
        return None


def _openalex(sent: bytes) -> Record | None:
    work, _ = body.decode(sent, openalex_shape.Titled)
    if work.cited_by_count is None:
        return None  # it may be nonsense (`inquiry.is_nonsense`), which whoever asked has to know
    ids = Ids(doi=body.bare_doi(work.doi), openalex=openalex_work.read_id(work))
    return Record(source="openalex", title=body.clean_title(work.title), ids=ids)


def _crossref(sent: bytes) -> Record | None:
    work, _ = body.decode(sent, crossref_shape.Titled)
    if work.is_referenced_by_count is None or work.update_to:
        return None  # nonsense, or a notice about another work, which may be the row's
    titles = crossref_work.read_titles(work)
    return Record(
        source="crossref",
        title=titles.title,
        subtitle=titles.subtitle,
        other_titles=titles.others,
        ids=Ids(doi=crossref_work.read_doi(work)),
    )
