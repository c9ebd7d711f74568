import pytest

from pipeline.addresses.identifiers import LinkFacts, facts, find, find_first, from_url, page_name
from pipeline.model import SchemeName

# name in words | address | what it proves: `scheme:value`, `~` in front where it is derived; nothing is an answer too
CASES = """
doi resolver | https://doi.org/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
old doi resolver | http://dx.doi.org/10.1016/J.MEDIA.2018.12.012 | doi:10.1016/j.media.2018.12.012
doi resolver with www | https://www.doi.org/10.1109/TMI.2021.3056023 | doi:10.1109/tmi.2021.3056023
doi resolver percent-encoded | https://doi.org/10.1016%2Fj.patcog.2021.107826 | doi:10.1016/j.patcog.2021.107826
doi resolver without scheme | doi.org/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
doi resolver with full stop behind | https://doi.org/10.1007/s11548-018-1772-0. | doi:10.1007/s11548-018-1772-0
doi resolver with bracket behind | https://doi.org/10.1007/s11548-018-1772-0) | doi:10.1007/s11548-018-1772-0
doi resolver with tracking | https://doi.org/10.1007/s11548-018-1772-0?utm_source=x | doi:10.1007/s11548-018-1772-0
doi with balanced brackets | https://doi.org/10.1016/0097-3165(92)90047-C | doi:10.1016/0097-3165(92)90047-c
doi with LaTeX underscore | https://doi.org/10.1007/978-3-030-00931-1\\_76 | doi:10.1007/978-3-030-00931-1_76
arXiv DOI stands for the arXiv id | https://doi.org/10.48550/arXiv.2101.05224 | arxiv:2101.05224
old arXiv DOI | https://doi.org/10.48550/arXiv.hep-th/9901001 | arxiv:hep-th/9901001
short DOI needs a request | https://doi.org/bhvz |
doi that ends in a slash | https://doi.org/10.5555/abc.2017/ | doi:10.5555/abc.2017/ ~doi:10.5555/abc.2017
doi of a large registrant with a slash behind | https://doi.org/10.1007/s11548-018-1772-0/ | doi:10.1007/s11548-018-1772-0
doi with brackets at its end | https://doi.org/10.3319/TAO.2009.05.25.02(IWNOP) | doi:10.3319/tao.2009.05.25.02(iwnop)
doi with angle brackets | https://doi.org/10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2 | doi:10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2
doi with angle brackets encoded | https://doi.org/10.1577/1548-8659(1981)110%3C446:EOTOFR%3E2.0.CO;2 | doi:10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2
doi of a fake registrant | https://doi.org/10.65215/2q58a426 |
doi behind a library's proxy | https://doi-org.proxy.example.edu/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
doi in the Internet Archive | https://web.archive.org/web/2020/https://doi.org/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
doi through a library's login | https://login.ezproxy.example.edu/login?url=https://doi.org/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
doi through a search engine | https://www.google.com/url?sa=t&q=https%3A%2F%2Fdoi.org%2F10.1007%2Fs11548-018-1772-0&usg=x | doi:10.1007/s11548-018-1772-0
IEEE behind a library's proxy | https://ieeexplore.ieee.org.libproxy.example.edu/document/9343323 | ieee:9343323
address in the path of another | https://sci-hub.example.org/https://arxiv.org/abs/1705.04396 | arxiv:1705.04396
plain doi | doi:10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
plain doi with blank and capitals | DOI: 10.1109/TMI.2021.3056023 | doi:10.1109/tmi.2021.3056023
plain doi with angle brackets | doi:10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2 | doi:10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2
plain arXiv id with a zero-width blank | arXiv:\u200b1103.0123 | arxiv:1103.0123
plain arXiv id with version and class | arXiv:1103.0123v5 [hep-th] | arxiv:1103.0123
plain arXiv id with a digit that its year did not have | arXiv:1103.01234v5 [hep-th] | arxiv:1103.01234
plain old arXiv id | arXiv:hep-ph/9510424. | arxiv:hep-ph/9510424
plain arXiv id | arxiv:2101.05224v2 | arxiv:2101.05224
plain PMID | PMID: 33504234 | pmid:33504234
plain words | doi: see the journal |
Springer article | https://link.springer.com/article/10.1007/s11548-018-1772-0 | doi:10.1007/s11548-018-1772-0
Springer chapter | https://link.springer.com/chapter/10.1007/978-3-030-78191-0_51 | doi:10.1007/978-3-030-78191-0_51
Springer chapter with fragment | https://link.springer.com/chapter/10.1007/978-3-030-78191-0_51#citeas | doi:10.1007/978-3-030-78191-0_51
Springer pdf percent-encoded | https://link.springer.com/content/pdf/10.1007%2F978-3-030-78191-0_51.pdf | doi:10.1007/978-3-030-78191-0_51
Springer full text page | https://link.springer.com/article/10.1007/s11548-018-1772-0/fulltext.html | doi:10.1007/s11548-018-1772-0
Springer figure page | https://link.springer.com/article/10.1007/s11548-018-1772-0/figures/1 | doi:10.1007/s11548-018-1772-0
Springer reference work | https://link.springer.com/referenceworkentry/10.1007/978-0-387-30164-8_1 | doi:10.1007/978-0-387-30164-8_1
Springer book | https://link.springer.com/book/10.1007/978-3-030-78191-0 | doi:10.1007/978-3-030-78191-0
Springer without a kind | https://link.springer.com/10.1007/s11263-019-01247-4 | doi:10.1007/s11263-019-01247-4
Springer journal page | https://link.springer.com/journal/11548 |
BMC with its DOI | https://genomebiology.biomedcentral.com/articles/10.1186/s13059-021-02552-3 | doi:10.1186/s13059-021-02552-3
BMC by ISSN, volume and number | http://www.biomedcentral.com/1471-2105/9/559 | ~doi:10.1186/1471-2105-9-559
Nature journal | https://www.nature.com/articles/s42256-020-00247-1 | doi:10.1038/s42256-020-00247-1
Nature pdf | https://www.nature.com/articles/s41586-020-2649-2.pdf | doi:10.1038/s41586-020-2649-2
Nature reference pdf | https://www.nature.com/articles/s41586-020-2649-2_reference.pdf | doi:10.1038/s41586-020-2649-2
Nature figure | https://www.nature.com/articles/s41586-020-2649-2/figures/1 | doi:10.1038/s41586-020-2649-2
Nature itself | https://www.nature.com/articles/nature14539 | doi:10.1038/nature14539
Nature in its old form | http://www.nature.com/nature/journal/v521/n7553/full/nature14539.html | doi:10.1038/nature14539
Nature methods keeps its dot | https://www.nature.com/articles/nmeth.4346 | ~doi:10.1038/nmeth.4346
Scientific Reports by number | https://www.nature.com/articles/srep20123 | ~doi:10.1038/srep20123
Nature society journal hides its dots | https://www.nature.com/articles/sdata201618 | ~doi:10.1038/sdata.2016.18
Palgrave on Nature | https://www.nature.com/articles/s41599-020-0501-9 | doi:10.1057/s41599-020-0501-9
Palgrave Communications | https://www.nature.com/articles/palcomms201612 | ~doi:10.1057/palcomms.2016.12
Nature bare number | https://www.nature.com/articles/6601234 |
Pediatric Research before Nature | https://www.nature.com/articles/pr200712 |
Nature journal page | https://www.nature.com/natmachintell/ |
arXiv abstract | https://arxiv.org/abs/2101.05224 | arxiv:2101.05224
arXiv version | https://arxiv.org/abs/2101.05224v3 | arxiv:2101.05224
arXiv pdf | http://arxiv.org/pdf/2101.05224v1.pdf | arxiv:2101.05224
arXiv html | https://arxiv.org/html/2402.01234v1#S3 | arxiv:2402.01234
arXiv four digits | https://arxiv.org/abs/1406.2661 | arxiv:1406.2661
arXiv old id | https://arxiv.org/abs/hep-th/9901001 | arxiv:hep-th/9901001
arXiv old id with class | https://arxiv.org/abs/math.GT/0309136 | arxiv:math/0309136
arXiv mirror | https://export.arxiv.org/abs/2101.05224 | arxiv:2101.05224
arXiv file store | https://arxiv.org/ftp/arxiv/papers/1701/1701.01234.pdf | arxiv:1701.01234
arXiv with too few digits | https://arxiv.org/abs/2101.0522 |
arXiv with a month that is none | https://arxiv.org/abs/2113.05224 |
arXiv listing | https://arxiv.org/list/cs.CV/recent |
arXiv with tracking | https://arxiv.org/abs/2101.05224?utm_source=list | arxiv:2101.05224
arXiv's first mirror | http://xxx.lanl.gov/abs/hep-th/9901001 | arxiv:hep-th/9901001
arXiv Vanity | https://www.arxiv-vanity.com/papers/2101.05224/ | arxiv:2101.05224
Hugging Face's short host | https://hf.co/papers/2307.09288 | arxiv:2307.09288
DBLP's CoRR page in Trier | https://dblp.uni-trier.de/rec/bibtex/journals/corr/abs-2101-05224 | arxiv:2101.05224
ScienceDirect's files | https://ars.els-cdn.com/content/image/1-s2.0-S1361841518304699-gr1.jpg | pii:S1361841518304699
SciRate | https://scirate.com/arxiv/2101.05224 | arxiv:2101.05224
Emergent Mind | https://www.emergentmind.com/papers/2101.05224 | arxiv:2101.05224
CatalyzeX | https://www.catalyzex.com/paper/arxiv:2101.05224 | arxiv:2101.05224
Semantic Scholar's API | https://api.semanticscholar.org/arXiv:2101.05224 | arxiv:2101.05224
ADS by arXiv id | https://ui.adsabs.harvard.edu/abs/arXiv:2101.05224/abstract | arxiv:2101.05224
ADS bibcode of a preprint | https://ui.adsabs.harvard.edu/abs/2017arXiv170603762V/abstract | arxiv:1706.03762
ADS bibcode of an article | https://ui.adsabs.harvard.edu/abs/1998AJ....116.1009R/abstract |
ar5iv | https://ar5iv.labs.arxiv.org/html/2101.05224 | arxiv:2101.05224
ar5iv short | https://ar5iv.org/abs/2101.05224 | arxiv:2101.05224
alphaXiv | https://www.alphaxiv.org/abs/2101.05224v2 | arxiv:2101.05224
Hugging Face paper | https://huggingface.co/papers/2307.09288 | arxiv:2307.09288
Hugging Face model | https://huggingface.co/stabilityai/stable-diffusion-2-1 |
Papers Cool | https://papers.cool/arxiv/2101.05224 | arxiv:2101.05224
DBLP's CoRR page | https://dblp.org/rec/journals/corr/abs-2101-05224.html | arxiv:2101.05224
DBLP's journal page | https://dblp.org/rec/journals/tmi/Author21.html |
Semantic Scholar by arXiv id | https://www.semanticscholar.org/arxiv/2101.05224 | arxiv:2101.05224
Semantic Scholar | https://www.semanticscholar.org/paper/Title-Author/47ae852f83b76f95b27ab00308d04f6020bdf71f |
Semantic Scholar pdf | https://pdfs.semanticscholar.org/47ae/852f83b76f95b27ab00308d04f6020bdf71f.pdf |
ACM | https://dl.acm.org/doi/10.1145/3503250 | doi:10.1145/3503250
ACM pdf | https://dl.acm.org/doi/pdf/10.1145/3478513.3480496 | doi:10.1145/3478513.3480496
ACM full html | https://dl.acm.org/doi/fullHtml/10.1145/3503250 | doi:10.1145/3503250
ACM's own numbers are no DOIs | https://dl.acm.org/doi/10.5555/3295222.3295349 |
ACM whole proceedings | https://dl.acm.org/doi/proceedings/10.1145/3292500 |
ACM citation page | https://dl.acm.org/citation.cfm?id=2939672.2939785 |
ACM delivery looks like a DOI | http://delivery.acm.org/10.1145/3220000/3210151/p1241-moore.pdf?ip=1.2.3.4&id=3210151 |
Wiley | https://onlinelibrary.wiley.com/doi/full/10.1002/advs.202301169 | doi:10.1002/advs.202301169
Wiley pdf of the accepted version | https://onlinelibrary.wiley.com/doi/am-pdf/10.1111/cgf.14022 | doi:10.1111/cgf.14022
Wiley with SICI | https://onlinelibrary.wiley.com/doi/10.1002/1097-0231(20001230)14:24%3C2357::AID-RCM168%3E3.0.CO;2-2/abstract | doi:10.1002/1097-0231(20001230)14:24<2357::aid-rcm168>3.0.co;2-2
Wiley with SICI ending in a number sign | https://onlinelibrary.wiley.com/doi/10.1002/1097-0231(20001230)14:24%3C2357::AID-RCM168%3E3.0.CO;2-%23/pdf | doi:10.1002/1097-0231(20001230)14:24<2357::aid-rcm168>3.0.co;2-#
citation download | https://www.tandfonline.com/action/downloadCitation?include=abs&doi=10.1080%2F01621459.2017.1285773 | doi:10.1080/01621459.2017.1285773
Taylor and Francis | https://www.tandfonline.com/doi/full/10.1080/01621459.2017.1285773?needAccess=true | doi:10.1080/01621459.2017.1285773
Science | https://www.science.org/doi/10.1126/science.aaa8415 | doi:10.1126/science.aaa8415
Science by pages | https://science.sciencemag.org/content/349/6245/255 |
PNAS | https://www.pnas.org/doi/abs/10.1073/pnas.1611835114 | doi:10.1073/pnas.1611835114
PNAS by pages | https://www.pnas.org/content/114/13/3521.full.pdf |
SAGE | https://journals.sagepub.com/doi/pdf/10.1177/0278364913491297 | doi:10.1177/0278364913491297
American Chemical Society supplement | https://pubs.acs.org/doi/suppl/10.1021/ja01468a032/suppl_file/x.pdf | doi:10.1021/ja01468a032
Royal Society | https://royalsocietypublishing.org/doi/10.1098/rsta.2015.0203 | doi:10.1098/rsta.2015.0203
Royal Society of Chemistry | https://pubs.rsc.org/en/content/articlelanding/2020/sc/d0sc01234a | ~doi:10.1039/d0sc01234a
SIAM | https://epubs.siam.org/doi/pdf/10.1137/1.9781611975673.32 | doi:10.1137/1.9781611975673.32
Oxford with DOI and page number | https://academic.oup.com/bib/article-abstract/doi/10.1093/bib/bbaa414/6032614 | doi:10.1093/bib/bbaa414
Oxford by pages | https://academic.oup.com/bioinformatics/article/35/14/i41/5529133 |
IOP | https://iopscience.iop.org/article/10.1088/1361-6560/acca5c/meta | doi:10.1088/1361-6560/acca5c
IOP with three slashes | https://iopscience.iop.org/article/10.1088/1742-5468/2008/10/P10008 | doi:10.1088/1742-5468/2008/10/p10008
American Physical Society | https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.116.061102 | doi:10.1103/physrevlett.116.061102
Frontiers | https://www.frontiersin.org/articles/10.3389/fonc.2021.623456/full | doi:10.3389/fonc.2021.623456
Frontiers with journal | https://www.frontiersin.org/journals/oncology/articles/10.3389/fonc.2021.623456/pdf | doi:10.3389/fonc.2021.623456
SPIE | https://www.spiedigitallibrary.org/conference-proceedings-of-spie/11313/113132E/Title/10.1117/12.2549474.full | doi:10.1117/12.2549474
PLOS | https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0270043 | doi:10.1371/journal.pone.0270043
PLOS file | https://journals.plos.org/plosone/article/file?id=10.1371/journal.pone.0270043&type=printable | doi:10.1371/journal.pone.0270043
PLOS figure is the article's | https://journals.plos.org/plosone/article/figure?id=10.1371/journal.pone.0270043.g001 | doi:10.1371/journal.pone.0270043
PLOS in its old form | http://www.plosone.org/article/info%3Adoi%2F10.1371%2Fjournal.pone.0012345 | doi:10.1371/journal.pone.0012345
bioRxiv | https://www.biorxiv.org/content/10.1101/2020.03.03.972133v2 | doi:10.1101/2020.03.03.972133
bioRxiv full pdf | https://www.biorxiv.org/content/10.1101/2020.03.03.972133v1.full.pdf+html | doi:10.1101/2020.03.03.972133
bioRxiv with its new prefix | https://www.biorxiv.org/content/10.64898/2026.01.05.697123v1 | doi:10.64898/2026.01.05.697123
bioRxiv early, old number | https://www.biorxiv.org/content/biorxiv/early/2018/05/31/335695.full.pdf | doi:10.1101/335695
bioRxiv early, new number | https://www.biorxiv.org/content/early/2020/03/03/2020.03.03.972133 | doi:10.1101/2020.03.03.972133
medRxiv | https://www.medrxiv.org/content/10.1101/2020.04.13.20063941v1.full-text | doi:10.1101/2020.04.13.20063941
bioRxiv collection | https://www.biorxiv.org/collection/bioinformatics |
eLife | https://elifesciences.org/articles/59988 | ~doi:10.7554/elife.59988
NBER | https://www.nber.org/papers/w24001 | ~doi:10.3386/w24001
NBER file | https://www.nber.org/system/files/working_papers/w24001/w24001.pdf | ~doi:10.3386/w24001
SSRN | https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3697133 | ~doi:10.2139/ssrn.3697133
SSRN short | https://ssrn.com/abstract=3697133 | ~doi:10.2139/ssrn.3697133
Zenodo record | https://zenodo.org/record/3723295 | ~doi:10.5281/zenodo.3723295
Zenodo new form | https://zenodo.org/records/3723295/files/x.pdf | ~doi:10.5281/zenodo.3723295
Zenodo by DOI | https://zenodo.org/doi/10.5281/zenodo.3723295 | doi:10.5281/zenodo.3723295
Zenodo community | http://zenodo.org/communities/seacraft |
ACL Anthology | https://aclanthology.org/N19-1423.pdf | acl:N19-1423 ~doi:10.18653/v1/n19-1423
ACL Anthology new id | https://aclanthology.org/2020.acl-main.747/ | acl:2020.acl-main.747 ~doi:10.18653/v1/2020.acl-main.747
ACL findings | https://aclanthology.org/2023.findings-emnlp.392/ | acl:2023.findings-emnlp.392 ~doi:10.18653/v1/2023.findings-emnlp.392
ACL before 2016 | https://www.aclweb.org/anthology/P14-1062/ | acl:P14-1062 ~doi:10.3115/v1/p14-1062
ACL version | https://www.aclweb.org/anthology/P19-1001v2.pdf | acl:P19-1001 ~doi:10.18653/v1/p19-1001
ACL on its former host | https://aclanthology.info/papers/P19-1001/p19-1001 | acl:P19-1001 ~doi:10.18653/v1/p19-1001
TACL is MIT Press | https://aclanthology.org/Q17-1010/ | acl:Q17-1010
LREC has no DOIs | https://aclanthology.org/2020.lrec-1.1/ | acl:2020.lrec-1.1
COLING 2020 has, 2022 has none | https://aclanthology.org/2022.coling-1.1 | acl:2022.coling-1.1
ACL workshop | https://aclanthology.org/W19-5001/ | acl:W19-5001
ACL volume | https://aclanthology.org/volumes/2020.acl-main/ |
Preprints.org | https://www.preprints.org/manuscript/202001.0001/v1 | ~doi:10.20944/preprints202001.0001.v1
Research Square | https://www.researchsquare.com/article/rs-3676579/v1 | ~doi:10.21203/rs.3.rs-3676579/v1
Research Square file | https://assets.researchsquare.com/files/rs-3676579/v1_covered_2dc4a452.pdf?c=1702865288 | ~doi:10.21203/rs.3.rs-3676579/v1
PsyArXiv on OSF | https://osf.io/preprints/psyarxiv/9xgj2_v1 | ~doi:10.31234/osf.io/9xgj2
PsyArXiv | https://psyarxiv.com/9xgj2/ | ~doi:10.31234/osf.io/9xgj2
OSF project is no paper | https://osf.io/dnp65/ |
IJCAI | https://www.ijcai.org/proceedings/2019/0123.pdf | ~doi:10.24963/ijcai.2019/123
IJCAI before its DOIs | https://www.ijcai.org/Proceedings/15/Papers/123.pdf |
Dagstuhl | https://drops.dagstuhl.de/entities/document/10.4230/LIPIcs.ITCS.2018.1 | doi:10.4230/lipics.itcs.2018.1
MDPI | https://www.mdpi.com/2227-7390/9/18/2272 | ~doi:10.3390/math9182272
MDPI pads issue and article | https://www.mdpi.com/1424-8220/21/1/123/htm | ~doi:10.3390/s21010123
MDPI journal whose code we do not know | https://www.mdpi.com/2313-0105/8/1/12 |
Hindawi | https://www.hindawi.com/journals/cmmm/2021/5567890/ | ~doi:10.1155/2021/5567890
PeerJ | https://peerj.com/articles/453/ | ~doi:10.7717/peerj.453
PeerJ Computer Science | https://peerj.com/articles/cs-364/ | ~doi:10.7717/peerj-cs.364
ScienceDirect | https://www.sciencedirect.com/science/article/pii/S0957417421009982 | pii:S0957417421009982
ScienceDirect abstract | https://www.sciencedirect.com/science/article/abs/pii/S0031320321000133 | pii:S0031320321000133
ScienceDirect pdf | https://www.sciencedirect.com/science/article/pii/S1361841518304699/pdfft?md5=x&pid=1-s2.0-S1361841518304699-main.pdf | pii:S1361841518304699
ScienceDirect chapter | https://www.sciencedirect.com/science/article/pii/B9780128167182000123 | pii:B9780128167182000123
ScienceDirect before the S | https://www.sciencedirect.com/science/article/pii/0304397594900108 | pii:0304397594900108 ~doi:10.1016/0304-3975(94)90010-8
ScienceDirect number that is no PII | https://www.sciencedirect.com/science/article/pii/0304397694900108 |
ScienceDirect pdf before the S | https://pdf.sciencedirectassets.com/x/1-s2.0-0304397594900108/main.pdf?pii=x | pii:0304397594900108 ~doi:10.1016/0304-3975(94)90010-8
Elsevier's API | https://api.elsevier.com/content/article/PII:S0006899322002621?httpAccept=text/xml | pii:S0006899322002621
ScienceDirect journal | https://www.sciencedirect.com/journal/applied-soft-computing |
Elsevier reader | https://reader.elsevier.com/reader/sd/pii/S0925231221012352?token=x | pii:S0925231221012352
Elsevier linking hub | https://linkinghub.elsevier.com/retrieve/pii/S0925231221012352 | pii:S0925231221012352
Cell punctuates | https://www.cell.com/cell/fulltext/S0092-8674(18)30154-5 | pii:S0092867418301545
Cell percent-encodes | https://www.cell.com/cell-systems/pdf/S2405-4712%2820%2930459-2.pdf | pii:S2405471220304592
Lancet | https://www.thelancet.com/journals/landig/article/PIIS2589-7500(19)30123-2/fulltext | pii:S2589750019301232
Elsevier society journal | https://www.jacr.org/article/S1546-1440(19)30123-4/fulltext | pii:S1546144019301234
IEEE document | https://ieeexplore.ieee.org/document/9343323 | ieee:9343323
IEEE document with slash | https://ieeexplore.ieee.org/document/8759553/ | ieee:8759553
IEEE abstract | https://ieeexplore.ieee.org/abstract/document/9098527 | ieee:9098527
IEEE stamp | https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=09343323 | ieee:9343323
IEEE pdf | https://ieeexplore.ieee.org/iel7/42/9445157/09343323.pdf | ieee:9343323
IEEE staging host | http://xplorestaging.ieee.org/ielx7/42/9566/09343323.pdf?arnumber=9343323 | ieee:9343323
IEEE conference | https://ieeexplore.ieee.org/xpl/conhome/9343323 |
IEEE old article page | http://ieeexplore.ieee.org/xpl/articleDetails.jsp?arnumber=6751133 | ieee:6751133
IEEE issue | https://ieeexplore.ieee.org/xpl/mostRecentIssue.jsp?punumber=42 |
IEEE DataPort | https://ieee-dataport.org/documents/marketable-foods-mf-dataset |
PubMed | https://pubmed.ncbi.nlm.nih.gov/33504234/ | pmid:33504234
PubMed in its old form | https://www.ncbi.nlm.nih.gov/pubmed/33504234 | pmid:33504234
PubMed's short host | https://pubmed.gov/33504234 | pmid:33504234
PubMed search for words | https://pubmed.ncbi.nlm.nih.gov/?term=contrastive+learning |
PubMed Central | https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/ | pmcid:PMC7654321
PubMed Central's own host | https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321/pdf/x.pdf | pmcid:PMC7654321
Europe PMC by PMID | https://europepmc.org/article/MED/33504234 | pmid:33504234
Europe PMC by PMCID | https://europepmc.org/article/PMC/PMC7654321 | pmcid:PMC7654321
Europe PMC preprint | https://europepmc.org/article/PPR/PPR123456 |
OpenAlex work | https://openalex.org/W2626778328 | openalex:W2626778328
OpenAlex API | https://api.openalex.org/works/w2626778328 | openalex:W2626778328
OpenAlex author | https://openalex.org/A5023888391 |
OpenReview forum | https://openreview.net/forum?id=gEZrGCozdqR | openreview:gEZrGCozdqR
OpenReview pdf | https://openreview.net/pdf?id=rJXMpikCZ | openreview:rJXMpikCZ
OpenReview with note | https://openreview.net/forum?noteId=abcdefghij&id=rJXMpikCZ | openreview:rJXMpikCZ
OpenReview revision is another id | https://openreview.net/references/pdf?id=abcdefghij |
OpenReview group | https://openreview.net/group?id=ICLR.cc/2021/Conference |
PMLR has no DOIs | https://proceedings.mlr.press/v126/hu20a.html |
JMLR has no DOIs | https://jmlr.org/papers/v21/20-074.html |
NeurIPS hash is no id | https://proceedings.neurips.cc/paper/2020/file/d2dc6368837861b42020ee72b0896182-Paper.pdf |
CVF gives none | https://openaccess.thecvf.com/content/CVPR2021/html/Some_Paper_CVPR_2021_paper.html |
AAAI's number is no DOI | https://ojs.aaai.org/index.php/AAAI/article/view/16509 |
HAL | https://hal.archives-ouvertes.fr/hal-00372011/document |
CiteSeer's doi is its own | http://citeseerx.ist.psu.edu/viewdoc/download?doi=10.1.1.218.7805&rep=rep1&type=pdf |
ResearchGate | https://www.researchgate.net/publication/350000000_A_Title |
code | https://github.com/facebookresearch/CovidPrognosis |
slides | https://docs.google.com/presentation/d/1EUV7W7X_w0BDrscDhPg7lMGzJCkeaPkGCJ3bN8dluXc/edit |
pdf of a person | http://www.cs.cornell.edu/~kilian/papers/fr819-tyreeA.pdf |
DOI on a site that we do not know | https://sci.example.org/10.1007/s11548-018-1772-0 | ~doi:10.1007/s11548-018-1772-0
mail address | mailto:somebody@example.org |
script | javascript:alert(1) |
not available | N/A |
address that cannot be read | http://[half/10.1007/x |
empty | |
"""  # noqa: E501 - a table


