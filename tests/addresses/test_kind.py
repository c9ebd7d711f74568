"""Kinds of addresses; the addresses are of the forms that public lists link to."""

import pytest

from pipeline.addresses.kind import find_kind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://arxiv.org/abs/2101.05224v2", "paper"),
        ("arxiv:2101.05224", "paper"),
        ("doi:10.1109/TMI.2020.3008871", "paper"),
        ("https://doi.org/10.1000/xyz123", "paper"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-59710-8_60", "paper"),
        ("https://www.sciencedirect.com/science/article/abs/pii/S0031320321000133", "paper"),
        ("https://ieeexplore.ieee.org/document/9343323", "paper"),
        ("https://openreview.net/forum?id=YicbFdNTTy", "paper"),
        ("http://proceedings.mlr.press/v97/zhang19i/zhang19i.pdf", "paper"),
        ("https://huggingface.co/papers/1706.03762", "paper"),
        ("https://example.org/journal?doi=10.1000/xyz", "paper"),
        ("http://www.nature.com/nbt/journal/v26/n10/full/nbt1486.html", "paper"),
        ("https://www.usenix.org/conference/osdi20/presentation/doe", "paper"),
        ("https://www.usenix.org/legacy/event/sec04/tech/full_papers/doe/doe.pdf", "paper"),
        ("https://www.usenix.org/conference/osdi20", "page"),
        ("https://hal.inria.fr/hal-01234567", "paper"),
        ("https://hal.inria.fr/inria-00123456v2/document", "paper"),
        ("https://theses.example.fr/tel-00123456", "paper"),
        ("https://journals.example.org/index.php/jex/article/view/123", "paper"),
        ("https://escholarship.org/uc/item/0a1b2c3d", "paper"),
        ("https://www.jstor.org/stable/2670313", "paper"),
        ("https://philpapers.org/rec/DOEOTN", "paper"),
        ("https://ideas.repec.org/a/aea/aecrev/v1y2000p1-9.html", "paper"),
        ("https://ideas.repec.org/", "page"),
        ("https://www.emergentmind.com", "page"),
        ("deep.pdf", "pdf"),
        ("papers/deep.pdf", "pdf"),
        ("./papers/deep.pdf", "pdf"),
        ("https://people.example.edu/~ann/deep.pdf", "pdf"),
        ("https://github.com/ann/deep/blob/main/paper.pdf", "pdf"),
        ("https://github.com/ann/deep", "code"),
        ("https://gitlab.inria.fr/ann/deep", "code"),
        ("https://github.com/ann", "page"),
        ("https://github.com/", "page"),
        ("https://colab.research.google.com/drive/1p", "code"),
        ("https://huggingface.co/bert-base", "data"),
        ("https://doi.org/10.5281/zenodo.2583978", "data"),
        ("https://youtu.be/abc", "media"),
        ("https://link.springer.com/journal/11548", "page"),
        ("https://www.sciencedirect.com/science/journal/00313203", "page"),
        ("https://www.journals.elsevier.com/medical-image-analysis/", "page"),
        ("https://dl.acm.org/citation.cfm?id=J790", "page"),
        ("https://dl.acm.org/citation.cfm?id=3351070", "paper"),
        ("https://nips.cc/", "page"),
        ("www.example.org/a", "page"),
        ("contributing.md", "page"),
        ("#papers", "anchor"),
        ("mailto:ann@example.org", "anchor"),
        ("", "anchor"),
    ],
)
def test_kind_of_address(url: str, kind: str) -> None:
    assert find_kind(url) == kind
