"""Where publishers and archives put identifiers in their addresses.

in -> out: a `Link` -> the claims that it makes. Rules: the sites' own address forms as of November 2026. The first
form of a host that fits speaks; a host without one speaks by a DOI that stands in its path or query, which is
"derived" where we do not know the site, because it may be about something else.
"""

import re
from collections.abc import Iterator

from pipeline.addresses.link import Link
from pipeline.addresses.publishers import Claim, Reader, acl, derived, elsevier, mdpi, nature, nothing, osf, stated

_ARXIV = r"(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[a-z]{2,6}(?:-[a-z]{2,4})?)?/\d{7})(?!\d)"
_PII = r"(?P<id>S\d{4}-?\d{3}[\dX]\(?\d\d\)?\d{5}-?[\dX]|B(?:\d{13}|\d{9}[\dX])\d{5}[\dX])(?![\dX])"
# Behind Elsevier's own words for it, a PII needs no strict form: `text/pii.py` knows which are ones.
_ANY_PII = r"(?P<id>(?:S|B|(?=\d{4}-?\d{3}[\dX]))[\dX()-]{16,26})(?![\dX])"
_ACL = r"(?P<id>[A-Z]\d\d-\d{4}|20\d\d\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?![\d.]*\d)"
_NUMBER = r"0*(?P<id>\d{4,9})(?!\d)"