def read_cases() -> list[object]:
    rows = [line.rsplit("|", 2) for line in CASES.strip().splitlines()]
    return [pytest.param(url.strip(), proof.split(), id=name.strip()) for name, url, proof in rows]


def proofs(url: str) -> list[str]:
    return [f"{'~' if found.is_derived else ''}{found.scheme}:{found.value}" for found in from_url(url)]


@pytest.mark.parametrize(("url", "expected"), read_cases())
def test_a_link_proves_what_it_states_and_nothing_else(url: str, expected: list[str]) -> None:
    assert proofs(url) == expected


def test_the_table_of_cases_stays_as_large_as_promised() -> None:
    assert len(read_cases()) >= 120


def test_evidence_names_the_address_as_written() -> None:
    [found] = from_url(" https://arxiv.org/abs/2101.05224v2 ")
    assert found.evidence == "link https://arxiv.org/abs/2101.05224v2"


def test_a_word_of_the_address_does_not_make_an_identifier_derived() -> None:
    [found] = from_url("https://doi.org/10.1000/derived-from")
    assert not found.is_derived


@pytest.mark.parametrize("url", ["https://arxiv.org/abs/" * 150, "https://nature.com/articles/" + "a" * 4000,
                                 "https://dl.acm.org/doi/" + "a/" * 1900, "10.1000/" * 500, "[" * 4000])  # fmt: skip
