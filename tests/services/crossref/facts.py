"""Names that Crossref's `/works` route knows; facts of its documentation and of the live list of 3 October 2026."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SELECT = _names("""
    abstract accepted alternative-id approved archive article-number assertion author chair clinical-trial-number
    container-title content-created content-domain created degree deposited DOI editor event funder group-title indexed
    ISBN is-referenced-by-count ISSN issn-type issue issued license link member original-title page posted prefix
    published published-online published-print publisher publisher-location reference references-count relation resource
    score short-container-title short-title standards-body subject subtitle title translator type update-policy
    update-to updated-by URL volume
""")

TYPES = _names("""
    journal-article proceedings-article book-chapter book monograph edited-book reference-book reference-entry
    book-section book-part book-track book-set book-series posted-content report report-series report-component
    dissertation dataset component peer-review standard standard-series journal journal-volume journal-issue proceedings
    proceedings-series database grant other
""")

QUERIES = _names("""
    query query.bibliographic query.title query.author query.editor query.container-title query.event-name
    query.publisher-name query.affiliation query.contributor query.funder-name query.chair query.translator query.degree
    query.description query.event-acronym query.event-location query.event-sponsor query.event-theme
    query.publisher-location query.standards-body-acronym query.standards-body-name
""")

PARAMETERS = QUERIES | _names("filter select sort order rows offset cursor sample facet mailto")

SORT_KEYS = _names("""
    score relevance updated deposited indexed created issued published published-print published-online
    is-referenced-by-count references-count
""")

ISSUED_FAMILY = _names("issued published published-print published-online")

FILTERS = _names("""
    doi alternative-id article-number issn isbn type type-name container-title prefix member orcid from-pub-date
    until-pub-date from-issued-date until-issued-date from-print-pub-date until-print-pub-date from-online-pub-date
    until-online-pub-date from-posted-date until-posted-date from-created-date until-created-date from-deposit-date
    until-deposit-date from-update-date until-update-date from-index-date until-index-date has-abstract has-relation
    has-update is-update has-references has-orcid update-type updates relation.type relation.object relation.object-type
    license.url full-text.type full-text.application full-text.version funder award.number award.funder citation-id
""")