FORMS: tuple[tuple[str, str, Reader], ...] = (
    ("arxiv.org", rf"/+(?:abs|pdf|html|format|ps|e-print|src)/+{_ARXIV}", stated("arxiv")),
    ("arxiv.org", rf"/ftp/arxiv/papers/\d{{4}}/{_ARXIV}", stated("arxiv")),
    ("xxx.lanl.gov", rf"/(?:abs|pdf)/{_ARXIV}", stated("arxiv")),
    ("ar5iv.org ar5iv.labs.arxiv.org", rf"/(?:(?:abs|html|pdf|papers)/)?{_ARXIV}", stated("arxiv")),
    ("alphaxiv.org", rf"/(?:[a-z]{{2}}/)?(?:abs|pdf|html|overview|audio)/{_ARXIV}", stated("arxiv")),
    ("huggingface.co hf.co emergentmind.com arxiv-vanity.com", rf"/papers/{_ARXIV}", stated("arxiv")),
    ("scirate.com papers.cool semanticscholar.org catalyzex.com", rf"/(?:paper/)?arxiv[/:]{_ARXIV}", stated("arxiv")),
    ("api.semanticscholar.org", rf"/{_ARXIV}", stated("arxiv")),
    ("adsabs.harvard.edu", r"/abs/\d{4}arXiv(?P<month>\d{4})\.?(?P<number>\d{4,5})[A-Z]",
     stated("arxiv", "{month}.{number}")),
    ("adsabs.harvard.edu", rf"/abs/{_ARXIV}", stated("arxiv")),
    ("dblp.org dblp.uni-trier.de", r"/rec/(?:\w+/)?journals/corr/abs-(?P<month>\d{4})-(?P<number>\d{4,5})(?!\d)",
     stated("arxiv", "{month}.{number}")),
    ("nature.com", r"/articles/(?:doi:10\.1038/)?(?P<id>[a-z0-9][a-z0-9.-]*?)"
                   r"(?:_reference)?(?:\.(?:e?pdf|ris))?(?:[/?]|$)", nature),
    ("nature.com", r"/[a-z]+/journal/v\d+/n[\w-]+/(?:full|abs|pdf)/(?P<id>[a-z0-9.-]+?)(?:_\w+)?\.(?:html|pdf)",
     nature),
    ("dl.acm.org", r"/doi/(?:\w+/)?10\.5555/|/doi/proceedings/", nothing),
    ("biorxiv.org medrxiv.org",
     r"/content/(?:(?:bio|med)rxiv/)?early/\d{4}/\d\d/\d\d/(?P<id>(?:\d{4}\.\d\d\.\d\d\.)?\d{5,8})(?!\d)",
     stated("doi", "10.1101/{id}")),
    ("biorxiv.org medrxiv.org", r"/.*?(?P<id>10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{5,8})(?!\d)", stated("doi")),
    ("elifesciences.org", r"/(?:articles|reviewed-preprints)/(?P<id>\d{5,6})(?!\d)", derived("10.7554/elife.{id}")),
    ("nber.org", r"/(?:system/files/working_)?papers/(?P<id>[wht]\d{1,5})(?!\d)", derived("10.3386/{id}")),
    ("ssrn.com", r"/.*\babstract(?:_?id)?=(?P<id>\d{5,8})(?!\d)", derived("10.2139/ssrn.{id}")),
    ("zenodo.org", r"/records?/(?P<id>\d{3,9})(?!\d)", derived("10.5281/zenodo.{id}")),
    ("aclanthology.org", rf"/(?:papers/[A-Z]/[A-Z]\d\d/)?{_ACL}", acl),
    ("aclweb.org", rf"/anthology/(?:papers/[A-Z]/[A-Z]\d\d/)?{_ACL}", acl),
    ("aclanthology.info", rf"/(?:papers|pdf/[A-Z]/[A-Z]\d\d)/{_ACL}", acl),
    ("preprints.org", r"/manuscript/(?P<id>\d{6}\.\d{4})/v(?P<version>\d{1,2})(?!\d)",
     derived("10.20944/preprints{id}.v{version}")),
    ("researchsquare.com", r"/(?:article|files)/(?P<id>rs-\d+)/v(?P<version>\d{1,2})(?!\d)",
     derived("10.21203/rs.3.{id}/v{version}")),
    ("osf.io", r"/preprints/(?P<server>[a-z]+)/(?P<id>[a-z0-9]{5})(?:_v\d+)?(?![a-z0-9])", osf),
    ("psyarxiv.com", r"/(?P<id>[a-z0-9]{5})(?![a-z0-9])", derived("10.31234/osf.io/{id}")),
    ("ijcai.org", r"/proceedings/(?P<year>201[7-9]|20[2-9]\d)/0*(?P<id>\d{1,4})(?!\d)",
     derived("10.24963/ijcai.{year}/{id}")),
    ("mdpi.com", r"/(?P<issn>\d{4}-\d{3}[\dX])/(?P<volume>\d{1,3})/(?P<issue>\d{1,2})/(?P<article>\d{1,5})(?!\d)",
     mdpi),
    ("hindawi.com", r"/journals/[a-z]+/(?P<year>20[01]\d|202[0-4])/(?P<id>\d{6,8})(?!\d)",
     derived("10.1155/{year}/{id}")),
    ("peerj.com", r"/articles/(?P<id>\d+)(?!\d)", derived("10.7717/peerj.{id}")),
    ("peerj.com", r"/articles/(?P<series>cs|pchem|achem)-(?P<id>\d+)", derived("10.7717/peerj-{series}.{id}")),
    ("pubs.rsc.org", r"/en/content/article\w*/\d{4}/\w\w/(?P<id>[a-z]\d\w{6,8})(?!\w)", derived("10.1039/{id}")),
    ("biomedcentral.com", r"/(?:articles/)?(?P<issn>\d{4}-\d{3}[\dX])/(?P<volume>\d{1,3})/(?P<id>S?\d{1,4})(?!\d)",
     derived("10.1186/{issn}-{volume}-{id}")),
    ("sciencedirect.com", rf"/science(?:/.*)?/pii/{_ANY_PII}", elsevier),
    ("sciencedirect.com sciencedirectassets.com els-cdn.com", rf"/.*?\b1-s2\.0-{_ANY_PII}", elsevier),
    ("reader.elsevier.com linkinghub.elsevier.com", rf"/.*?\bpii/{_ANY_PII}", elsevier),
    ("api.elsevier.com", rf"/content/article/pii[:/]{_ANY_PII}", elsevier),
    ("cell.com thelancet.com", rf"/.*?{_PII}", stated("pii")),
    ("ieee.org", rf"/(?:abstract/|\w+/)?document/{_NUMBER}", stated("ieee")),
    ("ieee.org", rf"/.*?\barnumber=/?{_NUMBER}", stated("ieee")),
    ("ieee.org", rf"/ielx?\d/(?:\d+/)+{_NUMBER}\.pdf", stated("ieee")),
    ("pubmed.ncbi.nlm.nih.gov pubmed.gov", r"/(?:\?term=)?(?P<id>\d{1,8})(?![\d.])", stated("pmid")),
    ("ncbi.nlm.nih.gov", r"/(?:m/)?pubmed/(?:\?term=)?(?P<id>\d{1,8})(?![\d.])", stated("pmid")),
    ("ncbi.nlm.nih.gov", r"/(?:(?:labs/)?pmc/)?articles/(?:PMC)?(?P<id>\d{3,9})(?!\d)", stated("pmcid", "PMC{id}")),
    ("europepmc.org", r"/(?:article|abstract)/med/(?P<id>\d{1,8})(?!\d)", stated("pmid")),
    ("europepmc.org", r"/(?:articles?|abstract)/(?:pmc/)?PMC(?P<id>\d{3,9})(?!\d)", stated("pmcid", "PMC{id}")),
    ("openalex.org", r"/(?:works/)?(?P<id>W\d{4,12})(?!\d)", stated("openalex")),
    ("openreview.net", r"/(?:forum|pdf|attachment)\?(?:.*?&)?id=(?P<id>[\w-]{6,20})(?![\w-])", stated("openreview")),
)  # fmt: skip
"""(hosts, form of path and query from their beginning, reader); a host stands for its subdomains too."""