def test_hostile_addresses_are_read_without_a_crash(url: str) -> None:
    assert len(from_url(url)) <= 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://proceedings.mlr.press/v126/hu20a.html",
                     LinkFacts(volume="126", venue="Proceedings of Machine Learning Research", publisher="PMLR"),
                     id="PMLR page"),
        pytest.param("http://proceedings.mlr.press/v143/sowrirajan21a/sowrirajan21a.pdf",
                     LinkFacts(volume="143", venue="Proceedings of Machine Learning Research", publisher="PMLR"),
                     id="PMLR pdf"),
        pytest.param("https://jmlr.org/papers/v22/20-451.html",
                     LinkFacts(volume="22", venue="Journal of Machine Learning Research"), id="JMLR page"),
        pytest.param("http://www.jmlr.org/papers/volume17/15-239/15-239.pdf",
                     LinkFacts(volume="17", venue="Journal of Machine Learning Research"), id="JMLR pdf"),
        pytest.param("https://proceedings.neurips.cc/paper/2020/file/d2dc6368837861b42020ee72b0896182-Paper.pdf",
                     LinkFacts(year=2020, venue="Advances in Neural Information Processing Systems"), id="NeurIPS"),
        pytest.param("https://papers.nips.cc/paper/8737-tight-certificates.pdf",
                     LinkFacts(venue="Advances in Neural Information Processing Systems"), id="NIPS without year"),
        pytest.param("https://www.ijcai.org/proceedings/2019/123",
                     LinkFacts(year=2019, venue="International Joint Conference on Artificial Intelligence"),
                     id="IJCAI"),
        pytest.param("https://proceedings.mlr.press/v126/", LinkFacts(), id="PMLR volume"),
        pytest.param("https://arxiv.org/abs/2101.05224", LinkFacts(), id="arXiv states no facts of the paper"),
        pytest.param("N/A", LinkFacts(), id="no address"),
    ],
)  # fmt: skip
def test_facts_are_only_what_the_link_itself_states(url: str, expected: LinkFacts) -> None:
    assert facts(url) == expected


