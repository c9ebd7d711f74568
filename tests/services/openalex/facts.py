"""Names that OpenAlex's list endpoint for works knows; facts of its documentation and source, August 2026."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARAMETERS = _names("""
    filter search search.title search.title.exact search.title_and_abstract search.title_and_abstract.exact search.exact
    search.semantic select sort page per_page per-page cursor sample seed group_by mailto api_key include_xpac format
    oql oqo
""")

SEARCH_PARAMETERS = frozenset(name for name in PARAMETERS if name.startswith("search"))

UNPLAYED_PARAMETERS = _names("""
    group_by sample seed format oql oqo search.semantic search.exact search.title.exact search.title_and_abstract.exact
""")

WORK_FIELDS = _names("""
    id doi title display_name publication_year publication_date ids language primary_location type indexed_in
    open_access authorships institutions countries_distinct_count institutions_distinct_count corresponding_author_ids
    corresponding_institution_ids apc_list apc_paid fwci has_fulltext cited_by_count citation_normalized_percentile
    cited_by_percentile_year biblio is_retracted is_paratext is_xpac primary_topic topics keywords concepts mesh
    locations_count locations best_oa_location sustainable_development_goals awards funders has_content content_urls
    referenced_works_count referenced_works related_works abstract_inverted_index counts_by_year updated_date
    created_date relevance_score is_authors_truncated
""")

SORT_KEYS = _names("cited_by_count publication_date publication_year display_name relevance_score")

PAID_PLAN_FILTERS = _names("from_updated_date to_updated_date from_created_date updated_date created_date")

SINGLETON_PREFIXES = ("doi:", "pmid:", "pmcid:", "mag:", "openalex:", "orcid:", "ror:", "issn:")

UNPLAYED_FILTERS = _names("""
    apc_list.value apc_paid.value authors_count awards.id best_oa_location.source.id
    citation_normalized_percentile.value concepts.id corresponding_author_ids corresponding_institution_ids
    countries_distinct_count fulltext.search fwci has_abstract has_fulltext has_orcid has_pmcid has_pmid has_references
    institutions.country_code institutions.id institutions.ror is_oa is_paratext keywords.id open_access.is_oa
    open_access.oa_status primary_topic.id related_to topics.id authorships.institutions.id authorships.countries
    cited_by
""")