# Registrants whose DOIs hold no second slash: what follows one is a page of the publisher's site.
_ONE_SEGMENT = "10.1007 10.1021 10.1038 10.1073 10.1080 10.1103 10.1126 10.1145 10.1177 10.1186 10.1371 10.1515 10.3389"
_ONE_SEGMENT_PREFIXES = frozenset(_ONE_SEGMENT.split())
_DOI_HOSTS = (
    "academic.oup.com acs.org aeaweb.org ahajournals.org ametsoc.org annualreviews.org aps.org arc.aiaa.org "
    "ascelibrary.org asm.org atsjournals.org biomedcentral.com brill.com cambridge.org cshlp.org degruyter.com "
    "degruyterbrill.com dl.acm.org doi.org drops.dagstuhl.de embopress.org emerald.com epubs.siam.org frontiersin.org "
    "ieeecomputersociety.org iopscience.iop.org jamanetwork.com jneurosci.org journals.plos.org journals.uchicago.edu "
    "karger.com liebertpub.com link.springer.com mitpressjournals.org nejm.org onlinelibrary.wiley.com plosone.org "
    "pnas.org projecteuclid.org psycnet.apa.org pubs.aip.org pubs.geoscienceworld.org pubs.rsna.org "
    "pubsonline.informs.org rd.springer.com readcube.com royalsocietypublishing.org rupress.org sagepub.com "
    "science.org spiedigitallibrary.org springeropen.com tandfonline.com worldscientific.com zenodo.org"
)
_KNOWN_DOI_HOSTS = frozenset(_DOI_HOSTS.split())
# Other addresses of theirs state nothing, though some hold what looks like a DOI.
_SILENT_HOSTS = frozenset(
    ["citeseerx.ist.psu.edu", "delivery.acm.org", "github.com", "google.com", "nature.com", "researchgate.net",
     "semanticscholar.org"]
)  # fmt: skip
_DOI = re.compile(r"[/=:](10\.\d{4,9}(?:\.\d{1,9})*/\S+)")
_PUNCTUATED_PII = re.compile(r"/(S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX])(?![\dX])")
_COMPONENT = re.compile(r"(10\.1371/journal\.[a-z]+\.\d+)\.[gst]\d{3}")


def _by_host() -> dict[str, list[tuple[re.Pattern[str], Reader]]]:
    forms: dict[str, list[tuple[re.Pattern[str], Reader]]] = {}
    for hosts, form, reader in FORMS:
        for host in hosts.split():
            forms.setdefault(host, []).append((re.compile(form, re.IGNORECASE), reader))
    return forms


_FORMS_BY_HOST = _by_host()


def read_claims(link: Link) -> Iterator[Claim]:
    """Yield what an address states, by the first form of its host that fits, else by a DOI or PII in it."""
    hosts = tuple(_domains(link.host))
    for host in hosts:
        for form, reader in _FORMS_BY_HOST.get(host, ()):
            if match := form.match(link.target):
                yield from reader(match)
                return
    if not _SILENT_HOSTS.isdisjoint(hosts):
        return
    if doi := _DOI.search(link.path) or _DOI.search(link.target.replace("&", " ")):
        # A resolver's slash belongs to the DOI, a publisher's is the end of a path.
        text = doi[1] if link.host.endswith("doi.org") else doi[1].rstrip("/")
        yield Claim("doi", _without_subpage(text), is_derived=_KNOWN_DOI_HOSTS.isdisjoint(hosts))
    elif pii := _PUNCTUATED_PII.search(link.path):
        yield Claim("pii", pii[1])


def _domains(host: str) -> Iterator[str]:
    """Yield the host and the domains above it."""
    while host:
        yield host
        host = host.partition(".")[2]


def _without_subpage(doi: str) -> str:
    """Drop what follows the DOI in the path: figures, tables, numbers of the page."""
    prefix, _, rest = doi.partition("/")
    if prefix in _ONE_SEGMENT_PREFIXES:
        doi = f"{prefix}/{rest.partition('/')[0]}"
    elif prefix == "10.1093":
        # Oxford's own: journal and article, then the number of the page (/doi/10.1093/bib/bbaa414/6032614).
        doi = "/".join([prefix, *rest.split("/")[:2]])
    component = _COMPONENT.match(doi)
    return component[1] if component else doi