@pytest.mark.parametrize(
    ("scheme", "url", "expected"),
    [
        pytest.param("ieee", "http://ieeexplore.ieee.org/document/09343323", "9343323", id="IEEE document"),
        pytest.param("ieee", "https://example.org/document/9343323", None, id="a number at another host"),
        pytest.param("pii", "https://linkinghub.elsevier.com/retrieve/pii/S0006899322002621", "S0006899322002621",
                     id="PII"),
        pytest.param("pii", "https://example.org/pii/S0006899322002621", None, id="a PII at another host"),
        pytest.param("openreview", "https://openreview.net/pdf?id=YicbFdNTTy", "YicbFdNTTy", id="OpenReview"),
        pytest.param("acl", "https://aclanthology.org/2020.acl-main.747.pdf", "2020.acl-main.747", id="ACL"),
        pytest.param("acl", "https://aclanthology.org/venues/acl/", None, id="ACL venue"),
        pytest.param("arxiv", "https://doi.org/10.48550/arxiv.2101.05224", "2101.05224", id="arXiv's DOI"),
        pytest.param("doi", "https://www.nature.com/articles/srep20123", None, id="what is derived is not spelled out"),
    ],
)  # fmt: skip
def test_landing_pages_of_records_tell_what_they_spell_out(scheme: SchemeName, url: str, expected: str | None) -> None:
    assert find_first(scheme, [url]) == expected


