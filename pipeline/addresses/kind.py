"""What kind of place a web address is: a paper, code, a video, a page.

in -> out: an address as written -> `AddressKind`. Which identifier it holds is `addresses/identifiers.py`'s question;
here it only matters which of a row's links is the paper. The hosts are those that public reading lists link to.
"""

import re
from functools import lru_cache
from typing import Literal

AddressKind = Literal["paper", "pdf", "code", "media", "data", "page", "anchor"]


def _hosts(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HOST = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?:[^/@?#]*@)?([^/:?#]+)(?::\d+)?([^?#]*)")

# A suffix names the host and everything below it. Publishers, proceedings, preprint servers, indexes of papers.
_PAPER_HOSTS = _hosts("""
    aaai.org aclanthology.org aclweb.org acm.org acs.org acsjournals.onlinelibrary.wiley.com aimspress.com aip.org
    alphaxiv.org ahajournals.org ams.org annualreviews.org aps.org ar5iv.org arxiv.org arxiv-vanity.com asme.org
    atsjournals.org auai.org biologists.com biomedcentral.com biorxiv.org bmj.com bmva.org bmva-archive.org.uk
    bmvc2022.mpi-inf.mpg.de cambridge.org ceur-ws.org cell.com chemrxiv.org cshlp.org csdl.computer.org
    cv-foundation.org cvpapers.com degruyter.com doi.org ecva.net eg.org elifesciences.org elsevier.com emerald.com
    embopress.org esann.org eurasip.org europepmc.org eprint.iacr.org frontiersin.org gateway.isiknowledge.com
    hal.science hal.archives-ouvertes.fr hindawi.com iacr.org icml.cc ieee.org ieeecomputersociety.org ijcai.org
    imlr.org informs.org inspirehep.net iop.org iospress.com isca-archive.org isca-speech.org jamanetwork.com
    jair.org jci.org jmir.org jmlr.org jneurosci.org journalofvision.org jov.arvojournals.org jstor.org karger.com
    liebertpub.com link.springer.com lrec-conf.org mdpi.com medrxiv.org microscopy.org mitpressjournals.org
    direct.mit.edu mlr.press mlsys.org nature.com ncbi.nlm.nih.gov nejm.org neurips.cc nips.cc openaccess.thecvf.com
    thecvf.com openreview.net optica.org osapublishing.org oup.com oxfordjournals.org peerj.com plos.org plosone.org
    pnas.org preprints.org projecteuclid.org psycnet.apa.org psyarxiv.com researchsquare.com roboticsproceedings.org
    royalsocietypublishing.org rsc.org rsna.org rupress.org sagepub.com sci-hub.se sci-hub.st sci-hub.tw science.org
    sciencedirect.com sciencemag.org scientific.net scitepress.org semanticscholar.org siam.org
    spiedigitallibrary.org springer.com springeropen.com springerlink.com ssrn.com tandfonline.com techrxiv.org
    thelancet.com usenix.org vldb.org wiley.com worldscientific.com miccai.org miccai2021.org papers.miccai.org
    xlink.rsc.org zbmath.org ojs.aaai.org dagstuhl.de
""")  # fmt: skip
# Paths on those hosts that lead to a journal or a conference, not to a paper.
_NOT_ONE_PAPER = re.compile(
    r"^/?$|/(?:journals?|conferences?|loi|toc|series|bookseries|author|people|profile|group|corpus|natmachintell)(?:/|$)"
    r"|^/xpl/(?!articledetails|login|freeabs)|/index\.html?$|^/abs/?$",
    re.IGNORECASE,
)
_NOT_ONE_QUERY = re.compile(r"[?&]id=[JP]\d", re.IGNORECASE)
_SOME_PAPERS = {
    "academia.edu": "/",
    "ai.google": "/research/pubs/",
    "ai.meta.com": "/research/publications/",
    "citeseerx.ist.psu.edu": "/",
    "dblp.org": "/rec/",
    "deepmind.com": "/publications/",
    "hf.co": "/papers/",
    "huggingface.co": "/papers/",
    "microsoft.com": "/en-us/research/publication/",
    "osf.io": "/preprints/",
    "papers.cool": "/",
    "paperswithcode.com": "/paper/",
    "research.facebook.com": "/publications/",
    "research.google": "/pubs/",
    "researchgate.net": "/publication/",
    "scholar.archive.org": "/work/",
}
_CODE_HOSTS = _hosts("""
    github.com gitlab.com gitee.com bitbucket.org codeocean.com sourceforge.net code.google.com
    colab.research.google.com gist.github.com codeberg.org git.io githubusercontent.com
    bioconductor.org visualstudio.com
""")  # fmt: skip
_FORGES = frozenset(("github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org"))
_MEDIA_HOSTS = _hosts("""
    youtube.com youtu.be vimeo.com bilibili.com slideslive.com slideshare.net videolectures.net speakerdeck.com
    twitter.com x.com medium.com zhihu.com reddit.com linkedin.com facebook.com instagram.com weibo.com
    wikipedia.org t.me discord.gg discord.com scholar.google.com awesome.re shields.io badgen.net opensource.org
    creativecommons.org coursera.org udacity.com edx.org
""")  # fmt: skip
_DATA_HOSTS = _hosts("zenodo.org figshare.com kaggle.com datadryad.org dataverse.org huggingface.co hf.co")
# DOIs of these prefixes belong to repositories of data and software.
_DATA_DOI = re.compile(r"10\.(?:5281/zenodo|6084/m9|17632|5061/dryad|7910/dvn|24432|57702|57967)", re.IGNORECASE)
_DOI = re.compile(r"(?:/|=|^doi:)10\.\d{4,9}(?:/|%2F)\S", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])|/pdf/|\.pdf\.", re.IGNORECASE)


@lru_cache(maxsize=8192)
def find_kind(url: str) -> AddressKind:
    """Return what kind of place `url` is; addresses without a host are anchors (`#top`) or pages.

    >>> find_kind("https://arxiv.org/abs/2101.05224"), find_kind("https://github.com/a/b"), find_kind("#papers")
    ('paper', 'code', 'anchor')
    >>> find_kind("https://link.springer.com/journal/11548"), find_kind("https://x.github.io/paper.pdf")
    ('page', 'pdf')
    """
    if url.startswith(("doi:", "arxiv:")):
        return "data" if _DATA_DOI.search(url) else "paper"
    if url.startswith("#") or url.lower().startswith(("mailto:", "javascript:")) or not url:
        return "anchor"
    match = _HOST.match(url if "//" in url[:40] else "//" + url)
    if match is None:
        return "page"
    host, path = match[1].lower().removeprefix("www."), match[2]
    return _judge(host, path, url)


def _judge(host: str, path: str, url: str) -> AddressKind:
    if _DATA_DOI.search(url) or (_is_below(host, _DATA_HOSTS) and not _is_some_paper(host, path)):
        return "data"
    if _DOI.search(url) or _is_some_paper(host, path):
        return "paper"
    if _is_below(host, _CODE_HOSTS) or host.startswith("gitlab."):
        # A path of one part is a person's or an organisation's page.
        kind: AddressKind = "code" if "/" in path.strip("/") or host not in _FORGES else "page"
        return "pdf" if _PDF.search(path) else kind
    if _is_below(host, _MEDIA_HOSTS):
        return "media"
    if _is_below(host, _PAPER_HOSTS) and not host.startswith("journals.") and _is_one_paper(path, url):
        return "paper"
    return "pdf" if _PDF.search(path) else "page"


def _is_one_paper(path: str, url: str) -> bool:
    return ("?id=" in url or not _NOT_ONE_PAPER.search(path)) and not _NOT_ONE_QUERY.search(url)


def _is_some_paper(host: str, path: str) -> bool:
    return any(path.startswith(_SOME_PAPERS[part]) for part in _parents(host) if part in _SOME_PAPERS)


def _is_below(host: str, hosts: frozenset[str]) -> bool:
    return any(part in hosts for part in _parents(host))


def _parents(host: str) -> list[str]:
    """Return the host and the domains above it, from the fourth on: `a.b.org` -> `a.b.org`, `b.org`, `org`."""
    parts = host.split(".")[-5:]
    return [".".join(parts[at:]) for at in range(len(parts))]
