"""What kind of place a web address is: a paper, code, a video, a page.

in -> out: an address as written -> `AddressKind`. Identifiers come first: an address that states one leads to a paper,
whatever its host. For all others the hosts and paths below speak; they are those that public reading lists link to.
"""

import re
from functools import lru_cache
from typing import Literal

from pipeline.addresses import link
from pipeline.addresses.identifiers import from_url

AddressKind = Literal["paper", "pdf", "code", "media", "data", "page", "anchor"]


def _hosts(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A suffix names the host and everything below it. Publishers, proceedings, preprint servers, indexes of papers. Those
# with an identifier in every address of a paper need no row here.
_PAPER_HOSTS = _hosts("""
    aaai.org aclanthology.org aclweb.org acm.org acs.org acsjournals.onlinelibrary.wiley.com aimspress.com aip.org
    ahajournals.org ams.org annualreviews.org aps.org archives.ismir.net arxiv.org asme.org
    atsjournals.org auai.org biologists.com biomedcentral.com biorxiv.org bmj.com bmva.org bmva-archive.org.uk
    bmvc2022.mpi-inf.mpg.de brill.com cairn.info cambridge.org ceur-ws.org cell.com chemrxiv.org cshlp.org
    csdl.computer.org cv-foundation.org cvpapers.com dbpia.co.kr degruyter.com dialnet.unirioja.es doi.org ecva.net
    eg.org elifesciences.org elsevier.com emerald.com embopress.org episciences.org esann.org eurasip.org europepmc.org
    eprint.iacr.org frontiersin.org gateway.isiknowledge.com hal.archives-ouvertes.fr hal.science
    hindawi.com iacr.org icml.cc ieee.org
    ieeecomputersociety.org ijcai.org imlr.org informs.org ingentaconnect.com inspirehep.net iop.org iospress.com
    isca-archive.org isca-speech.org jamanetwork.com jair.org jci.org jmir.org jmlr.org jneurosci.org
    journalofvision.org jov.arvojournals.org jstage.jst.go.jp jstor.org karger.com kci.go.kr liebertpub.com
    link.springer.com lrec-conf.org mathnet.ru mdpi.com medrxiv.org microscopy.org mitpressjournals.org direct.mit.edu
    mlr.press mlsys.org msp.org muse.jhu.edu nature.com ncbi.nlm.nih.gov nejm.org neurips.cc nips.cc numdam.org
    openaccess.thecvf.com thecvf.com openreview.net optica.org osapublishing.org oup.com oxfordjournals.org peerj.com
    persee.fr plos.org plosone.org pnas.org preprints.org projecteuclid.org psycnet.apa.org psyarxiv.com redalyc.org
    researchsquare.com roboticsproceedings.org royalsocietypublishing.org rsc.org rsna.org rupress.org sagepub.com
    sci-hub.se sci-hub.st sci-hub.tw scielo.br scielo.org science.org sciencedirect.com sciencemag.org scientific.net
    scitepress.org semanticscholar.org siam.org spiedigitallibrary.org springer.com springeropen.com springerlink.com
    ssrn.com tandfonline.com techrxiv.org thelancet.com usenix.org vldb.org wiley.com worldscientific.com miccai.org
    miccai2021.org papers.miccai.org xlink.rsc.org zbmath.org ojs.aaai.org dagstuhl.de
""")  # fmt: skip
# Paths on those hosts that lead to a journal or a conference, not to a paper.
_NOT_ONE_PAPER = re.compile(
    r"^/?$|/(?:journals?|conferences?|loi|toc|series|bookseries|author|people|profile|group|corpus|natmachintell)(?:/|$)"
    r"|^/xpl/(?!articledetails|login|freeabs)|/index\.html?$|^/abs/?$",
    re.IGNORECASE,
)
_NOT_ONE_QUERY = re.compile(r"[?&]id=[JP]\d", re.IGNORECASE)
# Hosts of which some paths only are papers.
_SOME_PAPERS = {
    "academia.edu": "/",
    "ai.google": "/research/pubs/",
    "ai.meta.com": "/research/publications/",
    "cds.cern.ch": "/record/",
    "citeseerx.ist.psu.edu": "/",
    "core.ac.uk": "/(?:reader|download|display|works|outputs)/",
    "dblp.org": "/rec/",
    "dblp.uni-trier.de": "/rec/",
    "deepmind.com": "/publications/",
    "econpapers.repec.org": "/(?:article|paper)/",
    "escholarship.org": "/uc/item/",
    "hdl.handle.net": r"/\d",
    "ideas.repec.org": "/[ap]/",
    "microsoft.com": "/en-us/research/publication/",
    "nber.org": "/papers/",
    "ndss-symposium.org": "/ndss-paper/",
    "osf.io": "/preprints/",
    "papers.cool": "/",
    "paperswithcode.com": "/paper/",
    "philpapers.org": "/rec/",
    "research.facebook.com": "/publications/",
    "research.google": "/pubs/",
    "researchgate.net": "/publication/",
    "scholar.archive.org": "/work/",
    "ui.adsabs.harvard.edu": "/abs/",
    "usenix.org": r"/(?:conference|legacy)/.*presentation/\w",
}
_SOME_PATHS = {host: re.compile(path) for host, path in _SOME_PAPERS.items()}
# Programs that archives run at many hosts: HAL, and journals of the Open Journal Systems.
_ARCHIVE_PATH = re.compile(
    r"^/(?:[a-z]{2,12}_)?(?:hal|inria|tel|halshs|cea|ird|lirmm|inserm|pasteur|ensl|insu|in2p3|jpa|cel|ijn|sic)-\d{8}(?:v\d+)?(?:/|$)"
    r"|^/(?:.{0,60}/)?index\.php/[\w-]+/article/(?:view|download)/\w"
)
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
_PLAIN = re.compile(r"(?:doi|arxiv|pmid|pmcid):", re.IGNORECASE)
_NO_PLACE = re.compile(r"#|mailto:|javascript:|$", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])|/pdf/|\.pdf\.", re.IGNORECASE)