def test_each_identifier_of_several_landing_pages_is_found_once() -> None:
    urls = [
        "http://arxiv.org/abs/2101.05224v2",
        "https://doi.org/10.48550/arxiv.2101.05224",
        "https://arxiv.org/abs/2101.00001",
    ]
    assert find("arxiv", urls) == ("2101.05224", "2101.00001")


# Each line is one page, in the spellings that lists, records and known.bib have of it.
PAGES = """
https://arxiv.org/abs/2101.05224 http://www.arxiv.org/pdf/2101.05224v2.pdf https://arxiv.org/abs/2101.05224?utm_source=x#top https://doi.org/10.48550/arXiv.2101.05224 https://ar5iv.org/abs/2101.05224 http://xxx.lanl.gov/abs/2101.05224
https://proceedings.mlr.press/v126/hu20a.html http://proceedings.mlr.press/v126/hu20a/hu20a.pdf https://proceedings.mlr.press/v126/hu20a.html#abstract https://raw.githubusercontent.com/mlresearch/v126/main/assets/hu20a/hu20a.pdf
https://proceedings.mlr.press/v28/doe13.html http://proceedings.mlr.press/v28/doe13.pdf http://jmlr.org/proceedings/papers/v28/doe13.pdf
https://openaccess.thecvf.com/content_CVPR_2019/html/Doe_A_CVPR_2019_paper.html http://openaccess.thecvf.com/content_CVPR_2019/papers/Doe_A_CVPR_2019_paper.pdf
https://proceedings.neurips.cc/paper/2020/hash/d2dc63-Abstract.html https://papers.nips.cc/paper/2020/file/d2dc63-Paper.pdf https://proceedings.neurips.cc/paper_files/paper/2020/hash/d2dc63-Abstract.html
https://papers.nips.cc/paper/8737-tight-certificates http://papers.neurips.cc/paper/8737-tight-certificates.pdf
https://jmlr.org/papers/v17/15-239.html http://www.jmlr.org/papers/volume17/15-239/15-239.pdf https://jmlr.csail.mit.edu/papers/v17/15-239.html
https://openreview.net/forum?id=rJXMpikCZ https://openreview.net/pdf?id=rJXMpikCZ https://openreview.net/forum?id=rJXMpikCZ&noteId=x&referrer=y
https://aclanthology.org/P19-1001/ https://www.aclweb.org/anthology/P19-1001.pdf https://aclanthology.info/papers/P19-1001/p19-1001 https://aclanthology.org/P19-1001v2.pdf
https://ieeexplore.ieee.org/document/9343323 https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=09343323 https://ieeexplore.ieee.org/abstract/document/9343323/
https://www.sciencedirect.com/science/article/abs/pii/S0031320321000133 https://www.sciencedirect.com/science/article/pii/S0031320321000133?via%3Dihub https://linkinghub.elsevier.com/retrieve/pii/S0031320321000133
https://doi.org/10.1007/978-3-030-78191-0_51 https://link.springer.com/chapter/10.1007/978-3-030-78191-0_51#citeas https://doi-org.proxy.example.edu/10.1007/978-3-030-78191-0_51 https://dx.doi.org/10.1007/978-3-030-78191-0_51
https://hal.science/hal-01234567 https://hal.archives-ouvertes.fr/hal-01234567v2/document https://hal.inria.fr/hal-01234567/file/x.pdf
https://ojs.aaai.org/index.php/AAAI/article/view/16509 https://ojs.aaai.org/index.php/AAAI/article/download/16509/16316
https://www.semanticscholar.org/paper/Title-Doe/47ae852f83b76f95b27ab00308d04f6020bdf71f https://www.semanticscholar.org/paper/47ae852f83b76f95b27ab00308d04f6020bdf71f
"""  # noqa: E501 - a table


@pytest.mark.parametrize("spellings", [line.split() for line in PAGES.strip().splitlines()], ids=lambda row: row[0])
def test_every_spelling_of_a_page_has_one_name(spellings: list[str]) -> None:
    assert {page_name(url) for url in spellings} == {page_name(spellings[0])}


def test_different_pages_have_different_names() -> None:
    firsts = [line.split()[0] for line in PAGES.strip().splitlines()]
    assert len({page_name(url) for url in firsts}) == len(firsts)
