"""XMP packets: what a picture says about itself to everything that shows pictures. Pure text in, pure text out.

The fields are those of the IPTC Photo Metadata Standard: what it shows (`dc:description`), for those who cannot see it
(`Iptc4xmpCore:AltTextAccessibility`), whom to credit, how it was made (`Iptc4xmpExt:DigitalSourceType`,
`AISystemUsed`). When it was made is in the signed manifest, so that without one equal pictures stay equal. A text is
written as the default and again under its language, because the default has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
LARGEST_PACKET = 256 * 1024
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFAULT = "x-default"
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="r"?>'
# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Description:
    """The fields of a packet; an empty one is left out."""

    alt_text: str = ""
    caption: str = ""
    language: str = ""
    credit: str = ""
    digital_source_type: str = ""
    system: str = ""
    creator_tool: str = ""


# The fields that are plain values, by their names in a packet.
_PLAIN = {
    "xmp:CreatorTool": "creator_tool",
    "photoshop:Credit": "credit",
    "Iptc4xmpExt:DigitalSourceType": "digital_source_type",
    "Iptc4xmpExt:AISystemUsed": "system",
}
_TEXTS = {"dc:description": "caption", "Iptc4xmpCore:AltTextAccessibility": "alt_text"}


def packet(description: Description) -> bytes:
    """The packet that says all of it."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "rdf")
    plain = "".join(
        f" {name}={quoteattr(_allowed(value))}"
        for name, field in _PLAIN.items()
        if (value := getattr(description, field))
    )
    texts = "".join(
        f"<{name}><rdf:Alt>{_languages(value, description.language)}</rdf:Alt></{name}>"
        for name, field in _TEXTS.items()
        if (value := getattr(description, field))
    )
    language = description.language
    spoken = f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>" if language else ""
    return (
        f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
        f'<rdf:Description rdf:about=""{spaces}{plain}>{texts}{spoken}</rdf:Description></rdf:RDF></x:xmpmeta>{_END}'
    ).encode()


def read_packet(data: bytes) -> Description | None:
    """What a packet says; None for one that cannot be read. Entities and document types are not followed."""
    if len(data) > LARGEST_PACKET or b"<!" in data:
        return None
    try:
        root = ElementTree.fromstring(data.decode("utf-8").strip("\ufeff\x00 \r\n\t"))  # noqa: S314 - no entities in it
    except (ElementTree.ParseError, UnicodeDecodeError, RecursionError):
        return None
    found: dict[str, str] = {}
    for block in root.iter(_qualified("rdf:Description")):
        for name, field in _PLAIN.items():
            value = block.get(_qualified(name)) or block.findtext(_qualified(name))
            if value:
                found.setdefault(field, value)
        for name, field in _TEXTS.items():
            if (text := _text_of(block.find(_qualified(name)))) is not None:
                found.setdefault(field, text)
        if spoken := block.findtext(f"{_qualified('dc:language')}/{_qualified('rdf:Bag')}/{_qualified('rdf:li')}"):
            found.setdefault("language", spoken)
    return Description(**found)


def _languages(text: str, language: str) -> str:
    shown = escape(_allowed(text))
    tags = [_DEFAULT, language] if language else [_DEFAULT]
    return "".join(f"<rdf:li xml:lang={quoteattr(tag)}>{shown}</rdf:li>" for tag in tags)


def _text_of(element: ElementTree.Element | None) -> str | None:
    """The default of a text in languages, or its first, or a plain text."""
    if element is None:
        return None
    items = list(element.iter(_qualified("rdf:li")))
    chosen = next((item for item in items if item.get(_LANG) == _DEFAULT), items[0] if items else element)
    return chosen.text or ""


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
