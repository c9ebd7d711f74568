import pytest

from pipeline.addresses import link

PAGE = "https://www.nature.com/articles/s42256-020-00247-1"


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param(PAGE, id="as it is"),
        pytest.param(PAGE.replace("https", "http"), id="http"),
        pytest.param(PAGE.replace("www.", ""), id="without www"),
        pytest.param(PAGE.replace("nature.com", "Nature.COM:443"), id="host in capitals, with port"),
        pytest.param(PAGE.removeprefix("https:"), id="without scheme, with slashes"),
        pytest.param(PAGE.removeprefix("https://"), id="without scheme"),
        pytest.param(f"{PAGE}/", id="slash"),
        pytest.param(f"{PAGE}#Sec1", id="fragment"),
        pytest.param(f"{PAGE}?utm_source=a&utm_medium=b&fbclid=c", id="tracking"),
        pytest.param(f" <{PAGE}> ", id="angle brackets"),
        pytest.param(f"https://web.archive.org/web/20210101000000/{PAGE}", id="archived copy"),
        pytest.param(PAGE.replace("-", "%2D"), id="needless percent-encoding"),
        pytest.param(PAGE.replace("www.nature.com", "www-nature-com.ezproxy.example.edu"), id="proxy with hyphens"),
        pytest.param(PAGE.replace("nature.com", "nature.com.libproxy.example.edu"), id="proxy behind"),
        pytest.param(f"https://login.proxy.example.edu/login?url={PAGE}", id="proxy's login"),
        pytest.param(f"https://www.google.com/url?sa=t&url={PAGE.replace(':', '%3A').replace('/', '%2F')}&x=1",
                     id="search engine"),
    ],
)  # fmt: skip
def test_spellings_of_one_address_fold_into_one(spelling: str) -> None:
    assert link.normalise(spelling) == "nature.com/articles/s42256-020-00247-1"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            "https://openreview.net/forum?id=aaaaaaaa", "https://openreview.net/forum?id=bbbbbbbb", id="query"
        ),
        pytest.param("https://example.org/A", "https://example.org/a", id="case of the path"),
        pytest.param("https://a.example.org/", "https://b.example.org/", id="subdomain"),
    ],
)
def test_different_addresses_stay_different(a: str, b: str) -> None:
    assert link.normalise(a) != link.normalise(b)


@pytest.mark.parametrize(
    ("pdf", "page"),
    [
        pytest.param("http://proceedings.mlr.press/v126/hu20a/hu20a.pdf", "proceedings.mlr.press/v126/hu20a.html",
                     id="PMLR"),
        pytest.param("http://www.jmlr.org/papers/volume17/15-239/15-239.pdf", "jmlr.org/papers/v17/15-239.html",
                     id="JMLR"),
        pytest.param("https://proceedings.neurips.cc/paper/2020/file/d2dc63-Paper.pdf",
                     "proceedings.neurips.cc/paper/2020/hash/d2dc63-Abstract.html", id="NeurIPS"),
        pytest.param("https://proceedings.neurips.cc/paper_files/paper/2022/file/d2dc63-Paper-Conference.pdf",
                     "proceedings.neurips.cc/paper/2022/hash/d2dc63-Abstract-Conference.html",
                     id="NeurIPS with track"),
        pytest.param("https://papers.nips.cc/paper/2020/file/d2dc63-Paper.pdf",
                     "proceedings.neurips.cc/paper/2020/hash/d2dc63-Abstract.html", id="NeurIPS on its former host"),
        pytest.param("https://papers.nips.cc/paper/8737-tight-certificates.pdf",
                     "papers.nips.cc/paper/8737-tight-certificates", id="NIPS"),
        pytest.param("https://openreview.net/pdf?id=rJXMpikCZ", "openreview.net/forum?id=rJXMpikCZ", id="OpenReview"),
        pytest.param("https://openaccess.thecvf.com/content/CVPR2021/papers/A_B_CVPR_2021_paper.pdf",
                     "openaccess.thecvf.com/content/CVPR2021/html/A_B_CVPR_2021_paper.html", id="CVF"),
        pytest.param("https://aclanthology.org/N19-1423.pdf", "aclanthology.org/N19-1423", id="ACL"),
        pytest.param("http://www.roboticsproceedings.org/rss16/p001.pdf", "roboticsproceedings.org/rss16/p001.html",
                     id="RSS"),
        pytest.param("https://www.isca-archive.org/interspeech_2020/doe20_interspeech.pdf",
                     "isca-archive.org/interspeech_2020/doe20_interspeech.html", id="ISCA"),
        pytest.param("https://eprint.iacr.org/2020/123.pdf", "eprint.iacr.org/2020/123", id="IACR"),
        pytest.param("https://www.ijcai.org/Proceedings/2019/0123.pdf", "ijcai.org/proceedings/2019/123", id="IJCAI"),
        pytest.param("https://www.researchgate.net/publication/350000000_A_Title",
                     "researchgate.net/publication/350000000", id="ResearchGate"),
        pytest.param("https://example.org/x/x.pdf", "example.org/x/x.pdf", id="other sites keep their PDF"),
    ],
)  # fmt: skip
def test_the_pdf_of_proceedings_is_the_page_of_its_paper(pdf: str, page: str) -> None:
    assert link.normalise(pdf) == page


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "paper.pdf",
        "contributing.md",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "#top",
        "",
        "http://[half/x",
    ],
)
def test_what_is_no_web_address_has_no_parts(text: str) -> None:
    assert link.parse(text) is None
    assert link.normalise(f" {text} ") == text


@pytest.mark.parametrize("url", [PAGE, "https://example.org/a b?q=ü&x=%ff", "https://example.org/%2e%2e/%25"])
def test_folding_twice_changes_nothing(url: str) -> None:
    once = link.normalise(url)
    assert link.normalise(once) == once


def test_a_page_is_asked_for_in_all_spellings_that_somebody_else_may_hold() -> None:
    assert link.spellings("proceedings.mlr.press/v126/hu20a.html") == (
        "https://proceedings.mlr.press/v126/hu20a.html", "http://proceedings.mlr.press/v126/hu20a.html",
        "https://www.proceedings.mlr.press/v126/hu20a.html", "http://www.proceedings.mlr.press/v126/hu20a.html",
    )  # fmt: skip
    assert link.spellings("aclanthology.org/P19-1001")[4:] == ("https://www.aclweb.org/anthology/P19-1001",)
    assert link.spellings("proceedings.neurips.cc/paper/2020/hash/d2dc63-Abstract.html")[4:] == (
        "https://papers.nips.cc/paper/2020/hash/d2dc63-Abstract.html",
        "https://proceedings.neurips.cc/paper_files/paper/2020/hash/d2dc63-Abstract.html",
    )
