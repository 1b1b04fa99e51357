"""DCAT-AP 3.0.1: the catalogue that data portals harvest, as Turtle or JSON-LD.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Every authority URI carries its type, as the shapes ask.
"""

from __future__ import annotations

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from fangzhi.catalog.published import Download, Json, Published
from fangzhi.model.bilingual import apart

_SPDX = Namespace("http://spdx.org/rdf/terms#")
_PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "spdx": _SPDX}
_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = {"zh": "ZHO", "en": "ENG"}
_THEMES = ("GOVE", "REGI")
FORMATS = {"ttl": ("turtle", "text/turtle"), "jsonld": ("json-ld", "application/ld+json")}


def catalog(published: Published, address: str, form: str) -> str:
    """The catalogue as ``ttl`` or ``jsonld``; the public address ends in a stroke."""
    return _graph(published, address).serialize(format=FORMATS[form][0])


def _graph(published: Published, address: str) -> Graph:
    graph = Graph()
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    of = published.descriptor
    whole, data, service = (URIRef(f"{address}#{name}") for name in ("catalog", "dataset", "service"))
    agent = _agent(graph, of, address)
    for node, kind in ((whole, DCAT.Catalog), (data, DCAT.Dataset), (service, DCAT.DataService)):
        graph.add((node, RDF.type, kind))
        _say(graph, node, DCTERMS.title, of["title"])
        _say(graph, node, DCTERMS.description, of["description"])
        graph.add((node, DCTERMS.publisher, agent))
    for node in (whole, data):
        for code in _LANGUAGES.values():
            graph.add(
                (node, DCTERMS.language, _authority(graph, f"language/{code}", DCTERMS.LinguisticSystem))
            )
    graph.add((whole, DCAT.dataset, data))
    graph.add((whole, DCAT.service, service))
    graph.add((whole, FOAF.homepage, _typed(graph, address, FOAF.Document)))
    graph.add((service, DCAT.endpointURL, URIRef(f"{address}fangzhi")))
    graph.add((service, DCAT.servesDataset, data))
    _dataset(graph, published, data, address)
    for file in published.files:
        _distribution(graph, published, data, file, address)
    return graph


def _dataset(graph: Graph, published: Published, data: URIRef, address: str) -> None:
    of = published.descriptor
    graph.add((data, DCTERMS.identifier, Literal(f"{of['name']} {of['version']}")))
    graph.add((data, URIRef(f"{DCAT}version"), Literal(of["version"])))
    graph.add((data, DCAT.landingPage, _typed(graph, address, FOAF.Document)))
    graph.add((data, DCTERMS.accrualPeriodicity, _authority(graph, "frequency/IRREG", DCTERMS.Frequency)))
    graph.add((data, DCTERMS.spatial, _authority(graph, "country/CHN", DCTERMS.Location)))
    graph.add((data, DCTERMS.accessRights, _authority(graph, "access-right/PUBLIC", DCTERMS.RightsStatement)))
    for theme in _THEMES:
        graph.add((data, DCAT.theme, _authority(graph, f"data-theme/{theme}", SKOS.Concept)))
    for word in of["keywords"]:
        graph.add((data, DCAT.keyword, Literal(word, lang="en" if word.isascii() else "zh")))
    if published.day:
        graph.add((data, DCTERMS.modified, Literal(published.day, datatype=XSD.date)))


def _distribution(graph: Graph, published: Published, data: URIRef, file: Download, address: str) -> None:
    url = URIRef(f"{address}downloads/{file.path}")
    node = URIRef(f"{address}#file-{file.path.replace('/', '-')}")
    graph.add((data, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(file.title_zh, lang="zh")))
    graph.add((node, DCTERMS.title, Literal(file.title_en, lang="en")))
    for link in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((node, link, url))
    graph.add((url, RDF.type, URIRef("http://www.w3.org/2000/01/rdf-schema#Resource")))
    graph.add((node, DCAT.mediaType, _typed(graph, f"{_IANA}{file.media_type}", DCTERMS.MediaType)))
    graph.add((node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger)))
    availability = _authority(graph, "planned-availability/AVAILABLE", SKOS.Concept)
    graph.add((node, URIRef("http://data.europa.eu/r5r/availability"), availability))
    if licence := published.licence(file.table):
        graph.add((node, DCTERMS.license, _typed(graph, licence, DCTERMS.LicenseDocument)))
    _checksum(graph, node, file)


def _checksum(graph: Graph, node: URIRef, file: Download) -> None:
    checksum = BNode(f"sha-{file.sha256[:16]}-{file.bytes}")
    graph.add((node, _SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, _SPDX.Checksum))
    algorithm = _typed(graph, str(_SPDX.checksumAlgorithm_sha256), _SPDX.ChecksumAlgorithm)
    graph.add((checksum, _SPDX.algorithm, algorithm))
    graph.add((checksum, _SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))


def _agent(graph: Graph, of: Json, address: str) -> URIRef:
    agent = _typed(graph, f"{address}#publisher", FOAF.Agent)
    graph.add((agent, FOAF.name, Literal(of["contributors"][0]["title"])))
    return agent


def _say(graph: Graph, node: URIRef, about: Node, text: str) -> None:
    for said, language in zip(apart(text), _LANGUAGES, strict=True):
        graph.add((node, about, Literal(said, lang=language)))


def _typed(graph: Graph, address: str, kind: Node) -> URIRef:
    node = URIRef(address)
    graph.add((node, RDF.type, kind))
    return node


def _authority(graph: Graph, path: str, kind: Node) -> URIRef:
    node = _typed(graph, f"{_EU}{path}", kind)
    if kind is SKOS.Concept:
        graph.add((node, SKOS.prefLabel, Literal(path.rpartition("/")[2], lang="en")))
    return node
