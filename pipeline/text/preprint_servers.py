"""Preprint servers: what one cites, which is not the company that registers their DOIs.

in -> out: a name in a record, a DOI -> the server's name. The names are the servers' own; prefixes are those that
Crossref's and DataCite's records of October 2026 bear. Data, and two look-ups.
"""

import re

from pipeline.text.ascii_key import fold

_NAMES = (
    "AfricArXiv", "AgriXiv", "APSA Preprints", "Arabixiv", "arXiv", "Authorea", "Beilstein Archives", "BioHackrXiv",
    "bioRxiv", "Cambridge Open Engage", "ChemRxiv", "Earth and Space Science Open Archive", "EarthArXiv", "EcoEvoRxiv",
    "ECSarXiv", "EdArXiv", "EGUsphere", "engrXiv", "Frenxiv", "HAL", "INA-Rxiv", "IndiaRxiv", "JMIR Preprints",
    "Jxiv", "LawArXiv", "LIS Scholarship Archive", "MarXiv", "MediArXiv", "medRxiv", "MetaArXiv", "MindRxiv",
    "NutriXiv", "OSF Preprints", "PaleorXiv", "PeerJ Preprints", "Preprints.org", "PsyArXiv", "PsychArchives", "Qeios",
    "Research Square", "ResearchGate", "SciELO Preprints", "ScienceOpen Preprints", "SocArXiv", "SportRxiv", "SSRN",
    "TechRxiv", "Thesis Commons", "viXra", "Zenodo",
)  # fmt: skip
_OTHER_NAMES = {
    "ssrnelectronicjournal": "SSRN", "socialscienceresearchnetwork": "SSRN", "authoreainc": "Authorea",
    "authoreapreprints": "Authorea", "essoar": "Earth and Space Science Open Archive",
    "essopenarchive": "Earth and Space Science Open Archive", "preprints": "Preprints.org", "mdpiag": "Preprints.org",
    "researchsquareplatformllc": "Research Square", "researchsquarecompany": "Research Square",
    "arxivorg": "arXiv", "arxivcornelluniversity": "arXiv", "corr": "arXiv",
}  # fmt: skip
_BY_NAME = {fold(name): name for name in _NAMES} | _OTHER_NAMES
_BY_PREFIX = {
    "10.48550/": "arXiv", "10.2139/ssrn": "SSRN", "10.21203/rs": "Research Square", "10.26434/": "ChemRxiv",
    "10.31234/": "PsyArXiv", "10.31219/": "OSF Preprints", "10.31222/": "MetaArXiv", "10.31235/": "SocArXiv",
    "10.31223/": "EarthArXiv", "10.31224/": "engrXiv", "10.31228/": "LawArXiv", "10.31229/": "LIS Scholarship Archive",
    "10.31230/": "MarXiv", "10.31231/": "MindRxiv", "10.31232/": "NutriXiv", "10.31233/": "PaleorXiv",
    "10.31220/": "AgriXiv", "10.31221/": "Arabixiv", "10.31226/": "Frenxiv", "10.31227/": "INA-Rxiv",
    "10.31237/": "Thesis Commons", "10.31730/": "AfricArXiv", "10.33767/": "MediArXiv", "10.34055/": "IndiaRxiv",
    "10.35542/": "EdArXiv", "10.37044/": "BioHackrXiv", "10.32942/": "EcoEvoRxiv", "10.51224/": "SportRxiv",
    "10.51094/": "Jxiv", "10.1149/osf": "ECSarXiv", "10.20944/preprints": "Preprints.org", "10.22541/au": "Authorea",
    "10.22541/essoar": "Earth and Space Science Open Archive", "10.1002/essoar": "Earth and Space Science Open Archive",
    "10.36227/techrxiv": "TechRxiv", "10.2196/preprints": "JMIR Preprints",
    "10.7287/peerj.preprints": "PeerJ Preprints",
    "10.1590/scielopreprints": "SciELO Preprints", "10.14293/": "ScienceOpen Preprints", "10.32388/": "Qeios",
    "10.3762/bxiv": "Beilstein Archives", "10.33774/apsa": "APSA Preprints", "10.33774/": "Cambridge Open Engage",
    "10.5194/egusphere": "EGUsphere", "10.23668/psycharchives": "PsychArchives",
}  # fmt: skip
_PARENTHESIS = re.compile(r"(?<!\s)\s*\([^()]*\)$")
_SOUNDS_LIKE_ONE = re.compile(r"r?xiv\b|preprint|open archive|discussions?$", re.IGNORECASE)


def find(*names: str | None) -> str | None:
    """Return the server that one of the names means, in its own spelling.

    >>> find("Geochemistry", "SSRN Electronic Journal"), find("bioRxiv (Cold Spring Harbor Laboratory)")
    ('SSRN', 'bioRxiv')
    >>> find("Neuroscience"), find("Some New Rxiv")
    (None, 'Some New Rxiv')
    """
    stated = [name for name in names if name]
    for name in stated:
        known = _BY_NAME.get(fold(name)) or _BY_NAME.get(fold(_PARENTHESIS.sub("", name)))
        if known:
            return known
    return next((name for name in stated if _SOUNDS_LIKE_ONE.search(name)), None)


def of_doi(doi: str | None) -> str | None:
    """Return the server whose DOIs begin so.

    >>> of_doi("10.26434/chemrxiv-2022-hwsl7"), of_doi("10.1101/2020.02.06.937649")
    ('ChemRxiv', None)
    """
    return next((name for prefix, name in _BY_PREFIX.items() if doi and doi.startswith(prefix)), None)