@lru_cache(maxsize=8192)
def find_kind(url: str) -> AddressKind:
    """Return what kind of place `url` is; addresses without a host are anchors (`#top`), PDFs or pages.

    >>> find_kind("https://arxiv.org/abs/2101.05224"), find_kind("https://github.com/a/b"), find_kind("#papers")
    ('paper', 'code', 'anchor')
    >>> find_kind("https://link.springer.com/journal/11548"), find_kind("https://x.github.io/paper.pdf")
    ('page', 'pdf')
    """
    if _NO_PLACE.match(url):
        return "anchor"
    identifiers = from_url(url)
    if identifiers or _PLAIN.match(url):
        return "data" if _DATA_DOI.search(url) or any(_DATA_DOI.match(one.value) for one in identifiers) else "paper"
    parsed = link.parse(url)
    if parsed is None:
        return "pdf" if _PDF.search(url) else "page"
    return _judge(parsed.host, parsed.path, url)


def _judge(host: str, path: str, url: str) -> AddressKind:
    if _is_some_paper(host, path) or _ARCHIVE_PATH.match(path):
        return "paper"
    if _is_below(host, _DATA_HOSTS):
        return "data"
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
    return any(_SOME_PATHS[part].match(path) for part in _parents(host) if part in _SOME_PATHS)


def _is_below(host: str, hosts: frozenset[str]) -> bool:
    return any(part in hosts for part in _parents(host))


def _parents(host: str) -> list[str]:
    """Return the host and the domains above it, from the fifth on: `a.b.org` -> `a.b.org`, `b.org`, `org`."""
    parts = host.split(".")[-5:]
    return [".".join(parts[at:]) for at in range(len(parts))]
