"""What nobody could confirm about the live services, one switch for either truth; the default is the stricter one.

in -> out: nothing. The facts and their doubts are those of the services' documentation and of recorded responses.
"""

from typing import Literal

import msgspec


class Switches(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Set one at construction (`StandIn(switches=Switches(...))`) or later (`stand_in.switches.name = value`)."""

    openalex_quoted_lists: bool = True
    """`doi:"10.1/a,b|10.1/c"` is read as an OR list; False: quotes protect nothing."""
    openalex_encoded_colon_billed: bool = True
    """`/works/doi%3A...` costs 1 credit; False: it is free like the literal colon."""
    openalex_404_html: bool = True
    """A 404 is HTML, as measured; False: JSON, as documented."""
    openalex_merged: Literal["redirect", "missing"] = "redirect"
    """What a singleton by the id of a merged work gives: 301 to the surviving one, or 404."""
    openalex_url_bytes: int = 4094
    """Longest address; the edge's source says 8,190 by now."""
    openalex_per_page_max: int = 100
    """Documented maximum; 200 was still accepted."""
    openalex_keyless: bool = True
    """Calls without a key still work, as measured; False: they get 401, as documented."""
    openalex_credits_keyless: int = 1_000
    """Daily budget without a key, per address; 1 credit = $0.0001."""
    openalex_credits_keyed: int = 10_000
    """Daily budget of a free key."""
    openalex_rate_keyless: int = 10
    """Requests a second without a key."""
    openalex_rate_keyed: int = 30
    """Requests a second with a free key."""
    openalex_display_name: Literal["exact", "folds", "finds nothing", "refused"] = "exact"
    """What the exact `display_name` filter does: compare all but case, as its source says; ignore punctuation too; find
    nothing by a list of titles; refuse it with 400."""
    openalex_single_authors_max: int | None = None
    """Singletons cut the list of authors here too (documented), or not at all (source)."""
    crossref_user_agent_suffices: bool = False
    """`mailto:` in the User-Agent alone gives the polite pool; False: only the parameter does."""
    crossref_retry_after: bool = False
    """A 429 carries Retry-After; False: it has no headers and no body."""
    crossref_dois_max: int = 50
    """DOIs in one `filter=`; the largest batch that is known to have worked."""
    crossref_rows_max: int = 1000
    """Largest `rows`; one report says 500."""
    crossref_cursor_forbids_issued: bool = True
    """With a cursor, sorting by issued or published is refused."""
    datacite_per_5_minutes: int = 500
    """Requests in five minutes without identification (twice as many with it); second-hand."""
    doira_dois_max: int = 50
    """DOIs in one doiRA call; nobody knows the limit."""
