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
    review reviews survey surveys bibliography bibliographie bibliografía bibliografia literatur referencias referências
    références artículos publicaciones 文献 综述 论文 論文 サーベイ 논문 参考文献 参考资料 참고문헌
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
# Journals whose names hold nothing but words of labels.
LABEL_LIKE_VENUES = frozenset(["ieee access"])
VENUES = (
    split_words("""
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
    | LABEL_LIKE_VENUES
)

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

# Words of titles, journals and notes that are nobody's name, besides those that end in one of COMMON_ENDINGS.
COMMON_WORDS = split_words("""
    abstract academic accelerated accelerating accuracy accurate across activity acute adapt adapting advances
    adversarial against agent agnostic algebra algebraic algorithm algorithms aligned aligning alignment anatomy
    ancient animal animals annals anomaly appearance approach approaches arbitrary architecture article articles
    artifact artificial assessment asymmetric atlas attack attacks attribute attributes audio augmented autoencoder
    automated automatic autoregressive avatar avatars aware bagging batch bayesian behavior behaviour benchmark
    benchmarks better beyond bidirectional biodiversity bioinformatics blind book books boosted boosting boundary
    bridging building bulletin cancer captioning cardiac cardiovascular cascaded catalyst catalysts category causal
    cells cellular centric century challenges channel chapter chemistry chronic cities classifier classifiers
    classroom climate clustering coarse coherent cohort colonial comparing comparison complex complexity composer
    compositional comprehensive compressed computer computing concept conditional conditioned conditioning
    conference conjecture consensus consistent constitutional constrained constraints contemporary content context
    continuous contract contrast control controllable controlled convolutional correspondence counterfactual course
    courts criminal cryptographic cultural culture data database dataset datasets decoder deep deformable democracy
    democratic depth design detecting development diabetes diagnosis differential diffuse digital dimensional direct
    directional discovery discrete disease disentangled disentangling distance distilling distributed diverse
    diversity domain domains driven dynamic dynamics economic economics economy ecosystem ecosystems editing effect
    effects efficient electronic elements embedding embeddings emergence empire enables encoder energy engineering
    enhanced enhancement enhancing ensemble ensembles entropy environment environmental equivariant error essay
    essays estimating evaluating evidence evolutionary examples experiment experimental experiments experts exploit
    exploiting exploits exploring expressive facial faster feature features federated feedback finance financial
    fiscal flows forecasting forests framework frequency freshwater fully functional fundamental fundus future
    fuzzing gaussian gender general generalizable generalized generate generated generating generator genetics
    genome geometric gesture global gradient grained grammar graph graphs grounded growth guide guided habitat
    handbook harmony harnessing health heterogeneous highly history how human humans identity image images imaging
    impact impacts implicit improved improving incremental inequality inference infinite informed inorganic
    inpainting inspired instance integrating intelligence interpretable invariant invasive inverse joint journal
    justice knowledge labeled labels labor labour language languages latent layout learned learners learning lecture
    lectures legal lesson lessons letters leveraging library likelihood limited linear literary literature local
    logic longitudinal machine machines malware management manifold manifolds mapping marine market markets markov
    masked mathematics matrix maximum measurement measuring mechanism mechanisms medicine medieval melody membership
    memory mental method methods metric mining mixture modal modality model modeling modelling models modern
    molecular molecule monetary monocular monthly multi multimodal multiple multivariate mutual naive natural
    network networks neural neuroscience noisy notes novel nursing obesity object objects offline online opera
    opportunities optimal organic oriented overview paper papers parallel parameter partial particle patient
    patients pattern patterns peace pediatric performance personalized philosophy phylogenetic physics pipeline
    planning plant plants poetry policy politics polymer polymers polyp posterior practice predicting preserving
    pretrained pretraining primer principles priors privacy problem problems proceedings process processes
    processing program programming programs progress progressive project prompting prompts property protein
    prototype pruning pseudo psychiatric public quantized quantum quarterly radiance random randomized ranking
    reading reasoning recovery recurrent reducing reference refinement region regularized regulatory reinforcement
    reliable religion religious remote removal rendering report reports research residual resolved responses retinal
    retrieval reverse review reviews rhythm rights robot robotics robots robust robustness role safety samples
    sampling scalable scaling scene scenes school schools science sciences scientific search secretly security
    semantic semantics sensing sequence sequencing sequential series shapes signal similarity single social society
    software soil solving spaces sparse spatial spatially spatio spatiotemporal speaker species specific
    spectroscopy speech stochastic strategies strategy structural structure structured structures students studies
    study stylegan subject summary super supervised surface surgery survey sustainable symbolic symposium syndrome
    syntax synthesis synthetic system systems tabular target tasks taxonomy teachers teaching technique techniques
    temporal testing text textual texture theorem theorems theory therapy through tissue tools toward towards
    tracking trade trained training trajectory transcriptomic transcriptomics transfer transferable transformer
    transformers transport trees trends trial trials tuning tutorial ultrasound uncertainty unconditional
    understanding unemployment unified unifying universal universities university unpaired unsupervised using
    vaccine vaccines variable variance versatile video videos views visual vocabulary volumetric voting wages weakly
    weekly weight weighted what when where which why without workshop world's
""")
COMMON_ENDINGS = (
    "tion",
    "tions",
    "sion",
    "sions",
    "ical",
    "tive",
    "tives",
    "ology",
    "ologies",
    "ological",
    "ography",
    "ization",
    "izing",
    "ility",
    "ilities",
    "metry",
    "ysis",
    "yses",
    "istic",
    "istics",
    "ational",
)
# The signs with which most Chinese and Japanese family names, and most Korean ones, begin.
SURNAME_SIGNS = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇"
    "卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段"
    "雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢"
    "骆駱岳齐齊梅庄莊辛管祝左涂谷祁时時舒耿牟卜路詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋"
    "佐鈴木高橋渡辺伊藤山田中村小加吉佐々松井上清斎齋阿森池橋本石川前岡藤後近坂遠青西福太三原和竹金五横宮内柴酒工菅大平増千野"
    "丸今河谷桜新古北南東久市島水土永飯長浜矢星荒尾川相杉早熊倉黒白服部堀関奥望須沢澤"
)
KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반"
)

# Labels of fields by role, in the languages of the lists: `**Authors:** ...`, `- 发表时间：2020`; parted by semicolons.
FIELD_LABELS = {
    "title": """
        title; paper; paper title; article; full title; titel; titre; título; titulo; 标题; 题目; 论文; 论文标题;
        论文题目; 论文名称; 題目; タイトル; 論文; 제목; 논문
    """,
    "authors": """
        author; authors; author(s); by; autor; autores; autoren; auteur; auteurs; 作者; 著者; 저자
    """,
    "year": """
        year; date; published; publication date; publication year; published date; release date; submitted; año;
        jahr; année; ano; 年份; 年; 日期; 时间; 发表时间; 发布时间; 出版年; 発表年; 発行年; 연도
    """,
    "venue": """
        venue; journal; conference; published in; published at; publication; booktitle; source; journal/conference;
        conference/journal; revista; zeitschrift; revue; 会议; 期刊; 发表; 出处; 来源; 会议/期刊; 期刊/会议; 掲載;
        学会; 학회; 저널
    """,
    "url": """
        url; link; links; pdf; arxiv; doi; paper link; paper links; paper url; arxiv link; enlace; lien; 链接;
        论文链接; 论文地址; 地址; 下载; リンク; 링크
    """,
    "code": """
        code; github; code link; repository; repo; implementation; 代码; 代码链接; コード; 코드
    """,
    "other": """
        abstract; summary; tldr; tag; tags; keyword; keywords; key words; topic; topics; note; notes; comment;
        comments; description; task; tasks; dataset; datasets; data; idea; key idea; contribution; contributions;
        category; categories; type; language; citation; citations; bibtex; status; institution; institutions;
        affiliation; affiliations; methodology; method; methods; results; findings; key findings; key contributions;
        focus; why; relevance; project; project page; website; demo; video; slides; blog; homepage; page; resumen;
        résumé; zusammenfassung; 摘要; 关键词; 标签; 简介; 备注; 机构; 方法; 数据集; 总结; 概要; 主页; 项目;
        キーワード; 요약
    """,
}
