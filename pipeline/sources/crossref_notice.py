"""Crossref: notices about a work, and its other versions.

in -> out: the shape of a work -> retraction, corrections, what the work itself is a notice of, versions it asserts.
Rules: types of updates and relations as documented in November 2026; Retraction Watch's entries are among them. Members
also deposit an update of a work by itself: then the record is the paper, with the notice in it.
"""

from collections.abc import Iterable

import msgspec

from pipeline.model import Notice, NoticeKind, Version
from pipeline.sources import body
from pipeline.sources.crossref_shape import Relation, Update, Work
from pipeline.text import date
from pipeline.text import doi as doi_text

_KINDS: dict[str, NoticeKind | None] = {
    "retraction": "retraction",
    "removal": "retraction",
    "withdrawal": "retraction",
    "partial_retraction": "correction",  # the rest of the paper stands
    "correction": "correction",
    "erratum": "correction",
    "corrigendum": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "expression_of_concern": "concern",
    "new_edition": None,
    "new_version": None,
}
# Relations by which the record itself is a notice, a review or a comment.
_IS_ABOUT = (
    "is-correction-of", "is-retraction-of", "is-withdrawal-of", "is-expression-of-concern-of", "is-comment-on",
    "is-reply-to", "is-review-of",
)  # fmt: skip


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """What a record says about notices."""

    about_work: tuple[Notice, ...] = ()
    about_others: tuple[str, ...] = ()
    """DOIs that the work is a notice of."""
    issues: tuple[str, ...] = ()

    @property
    def is_retracted(self) -> bool:
        """Whether the work itself is retracted."""
        return any(notice.kind == "retraction" for notice in self.about_work)


def read_notices(work: Work, own_doi: str) -> Notices:
    """Read the notices about a work, and what it is a notice of itself."""
    updates_to = [(update, body.bare_doi(update.doi)) for update in work.update_to or ()]
    about_itself = [update for update, doi in updates_to if doi == own_doi]
    about_work = (*(work.updated_by or ()), *about_itself)
    notice_of = [doi for update, doi in updates_to if doi != own_doi and _kind(update)]
    related = (doi for name in _IS_ABOUT for doi in _related_dois(work, name) if doi != own_doi)
    unknown = body.unique(u.type or "" for u in (*about_work, *(work.update_to or ())) if _name(u) not in _KINDS)
    return Notices(
        about_work=tuple(dict.fromkeys(_notices(about_work))),
        about_others=body.unique([*notice_of, *related]),
        issues=tuple(f"Crossref names an update of type `{name}`, which we do not know." for name in unknown),
    )


def read_kind(work: Work, own_doi: str) -> NoticeKind | None:
    """Return what kind of notice about others the work is, None where it is none."""
    kinds = (_kind(update) for update in work.update_to or () if body.bare_doi(update.doi) != own_doi)
    return next((kind for kind in kinds if kind), None)


def read_versions(work: Work) -> tuple[Version, ...]:
    """Return the preprints of a paper, or the publications of a preprint, that the record names."""
    preprints = [Version(kind="preprint", doi=doi) for doi in _related_dois(work, "has-preprint")]
    published = [Version(kind="published", doi=doi) for doi in _related_dois(work, "is-preprint-of")]
    return tuple(dict.fromkeys([*preprints, *published]))


def _notices(updates: Iterable[Update]) -> Iterable[Notice]:
    for update in updates:
        if kind := _kind(update):
            dates = update.updated.date_parts if update.updated else None
            yield Notice(kind=kind, doi=body.bare_doi(update.doi), date=date.clean(dates).iso)


def _kind(update: Update) -> NoticeKind | None:
    return _KINDS.get(_name(update))


def _name(update: Update) -> str:
    return (update.type or "").strip().lower().replace("-", "_").replace(" ", "_")


def _related_dois(work: Work, name: str) -> Iterable[str]:
    relations: Iterable[Relation] = (work.relation or {}).get(name) or ()
    for relation in relations:
        doi = doi_text.clean(relation.id) if relation.id_type in ("doi", None) else None
        if doi and not doi_text.is_denied(doi):
            yield doi
