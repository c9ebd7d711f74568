"""The words that lists use for the same few things, in English and in some other languages.

in -> out: nothing is computed here. Collected from the headings, column headers and link labels of public reading
lists; a word is here when it means the same in all of them. Labels are compared word by word, in lower case, with
hyphens and digits at the end taken off.
"""


def split_words(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


PAPER_LABELS = split_words("""
    abs abstract acl acm acmdl anthology
    ar5iv article arxiv artikel artículo biorxiv camera chemrxiv cvf doi elsevier epub
    fulltext hal html ieee ieeexplore journal conference link links long manuscript mdpi medrxiv oai online
    jstor nber
    openaccess openreview paper papers pdf pmc preprint proc proceedings ps psyarxiv publication publisher pubmed
    read ready report review s2 scholar sciencedirect semantic short springer springerlink ssrn survey techreport
    techrxiv text thecvf thesis url wiley 原文 文章 论文 論文 链接 下载 リンク 논문 링크
""")
CODE_LABELS = split_words("""
    bitbucket c++ caffe chainer code codebase codes codigo código colab cpp flax git gitee github gitlab
    implementation implementations java jax julia keras library lightning lua matlab mindspore mxnet notebook package
    paddle paddlepaddle python pytorch r reimplementation replicate repo repository rust scikit scripts sklearn
    software source sources star stars tensorflow tf theano tool toolbox torch 代码 源码 コード 코드
""")
OTHER_LABELS = split_words("""
    annotated app appendix author authors award baseline benchmark bib bibtex bilibili blog blogpost checkpoint
    checkpoints citation cite comments data dataset datasets demo demos discussion doc docs documentation errata
    erratum explained explanation face figshare figure gallery hf home homepage hugging huggingface image images
    interactive interview kaggle keynote leaderboard lecture material materials media medium model models news note
    notes overview page pages paperswithcode podcast post poster presentation press project projects pwc readme
    recording result results reviews site slide slides space spaces summary supp suppl supplement supplemental
    supplementary talk teaser thread trailer tutorial tweet twitter video videos viewer visualization web webpage
    website wechat weights wiki youtube zenodo zhihu 中文 主页 博客 数据 数据集 笔记 解读 视频 项目 知乎 公众号
""")
FILLER_LABELS = split_words("""
    a also an and at available by coming community copy download extended final for free from full here in info main
    mirror more my new not of official old on only open access or original our part party re soon tba tbd the third
    this to unofficial version with based see 官方 非官方 即将开源 & +
""")

# What headings say about the rows below them; words of papers win over the words of other things.
PAPER_HEADINGS = split_words("""
    article articles arxiv literature paper papers preprint preprints publication publications reading references
    review reviews survey surveys 文献 综述 论文 論文 サーベイ 논문
""")
OTHER_HEADINGS = split_words("""
    api apis blog blogs book books challenge challenges checkpoints class classes code codes communities community
    companies company competition competitions conference conferences corpora corpus course courses data dataset
    datasets demo demos framework frameworks group groups implementation implementations job jobs journal journals
    lab labs leaderboard leaderboards lecture lectures libraries library link links lists newsletter newsletters
    notebook notebooks outlet outlets package packages people podcast podcasts post posts presentation presentations
    product products project projects repositories repository researcher researchers resource resources seminar
    seminars slides software talk talks tool toolbox toolkit toolkits tools tutorial tutorials venue venues video
    videos website websites workshop workshops 书籍 代码 会议 博客 工具 教程 数据集 期刊 框架 视频 课程 资源 项目
    データセット ツール
""")
NEWS_HEADINGS = split_words("announcement announcements changelog news release releases update updates 动态 新闻 更新")
META_HEADINGS = split_words("""
    about acknowledgement acknowledgements acknowledgment acknowledgments authors citation cite citing contact
    contacts contribute contributing contribution contributions contributor contributors credits criteria disclaimer
    cited
    faq format guidelines history install installation licence license maintainer maintainers sponsor sponsors star
    stars support team thanks todo usage 引用 联系 致谢 许可 许可证 贡献
""")
# Words that may stand beside those of the list's own sections: `How to contribute to this list`.
META_FILLERS = split_words(
    "a and & for guide guidelines how in list of our project repo repository the this to us your"
)
CONTENTS_HEADINGS = split_words("content contents toc 目录 目次 目錄")
VENUE_HEADINGS = split_words("""
    abbreviation abbreviations acronym acronyms conference conferences glossary journal journals legend outlet
    outlets venue venues 会议 期刊 缩写 略語
""")

# Venues that are known by one word, with or without a year beside them.
VENUES = split_words("""
    3dv aaai aamas accv acl acmmm aistats arxiv asplos asru bioinformatics biorxiv bmvc cell cgf chemrxiv cikm coling
    colt conll corl corr cscw cvpr cvprw dac dsn eacl eccv eccvw ecml emnlp eurocrypt eurographics eurosys focs fse
    gecco hpca icann icassp iccv iccvw icde icdm icdar icip iclr icme icml icmlw icpr icra icse icwsm ijcai ijcars
    ijcb ijcnn ijcv infocom interspeech ipmi iros isbi isca ismar ismir iswc issta itsc iwslt jair jbhi jmlr jmiv
    jstsp kbs kdd lrec media medrxiv miccai midl mlhc mlsys mobicom mobisys naacl nature ndss neco nejm neurips
    neuripsw neuroimage neurocomputing nips nmi nsdi oopsla openreview osdi pakdd pami pkdd plos pldi pmlr pnas podc
    popl preprint ral rss science sdm sigcomm siggraph sigir sigkdd sigmetrics sigmod soda sosp spie stoc tacl tbme
    tcsvt techreport tgrs thesis tifs tip tist tits tkde tmi tmlr tmm tnnls tog toms tomm tpami tro tsp tvcg uai uist
    usenix vldb wacv wacvw wsdm www
""")

# Headers of table columns by role, in the order in which they are tried: `Paper link` is an address, `Code link` code.
COLUMN_HEADERS = (
    (
        "code",
        split_words("code codes github implementation implementations repo repository 代码 源码 开源 コード 코드"),
    ),
    ("title", split_words("headline title titles titel titre título 标题 题名 题目 タイトル 제목")),
    (
        "ignore",
        split_words("""
            abstract affiliation bibtex blog citation citations cite comment comments country data dataset datasets
            demo homepage institute institution language metric metrics note notes organization otherinfo page params
            poster project remarks result results size slides star stars summary tldr video videos website 主页 备注
            摘要 数据集 机构 笔记 视频 项目
        """),
    ),
    ("url", split_words("arxiv doi download href link links pdf preprint url urls 原文 地址 连接 链接 リンク 링크")),
    ("authors", split_words("auteurs author authors autoren presenter speaker 作者 著者 저자")),
    (
        "venue",
        split_words("""
            booktitle conf conference conferences journal journals proceedings pub published publisher source venue
            venues where 会议 出处 刊物 发表 期刊 来源 会議 학회
        """),
    ),
    ("year", split_words("année date jahr month time year 年份 年度 日期 时间 発表年 연도")),
    (
        "paper",
        split_words("""
            article articles literature paper papers publication publications reference references studies study work
            works 文献 文章 论文 論文 논문
        """),
    ),
    (
        "name",
        split_words("""
            abbr abbreviation acronym algorithm approach architecture framework method methods model models name
            network nickname system 名称 方法 模型 简称 算法 手法
        """),
    ),
    (
        "category",
        split_words("""
            application area areas categories category class domain field group modality subject tag tags task tasks
            theme topic topics type types 主题 任务 分类 方向 类别 类型 领域 カテゴリ
        """),
    ),
)
