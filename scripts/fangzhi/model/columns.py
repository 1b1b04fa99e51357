"""Every column once: its type, its words in Chinese and English, its constraints.

Lists and objects are JSON in CSV cells (Table Schema ``array`` and ``object``). Offsets count code
points, end exclusive. Dates of pages may be known to the day, the month or the year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fangzhi.model import codes
from fangzhi.model.column import Column as C

PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
KEY = r"[0-9A-Za-z_.:-]+"
PLACE = r"(cn\d*|un\d{3}|[a-z]{2})(-[一-鿿（）]+)*"
ENTITY = rf"{KEY}(-[一-鿿]+)*"

# keys
SourceId = Annotated[str, C("来源编号", "Source id", "来源页的稳定编号，取自文件内容的摘要", "Stable id of the source page, from the digest of its bytes", "sources", KEY)]
ArticleId = Annotated[str, C("文章编号", "Article id", "文章的稳定编号：来源编号与首字位置", "Stable id of the article: source and offset of its first character", "articles", KEY)]
ObservationId = Annotated[str, C("数据编号", "Observation id", "一条数据的稳定编号：来源编号与数字位置", "Stable id of one figure: source and offset of its characters", "observations", KEY)]
PlaceId = Annotated[str, C("地点编号", "Place id", "地点编号：cn 加行政区划代码；区划表所无者，再加其名称；境外为 ISO 3166 国家代码或 un 加联合国 M49 区域代码", "Place id: cn and the administrative code; of a place in no list, that of the unit above and its name; abroad the ISO 3166 code of the country, or un and the UN M49 code of a region", "places", PLACE)]
ParentId = Annotated[str, C("上级编号", "Parent id", "上一级行政区的编号", "Id of the administrative unit above", "places", PLACE)]
OrganizationId = Annotated[str, C("组织编号", "Organization id", "组织的稳定编号", "Stable id of the organization", "organizations", KEY)]
PersonId = Annotated[str, C("人物编号", "Person id", "人物的稳定编号", "Stable id of the person", "people", KEY)]
MentionId = Annotated[str, C("提及编号", "Mention id", "一次提及的稳定编号", "Stable id of one mention", None, KEY)]
PeriodId = Annotated[str, C("时间编号", "Period id", "一处时间表述的稳定编号", "Stable id of one expression of time", None, KEY)]
SystemId = Annotated[str, C("体系编号", "System id", "命名体系的稳定编号", "Stable id of the named system", "systems", KEY)]
EventId = Annotated[str, C("事件编号", "Event id", "事件的稳定编号", "Stable id of the event", None, KEY)]
CheckId = Annotated[str, C("核验编号", "Check id", "一次核验的稳定编号", "Stable id of one check", None, KEY)]
IssueId = Annotated[str, C("问题编号", "Issue id", "一条问题记录的稳定编号", "Stable id of one issue", None, KEY)]
IndicatorId = Annotated[str, C("指标编号", "Indicator id", "指标词表中的编号", "Id in the vocabulary of indicators", "indicators", KEY)]
UnitId = Annotated[str, C("单位编号", "Unit id", "单位表中的编号；表外的量词留空", "Id in the table of units; empty for classifiers outside it", "units")]
ThemeId = Annotated[str, C("主题编号", "Theme id", "主题词表中的编号", "Id in the vocabulary of themes", "themes", KEY)]
EntityId = Annotated[str, C("对象编号", "Entity id", "所提及的地点、组织或人物的编号", "Id of the place, organization or person mentioned", None, ENTITY)]

# sources
Path = Annotated[str, C("文件", "Path", "输入文件的相对路径", "Path of the input file, relative to the input folder")]
Publisher = Annotated[str, C("报纸", "Newspaper", "刊登该页的报纸或网站", "Newspaper or site that published the page")]
PublisherBasis = Annotated[codes.Basis, C("报纸依据", "Newspaper basis", "报纸名称从何得知", "How the newspaper is known")]
PublishedOn = Annotated[str, C("刊发日期", "Published on", "ISO 8601 日期，可只到月或年", "ISO 8601 date, possibly only month or year", None, PARTIAL_DATE)]
PublishedOnBasis = Annotated[codes.Basis, C("日期依据", "Date basis", "刊发日期从何得知", "How the date of publication is known")]
PageLabel = Annotated[str, C("版次", "Page", "版次，如 3 或 要闻", "Page number or name as printed or given")]
ScriptCode = Annotated[codes.Script, C("字体", "Script", "简体或繁体（ISO 15924）", "Simplified or traditional characters (ISO 15924)")]
Encoding = Annotated[str, C("编码", "Encoding", "原文件的字符编码", "Character encoding of the file")]
Sha256 = Annotated[str, C("校验值", "SHA-256", "原文件的 SHA-256", "SHA-256 of the file as found", None, r"[0-9a-f]{64}")]
Bytes = Annotated[int, C("字节数", "Bytes", "原文件的字节数", "Size of the file in bytes", None, None, 0)]
Characters = Annotated[int, C("字数", "Characters", "字符数（码点）", "Number of characters (code points)", None, None, 0)]
Repairs = Annotated[dict[str, int], C("修复", "Repairs", "各类修复的次数", "What was mended, with counts")]
SourceLines = Annotated[list[str], C("原页各行", "Lines as found", "解码后的原文件，逐行，连行末符号，未经修复；相连即原文起止所指的全文；按构建选项可能留空", "The decoded file line by line with its line ends, nothing mended; joined, it is what source offsets point into; may be left out of a build")]
Rights = Annotated[str, C("权利", "Rights", "原文权利归属", "Who holds the rights in the text")]

# articles
Position = Annotated[int, C("次序", "Position", "在所属对象中的次序，从 1 起", "Place in the order, from 1", None, None, 1)]
Kicker = Annotated[str, C("肩题", "Kicker", "主标题之上的引题", "Line above the headline")]
Title = Annotated[str, C("标题", "Title", "主标题；无标题者留空", "Headline; empty where the page prints none")]
Subtitle = Annotated[str, C("副题", "Subtitle", "主标题之下的副题", "Line below the headline")]
ArticleKind = Annotated[codes.ArticleKind, C("体裁", "Kind of article", "消息、特稿、评论、图片或公告", "News, feature, commentary, photo or notice")]
Credit = Annotated[str, C("电头", "Credit", "本报讯、据新华社等来源说明", "Dateline or credit as printed")]
Reporters = Annotated[list[str], C("作者", "Reporters", "署名的记者、通讯员与摄影者", "Bylined reporters, correspondents and photographers")]
Text = Annotated[str, C("正文", "Text", "修复后的正文；按构建选项可能留空", "Text as repaired; may be left out of a build")]
Keywords = Annotated[list[str], C("关键词", "Keywords", "正文关键词", "Keywords of the text")]
Continues = Annotated[str, C("转版", "Continues", "转版或接版标记，如 下转4版", "Mark of continuation as printed")]
SourceSpans = Annotated[list[list[int]], C("原文区间", "Source spans", "正文在原文件中的各段起止", "Start and end of each piece of the text in the source")]

# observations
Measure = Annotated[str, C("所测", "Measure", "所测为何，如表头所书", "What is measured, as a column header would say it")]
Subject = Annotated[str, C("主体", "Subject", "数据属谁", "Whom or what the figure is about")]
MeasureSimplified = Annotated[str, C("所测（简体）", "Measure, simplified", "所测的简体写法；原文即为简体时留空", "The measure in simplified characters; empty where the page has them")]
SubjectPlaceId = Annotated[str, C("主体地点编号", "Place id of the subject", "主体为一地时，其地点编号", "Id of the place that the subject is, where it is one", "places", PLACE)]
SubjectOrganizationId = Annotated[str, C("主体组织编号", "Organization id of the subject", "主体为一组织时，其组织编号", "Id of the organization that the subject is, where it is one", "organizations", KEY)]
PeriodStart = Annotated[date, C("期初", "Period start", "数据所属时段的首日", "First day of the period")]
PeriodEnd = Annotated[date, C("期末", "Period end", "数据所属时段的末日", "Last day of the period")]
PeriodText = Annotated[str, C("时间原文", "Period as written", "说明时段的原文", "The words that state the period")]
PeriodFrom = Annotated[codes.PeriodFrom, C("时段依据", "Basis of the figure's period", "时段是本句所述、承前文还是依版面日期", "Whether the period is stated in the sentence, carried over or the page's")]
Statistic = Annotated[codes.Statistic, C("统计量", "Statistic", "水平、总量、平均、累计、增减、占比等", "Level, total, mean, cumulative, change, share and so on")]
Per = Annotated[str, C("按", "Per", "数值按何计：人、户、亩、月等；两项以·相连", "What the value is given per: person, household, mu, month; two joined by ·")]
PerValue = Annotated[Decimal, C("单位标准值", "Standard value per unit", "每一标准单位的标准值，可相比较，如每平方米多少元", "Standard value for one standard unit of what it is given per: comparable, such as CNY per square metre")]
PerUnit = Annotated[str, C("单位标准值单位", "Unit of the standard value per unit", "如 CNY/m2、CNY/人/月", "Such as CNY/m2 or CNY/人/月")]
ComparedWith = Annotated[str, C("对比基准", "Compared with", "增减、倍数所对比者，以原文表示", "What a change or multiple is reckoned against, in the words of the text")]
ComparedStart = Annotated[date, C("基期初", "Base start", "对比基期的首日", "First day of the period compared with")]
ComparedEnd = Annotated[date, C("基期末", "Base end", "对比基期的末日", "Last day of the period compared with")]
Kind = Annotated[codes.Kind, C("类别", "Kind", "数量的类别", "Kind of quantity")]
Qualifier = Annotated[codes.Qualifier, C("限定", "Qualifier", "确数、约数、多于等", "Exact, approximate, more than and so on")]
Status = Annotated[codes.Status, C("性质", "Status", "实际、目标、政策标准或能力", "Actual, target, policy or capacity")]
Value = Annotated[Decimal, C("数值", "Value", "数值，倍数词（万、亿）已乘入", "The number with its multiplier worked in")]
ValueMax = Annotated[Decimal, C("数值上限", "Upper value", "区间的上限；非区间留空", "Upper end of a range; empty otherwise")]
Unit = Annotated[str, C("单位", "Unit", "原文单位，不含倍数词", "Unit as written, without the multiplier")]
UnitCode = Annotated[str, C("单位代码", "Unit code", "UCUM 或 ISO 4217 代码", "UCUM or ISO 4217 code")]
StandardValue = Annotated[Decimal, C("标准值", "Standard value", "换算为标准单位的数值", "Value converted to the standard unit")]
StandardValueMax = Annotated[Decimal, C("标准值上限", "Upper standard value", "区间上限的换算值", "Upper end converted to the standard unit")]
StandardUnit = Annotated[str, C("标准单位", "Standard unit", "标准单位代码，如 m2、CNY", "Code of the standard unit, such as m2 or CNY")]
Quote = Annotated[str, C("原文", "Quote", "正文中的原字", "The very characters of the text")]
Sentence = Annotated[str, C("原句", "Sentence", "所在的句子", "The sentence it stands in")]
TextStart = Annotated[int, C("正文起", "Text start", "在正文中的起点（码点）", "Start in the article's text, in code points", None, None, 0)]
TextEnd = Annotated[int, C("正文止", "Text end", "在正文中的终点（不含）", "End in the article's text, exclusive", None, None, 0)]
SourceStart = Annotated[int, C("原文起", "Source start", "在解码后原文件中的起点（码点）", "Start in the decoded source, in code points", None, None, 0)]
SourceEnd = Annotated[int, C("原文止", "Source end", "在解码后原文件中的终点（不含）", "End in the decoded source, exclusive", None, None, 0)]
Method = Annotated[str, C("方法", "Method", "由哪条规则读出", "The rule that read it")]
Confidence = Annotated[Decimal, C("可信度", "Confidence", "0 到 1", "From 0 to 1", None, None, 0, 1)]
Corroborates = Annotated[str, C("印证", "Corroborates", "同一数据另一处表述的编号", "Id of the figure that this one restates", "observations", KEY)]

# places
Name = Annotated[str, C("名称", "Name", "名称", "Name")]
NameSimplified = Annotated[str, C("名称（简体）", "Name, simplified", "名称的简体写法；原文即为简体时留空", "The name in simplified characters; empty where the page has them")]
FullName = Annotated[str, C("全称", "Full name", "省市县逐级全称", "Name with the chain of units above it")]
PlaceLevel = Annotated[codes.PlaceLevel, C("级别", "Level", "行政级别", "Administrative level")]
NameBasis = Annotated[codes.NameBasis, C("名称依据", "Name basis", "见于区划表，或仅据原文", "In the list of administrative units, or only as printed")]
PlaceCode = Annotated[str, C("区划代码", "Code", "行政区划代码（文本，保留前导零）", "Administrative code, as text", None, r"\d{6,12}|\d{3}|[A-Z]{2}")]
CodeSystem = Annotated[str, C("代码体系", "Code system", "代码所属体系与年份", "System and year of the code")]
Latitude = Annotated[Decimal, C("纬度", "Latitude", "WGS 84 纬度", "Latitude, WGS 84", None, None, -90, 90)]
Longitude = Annotated[Decimal, C("经度", "Longitude", "WGS 84 经度", "Longitude, WGS 84", None, None, -180, 180)]
CoordinatePrecision = Annotated[codes.PlaceLevel, C("坐标精度", "Coordinate precision", "坐标代表哪一级行政区", "The administrative level the point stands for")]

# entities
OrganizationKind = Annotated[str, C("组织类别", "Kind of organization", "政府部门、企业、学校等", "Government body, company, school and so on")]
PersonRole = Annotated[codes.PersonRole, C("身份", "Role", "以何种公开身份出现", "The public role in which the person is named")]
Post = Annotated[str, C("职务", "Post", "原文职务", "Post as written")]
EntityType = Annotated[codes.EntityType, C("对象类别", "Entity type", "地点、组织或人物", "Place, organization or person")]
SystemKind = Annotated[codes.SystemKind, C("体系类别", "Kind of system", "模式、机制、工程、行动等", "Model, mechanism, project, campaign and so on")]
Owner = Annotated[str, C("所属", "Owner", "由谁设立或使用", "Who set it up or runs it")]
OwnerOrganizationId = Annotated[str, C("所属组织编号", "Organization id of the owner", "所属为一组织时，其组织编号", "Id of the organization that the owner is, where it is one", "organizations", KEY)]
OwnerPlaceId = Annotated[str, C("所属地点编号", "Place id of the owner", "所属为一地时，其地点编号", "Id of the place that the owner is, where it is one", "places", PLACE)]
ProgrammeId = Annotated[str, C("项目编号", "Programme id", "跨文章的同一凭证或项目的稳定编号，取自其名称", "Stable id of the same voucher or programme in several articles, from its name", "programmes", KEY)]
Evidence = Annotated[codes.SystemEvidence, C("依据", "Evidence", "据何认定该数据属于该体系", "By what the figure belongs to the system")]
ArticleCount = Annotated[int, C("文章数", "Articles", "提及它的文章数", "Number of articles that tell of it", None, None, 1)]
FirstSeen = Annotated[str, C("最早见于", "First seen", "最早提及它的版面的日期", "Date of the first page that tells of it", None, PARTIAL_DATE)]
LastSeen = Annotated[str, C("最近见于", "Last seen", "最近提及它的版面的日期", "Date of the last page that tells of it", None, PARTIAL_DATE)]
PlaceIds = Annotated[list[str], C("地点编号表", "Place ids", "提及它的各地的编号", "Ids of the places where it is told of")]
ComponentsDeclared = Annotated[int, C("应有项数", "Components declared", "名称所示的组成项数", "Number of parts that the name declares", None, None, 1)]
Parent = Annotated[str, C("上级项", "Parent", "所属的上级组成项", "The part it belongs to")]
DateStart = Annotated[date, C("起日", "Date start", "首日", "First day")]
DateEnd = Annotated[date, C("止日", "Date end", "末日", "Last day")]
PeriodBasis = Annotated[codes.Basis, C("时间依据", "Basis of the period", "年月是写明的还是推定的", "Whether it is written in full or inferred from the context")]

# checks
CheckKind = Annotated[codes.CheckKind, C("核验类别", "Kind of check", "合计、占比、增长等", "Sum, share, growth and so on")]
Inputs = Annotated[list[str], C("输入", "Inputs", "参与计算的数据编号", "Ids of the figures that go in")]
Reported = Annotated[str, C("报道值", "Reported", "被核验的数据编号", "Id of the figure that is checked", "observations", KEY)]
Expected = Annotated[Decimal, C("应得值", "Expected", "按公式算得的值", "What the formula gives")]
Difference = Annotated[Decimal, C("差", "Difference", "报道值减应得值", "Reported less expected")]
Tolerance = Annotated[Decimal, C("容差", "Tolerance", "由印刷精度得出的容差", "What the printed precision allows")]
Verdict = Annotated[codes.Verdict, C("结论", "Verdict", "相符、修约误差内或不符", "Holds, within rounding or contradicts")]
Formula = Annotated[str, C("算式", "Formula", "写明的算式", "The calculation written out")]

# corrections
CorrectionId = Annotated[str, C("更正编号", "Correction id", "一条更正的稳定编号", "Stable id of one correction", None, KEY)]
TableName = Annotated[str, C("数据表", "Table", "所更正的数据表", "The table that is corrected", None, KEY)]
RowKey = Annotated[str, C("行编号", "Row", "所更正行的主键；两列以上以 / 相连", "Key of the row that is corrected; its columns joined by / where there are several")]
FieldName = Annotated[str, C("列", "Column", "所更正的列；撤下整行时留空", "The column that is corrected; empty where the row is withdrawn")]
OldValue = Annotated[str, C("原值", "Old value", "程序读出的值", "The value that the program read")]
NewValue = Annotated[str, C("新值", "New value", "编辑更正的值；空为清空该列", "The editor's value; empty where the column is to be empty")]
CorrectionReason = Annotated[str, C("更正缘由", "Reason", "编辑所写的缘由", "Why, in the editor's words")]
Author = Annotated[str, C("更正者", "Author", "更正者的署名", "Who made the correction")]
CorrectedOn = Annotated[date, C("更正日期", "Corrected on", "写下更正的日期", "Day on which the correction was written")]
CorrectionState = Annotated[codes.CorrectionState, C("更正状态", "State", "已采用、已不适用或未采用", "Applied, stale or rejected")]

# issues
IssueKind = Annotated[codes.IssueKind, C("问题类别", "Kind of issue", "何处未能读出或被搁置", "What could not be read or was left aside")]
Severity = Annotated[codes.Severity, C("程度", "Severity", "错误、警告或说明", "Error, warning or note")]
Reason = Annotated[str, C("缘由", "Reason", "说明与处理办法（中文）", "What is wrong and what to do, in Chinese")]
ReasonEn = Annotated[str, C("缘由（英文）", "Reason (English)", "说明与处理办法（英文）", "What is wrong and what to do, in English")]

# vocabularies
NameEn = Annotated[str, C("英文名", "English name", "英文名", "English name")]
Definition = Annotated[str, C("定义", "Definition", "定义（中文）", "Definition, in Chinese")]
DefinitionEn = Annotated[str, C("英文定义", "English definition", "定义（英文）", "Definition, in English")]
IndicatorParentId = Annotated[str, C("上级指标", "Parent indicator", "所属的上级指标的编号", "Id of the indicator that it is a part or a form of", "indicators", KEY)]
IndicatorUnits = Annotated[list[str], C("可用单位", "Units", "数据可用的单位；不限时为空", "Units that its figures may have; none where any will do")]
IndicatorStatistics = Annotated[list[str], C("可用统计量", "Statistics", "数据可为哪些统计量", "Statistics that its figures may be")]
Dimension = Annotated[str, C("量纲", "Dimension", "所测量的类别，如 area、money", "What it measures, such as area or money")]
FactorNumerator = Annotated[int, C("换算分子", "Factor numerator", "换算系数的分子", "Numerator of the exact factor to the standard unit", None, None, 1)]
FactorDenominator = Annotated[int, C("换算分母", "Factor denominator", "换算系数的分母", "Denominator of the exact factor to the standard unit", None, None, 1)]
Terms = Annotated[list[str], C("用语", "Terms", "正文中指示它的词语", "Words of the text that point to it")]
CodeList = Annotated[str, C("代码表", "Code list", "代码表名称", "Name of the code list", None, KEY)]
CodeValue = Annotated[str, C("代码", "Code", "数据中所用的代码", "The code as it stands in the data", None, KEY)]
